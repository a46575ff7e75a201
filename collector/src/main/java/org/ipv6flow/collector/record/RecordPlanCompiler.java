package org.ipv6flow.collector.record;

import static org.ipv6flow.collector.element.ElementId.*;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.ipv6flow.collector.record.RecordPlan.Content;
import org.ipv6flow.collector.record.RecordPlan.TimeFormat;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.template.Template;

/**
 * Decides which field of a template feeds which column.
 *
 * <p>All choices between elements that say the same thing are made here, once per template: the
 * first of repeated elements is the outer one (RFC 7011 section 8), logical interfaces come before
 * physical ones, IE 1 before IE 231.
 */
public final class RecordPlanCompiler {

  private static final int IPFIX_VERSION = 10;
  private static final int IPV4_OCTETS = 4;
  private static final int IPV6_OCTETS = 16;
  private static final int NTP_OCTETS = 8;

  private static final int[] DIRECTIONAL_KEYS = {
    SOURCE_IPV4_ADDRESS,
    DESTINATION_IPV4_ADDRESS,
    SOURCE_IPV6_ADDRESS,
    DESTINATION_IPV6_ADDRESS,
    SOURCE_TRANSPORT_PORT,
    DESTINATION_TRANSPORT_PORT,
    INGRESS_INTERFACE,
    EGRESS_INTERFACE,
    INGRESS_PHYSICAL_INTERFACE,
    EGRESS_PHYSICAL_INTERFACE,
    BGP_SOURCE_AS_NUMBER,
    BGP_DESTINATION_AS_NUMBER,
    SOURCE_MAC_ADDRESS,
    DESTINATION_MAC_ADDRESS
  };

  /** Elements beyond this feed no column. */
  private static final int MAX_ELEMENT = 1_023;

  /** A shorter IE 231 or 232 is another vendor's meaning of the number, not a count of octets. */
  private static final int MIN_INITIATOR_OCTETS_LENGTH = 4;

  private final Template template;
  private final BitSet elements = new BitSet();
  private final BitSet reverseElements = new BitSet();
  private final List<int[]> operations = new ArrayList<>();
  private final BitSet usedTargets = new BitSet();
  private final int[] fieldLengths;
  private final int[] operationOfField;
  private TimeFormat startFormat = TimeFormat.NONE;
  private TimeFormat endFormat = TimeFormat.NONE;
  private int startElement = -1;
  private int endElement = -1;
  private TimeFormat reverseStartFormat = TimeFormat.NONE;
  private TimeFormat reverseEndFormat = TimeFormat.NONE;
  private int reverseStartElement = -1;
  private int reverseEndElement = -1;
  private int durationUnitsPerMilli;

  private RecordPlanCompiler(Template template) {
    this.template = template;
    int walked = (int) template.fields().stream().filter(field -> field.length() > 0).count();
    fieldLengths = new int[walked];
    operationOfField = new int[walked];
  }

  /** Compiles a template of {@link Template.Kind#FLOW}. */
  public static RecordPlan compile(Template template) {
    RecordPlanCompiler compiler = new RecordPlanCompiler(template);
    compiler.compile();
    return new RecordPlan(compiler);
  }

  private void compile() {
    for (FieldSpecifier field : template.fields()) {
      if (field.enterpriseNumber() == 0 && isUsable(field)) {
        elements.set(field.elementId());
      } else if (field.enterpriseNumber() == REVERSE_ENTERPRISE_NUMBER && isUsable(field)) {
        reverseElements.set(field.elementId());
      }
    }
    chooseTimes();
    int offset = 0;
    int i = 0;
    for (FieldSpecifier field : template.fields()) {
      if (field.length() == 0) {
        continue;
      }
      fieldLengths[i] = field.length();
      operationOfField[i] = -1;
      int target = isUsable(field) ? target(field) : -1;
      if (target >= 0 && (!usedTargets.get(target) || isPresence(target))) {
        usedTargets.set(target);
        operationOfField[i] = operations.size();
        operations.add(new int[] {target, offset, field.length()});
      }
      i++;
      offset += field.length();
    }
  }

  private static boolean isPresence(int target) {
    return target >= Target.FIRST_PRESENCE && target < Target.FIRST_PLACE;
  }

  /** Fixed-size types have one right length only; an address of another length is not read. */
  private static boolean isUsable(FieldSpecifier field) {
    if (field.length() == 0 || field.elementId() > MAX_ELEMENT) {
      return false;
    }
    if (field.enterpriseNumber() != 0 && field.enterpriseNumber() != REVERSE_ENTERPRISE_NUMBER) {
      return true;
    }
    return switch (field.elementId()) {
      case SOURCE_IPV4_ADDRESS, DESTINATION_IPV4_ADDRESS, BGP_NEXT_HOP_IPV4_ADDRESS ->
          field.length() == IPV4_OCTETS;
      case SOURCE_IPV6_ADDRESS, DESTINATION_IPV6_ADDRESS, BGP_NEXT_HOP_IPV6_ADDRESS ->
          field.length() == IPV6_OCTETS;
      case FLOW_START_MICROSECONDS,
          FLOW_END_MICROSECONDS,
          FLOW_START_NANOSECONDS,
          FLOW_END_NANOSECONDS,
          OBSERVATION_TIME_MICROSECONDS,
          OBSERVATION_TIME_NANOSECONDS ->
          field.length() == NTP_OCTETS;
      case INITIATOR_OCTETS, RESPONDER_OCTETS -> field.length() >= MIN_INITIATOR_OCTETS_LENGTH;
      default -> true;
    };
  }

  private int target(FieldSpecifier field) {
    if (field.enterpriseNumber() == REVERSE_ENTERPRISE_NUMBER) {
      return reverseTarget(field.elementId());
    }
    if (field.enterpriseNumber() == JUNIPER_ENTERPRISE_NUMBER
        && field.elementId() == JUNIPER_COMMON_PROPERTIES_ID) {
      return Target.FORWARDING_EXCEPTION;
    }
    if (field.enterpriseNumber() != 0) {
      return -1;
    }
    int element = field.elementId();
    if (element == startElement) {
      return Target.START;
    }
    if (element == endElement) {
      return Target.END;
    }
    return switch (element) {
      case OCTET_DELTA_COUNT -> Target.OCTETS;
      case PACKET_DELTA_COUNT -> Target.PACKETS;
      case INITIATOR_OCTETS -> initiatorOctets() ? Target.OCTETS : -1;
      case RESPONDER_OCTETS -> initiatorOctets() ? Target.REVERSE_OCTETS : -1;
      case INITIATOR_PACKETS -> initiatorPackets() ? Target.PACKETS : -1;
      case RESPONDER_PACKETS -> initiatorPackets() ? Target.REVERSE_PACKETS : -1;
      case SOURCE_TRANSPORT_PORT -> Target.SOURCE_PORT;
      case DESTINATION_TRANSPORT_PORT -> Target.DESTINATION_PORT;
      case PROTOCOL_IDENTIFIER -> Target.PROTOCOL;
      case NEXT_HEADER_IPV6 -> Target.NEXT_HEADER;
      case IP_CLASS_OF_SERVICE -> Target.IP_CLASS_OF_SERVICE;
      case TCP_CONTROL_BITS -> Target.TCP_CONTROL_BITS;
      case FLOW_LABEL_IPV6 -> Target.FLOW_LABEL;
      case INGRESS_INTERFACE -> Target.INGRESS_INTERFACE;
      case EGRESS_INTERFACE -> Target.EGRESS_INTERFACE;
      case INGRESS_PHYSICAL_INTERFACE -> unless(INGRESS_INTERFACE, Target.INGRESS_INTERFACE);
      case EGRESS_PHYSICAL_INTERFACE -> unless(EGRESS_INTERFACE, Target.EGRESS_INTERFACE);
      case FLOW_DIRECTION -> Target.DIRECTION;
      case BGP_SOURCE_AS_NUMBER -> Target.SOURCE_AS;
      case BGP_DESTINATION_AS_NUMBER -> Target.DESTINATION_AS;
      case BGP_NEXT_ADJACENT_AS_NUMBER -> Target.NEXT_ADJACENT_AS;
      case BGP_PREV_ADJACENT_AS_NUMBER -> Target.PREVIOUS_ADJACENT_AS;
      case BGP_NEXT_HOP_IPV4_ADDRESS -> Target.BGP_NEXT_HOP_IPV4;
      case BGP_NEXT_HOP_IPV6_ADDRESS -> Target.BGP_NEXT_HOP_IPV6;
      case VLAN_ID -> Target.VLAN_ID;
      case DOT1Q_VLAN_ID -> unless(VLAN_ID, Target.VLAN_ID);
      case MPLS_TOP_LABEL_STACK_SECTION -> Target.TOP_MPLS_LABEL;
      case FORWARDING_STATUS -> Target.FORWARDING_STATUS;
      case FLOW_END_REASON -> Target.FLOW_END_REASON;
      case IPV6_EXTENSION_HEADERS -> Target.EXTENSION_HEADERS;
      case IPV6_EXTENSION_HEADERS_FULL -> Target.EXTENSION_HEADERS_FULL;
      case FLOW_DURATION_MILLISECONDS, FLOW_DURATION_MICROSECONDS -> durationTarget(element);
      case SYSTEM_INIT_TIME_MILLISECONDS -> Target.SYSTEM_INIT_TIME;
      case LINE_CARD_ID -> Target.LINE_CARD;
      case ETHERNET_TYPE -> Target.ETHERNET_TYPE;
      case DATA_LINK_FRAME_SECTION, LAYER2_PACKET_SECTION_DATA -> Target.FRAME_SECTION;
      case IP_HEADER_PACKET_SECTION -> Target.IP_SECTION;
      case DATA_LINK_FRAME_SIZE -> Target.FRAME_SIZE;
      case DATA_LINK_FRAME_TYPE -> Target.FRAME_TYPE;
      case SECTION_OFFSET, LAYER2_PACKET_SECTION_OFFSET -> Target.SECTION_OFFSET;
      // The segments themselves; flags and tags alone may be zero in a real header.
      case SRH_SEGMENT_IPV6,
          SRH_ACTIVE_SEGMENT_IPV6,
          SRH_SEGMENT_IPV6_LIST_SECTION,
          SRH_IPV6_SECTION,
          SRH_IPV6_ACTIVE_SEGMENT_TYPE,
          SRH_SEGMENT_IPV6_ENDPOINT_BEHAVIOR ->
          Target.SRV6;
      case SRH_SEGMENT_IPV6_BASIC_LIST -> Target.SRV6_LIST;
      default -> more(element);
    };
  }

  /** Elements of which the second occurrence is the inner one, and those about sampling. */
  private int more(int element) {
    return switch (element) {
      case IP_VERSION -> outerOrInner(Target.IP_VERSION, Target.INNER_IP_VERSION);
      case SOURCE_IPV4_ADDRESS -> outerOrInner(Target.SOURCE_IPV4, Target.INNER_IPV4);
      case DESTINATION_IPV4_ADDRESS -> outerOrInner(Target.DESTINATION_IPV4, Target.INNER_IPV4);
      case SOURCE_IPV6_ADDRESS -> outerOrInner(Target.SOURCE_IPV6, Target.INNER_IPV6);
      case DESTINATION_IPV6_ADDRESS -> outerOrInner(Target.DESTINATION_IPV6, Target.INNER_IPV6);
      case SOURCE_IPV6_PREFIX_LENGTH -> Target.SOURCE_PREFIX_LENGTH;
      case DESTINATION_IPV6_PREFIX_LENGTH -> Target.DESTINATION_PREFIX_LENGTH;
      case SOURCE_IPV4_PREFIX_LENGTH ->
          elements.get(SOURCE_IPV6_PREFIX_LENGTH)
              ? Target.SOURCE_IPV4_PREFIX
              : Target.SOURCE_PREFIX_LENGTH;
      case DESTINATION_IPV4_PREFIX_LENGTH ->
          elements.get(DESTINATION_IPV6_PREFIX_LENGTH)
              ? Target.DESTINATION_IPV4_PREFIX
              : Target.DESTINATION_PREFIX_LENGTH;
      case SAMPLING_INTERVAL -> Target.SAMPLING_INTERVAL;
      case SAMPLER_RANDOM_INTERVAL -> Target.SAMPLER_INTERVAL;
      case SAMPLER_ID -> Target.SAMPLER_ID;
      case SELECTOR_ID -> Target.SELECTOR_ID;
      case SAMPLING_PACKET_INTERVAL -> Target.PACKET_INTERVAL;
      case SAMPLING_PACKET_SPACE -> Target.PACKET_SPACE;
      case SAMPLING_TIME_INTERVAL -> Target.TIME_INTERVAL;
      case SAMPLING_TIME_SPACE -> Target.TIME_SPACE;
      case SAMPLING_SIZE -> Target.SAMPLING_SIZE;
      case SAMPLING_POPULATION -> Target.SAMPLING_POPULATION;
      case SAMPLING_PROBABILITY -> Target.SAMPLING_PROBABILITY;
      default -> -1;
    };
  }

  /** Elements without a reverse, and those that no column takes, are ignored (RFC 5103 §6.1). */
  private int reverseTarget(int element) {
    if (element == reverseStartElement) {
      return Target.REVERSE_START;
    }
    if (element == reverseEndElement) {
      return Target.REVERSE_END;
    }
    return switch (element) {
      case OCTET_DELTA_COUNT -> Target.REVERSE_OCTETS;
      case PACKET_DELTA_COUNT -> Target.REVERSE_PACKETS;
      case TCP_CONTROL_BITS -> Target.REVERSE_TCP_CONTROL_BITS;
      case IP_CLASS_OF_SERVICE -> Target.REVERSE_CLASS_OF_SERVICE;
      case FORWARDING_STATUS -> Target.REVERSE_FORWARDING_STATUS;
      case FLOW_LABEL_IPV6 -> Target.REVERSE_FLOW_LABEL;
      case VLAN_ID -> Target.REVERSE_VLAN_ID;
      case DOT1Q_VLAN_ID -> reverseElements.get(VLAN_ID) ? -1 : Target.REVERSE_VLAN_ID;
      case MPLS_TOP_LABEL_STACK_SECTION -> Target.REVERSE_TOP_MPLS_LABEL;
      case NEXT_HEADER_IPV6 -> Target.REVERSE_NEXT_HEADER;
      case FLOW_END_REASON -> Target.REVERSE_FLOW_END_REASON;
      default -> -1;
    };
  }

  private int unless(int preferredElement, int target) {
    return elements.get(preferredElement) ? -1 : target;
  }

  private int outerOrInner(int outer, int inner) {
    return usedTargets.get(outer) ? inner : outer;
  }

  private int durationTarget(int element) {
    if (usedTargets.get(Target.DURATION)) {
      return -1;
    }
    durationUnitsPerMilli = element == FLOW_DURATION_MILLISECONDS ? 1 : 1_000;
    return Target.DURATION;
  }

  /** Absolute times come before relative ones, fine ones before coarse ones. */
  private void chooseTimes() {
    boolean upTimeInHeader = template.protocolVersion() != IPFIX_VERSION;
    chooseTime(FLOW_START_MILLISECONDS, FLOW_END_MILLISECONDS, TimeFormat.MILLISECONDS);
    chooseTime(FLOW_START_MICROSECONDS, FLOW_END_MICROSECONDS, TimeFormat.NTP_MICROSECONDS);
    chooseTime(FLOW_START_NANOSECONDS, FLOW_END_NANOSECONDS, TimeFormat.NTP);
    if (upTimeInHeader) {
      chooseTime(FLOW_START_SYS_UP_TIME, FLOW_END_SYS_UP_TIME, TimeFormat.SYS_UP_TIME);
    }
    chooseTime(FLOW_START_SECONDS, FLOW_END_SECONDS, TimeFormat.SECONDS);
    chooseTime(
        FLOW_START_DELTA_MICROSECONDS, FLOW_END_DELTA_MICROSECONDS, TimeFormat.DELTA_MICROSECONDS);
    chooseTime(FLOW_START_SYS_UP_TIME, FLOW_END_SYS_UP_TIME, TimeFormat.SYS_UP_TIME);
    if (startFormat == TimeFormat.NONE && endFormat == TimeFormat.NONE) {
      // A single packet ends when it starts.
      choosePacketTime(OBSERVATION_TIME_MILLISECONDS, TimeFormat.MILLISECONDS);
      choosePacketTime(OBSERVATION_TIME_MICROSECONDS, TimeFormat.NTP_MICROSECONDS);
      choosePacketTime(OBSERVATION_TIME_NANOSECONDS, TimeFormat.NTP);
      choosePacketTime(OBSERVATION_TIME_SECONDS, TimeFormat.SECONDS);
    }
  }

  private void choosePacketTime(int element, TimeFormat format) {
    if (startFormat == TimeFormat.NONE && elements.get(element)) {
      startFormat = format;
      startElement = element;
    }
  }

  private void chooseTime(int start, int end, TimeFormat format) {
    if (startFormat == TimeFormat.NONE && elements.get(start)) {
      startFormat = format;
      startElement = start;
    }
    if (endFormat == TimeFormat.NONE && elements.get(end)) {
      endFormat = format;
      endElement = end;
    }
    if (reverseStartFormat == TimeFormat.NONE && reverseElements.get(start)) {
      reverseStartFormat = format;
      reverseStartElement = start;
    }
    if (reverseEndFormat == TimeFormat.NONE && reverseElements.get(end)) {
      reverseEndFormat = format;
      reverseEndElement = end;
    }
  }

  private boolean initiatorPackets() {
    return initiatorOctets() && !elements.get(PACKET_DELTA_COUNT);
  }

  boolean initiatorOctets() {
    return !elements.get(OCTET_DELTA_COUNT) && elements.get(INITIATOR_OCTETS);
  }

  /** Whether any of the keys that the two directions have swapped is there. */
  boolean hasDirectionalKeys() {
    for (int key : DIRECTIONAL_KEYS) {
      if (elements.get(key)) {
        return true;
      }
    }
    return false;
  }

  boolean flowSelection() {
    return elements.get(FLOW_SELECTOR_ALGORITHM)
        || elements.get(SAMPLING_FLOW_INTERVAL)
        || elements.get(SAMPLING_FLOW_SPACING);
  }

  /**
   * An event that comes with octets since the last report is a flow record with a remark, as PAN-OS
   * sends; with nothing or with the totals of a session only, as ASA does, it is no traffic. SNMP
   * objects (RFC 8038) are none either.
   */
  Content content() {
    if (elements.get(OCTET_DELTA_COUNT)) {
      return Content.TRAFFIC;
    }
    int mibElement = elements.nextSetBit(MIB_FIRST);
    if (elements.get(NAT_EVENT)
        || elements.get(FIREWALL_EVENT)
        || (mibElement >= 0 && mibElement <= MIB_LAST)) {
      return Content.EVENT;
    }
    if (initiatorOctets()) {
      return Content.TRAFFIC;
    }
    if (elements.get(DATA_LINK_FRAME_SECTION)
        || elements.get(IP_HEADER_PACKET_SECTION)
        || elements.get(LAYER2_PACKET_SECTION_DATA)) {
      return Content.FRAME_SECTION;
    }
    return Content.NO_OCTET_DELTA;
  }

  Template template() {
    return template;
  }

  int[] fieldLengths() {
    return fieldLengths;
  }

  int[] operationOfField() {
    return operationOfField;
  }

  int[] targets() {
    return operations.stream().mapToInt(operation -> operation[0]).toArray();
  }

  int[] offsets() {
    return operations.stream().mapToInt(operation -> operation[1]).toArray();
  }

  int[] lengths() {
    return operations.stream().mapToInt(operation -> operation[2]).toArray();
  }

  TimeFormat startFormat() {
    return startFormat;
  }

  TimeFormat endFormat() {
    return endFormat;
  }

  TimeFormat reverseStartFormat() {
    return reverseStartFormat;
  }

  TimeFormat reverseEndFormat() {
    return reverseEndFormat;
  }

  int durationUnitsPerMilli() {
    return durationUnitsPerMilli;
  }
}
