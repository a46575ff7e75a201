package org.ipv6flow.collector.record;

import org.ipv6flow.collector.packet.PacketHeaders;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;

/**
 * What sampled frames say (IE 315, 313; IE 104 in NetFlow v9): they fill the columns that the
 * record's elements left empty.
 *
 * <p>A record without IE 1 stands for the one packet whose frame it carries (RFC 7133, Junos inline
 * monitoring): its octets are those from the IP header on, as the header states them; else the size
 * of the frame (IE 312) without what is before the IP header.
 */
public final class FrameSections {

  /** IE 408: a section of another type of frame is not Ethernet (RFC 7133 section 3.5). */
  private static final int ETHERNET_FRAME = 1;

  private final RecordScratch scratch;
  private final PacketHeaders headers = new PacketHeaders();

  public FrameSections(RecordScratch scratch) {
    this.scratch = scratch;
  }

  /**
   * Reads the sections of the rows {@code row} to {@code row + count}, whose fields were just
   * decoded, and fills what needs no decision on the IP version.
   */
  public void read(RecordPlan plan, byte[] data, FlowColumns columns, int row, int count) {
    for (int i = 0; i < count; i++) {
      readSection(plan, data, i);
      scratch.frameIpVersion[i] = (byte) headers.ipVersion;
      scratch.frameInnerIpVersion[i] = (byte) headers.innerIpVersion;
      scratch.frameSourceHigh[i] = headers.sourceHigh;
      scratch.frameSourceLow[i] = headers.sourceLow;
      scratch.frameDestinationHigh[i] = headers.destinationHigh;
      scratch.frameDestinationLow[i] = headers.destinationLow;
      fill(columns, row + i);
      if (plan.content == RecordPlan.Content.FRAME_SECTION) {
        columns.octets[row + i] = octets(plan, i);
        columns.packets[row + i] = Math.max(columns.packets[row + i], 1);
        columns.flags[row + i] |= FlowFlags.FRAME_SECTION;
      }
    }
  }

  private void readSection(RecordPlan plan, byte[] data, int i) {
    boolean isIpSection = plan.has(Target.IP_SECTION);
    long place = scratch.column(isIpSection ? Target.IP_SECTION : Target.FRAME_SECTION)[i];
    int from = RecordScratch.position(place);
    int to = from + RecordScratch.length(place);
    boolean isAtStart = !plan.has(Target.SECTION_OFFSET) || value(Target.SECTION_OFFSET, i) == 0;
    boolean isEthernet =
        !plan.has(Target.FRAME_TYPE) || value(Target.FRAME_TYPE, i) == ETHERNET_FRAME;
    if (isIpSection) {
      headers.readIp(data, from, isAtStart ? to : from);
    } else {
      headers.readFrame(data, from, isAtStart && isEthernet ? to : from);
    }
  }

  private long value(int target, int i) {
    return scratch.column(target)[i];
  }

  /** Elements come before the frame; a column without one is 0. */
  private void fill(FlowColumns c, int at) {
    c.sourcePort[at] = orElse(c.sourcePort[at], headers.sourcePort);
    c.destinationPort[at] = orElse(c.destinationPort[at], headers.destinationPort);
    c.protocol[at] = (byte) orElse(c.protocol[at], headers.protocol);
    c.nextHeader[at] = (byte) orElse(c.nextHeader[at], headers.nextHeader);
    c.tcpControlBits[at] = orElse(c.tcpControlBits[at], headers.tcpControlBits);
    c.ipClassOfService[at] = (byte) orElse(c.ipClassOfService[at], headers.classOfService);
    c.flowLabel[at] = orElse(c.flowLabel[at], headers.flowLabel);
    c.vlanId[at] = orElse(c.vlanId[at], headers.vlanId);
    c.topMplsLabel[at] = orElse(c.topMplsLabel[at], headers.topMplsLabel);
    if (headers.hasRoutingHeader) {
      c.flags[at] |= FlowFlags.ROUTING_HEADER;
    }
    if (headers.isSegmentRouted) {
      c.flags[at] |= FlowFlags.SRV6;
    }
  }

  private static int orElse(int present, int other) {
    return present != 0 ? present : other;
  }

  private long octets(RecordPlan plan, int i) {
    if (headers.ipOctets != 0 || !plan.has(Target.FRAME_SIZE)) {
      return headers.ipOctets;
    }
    return Math.max(value(Target.FRAME_SIZE, i) - headers.layer2Octets, 0);
  }

  /** Fills the addresses of the rows whose IP version is that of their frame. */
  public void fillAddresses(FlowColumns c, int row, int count) {
    for (int i = 0; i < count; i++) {
      int at = row + i;
      if (c.ipVersion[at] != 0 && c.ipVersion[at] == scratch.frameIpVersion[i]) {
        if (isUnset(c.sourceAddressHigh[at], c.sourceAddressLow[at])) {
          c.sourceAddressHigh[at] = scratch.frameSourceHigh[i];
          c.sourceAddressLow[at] = scratch.frameSourceLow[i];
        }
        if (isUnset(c.destinationAddressHigh[at], c.destinationAddressLow[at])) {
          c.destinationAddressHigh[at] = scratch.frameDestinationHigh[i];
          c.destinationAddressLow[at] = scratch.frameDestinationLow[i];
        }
      }
    }
  }

  /** Neither "::" nor "0.0.0.0" says anything. */
  private static boolean isUnset(long high, long low) {
    return high == 0 && (low == 0 || low == FlowColumns.IPV4_MAPPED_PREFIX);
  }
}
