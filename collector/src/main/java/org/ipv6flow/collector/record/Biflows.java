package org.ipv6flow.collector.record;

import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;

/**
 * Makes the second flow record of a biflow (RFC 5103): the reverse elements with the keys swapped.
 *
 * <p>Where a record has no reverse of an element, both directions share it if it is a property of
 * the flow (protocol, VLAN, end reason, times), and the reverse has none if it is one of the
 * packets or of the way they took (flags, class, flow label, labels, next hop).
 */
public final class Biflows {

  private static final int INGRESS = 1;
  private static final int EGRESS = 2;

  private static final int FORWARDING_STATUS_DROPPED = 0x80;

  private final RecordScratch scratch;
  private final FlowTimes times;

  public Biflows(RecordScratch scratch, FlowTimes times) {
    this.scratch = scratch;
    this.times = times;
  }

  /** How many of the last {@code count} records decoded count packets of a reverse direction. */
  public int countReverse(RecordPlan plan, int count) {
    int reverse = 0;
    for (int i = 0; i < count; i++) {
      if ((value(plan, Target.REVERSE_OCTETS, i) | value(plan, Target.REVERSE_PACKETS, i)) != 0) {
        reverse++;
      }
    }
    return reverse;
  }

  /**
   * Appends the reverse flows of the rows {@code row} to {@code row + count} behind them.
   *
   * @return how many there were: a biflow without reverse packets has none
   */
  public int appendReverse(
      RecordPlan plan,
      ExportMessage message,
      long systemInitTimeMillis,
      FlowColumns columns,
      int row,
      int count) {
    int to = row + count;
    for (int i = 0; i < count; i++) {
      long octets = value(plan, Target.REVERSE_OCTETS, i);
      long packets = value(plan, Target.REVERSE_PACKETS, i);
      if (octets != 0 || packets != 0) {
        reverse(columns, row + i, to);
        columns.octets[to] = octets;
        columns.packets[to] = packets;
        readReverse(plan, columns, i, to);
        times.completeReverse(plan, message, systemInitTimeMillis, columns, i, to);
        to++;
      }
    }
    return to - row - count;
  }

  private void readReverse(RecordPlan plan, FlowColumns c, int i, int to) {
    c.tcpControlBits[to] = (int) value(plan, Target.REVERSE_TCP_CONTROL_BITS, i);
    c.ipClassOfService[to] = (byte) value(plan, Target.REVERSE_CLASS_OF_SERVICE, i);
    c.flowLabel[to] = (int) value(plan, Target.REVERSE_FLOW_LABEL, i);
    c.topMplsLabel[to] = (int) value(plan, Target.REVERSE_TOP_MPLS_LABEL, i);
    c.nextHeader[to] = (byte) value(plan, Target.REVERSE_NEXT_HEADER, i);
    c.forwardingStatus[to] = (byte) value(plan, Target.REVERSE_FORWARDING_STATUS, i);
    if ((c.forwardingStatus[to] & FORWARDING_STATUS_DROPPED) != 0) {
      c.flags[to] |= FlowFlags.NOT_FORWARDED;
    }
    if (plan.has(Target.REVERSE_VLAN_ID)) {
      c.vlanId[to] = (int) value(plan, Target.REVERSE_VLAN_ID, i);
    }
    if (plan.has(Target.REVERSE_FLOW_END_REASON)) {
      c.flowEndReason[to] = (byte) value(plan, Target.REVERSE_FLOW_END_REASON, i);
    }
  }

  private long value(RecordPlan plan, int target, int i) {
    return plan.has(target) ? scratch.column(target)[i] : 0;
  }

  private static void reverse(FlowColumns c, int from, int to) {
    c.ingressInterface[to] = c.egressInterface[from];
    c.egressInterface[to] = c.ingressInterface[from];
    // What one interface received, the other direction sent out through it.
    c.direction[to] =
        (byte) (c.direction[from] == INGRESS ? EGRESS : c.direction[from] == EGRESS ? INGRESS : 0);
    c.ipVersion[to] = c.ipVersion[from];
    c.ipVersionRule[to] = c.ipVersionRule[from];
    c.sourceAddressHigh[to] = c.destinationAddressHigh[from];
    c.sourceAddressLow[to] = c.destinationAddressLow[from];
    c.destinationAddressHigh[to] = c.sourceAddressHigh[from];
    c.destinationAddressLow[to] = c.sourceAddressLow[from];
    c.sourcePrefixLength[to] = c.destinationPrefixLength[from];
    c.destinationPrefixLength[to] = c.sourcePrefixLength[from];
    c.sourcePort[to] = c.destinationPort[from];
    c.destinationPort[to] = c.sourcePort[from];
    c.protocol[to] = c.protocol[from];
    c.sourceAs[to] = c.destinationAs[from];
    c.destinationAs[to] = c.sourceAs[from];
    c.nextAdjacentAs[to] = c.previousAdjacentAs[from];
    c.previousAdjacentAs[to] = c.nextAdjacentAs[from];
    c.vlanId[to] = c.vlanId[from];
    c.innerIpVersion[to] = c.innerIpVersion[from];
    c.flowEndReason[to] = c.flowEndReason[from];
    c.firstSwitchedMillis[to] = c.firstSwitchedMillis[from];
    c.lastSwitchedMillis[to] = c.lastSwitchedMillis[from];
    c.samplingIndex[to] = c.samplingIndex[from];
    c.flags[to] = (c.flags[from] & ~FlowFlags.NOT_FORWARDED) | FlowFlags.BIFLOW_REVERSE;
  }
}
