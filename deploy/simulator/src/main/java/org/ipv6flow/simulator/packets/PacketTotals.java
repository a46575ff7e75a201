package org.ipv6flow.simulator.packets;

/**
 * The packets of one IP version.
 *
 * @param ipOctets from the IP header on, as it states them: a fragment counts its own header
 * @param frameOctets with the Ethernet header and the padding of short frames
 */
public record PacketTotals(long packets, long ipOctets, long frameOctets) {

  private static final int ETHERNET_OCTETS = 14;

  static final PacketTotals NONE = new PacketTotals(0, 0, 0);

  /** Octets of the frames behind their Ethernet headers, padding included. */
  public long octetsBehindEthernet() {
    return frameOctets - packets * ETHERNET_OCTETS;
  }

  PacketTotals plus(int ipOctetsOfPacket, int frameOctetsOfPacket) {
    return new PacketTotals(
        packets + 1, ipOctets + ipOctetsOfPacket, frameOctets + frameOctetsOfPacket);
  }
}
