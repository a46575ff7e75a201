package org.ipv6flow.collector.record;

/**
 * Where a field's value goes: a column of the batch, or a scratch column that later steps read.
 *
 * <p>Plain numbers, because the plan holds them in an array and the inner loop switches on them.
 */
final class Target {

  // Columns of the batch that take 64-bit integers.
  static final int OCTETS = 0;
  static final int PACKETS = 1;

  // 32-bit integers.
  static final int INGRESS_INTERFACE = 10;
  static final int EGRESS_INTERFACE = 11;
  static final int SOURCE_PORT = 12;
  static final int DESTINATION_PORT = 13;
  static final int TCP_CONTROL_BITS = 14;
  static final int FLOW_LABEL = 15;
  static final int SOURCE_AS = 16;
  static final int DESTINATION_AS = 17;
  static final int NEXT_ADJACENT_AS = 18;
  static final int PREVIOUS_ADJACENT_AS = 19;
  static final int VLAN_ID = 20;
  static final int TOP_MPLS_LABEL = 21;

  // Single octets.
  static final int SOURCE_PREFIX_LENGTH = 30;
  static final int DESTINATION_PREFIX_LENGTH = 31;
  static final int PROTOCOL = 32;
  static final int NEXT_HEADER = 33;
  static final int IP_CLASS_OF_SERVICE = 34;
  static final int FORWARDING_STATUS = 35;
  static final int FLOW_END_REASON = 36;

  // IPv6 addresses.
  static final int SOURCE_IPV6 = 40;
  static final int DESTINATION_IPV6 = 41;
  static final int BGP_NEXT_HOP_IPV6 = 42;

  /** Scratch columns: {@code SCRATCH + n} is column n of {@link RecordScratch}. */
  static final int SCRATCH = 100;

  static final int SOURCE_IPV4 = SCRATCH;
  static final int DESTINATION_IPV4 = SCRATCH + 1;
  static final int BGP_NEXT_HOP_IPV4 = SCRATCH + 2;
  static final int SOURCE_IPV4_PREFIX = SCRATCH + 3;
  static final int DESTINATION_IPV4_PREFIX = SCRATCH + 4;
  static final int IP_VERSION = SCRATCH + 5;
  static final int INNER_IP_VERSION = SCRATCH + 6;
  static final int INNER_IPV4 = SCRATCH + 7;
  static final int SELECTOR_ID = SCRATCH + 8;
  static final int ETHERNET_TYPE = SCRATCH + 9;
  static final int DIRECTION = SCRATCH + 10;
  static final int EXTENSION_HEADERS = SCRATCH + 11;
  static final int FRAME_SIZE = SCRATCH + 12;
  static final int START = SCRATCH + 13;
  static final int END = SCRATCH + 14;
  static final int DURATION = SCRATCH + 15;
  static final int SYSTEM_INIT_TIME = SCRATCH + 16;
  static final int SAMPLER_ID = SCRATCH + 17;
  static final int SAMPLING_INTERVAL = SCRATCH + 18;
  static final int SAMPLER_INTERVAL = SCRATCH + 19;
  static final int PACKET_INTERVAL = SCRATCH + 20;
  static final int PACKET_SPACE = SCRATCH + 21;
  static final int SAMPLING_SIZE = SCRATCH + 22;
  static final int SAMPLING_POPULATION = SCRATCH + 23;
  static final int SAMPLING_PROBABILITY = SCRATCH + 24;
  static final int LINE_CARD = SCRATCH + 25;
  static final int REVERSE_OCTETS = SCRATCH + 26;
  static final int REVERSE_PACKETS = SCRATCH + 27;
  static final int REVERSE_TCP_CONTROL_BITS = SCRATCH + 28;
  static final int REVERSE_CLASS_OF_SERVICE = SCRATCH + 29;
  static final int TIME_INTERVAL = SCRATCH + 30;
  static final int TIME_SPACE = SCRATCH + 31;
  static final int EXTENSION_HEADERS_FULL = SCRATCH + 32;
  static final int SECTION_OFFSET = SCRATCH + 33;
  static final int FRAME_TYPE = SCRATCH + 34;
  static final int REVERSE_START = SCRATCH + 35;
  static final int REVERSE_END = SCRATCH + 36;
  static final int REVERSE_FORWARDING_STATUS = SCRATCH + 38;
  static final int REVERSE_FLOW_LABEL = SCRATCH + 39;
  static final int REVERSE_VLAN_ID = SCRATCH + 40;
  static final int REVERSE_TOP_MPLS_LABEL = SCRATCH + 41;
  static final int REVERSE_NEXT_HEADER = SCRATCH + 42;
  static final int REVERSE_FLOW_END_REASON = SCRATCH + 43;

  /**
   * Scratch columns of 1 or 0: whether any octet of a value is set. Several fields may feed one.
   */
  static final int FIRST_PRESENCE = SCRATCH + 44;

  static final int INNER_IPV6 = FIRST_PRESENCE;
  static final int SRV6 = FIRST_PRESENCE + 1;

  /** The same for a basicList, whose header says nothing. */
  static final int SRV6_LIST = FIRST_PRESENCE + 2;

  /** Whether one of Junos' common properties says that the packet ran into an exception. */
  static final int FORWARDING_EXCEPTION = FIRST_PRESENCE + 3;

  /** Scratch columns of where in the message a value is: see {@link RecordScratch#place}. */
  static final int FIRST_PLACE = FIRST_PRESENCE + 4;

  static final int FRAME_SECTION = FIRST_PLACE;
  static final int IP_SECTION = FIRST_PLACE + 1;

  static final int SCRATCH_COLUMNS = 50;

  private Target() {}
}
