package org.ipv6flow.collector.session;

/** What an exporter's sequence number counts. */
enum SequenceMode {
  /** Data records, options data too: IPFIX (RFC 7011 section 3.1). */
  DATA_RECORDS,
  /** Messages: NetFlow v9 (RFC 3954 section 5.1). */
  MESSAGES,
  /** Data records and template records: nProbe Cento. */
  DATA_AND_TEMPLATE_RECORDS,
  /** Data records without options data. */
  FLOW_RECORDS,
  /** Nothing: exporters that always send the same number. */
  NOTHING;

  private static final int NETFLOW_9 = 9;
  private static final SequenceMode[] ALL = values();

  /** Number of modes. */
  static final int COUNT = ALL.length;

  static SequenceMode of(int ordinal) {
    return ALL[ordinal];
  }

  /** What the protocol prescribes. */
  static SequenceMode ofProtocol(int protocolVersion) {
    return protocolVersion == NETFLOW_9 ? MESSAGES : DATA_RECORDS;
  }

  /** How far a message moves the number; {@link SequenceTracker#UNKNOWN_UNITS} if not known. */
  int units(MessageUnits message) {
    return switch (this) {
      case MESSAGES -> 1;
      case NOTHING -> 0;
      case DATA_RECORDS -> ifKnown(message, message.dataRecords);
      case DATA_AND_TEMPLATE_RECORDS ->
          ifKnown(message, message.dataRecords + message.templateRecords);
      case FLOW_RECORDS -> ifKnown(message, message.dataRecords - message.optionsRecords);
    };
  }

  private static int ifKnown(MessageUnits message, int records) {
    return message.dataRecords < 0 ? SequenceTracker.UNKNOWN_UNITS : records;
  }
}
