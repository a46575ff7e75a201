package org.ipv6flow.simulator.export;

import java.util.List;

/** Writes records of one template. The hot path: one loop over the template's fields. */
final class RecordEncoder {

  private final Value[] values;
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
    this.values = fields.stream().map(Field::value).toArray(Value[]::new);
    this.lengths = fields.stream().mapToInt(Field::length).toArray();
    this.recordLength = fields.stream().mapToInt(Field::length).sum();
    this.templateId = templateId;
    this.domain = domain;
    this.exporter = exporter;
    this.counters = counters;
  }

  int recordLength() {
    return recordLength;
  }

  /** Writes one record at {@code position}; the caller has seen to it that there is room. */
  void write(FlowRecord flow, byte[] message, int position) {
    int at = position;
    for (int i = 0; i < values.length; i++) {
      int length = lengths[i];
      switch (values[i]) {
        case SOURCE_ADDRESS -> address(flow.sourceHigh, flow.sourceLow, message, at, length);
        case DESTINATION_ADDRESS ->
            address(flow.destinationHigh, flow.destinationLow, message, at, length);
        case SAMPLER_NAME -> SamplerName.write(exporter.samplingInterval, message, at, length);
        default -> Octets.put(number(values[i], flow), message, at, length);
      }
      at += length;
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
