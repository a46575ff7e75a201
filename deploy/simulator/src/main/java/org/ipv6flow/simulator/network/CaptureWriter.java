package org.ipv6flow.simulator.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.ipv6flow.simulator.export.DatagramSink;

/**
 * Writes the messages into a capture file (pcap, Ethernet) instead of sending them, so that they
 * can be decoded and replayed later.
 */
public final class CaptureWriter implements Transport {

  private static final int ETHERNET_LENGTH = 14;
  private static final int IPV4_LENGTH = 20;
  private static final int UDP_LENGTH = 8;
  private static final int FRAME_HEADERS_LENGTH = ETHERNET_LENGTH + IPV4_LENGTH + UDP_LENGTH;
  private static final int FIRST_SOURCE_PORT = 49_152;
  private static final int COLLECTOR_PORT = 4_739;
  private static final int COLLECTOR_ADDRESS = 0x7f000001;
  private static final long MICROS_PER_MILLI = 1_000;

  private final PcapFile file;
  private final LongSupplier clockMillis;
  private int nextSourcePort = FIRST_SOURCE_PORT;

  /**
   * @param clockMillis when a message is sent, milliseconds since the epoch
   */
  public CaptureWriter(Path file, LongSupplier clockMillis) throws IOException {
    this.file = new PcapFile(file);
    this.clockMillis = clockMillis;
  }

  @Override
  public DatagramSink open(String exporterAddress) throws IOException {
    int source = ByteBuffer.wrap(InetAddress.getByName(exporterAddress).getAddress()).getInt();
    int sourcePort = nextSourcePort++;
    return (message, length, records, scaledOctets) -> write(source, sourcePort, message, length);
  }

  private void write(int source, int sourcePort, byte[] message, int length) {
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADERS_LENGTH);
    frame.put(new byte[12]).putShort((short) 0x0800);
    putIpv4Header(frame, source, length);
    frame.putShort((short) sourcePort).putShort((short) COLLECTOR_PORT);
    // A UDP checksum of 0 means that there is none (RFC 768).
    frame.putShort((short) (UDP_LENGTH + length)).putShort((short) 0);
    try {
      file.frame(clockMillis.getAsLong() * MICROS_PER_MILLI, FRAME_HEADERS_LENGTH + length);
      file.write(frame.array(), 0, FRAME_HEADERS_LENGTH);
      file.write(message, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void putIpv4Header(ByteBuffer frame, int source, int length) {
    int start = frame.position();
    frame.putShort((short) 0x4500).putShort((short) (IPV4_LENGTH + UDP_LENGTH + length));
    frame.putInt(0x4000).put((byte) 64).put((byte) 17).putShort((short) 0);
    frame.putInt(source).putInt(COLLECTOR_ADDRESS);
    int sum = 0;
    for (int i = 0; i < IPV4_LENGTH; i += 2) {
      sum += frame.getShort(start + i) & 0xffff;
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    frame.putShort(start + 10, (short) ~((sum & 0xffff) + (sum >>> 16)));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
