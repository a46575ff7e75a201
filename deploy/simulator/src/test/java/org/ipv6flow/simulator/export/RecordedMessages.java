package org.ipv6flow.simulator.export;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what an exporter sends from one source port, and reads the headers. */
final class RecordedMessages implements DatagramSink {

  final List<byte[]> messages = new ArrayList<>();
  final List<Integer> records = new ArrayList<>();
  long scaledOctets;

  @Override
  public void send(byte[] message, int length, int flowRecords, long scaled) {
    messages.add(Arrays.copyOf(message, length));
    records.add(flowRecords);
    scaledOctets += scaled;
  }

  static int version(byte[] message) {
    return ByteBuffer.wrap(message).getShort(0);
  }

  static long sequence(byte[] message) {
    return ByteBuffer.wrap(message).getInt(version(message) == 9 ? 12 : 8) & 0xffff_ffffL;
  }

  static long domain(byte[] message) {
    return ByteBuffer.wrap(message).getInt(version(message) == 9 ? 16 : 12) & 0xffff_ffffL;
  }

  /** The id of the first set; the messages here have one set each. */
  static int setId(byte[] message) {
    return ByteBuffer.wrap(message).getShort(version(message) == 9 ? 20 : 16) & 0xffff;
  }

  static int setLength(byte[] message) {
    return ByteBuffer.wrap(message).getShort(version(message) == 9 ? 22 : 18) & 0xffff;
  }
}
