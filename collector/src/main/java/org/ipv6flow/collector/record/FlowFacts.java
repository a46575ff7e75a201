package org.ipv6flow.collector.record;

import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.ipv6flow.schema.flow.IpVersionRule;

/**
 * Facts that need more than one field: the IP version and the addresses that go with it, the inner
 * version, direction and flags.
 */
public final class FlowFacts {

  private static final int ETHERNET_TYPE_IPV4 = 0x0800;
  private static final int ETHERNET_TYPE_IPV6 = 0x86DD;

  /** The two high bits of IE 89: 2 dropped, 3 consumed (RFC 7270 section 4.12). */
  private static final int FORWARDING_STATUS_SHIFT = 6;

  private static final int FORWARDING_STATUS_DROPPED = 2;

  /**
   * Bit RH of IE 64. RFC 5102 draws it as bit 2 and its erratum as bit 5 of an octet, and neither
   * says from which end the octets count: bit 2 or 5 from the left, or bit 5 from the right. Each
   * is reserved in the other readings.
   */
  private static final long ROUTING_HEADER_BIT = 0x2400_0020L;

  /** Bit RH of IE 515, counted from the least significant (RFC 9740 section 3.3). */
  private static final long ROUTING_HEADER_BIT_OF_FULL = 1 << 5;

  private final RecordScratch scratch;

  public FlowFacts(RecordScratch scratch) {
    this.scratch = scratch;
  }

  /** Completes the rows {@code row} to {@code row + count}, whose fields were just decoded. */
  public void complete(RecordPlan plan, FlowColumns columns, int row, int count) {
    decideIpVersions(plan, columns, row, count);
    if (plan.has(Target.BGP_NEXT_HOP_IPV4)) {
      ipv4NextHops(columns, row, count);
    }
    if (plan.has(Target.DIRECTION)) {
      directions(columns, row, count);
    }
    flags(plan, columns, row, count);
  }

  private void decideIpVersions(RecordPlan plan, FlowColumns columns, int row, int count) {
    if (plan.isPlainIpv6()) {
      plainIpv6(columns, row, count);
      return;
    }
    boolean hasVersion = plan.has(Target.IP_VERSION);
    for (int i = 0; i < count; i++) {
      int at = row + i;
      long ipv4 = plan.hasIpv4Addresses ? ipv4Bits(plan, i) : 0;
      boolean ipv6 =
          plan.hasIpv6Addresses
              && (columns.sourceAddressHigh[at]
                      | columns.sourceAddressLow[at]
                      | columns.destinationAddressHigh[at]
                      | columns.destinationAddressLow[at])
                  != 0;
      int version = hasVersion ? (int) scratch.column(Target.IP_VERSION)[i] : 0;
      IpVersionRule rule = IpVersionRule.IP_VERSION_ELEMENT;
      if (version != 4 && version != 6) {
        if (ipv6 || ipv4 != 0) {
          version = ipv6 ? 6 : 4;
          rule = IpVersionRule.NON_ZERO_ADDRESS;
        } else {
          version = frameVersion(plan, i);
          rule = IpVersionRule.FRAME;
          if (version == 0) {
            version = plan.hasIpv4Addresses ? 4 : plan.hasIpv6Addresses ? 6 : 0;
            rule = version == 0 ? IpVersionRule.NONE : IpVersionRule.TEMPLATE;
          }
        }
      }
      columns.ipVersion[at] = (byte) version;
      columns.ipVersionRule[at] = rule.code();
      if (plan.hasIpv4Addresses && version == 4) {
        ipv4Addresses(plan, columns, at, i);
      }
      columns.innerIpVersion[at] = innerVersion(plan, i, version, ipv4 != 0);
    }
  }

  /** The common case of {@link #decideIpVersions}: nothing but IPv6 addresses to decide by. */
  private static void plainIpv6(FlowColumns columns, int row, int count) {
    byte byAddress = IpVersionRule.NON_ZERO_ADDRESS.code();
    byte byTemplate = IpVersionRule.TEMPLATE.code();
    for (int at = row; at < row + count; at++) {
      long bits =
          columns.sourceAddressHigh[at]
              | columns.sourceAddressLow[at]
              | columns.destinationAddressHigh[at]
              | columns.destinationAddressLow[at];
      columns.ipVersion[at] = 6;
      columns.ipVersionRule[at] = bits != 0 ? byAddress : byTemplate;
    }
  }

  private long ipv4Bits(RecordPlan plan, int i) {
    long bits = plan.has(Target.SOURCE_IPV4) ? scratch.column(Target.SOURCE_IPV4)[i] : 0;
    return plan.has(Target.DESTINATION_IPV4)
        ? bits | scratch.column(Target.DESTINATION_IPV4)[i]
        : bits;
  }

  private int frameVersion(RecordPlan plan, int i) {
    if (plan.has(Target.ETHERNET_TYPE)) {
      long type = scratch.column(Target.ETHERNET_TYPE)[i];
      if (type == ETHERNET_TYPE_IPV4 || type == ETHERNET_TYPE_IPV6) {
        return type == ETHERNET_TYPE_IPV4 ? 4 : 6;
      }
    }
    return plan.hasFrames() ? scratch.frameIpVersion[i] : 0;
  }

  private void ipv4Addresses(RecordPlan plan, FlowColumns columns, int at, int i) {
    columns.sourceAddressHigh[at] = 0;
    columns.sourceAddressLow[at] =
        FlowColumns.IPV4_MAPPED_PREFIX
            | (plan.has(Target.SOURCE_IPV4) ? scratch.column(Target.SOURCE_IPV4)[i] : 0);
    columns.destinationAddressHigh[at] = 0;
    columns.destinationAddressLow[at] =
        FlowColumns.IPV4_MAPPED_PREFIX
            | (plan.has(Target.DESTINATION_IPV4) ? scratch.column(Target.DESTINATION_IPV4)[i] : 0);
    if (plan.has(Target.SOURCE_IPV4_PREFIX)) {
      columns.sourcePrefixLength[at] = (byte) scratch.column(Target.SOURCE_IPV4_PREFIX)[i];
    }
    if (plan.has(Target.DESTINATION_IPV4_PREFIX)) {
      columns.destinationPrefixLength[at] =
          (byte) scratch.column(Target.DESTINATION_IPV4_PREFIX)[i];
    }
  }

  /** The second of repeated elements, or the IPv4 pair beside an IPv6 one, is the inner packet. */
  private byte innerVersion(RecordPlan plan, int i, int version, boolean ipv4) {
    if (plan.has(Target.INNER_IP_VERSION)) {
      long inner = scratch.column(Target.INNER_IP_VERSION)[i];
      if (inner == 4 || inner == 6) {
        return (byte) inner;
      }
    }
    if (plan.has(Target.INNER_IPV6) && scratch.column(Target.INNER_IPV6)[i] != 0) {
      return 6;
    }
    if (plan.has(Target.INNER_IPV4) && scratch.column(Target.INNER_IPV4)[i] != 0) {
      return 4;
    }
    if (version == 6 && ipv4 && plan.hasIpv4Pair) {
      return 4;
    }
    return plan.hasFrames() ? scratch.frameInnerIpVersion[i] : 0;
  }

  private void ipv4NextHops(FlowColumns columns, int row, int count) {
    long[] nextHops = scratch.column(Target.BGP_NEXT_HOP_IPV4);
    for (int i = 0; i < count; i++) {
      int at = row + i;
      if (nextHops[i] != 0 && (columns.bgpNextHopHigh[at] | columns.bgpNextHopLow[at]) == 0) {
        columns.bgpNextHopLow[at] = FlowColumns.IPV4_MAPPED_PREFIX | nextHops[i];
      }
    }
  }

  /** 0 is "not exported", so the element's 0 (ingress) and 1 (egress) move up by one. */
  private void directions(FlowColumns columns, int row, int count) {
    long[] directions = scratch.column(Target.DIRECTION);
    for (int i = 0; i < count; i++) {
      columns.direction[row + i] =
          (byte) (directions[i] == 0 || directions[i] == 1 ? directions[i] + 1 : 0);
    }
  }

  private void flags(RecordPlan plan, FlowColumns columns, int row, int count) {
    if (plan.hasForwardingStatus) {
      for (int at = row; at < row + count; at++) {
        int status = (columns.forwardingStatus[at] & 0xFF) >>> FORWARDING_STATUS_SHIFT;
        if (status >= FORWARDING_STATUS_DROPPED) {
          columns.flags[at] |= FlowFlags.NOT_FORWARDED;
        }
      }
    }
    if (plan.has(Target.FORWARDING_EXCEPTION)) {
      long[] exceptions = scratch.column(Target.FORWARDING_EXCEPTION);
      mark(exceptions, -1L, FlowFlags.NOT_FORWARDED, columns, row, count);
    }
    if (plan.has(Target.SRV6)) {
      mark(scratch.column(Target.SRV6), -1L, FlowFlags.SRV6, columns, row, count);
    }
    if (plan.has(Target.SRV6_LIST)) {
      mark(scratch.column(Target.SRV6_LIST), -1L, FlowFlags.SRV6, columns, row, count);
    }
    if (plan.has(Target.EXTENSION_HEADERS_FULL)) {
      long[] headers = scratch.column(Target.EXTENSION_HEADERS_FULL);
      mark(headers, ROUTING_HEADER_BIT_OF_FULL, FlowFlags.ROUTING_HEADER, columns, row, count);
    }
    if (plan.has(Target.EXTENSION_HEADERS)) {
      long[] headers = scratch.column(Target.EXTENSION_HEADERS);
      mark(headers, ROUTING_HEADER_BIT, FlowFlags.ROUTING_HEADER, columns, row, count);
    }
    if (plan.initiatorOctets) {
      for (int at = row; at < row + count; at++) {
        columns.flags[at] |= FlowFlags.INITIATOR_OCTETS;
      }
    }
  }

  private static void mark(
      long[] values, long mask, int flag, FlowColumns columns, int row, int count) {
    for (int i = 0; i < count; i++) {
      if ((values[i] & mask) != 0) {
        columns.flags[row + i] |= flag;
      }
    }
  }
}
