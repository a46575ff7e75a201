package org.ipv6flow.benchmarks.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.collector.template.FieldSpecifier;

/**
 * Decodes data records as most collectors do: an object per record, a decision per field.
 *
 * <p>What the column decoder is compared with; it knows as many elements, and checks as little.
 */
final class ObjectDecoder {

  /** One flow record. */
  static final class Flow {
    byte[] sourceAddress = new byte[0];
    byte[] destinationAddress = new byte[0];
    byte[] nextHop = new byte[0];
    long ingressInterface;
    long egressInterface;
    long packets;
    long octets;
    long firstSwitched;
    long lastSwitched;
    long flowLabel;
    int sourcePort;
    int destinationPort;
    long sourceAs;
    long destinationAs;
    long extensionHeaders;
    int protocol;
    int tcpControlBits;
    int classOfService;
    int direction;
    int forwardingStatus;
    int samplerId;
    int sourcePrefixLength;
    int destinationPrefixLength;
    int flowEndReason;
    long systemInitTime;
  }

  private final List<FieldSpecifier> fields;
  private final int recordOctets;

  ObjectDecoder(List<FieldSpecifier> fields) {
    this.fields = fields;
    recordOctets = fields.stream().mapToInt(FieldSpecifier::length).sum();
  }

  List<Flow> decode(byte[] data) {
    List<Flow> flows = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(data);
    while (buffer.remaining() >= recordOctets) {
      Flow flow = new Flow();
      for (FieldSpecifier field : fields) {
        read(field, buffer, flow);
      }
      flows.add(flow);
    }
    return flows;
  }

  private static void read(FieldSpecifier field, ByteBuffer buffer, Flow flow) {
    switch (field.elementId()) {
      case 27 -> flow.sourceAddress = octets(buffer, field.length());
      case 28 -> flow.destinationAddress = octets(buffer, field.length());
      case 63 -> flow.nextHop = octets(buffer, field.length());
      case 10 -> flow.ingressInterface = unsigned(buffer, field.length());
      case 14 -> flow.egressInterface = unsigned(buffer, field.length());
      case 2 -> flow.packets = unsigned(buffer, field.length());
      case 1 -> flow.octets = unsigned(buffer, field.length());
      case 22 -> flow.firstSwitched = unsigned(buffer, field.length());
      case 21 -> flow.lastSwitched = unsigned(buffer, field.length());
      case 31 -> flow.flowLabel = unsigned(buffer, field.length());
      case 7 -> flow.sourcePort = (int) unsigned(buffer, field.length());
      case 11 -> flow.destinationPort = (int) unsigned(buffer, field.length());
      case 16 -> flow.sourceAs = unsigned(buffer, field.length());
      case 17 -> flow.destinationAs = unsigned(buffer, field.length());
      case 64 -> flow.extensionHeaders = unsigned(buffer, field.length());
      case 4 -> flow.protocol = (int) unsigned(buffer, field.length());
      case 6 -> flow.tcpControlBits = (int) unsigned(buffer, field.length());
      case 5 -> flow.classOfService = (int) unsigned(buffer, field.length());
      case 61 -> flow.direction = (int) unsigned(buffer, field.length());
      case 89 -> flow.forwardingStatus = (int) unsigned(buffer, field.length());
      case 48 -> flow.samplerId = (int) unsigned(buffer, field.length());
      case 29 -> flow.sourcePrefixLength = (int) unsigned(buffer, field.length());
      case 30 -> flow.destinationPrefixLength = (int) unsigned(buffer, field.length());
      case 136 -> flow.flowEndReason = (int) unsigned(buffer, field.length());
      case 160 -> flow.systemInitTime = unsigned(buffer, field.length());
      default -> buffer.position(buffer.position() + field.length());
    }
  }

  private static byte[] octets(ByteBuffer buffer, int length) {
    byte[] octets = new byte[length];
    buffer.get(octets);
    return octets;
  }

  private static long unsigned(ByteBuffer buffer, int length) {
    return switch (length) {
      case 1 -> Byte.toUnsignedLong(buffer.get());
      case 2 -> Short.toUnsignedLong(buffer.getShort());
      case 4 -> Integer.toUnsignedLong(buffer.getInt());
      case 8 -> buffer.getLong();
      default -> {
        long value = 0;
        for (int i = 0; i < length; i++) {
          value = value << Byte.SIZE | Byte.toUnsignedLong(buffer.get());
        }
        yield value;
      }
    };
  }
}
