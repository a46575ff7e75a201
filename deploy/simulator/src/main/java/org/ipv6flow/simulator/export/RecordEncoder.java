package org.ipv6flow.simulator.export;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes records of one template. The hot path: what is the same in every record is copied, what is
 * not is patched into the copy.
 */
final class RecordEncoder {

  /** What differs from record to record does not belong here. */
  private static final Set<Value> CONSTANTS =
      EnumSet.of(
          Value.ZERO,
          Value.ONE,
          Value.FORWARDED,
          Value.SAMPLING_INTERVAL,
          Value.SAMPLING_SPACE,
          Value.SAMPLING_ALGORITHM,
          Value.SELECTOR_ALGORITHM,
          Value.SAMPLER_ID,
          Value.SAMPLER_NAME,
          Value.OBSERVATION_DOMAIN,
          Value.TEMPLATE_ID,
          Value.EXPORTER_ADDRESS);

  /** A record of which only the constants are right. */
  private final byte[] pattern;

  /** The fields that are patched: value, place in the record, length. */
  private final Value[] values;

  private final int[] offsets;
  private final int[] lengths;
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
    List<Field> patched =
        fields.stream().filter(field -> !CONSTANTS.contains(field.value())).toList();
    this.values = patched.stream().map(Field::value).toArray(Value[]::new);
    this.lengths = patched.stream().mapToInt(Field::length).toArray();
    this.offsets = new int[patched.size()];
    this.recordLength = fields.stream().mapToInt(Field::length).sum();
    this.templateId = templateId;
    this.domain = domain;
    this.exporter = exporter;
    this.counters = counters;
    this.pattern = new byte[recordLength];
    int at = 0;
    int patches = 0;
    FlowRecord none = new FlowRecord();
    for (Field field : fields) {
      if (CONSTANTS.contains(field.value())) {
        put(field.value(), none, pattern, at, field.length());
      } else {
        offsets[patches++] = at;
      }
      at += field.length();
    }
  }

  int recordLength() {
    return recordLength;
  }

  /** Writes one record at {@code position}; the caller has seen to it that there is room. */
  void write(FlowRecord flow, byte[] message, int position) {
    System.arraycopy(pattern, 0, message, position, recordLength);
    for (int i = 0; i < values.length; i++) {
      put(values[i], flow, message, position + offsets[i], lengths[i]);
    }
  }

  private void put(Value value, FlowRecord flow, byte[] message, int at, int length) {
    switch (value) {
      case SOURCE_ADDRESS -> address(flow.sourceHigh, flow.sourceLow, message, at, length);
      case DESTINATION_ADDRESS ->
          address(flow.destinationHigh, flow.destinationLow, message, at, length);
      case SAMPLER_NAME -> SamplerName.write(exporter.samplingInterval, message, at, length);
      default -> Octets.put(number(value, flow), message, at, length);
    }
  }

  private static void address(long high, long low, byte[] message, int at, int length) {
    if (length == 16) {
      Octets.put(high, message, at, 8);
      Octets.put(low, message, at + 8, 8);
    } else {
      Octets.put(low, message, at, length);
    }
  }

  private long number(Value value, FlowRecord flow) {
    return switch (value) {
      case ONE -> 1;
      case SOURCE_PORT -> flow.sourcePort;
      case DESTINATION_PORT -> flow.destinationPort;
      case PROTOCOL -> flow.protocol;
      case TCP_FLAGS -> flow.tcpFlags;
      case CLASS_OF_SERVICE -> flow.classOfService;
      case FLOW_LABEL -> flow.flowLabel;
      case SOURCE_AS -> flow.sourceAs;
      case DESTINATION_AS -> flow.destinationAs;
      case INGRESS_INTERFACE -> flow.ingressInterface;
      case EGRESS_INTERFACE -> flow.egressInterface;
      case DIRECTION -> flow.direction;
      case OCTETS -> flow.octets;
      case PACKETS -> flow.packets;
      case FIRST_UP_TIME -> exporter.exporterMillis(flow.firstMillis) - exporter.startMillis();
      case LAST_UP_TIME -> exporter.exporterMillis(flow.lastMillis) - exporter.startMillis();
      case FIRST_MILLIS -> exporter.exporterMillis(flow.firstMillis);
      case LAST_MILLIS -> exporter.exporterMillis(flow.lastMillis);
      case IP_VERSION -> flow.ipv6 ? 6 : 4;
      case FORWARDED -> 0x40;
      case SAMPLING_INTERVAL -> exporter.samplingInterval;
      case SAMPLING_SPACE -> exporter.samplingInterval - 1;
      case SAMPLING_ALGORITHM -> exporter.randomSampling ? 2 : 1;
      case SELECTOR_ALGORITHM -> exporter.randomSampling ? 3 : 1;
      case SAMPLER_ID -> 1;
      case OBSERVATION_DOMAIN -> domain;
      case TEMPLATE_ID -> templateId;
      case EXPORTER_ADDRESS -> exporter.address;
      case START_MILLIS -> exporter.startMillis();
      case MESSAGES_SENT -> counters.messages;
      case RECORDS_SENT -> counters.flowRecords + counters.optionsRecords;
      case ZERO, SOURCE_ADDRESS, DESTINATION_ADDRESS, SAMPLER_NAME -> 0;
    };
  }
}
