package org.ipv6flow.simulator.export;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes records of one template. The hot path: the values of a record are laid out in an array
 * first, and then written one after the other as eight octets each, of which the next one
 * overwrites what is not part of the value. So there is no branch per field.
 */
final class RecordEncoder {

  /** What is written at once. A message has as many octets to spare at its end. */
  static final int SPARE_OCTETS = Long.BYTES;

  /** Values that every flow record has. */
  private static final Set<Value> OF_FLOWS =
      EnumSet.of(
          Value.SOURCE_ADDRESS,
          Value.DESTINATION_ADDRESS,
          Value.SOURCE_PORT,
          Value.DESTINATION_PORT,
          Value.PROTOCOL,
          Value.TCP_FLAGS,
          Value.CLASS_OF_SERVICE,
          Value.FLOW_LABEL,
          Value.SOURCE_AS,
          Value.DESTINATION_AS,
          Value.INGRESS_INTERFACE,
          Value.EGRESS_INTERFACE,
          Value.DIRECTION,
          Value.OCTETS,
          Value.PACKETS,
          Value.FIRST_UP_TIME,
          Value.LAST_UP_TIME,
          Value.FIRST_MILLIS,
          Value.LAST_MILLIS,
          Value.IP_VERSION);

  /** Values that differ from record to record, but that flows do not have: of options. */
  private static final Set<Value> CHANGING =
      EnumSet.of(Value.START_MILLIS, Value.MESSAGES_SENT, Value.RECORDS_SENT);

  // Beside the values, by their ordinals: high halves of addresses, and a zero.
  private static final int SOURCE_HIGH = Value.values().length;
  private static final int DESTINATION_HIGH = SOURCE_HIGH + 1;
  private static final int NOTHING = SOURCE_HIGH + 2;

  private final long[] numbers = new long[SOURCE_HIGH + 3];

  /** The pieces of a record, of up to eight octets: which number, and how far to its left end. */
  private final int[] slots;

  private final int[] shifts;
  private final int[] lengths;

  private final List<Value> changing = new ArrayList<>();

  /** Place of the sampler's name, the one text there is; -1 if there is none. */
  private int nameOffset = -1;

  private int nameLength;
  private final int recordLength;
  private final int templateId;
  private final long domain;
  private final ExporterState exporter;
  private final SessionCounters counters;

  RecordEncoder(
      List<Field> fields,
      int templateId,
      long domain,
      ExporterState exporter,
      SessionCounters counters) {
    this.templateId = templateId;
    this.domain = domain;
    this.exporter = exporter;
    this.counters = counters;
    List<int[]> pieces = new ArrayList<>();
    int at = 0;
    for (Field field : fields) {
      if (field.value() == Value.SAMPLER_NAME) {
        nameOffset = at;
        nameLength = field.length();
      } else if (CHANGING.contains(field.value())) {
        changing.add(field.value());
      } else if (!OF_FLOWS.contains(field.value())) {
        numbers[field.value().ordinal()] = number(field.value());
      }
      for (int left = field.length(); left > 0; ) {
        int length = left % Long.BYTES == 0 ? Long.BYTES : left % Long.BYTES;
        left -= length;
        pieces.add(new int[] {slot(field.value(), left), Long.SIZE - Byte.SIZE * length, length});
      }
      at += field.length();
    }
    recordLength = at;
    slots = pieces.stream().mapToInt(piece -> piece[0]).toArray();
    shifts = pieces.stream().mapToInt(piece -> piece[1]).toArray();
    lengths = pieces.stream().mapToInt(piece -> piece[2]).toArray();
  }

  /** The number of which a piece is made that has so many octets of its field to its right. */
  private static int slot(Value value, int octetsBehind) {
    if (octetsBehind == 0) {
      return value.ordinal();
    }
    return switch (value) {
      case SOURCE_ADDRESS -> SOURCE_HIGH;
      case DESTINATION_ADDRESS -> DESTINATION_HIGH;
      default -> NOTHING;
    };
  }

  int recordLength() {
    return recordLength;
  }

  /**
   * Writes one record at {@code position}; the caller has seen to it that there is room for it and
   * for {@link #SPARE_OCTETS}.
   */
  void write(FlowRecord flow, byte[] message, int position) {
    load(flow);
    int at = position;
    for (int i = 0; i < slots.length; i++) {
      Octets.putLong(numbers[slots[i]] << shifts[i], message, at);
      at += lengths[i];
    }
    if (nameOffset >= 0) {
      SamplerName.write(exporter.samplingInterval, message, position + nameOffset, nameLength);
    }
  }

  private void load(FlowRecord flow) {
    long[] to = numbers;
    to[SOURCE_HIGH] = flow.sourceHigh;
    to[DESTINATION_HIGH] = flow.destinationHigh;
    to[Value.SOURCE_ADDRESS.ordinal()] = flow.sourceLow;
    to[Value.DESTINATION_ADDRESS.ordinal()] = flow.destinationLow;
    to[Value.SOURCE_PORT.ordinal()] = flow.sourcePort;
    to[Value.DESTINATION_PORT.ordinal()] = flow.destinationPort;
    to[Value.PROTOCOL.ordinal()] = flow.protocol;
    to[Value.TCP_FLAGS.ordinal()] = flow.tcpFlags;
    to[Value.CLASS_OF_SERVICE.ordinal()] = flow.classOfService;
    to[Value.FLOW_LABEL.ordinal()] = flow.flowLabel;
    to[Value.SOURCE_AS.ordinal()] = flow.sourceAs;
    to[Value.DESTINATION_AS.ordinal()] = flow.destinationAs;
    to[Value.INGRESS_INTERFACE.ordinal()] = flow.ingressInterface;
    to[Value.EGRESS_INTERFACE.ordinal()] = flow.egressInterface;
    to[Value.DIRECTION.ordinal()] = flow.direction;
    to[Value.OCTETS.ordinal()] = flow.octets;
    to[Value.PACKETS.ordinal()] = flow.packets;
    long first = exporter.exporterMillis(flow.firstMillis);
    long last = exporter.exporterMillis(flow.lastMillis);
    to[Value.FIRST_MILLIS.ordinal()] = first;
    to[Value.LAST_MILLIS.ordinal()] = last;
    to[Value.FIRST_UP_TIME.ordinal()] = first - exporter.startMillis();
    to[Value.LAST_UP_TIME.ordinal()] = last - exporter.startMillis();
    to[Value.IP_VERSION.ordinal()] = flow.ipv6 ? 6 : 4;
    for (int i = 0; i < changing.size(); i++) {
      Value value = changing.get(i);
      to[value.ordinal()] = number(value);
    }
  }

  private long number(Value value) {
    return switch (value) {
      case ONE, SAMPLER_ID -> 1;
      case FORWARDED -> 0x40;
      case SAMPLING_INTERVAL -> exporter.samplingInterval;
      case SAMPLING_SPACE -> exporter.samplingInterval - 1;
      case SAMPLING_ALGORITHM -> exporter.randomSampling ? 2 : 1;
      case SELECTOR_ALGORITHM -> exporter.randomSampling ? 3 : 1;
      case OBSERVATION_DOMAIN -> domain;
      case TEMPLATE_ID -> templateId;
      case EXPORTER_ADDRESS -> exporter.address;
      case START_MILLIS -> exporter.startMillis();
      case MESSAGES_SENT -> counters.messages;
      case RECORDS_SENT -> counters.flowRecords + counters.optionsRecords;
      default -> 0;
    };
  }
}
