package org.ipv6flow.collector.record;

import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;

/**
 * Makes the second flow record of a biflow (RFC 5103): the reverse counts with the keys swapped.
 *
 * <p>Elements that have no reverse (section 6.3) and next hops, which belong to one direction only,
 * are left out of it.
 */
public final class Biflows {

  private static final int INGRESS = 1;
  private static final int EGRESS = 2;

  private final RecordScratch scratch;

  public Biflows(RecordScratch scratch) {
    this.scratch = scratch;
  }

  /**
   * Appends the reverse flows of the rows {@code row} to {@code row + count} behind them.
   *
   * @return how many there were: a biflow without reverse packets has none
   */
  public int appendReverse(RecordPlan plan, FlowColumns columns, int row, int count) {
    int to = row + count;
    for (int i = 0; i < count; i++) {
      long octets = value(plan, Target.REVERSE_OCTETS, i);
      long packets = value(plan, Target.REVERSE_PACKETS, i);
      if (octets != 0 || packets != 0) {
        reverse(columns, row + i, to);
        columns.octets[to] = octets;
        columns.packets[to] = packets;
        columns.tcpControlBits[to] = (int) value(plan, Target.REVERSE_TCP_CONTROL_BITS, i);
        columns.ipClassOfService[to] = (byte) value(plan, Target.REVERSE_CLASS_OF_SERVICE, i);
        to++;
      }
    }
    return to - row - count;
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
    c.flags[to] = c.flags[from] | FlowFlags.BIFLOW_REVERSE;
  }
}
