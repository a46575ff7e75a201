package org.ipv6flow.schema.flow;

/** Field numbers of {@code FlowBatch} in {@code flow.proto}. */
final class FlowBatchFields {

  static final int SCHEMA_VERSION = 1;
  static final int COLLECTOR_ID = 2;
  static final int BATCH_SEQUENCE = 3;
  static final int RECORD_COUNT = 4;
  static final int SOURCES = 5;
  static final int SAMPLINGS = 6;
  static final int MESSAGE_SOURCE = 7;
  static final int MESSAGE_RECORD_COUNT = 8;
  static final int MESSAGE_SEQUENCE_NUMBER = 9;
  static final int BASE_TIME_MILLIS = 10;
  static final int MESSAGE_RECEIVE_TIME_DELTA_MILLIS = 11;
  static final int MESSAGE_EXPORT_TIME_DELTA_MILLIS = 12;
  static final int PADDING = 15;
  static final int INGRESS_INTERFACE = 16;
  static final int EGRESS_INTERFACE = 17;
  static final int DIRECTION = 18;
  static final int IP_VERSION = 19;
  static final int IP_VERSION_RULE = 20;
  static final int SOURCE_ADDRESS_HIGH = 21;
  static final int SOURCE_ADDRESS_LOW = 22;
  static final int DESTINATION_ADDRESS_HIGH = 23;
  static final int DESTINATION_ADDRESS_LOW = 24;
  static final int SOURCE_PREFIX_LENGTH = 25;
  static final int DESTINATION_PREFIX_LENGTH = 26;
  static final int SOURCE_PORT = 27;
  static final int DESTINATION_PORT = 28;
  static final int PROTOCOL = 29;
  static final int NEXT_HEADER = 30;
  static final int TCP_CONTROL_BITS = 31;
  static final int IP_CLASS_OF_SERVICE = 32;
  static final int FLOW_LABEL = 33;
  static final int SOURCE_AS = 34;
  static final int DESTINATION_AS = 35;
  static final int NEXT_ADJACENT_AS = 36;
  static final int PREVIOUS_ADJACENT_AS = 37;
  static final int BGP_NEXT_HOP_HIGH = 38;
  static final int BGP_NEXT_HOP_LOW = 39;
  static final int VLAN_ID = 40;
  static final int TOP_MPLS_LABEL = 41;
  static final int INNER_IP_VERSION = 42;
  static final int FORWARDING_STATUS = 43;
  static final int FLOW_END_REASON = 44;
  static final int OCTETS = 45;
  static final int PACKETS = 46;
  static final int FIRST_SWITCHED_DELTA_MILLIS = 47;
  static final int DURATION_MILLIS = 48;
  static final int SAMPLING_INDEX = 49;
  static final int FLAGS = 50;

  /** Numbers are below this. */
  static final int LIMIT = 51;

  /** Version of the schema that this package writes. */
  static final int CURRENT_SCHEMA_VERSION = 1;

  private FlowBatchFields() {}
}
