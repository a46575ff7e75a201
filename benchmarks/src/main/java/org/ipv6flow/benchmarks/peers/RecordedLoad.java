package org.ipv6flow.benchmarks.peers;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.collector.capture.CaptureReader;
import org.ipv6flow.collector.capture.CapturedDatagram;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;

/**
 * A capture in memory, that can be sent round after round as if its exporters went on.
 *
 * <p>Sequence numbers, up times and export times advance from round to round: a collector must see
 * neither restarts nor duplicates, which would cost it, or its rivals, time that real traffic does
 * not. The last message of each session tells where the next round's sequence begins, and is left
 * out.
 */
final class RecordedLoad {

  /** A transport session: sequence numbers are counted in it. */
  private record Session(long exporterHigh, long exporterLow, int port, int domain) {}

  /** Some exporters send from two ports, and count what they send from each. */
  private record Sender(InetAddress address, int port) {}

  /** A message, and how its sequence number grows in a round. */
  private static final class Message {
    final byte[] octets;
    final int exporter;
    int sequencePerRound;
    int records;

    Message(byte[] octets, int exporter) {
      this.octets = octets;
      this.exporter = exporter;
    }

    int version() {
      return ByteBuffer.wrap(octets).getShort(0);
    }

    int sequence() {
      return ByteBuffer.wrap(octets).getInt(version() == IPFIX ? 8 : 12);
    }

    int domain() {
      return ByteBuffer.wrap(octets).getInt(version() == IPFIX ? 12 : 16);
    }
  }

  private static final int IPFIX = 10;
  private static final int SECONDS_PER_ROUND = 1;
  private static final int MILLIS_PER_ROUND = 1_000;
  private static final int MAX_DATAGRAM_OCTETS = 65_535;

  static final RecordedLoad NOTHING = new RecordedLoad(List.of(), List.of());

  private final List<InetAddress> exporters;
  private final Message[] messages;
  private final long octets;

  private RecordedLoad(List<InetAddress> exporters, List<Message> messages) {
    this.exporters = exporters;
    this.messages = messages.toArray(new Message[0]);
    this.octets = messages.stream().mapToLong(message -> message.octets.length).sum();
  }

  /**
   * Reads a capture of NetFlow v9 and IPFIX.
   *
   * @throws IOException if it cannot be read
   */
  static RecordedLoad read(Path capture) throws IOException {
    Map<Sender, Integer> senders = new LinkedHashMap<>();
    Map<Session, List<Message>> sessions = new HashMap<>();
    List<Message> all = new ArrayList<>();
    CapturedDatagram datagram = new CapturedDatagram();
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (reader.next(datagram)) {
        byte[] octets = new byte[datagram.length];
        System.arraycopy(datagram.data, datagram.offset, octets, 0, datagram.length);
        InetAddress address =
            InetAddress.getByAddress(
                ByteBuffer.allocate(16)
                    .putLong(datagram.sourceHigh)
                    .putLong(datagram.sourceLow)
                    .array());
        int exporter =
            senders.computeIfAbsent(
                new Sender(address, datagram.sourcePort), unseen -> senders.size());
        Message message = new Message(octets, exporter);
        all.add(message);
        Session session =
            new Session(
                datagram.sourceHigh, datagram.sourceLow, datagram.sourcePort, message.domain());
        sessions.computeIfAbsent(session, unseen -> new ArrayList<>()).add(message);
      }
    }
    for (List<Message> session : sessions.values()) {
      Message last = session.get(session.size() - 1);
      int perRound = last.sequence() - session.get(0).sequence();
      session.forEach(message -> message.sequencePerRound = perRound);
      all.remove(last);
    }
    RecordedLoad load =
        new RecordedLoad(senders.keySet().stream().map(Sender::address).toList(), all);
    load.countRecords();
    return load;
  }

  /** Decodes everything once: how many records there are, and that they can all be decoded. */
  private void countRecords() throws IOException {
    ExportDecoder decoder =
        new ExportDecoder(new DecoderState(DecoderLimits.defaults()), new ForgetfulSink());
    ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_OCTETS);
    for (int i = 0; i < messages.length; i++) {
      long before = decoder.totals().value(Counter.FLOW_RECORDS);
      put(i, 0, buffer);
      decoder.decode(
          Unpooled.wrappedBuffer(buffer), 0, messages[i].exporter, 1, System.currentTimeMillis());
      messages[i].records = (int) (decoder.totals().value(Counter.FLOW_RECORDS) - before);
    }
    for (DropReason.Level level : DropReason.Level.values()) {
      if (decoder.totals().dropped(level) != 0) {
        throw new IOException("the capture holds what cannot be decoded: " + level);
      }
    }
  }

  /** Address of each source port of an exporter; the messages refer to them. */
  List<InetAddress> exporters() {
    return exporters;
  }

  int messages() {
    return messages.length;
  }

  double octetsPerMessage() {
    return (double) octets / messages.length;
  }

  double recordsPerMessage() {
    return Arrays.stream(messages).mapToInt(message -> message.records).average().orElse(0);
  }

  int exporter(int message) {
    return messages[message].exporter;
  }

  /** Flow records in a message. */
  int records(int message) {
    return messages[message].records;
  }

  /** Puts a message as it is in a round into a buffer, ready to be sent. */
  void put(int number, int round, ByteBuffer buffer) {
    Message message = messages[number];
    buffer.clear();
    buffer.put(message.octets);
    boolean ipfix = message.version() == IPFIX;
    add(buffer, ipfix ? 8 : 12, round * message.sequencePerRound);
    add(buffer, ipfix ? 4 : 8, round * SECONDS_PER_ROUND);
    if (!ipfix) {
      add(buffer, 4, round * MILLIS_PER_ROUND);
    }
    buffer.flip();
  }

  private static void add(ByteBuffer buffer, int index, int value) {
    buffer.putInt(index, buffer.getInt(index) + value);
  }
}
