package org.ipv6flow.simulator.truth;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipv6flow.simulator.export.DatagramSink;

/**
 * Lists every message of flow records that was sent, whether it arrives or not: {@code
 * messages.csv}. With its sequence numbers, what did not arrive is known to the octet.
 */
public final class MessageList implements AutoCloseable {

  private static final String HEADER =
      "exporter,protocol_version,domain,sequence,records,octets_scaled\n";
  private static final int IPFIX = 10;

  /** Where NetFlow v9 (RFC 3954 section 5.1) and IPFIX (RFC 7011 section 3.1) have them. */
  private static final int V9_SEQUENCE = 12;

  private static final int V9_SOURCE_ID = 16;
  private static final int IPFIX_SEQUENCE = 8;
  private static final int IPFIX_DOMAIN = 12;

  private final BufferedWriter out;

  private MessageList(BufferedWriter out) {
    this.out = out;
  }

  public static MessageList in(Path directory) throws IOException {
    BufferedWriter out =
        Files.newBufferedWriter(Files.createDirectories(directory).resolve("messages.csv"));
    out.write(HEADER);
    return new MessageList(out);
  }

  /** Lists what an exporter sends to {@code next}. */
  public DatagramSink of(String exporter, DatagramSink next) {
    return new DatagramSink() {
      @Override
      public void send(byte[] message, int length, int records, long scaledOctets) {
        if (records > 0) {
          list(exporter, message, records, scaledOctets);
        }
        next.send(message, length, records, scaledOctets);
      }

      @Override
      public void flush() {
        next.flush();
      }
    };
  }

  private void list(String exporter, byte[] message, int records, long scaledOctets) {
    int version = (message[0] & 0xFF) << 8 | message[1] & 0xFF;
    boolean ipfix = version == IPFIX;
    try {
      out.append(exporter)
          .append(',')
          .append(Integer.toString(version))
          .append(',')
          .append(Long.toString(u32(message, ipfix ? IPFIX_DOMAIN : V9_SOURCE_ID)))
          .append(',')
          .append(Long.toString(u32(message, ipfix ? IPFIX_SEQUENCE : V9_SEQUENCE)))
          .append(',')
          .append(Integer.toString(records))
          .append(',')
          .append(Long.toString(scaledOctets))
          .append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long u32(byte[] message, int at) {
    return (message[at] & 0xFFL) << 24
        | (message[at + 1] & 0xFF) << 16
        | (message[at + 2] & 0xFF) << 8
        | message[at + 3] & 0xFF;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
