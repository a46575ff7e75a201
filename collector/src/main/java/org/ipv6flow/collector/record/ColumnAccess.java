package org.ipv6flow.collector.record;

import static org.ipv6flow.collector.record.Target.*;

import org.ipv6flow.schema.flow.FlowColumns;

/** Finds the array behind a {@link Target}. */
final class ColumnAccess {

  private ColumnAccess() {}

  static long[] longs(FlowColumns columns, int target) {
    return target == OCTETS ? columns.octets : columns.packets;
  }

  static int[] ints(FlowColumns columns, int target) {
    return switch (target) {
      case INGRESS_INTERFACE -> columns.ingressInterface;
      case EGRESS_INTERFACE -> columns.egressInterface;
      case SOURCE_PORT -> columns.sourcePort;
      case DESTINATION_PORT -> columns.destinationPort;
      case TCP_CONTROL_BITS -> columns.tcpControlBits;
      case FLOW_LABEL -> columns.flowLabel;
      case SOURCE_AS -> columns.sourceAs;
      case DESTINATION_AS -> columns.destinationAs;
      case NEXT_ADJACENT_AS -> columns.nextAdjacentAs;
      case PREVIOUS_ADJACENT_AS -> columns.previousAdjacentAs;
      case VLAN_ID -> columns.vlanId;
      case TOP_MPLS_LABEL -> columns.topMplsLabel;
      default -> throw new IllegalArgumentException("no column of integers: " + target);
    };
  }

  static byte[] octets(FlowColumns columns, int target) {
    return switch (target) {
      case SOURCE_PREFIX_LENGTH -> columns.sourcePrefixLength;
      case DESTINATION_PREFIX_LENGTH -> columns.destinationPrefixLength;
      case PROTOCOL -> columns.protocol;
      case NEXT_HEADER -> columns.nextHeader;
      case IP_CLASS_OF_SERVICE -> columns.ipClassOfService;
      case FORWARDING_STATUS -> columns.forwardingStatus;
      case FLOW_END_REASON -> columns.flowEndReason;
      default -> throw new IllegalArgumentException("no column of octets: " + target);
    };
  }

  static long[] addressHigh(FlowColumns columns, int target) {
    return switch (target) {
      case SOURCE_IPV6 -> columns.sourceAddressHigh;
      case DESTINATION_IPV6 -> columns.destinationAddressHigh;
      default -> columns.bgpNextHopHigh;
    };
  }

  static long[] addressLow(FlowColumns columns, int target) {
    return switch (target) {
      case SOURCE_IPV6 -> columns.sourceAddressLow;
      case DESTINATION_IPV6 -> columns.destinationAddressLow;
      default -> columns.bgpNextHopLow;
    };
  }
}
