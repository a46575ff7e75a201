package org.ipv6flow.collector.element;

/** Numbers of the Information Elements that the decoder acts on, as registered at IANA. */
public final class ElementId {

  public static final int OCTET_DELTA_COUNT = 1;
  public static final int PACKET_DELTA_COUNT = 2;
  public static final int PROTOCOL_IDENTIFIER = 4;
  public static final int IP_CLASS_OF_SERVICE = 5;
  public static final int TCP_CONTROL_BITS = 6;
  public static final int SOURCE_TRANSPORT_PORT = 7;
  public static final int SOURCE_IPV4_ADDRESS = 8;
  public static final int SOURCE_IPV4_PREFIX_LENGTH = 9;
  public static final int INGRESS_INTERFACE = 10;
  public static final int DESTINATION_TRANSPORT_PORT = 11;
  public static final int DESTINATION_IPV4_ADDRESS = 12;
  public static final int DESTINATION_IPV4_PREFIX_LENGTH = 13;
  public static final int EGRESS_INTERFACE = 14;
  public static final int BGP_SOURCE_AS_NUMBER = 16;
  public static final int BGP_DESTINATION_AS_NUMBER = 17;
  public static final int BGP_NEXT_HOP_IPV4_ADDRESS = 18;
  public static final int FLOW_END_SYS_UP_TIME = 21;
  public static final int FLOW_START_SYS_UP_TIME = 22;
  public static final int SOURCE_IPV6_ADDRESS = 27;
  public static final int DESTINATION_IPV6_ADDRESS = 28;
  public static final int SOURCE_IPV6_PREFIX_LENGTH = 29;
  public static final int DESTINATION_IPV6_PREFIX_LENGTH = 30;
  public static final int FLOW_LABEL_IPV6 = 31;
  public static final int SAMPLING_INTERVAL = 34;
  public static final int SAMPLER_ID = 48;
  public static final int SAMPLER_RANDOM_INTERVAL = 50;
  public static final int SOURCE_MAC_ADDRESS = 56;
  public static final int VLAN_ID = 58;
  public static final int IP_VERSION = 60;
  public static final int FLOW_DIRECTION = 61;
  public static final int BGP_NEXT_HOP_IPV6_ADDRESS = 63;
  public static final int IPV6_EXTENSION_HEADERS = 64;
  public static final int MPLS_TOP_LABEL_STACK_SECTION = 70;
  public static final int DESTINATION_MAC_ADDRESS = 80;
  public static final int FORWARDING_STATUS = 89;
  public static final int LAYER2_PACKET_SECTION_OFFSET = 102;
  public static final int LAYER2_PACKET_SECTION_DATA = 104;
  public static final int BGP_NEXT_ADJACENT_AS_NUMBER = 128;
  public static final int BGP_PREV_ADJACENT_AS_NUMBER = 129;
  public static final int FLOW_END_REASON = 136;
  public static final int LINE_CARD_ID = 141;
  public static final int METERING_PROCESS_ID = 143;
  public static final int EXPORTING_PROCESS_ID = 144;
  public static final int TEMPLATE_ID = 145;
  public static final int OBSERVATION_DOMAIN_ID = 149;
  public static final int FLOW_START_SECONDS = 150;
  public static final int FLOW_END_SECONDS = 151;
  public static final int FLOW_START_MILLISECONDS = 152;
  public static final int FLOW_END_MILLISECONDS = 153;
  public static final int FLOW_START_MICROSECONDS = 154;
  public static final int FLOW_END_MICROSECONDS = 155;
  public static final int FLOW_START_NANOSECONDS = 156;
  public static final int FLOW_END_NANOSECONDS = 157;
  public static final int FLOW_START_DELTA_MICROSECONDS = 158;
  public static final int FLOW_END_DELTA_MICROSECONDS = 159;
  public static final int SYSTEM_INIT_TIME_MILLISECONDS = 160;
  public static final int FLOW_DURATION_MILLISECONDS = 161;
  public static final int FLOW_DURATION_MICROSECONDS = 162;
  public static final int NEXT_HEADER_IPV6 = 193;
  public static final int PADDING_OCTETS = 210;
  public static final int NAT_EVENT = 230;
  public static final int INITIATOR_OCTETS = 231;
  public static final int RESPONDER_OCTETS = 232;
  public static final int FIREWALL_EVENT = 233;
  public static final int DOT1Q_VLAN_ID = 243;
  public static final int INGRESS_PHYSICAL_INTERFACE = 252;
  public static final int EGRESS_PHYSICAL_INTERFACE = 253;
  public static final int ETHERNET_TYPE = 256;
  public static final int INITIATOR_PACKETS = 298;
  public static final int RESPONDER_PACKETS = 299;
  public static final int SELECTOR_ID = 302;
  public static final int SELECTOR_ALGORITHM = 304;
  public static final int SAMPLING_PACKET_INTERVAL = 305;
  public static final int SAMPLING_PACKET_SPACE = 306;
  public static final int SAMPLING_TIME_INTERVAL = 307;
  public static final int SAMPLING_TIME_SPACE = 308;
  public static final int SAMPLING_SIZE = 309;
  public static final int SAMPLING_POPULATION = 310;
  public static final int SAMPLING_PROBABILITY = 311;
  public static final int DATA_LINK_FRAME_SIZE = 312;
  public static final int IP_HEADER_PACKET_SECTION = 313;
  public static final int DATA_LINK_FRAME_SECTION = 315;
  public static final int OBSERVATION_TIME_SECONDS = 322;
  public static final int OBSERVATION_TIME_MILLISECONDS = 323;
  public static final int OBSERVATION_TIME_MICROSECONDS = 324;
  public static final int OBSERVATION_TIME_NANOSECONDS = 325;
  public static final int FLOW_SELECTOR_ALGORITHM = 390;
  public static final int SAMPLING_FLOW_INTERVAL = 396;
  public static final int SAMPLING_FLOW_SPACING = 397;
  public static final int DATA_LINK_FRAME_TYPE = 408;
  public static final int SECTION_OFFSET = 409;

  /** First and last of the elements that carry SNMP objects (RFC 8038). */
  public static final int MIB_FIRST = 434;

  public static final int MIB_LAST = 448;

  public static final int IPV6_EXTENSION_HEADERS_FULL = 515;

  /** Elements that only a segment routing header fills (RFC 9487). */
  public static final int SRH_SEGMENT_IPV6 = 494;

  public static final int SRH_ACTIVE_SEGMENT_IPV6 = 495;
  public static final int SRH_SEGMENT_IPV6_BASIC_LIST = 496;
  public static final int SRH_SEGMENT_IPV6_LIST_SECTION = 497;
  public static final int SRH_IPV6_SECTION = 499;
  public static final int SRH_IPV6_ACTIVE_SEGMENT_TYPE = 500;
  public static final int SRH_SEGMENT_IPV6_ENDPOINT_BEHAVIOR = 502;

  /** Enterprise number of reverse Information Elements (RFC 5103 section 6.1). */
  public static final long REVERSE_ENTERPRISE_NUMBER = 29305;

  public static final long JUNIPER_ENTERPRISE_NUMBER = 2636;

  /** Several properties share this ID; the six high bits of a value say which it is. */
  public static final int JUNIPER_COMMON_PROPERTIES_ID = 137;

  /** NetFlow v9 scope field types (RFC 3954 section 6.1); not element IDs. */
  public static final int V9_SCOPE_SYSTEM = 1;

  public static final int V9_SCOPE_INTERFACE = 2;
  public static final int V9_SCOPE_LINE_CARD = 3;
  public static final int V9_SCOPE_CACHE = 4;
  public static final int V9_SCOPE_TEMPLATE = 5;

  private ElementId() {}
}
