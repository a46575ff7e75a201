package org.ipv6flow.collector.packet;

import static org.ipv6flow.collector.message.Octets.i64;
import static org.ipv6flow.collector.message.Octets.u16;
import static org.ipv6flow.collector.message.Octets.u32;
import static org.ipv6flow.collector.message.Octets.u8;

/**
 * Reads the headers at the beginning of a packet: Ethernet, VLAN tags, MPLS labels, IPv4 or IPv6
 * with its extension headers, ports; and which IP version is inside a tunnel, one level deep.
 *
 * <p>Sections are cut off anywhere, so everything that was reached is told and the rest stays 0.
 * Reads nothing outside of the section, whatever lengths are in it. Reused from packet to packet,
 * allocates nothing; for one thread.
 */
public final class PacketHeaders {

  private static final int IPV4 = 4;
  private static final int IPV6 = 6;

  private static final int MAC_ADDRESSES_OCTETS = 12;
  private static final int TYPE_OCTETS = 2;
  private static final int TAG_OCTETS = 4;
  private static final int LABEL_OCTETS = 4;
  private static final int PPPOE_OCTETS = 6;
  private static final int SNAP_OCTETS = 8;

  /** Smaller EtherTypes are lengths of IEEE 802.3 frames. */
  private static final int MIN_ETHERNET_TYPE = 0x0600;

  private static final int TYPE_IPV4 = 0x0800;
  private static final int TYPE_IPV6 = 0x86DD;
  private static final int TYPE_VLAN = 0x8100;
  private static final int TYPE_QINQ = 0x88A8;
  private static final int TYPE_OLD_QINQ = 0x9100;
  private static final int TYPE_OLDER_QINQ = 0x9200;
  private static final int TYPE_MPLS = 0x8847;
  private static final int TYPE_MPLS_UPSTREAM = 0x8848;
  private static final int TYPE_PPPOE = 0x8864;
  private static final int PPP_IPV4 = 0x0021;
  private static final int PPP_IPV6 = 0x0057;

  /** LLC header of SNAP and the OUI 0 of an EtherType (RFC 1042): AA AA 03 00 00 00. */
  private static final long SNAP_PREFIX = 0xAAAA_0300_0000L;

  private static final int VLAN_ID_MASK = 0x0FFF;
  private static final int BOTTOM_OF_STACK = 1;

  private static final int IPV4_OCTETS = 20;
  private static final int IPV6_OCTETS = 40;
  private static final int FRAGMENT_OFFSET_MASK = 0x1FFF;
  private static final long IPV4_MAPPED_PREFIX = 0x0000_FFFF_0000_0000L;

  private static final int HOP_BY_HOP = 0;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int IN_IPV4 = 4;
  private static final int IN_IPV6 = 41;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int GRE = 47;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int DCCP = 33;
  private static final int SCTP = 132;
  private static final int MOBILITY = 135;
  private static final int UDP_LITE = 136;
  private static final int HIP = 139;
  private static final int SHIM6 = 140;
  private static final int ETHERNET = 143;

  /** Routing type of a segment routing header (RFC 8754 section 8.1). */
  private static final int SEGMENT_ROUTING = 4;

  private static final int PORTS_OCTETS = 4;
  private static final int TCP_FLAGS_END = 14;

  /** Version and IP version of what is being read. */
  public int ipVersion;

  /** Both halves of the addresses; IPv4 is IPv4-mapped. */
  public long sourceHigh;

  public long sourceLow;
  public long destinationHigh;
  public long destinationLow;

  /** The first Next Header of IPv6; 0 in IPv4. */
  public int nextHeader;

  /** The protocol after the last extension header that was reached. */
  public int protocol;

  public int classOfService;
  public int flowLabel;
  public int sourcePort;
  public int destinationPort;
  public int tcpControlBits;

  /** Of the outermost tag; 0 if there is none. */
  public int vlanId;

  /** Label, traffic class and bottom of stack of the topmost entry, 24 bits; 0 if there is none. */
  public int topMplsLabel;

  /** IP version of the packet inside the packet; 0 if there is none, or it was not reached. */
  public int innerIpVersion;

  public boolean hasRoutingHeader;
  public boolean isSegmentRouted;

  /** Octets before the IP header; before what could not be read, if none was reached. */
  public int layer2Octets;

  /** Octets from the IP header on, as it states them; 0 if it was not reached or states none. */
  public int ipOctets;

  /** Reads a section that begins with an Ethernet header (IE 104, 315). */
  public void readFrame(byte[] data, int from, int to) {
    clear();
    ipAt(data, ethernet(data, from, to, from), to, from);
  }

  /** Reads a section that begins with an IP header (IE 313). */
  public void readIp(byte[] data, int from, int to) {
    clear();
    if (from < to) {
      ipVersion = version(data, from);
    }
    ipAt(data, from, to, from);
  }

  private void clear() {
    ipVersion = 0;
    sourceHigh = 0;
    sourceLow = 0;
    destinationHigh = 0;
    destinationLow = 0;
    nextHeader = 0;
    protocol = 0;
    classOfService = 0;
    flowLabel = 0;
    sourcePort = 0;
    destinationPort = 0;
    tcpControlBits = 0;
    vlanId = 0;
    topMplsLabel = 0;
    innerIpVersion = 0;
    hasRoutingHeader = false;
    isSegmentRouted = false;
    layer2Octets = 0;
    ipOctets = 0;
  }

  /** Reads what is before the IP header, and which version that is; returns where it begins. */
  private int ethernet(byte[] data, int from, int to, int start) {
    int position = from + MAC_ADDRESSES_OCTETS;
    while (to - position >= TYPE_OCTETS) {
      int type = u16(data, position);
      position += TYPE_OCTETS;
      switch (type) {
        case TYPE_VLAN, TYPE_QINQ, TYPE_OLD_QINQ, TYPE_OLDER_QINQ -> {
          if (to - position < TAG_OCTETS - TYPE_OCTETS) {
            return to;
          }
          if (vlanId == 0) {
            vlanId = u16(data, position) & VLAN_ID_MASK;
          }
          position += TAG_OCTETS - TYPE_OCTETS;
        }
        case TYPE_IPV4 -> {
          ipVersion = IPV4;
          return position;
        }
        case TYPE_IPV6 -> {
          ipVersion = IPV6;
          return position;
        }
        case TYPE_MPLS, TYPE_MPLS_UPSTREAM -> {
          return labels(data, position, to);
        }
        case TYPE_PPPOE -> {
          return pppoe(data, position, to);
        }
        default -> {
          if (type >= MIN_ETHERNET_TYPE || !isSnap(data, position, to)) {
            return position;
          }
          position += SNAP_OCTETS - TYPE_OCTETS;
        }
      }
    }
    return Math.min(Math.max(position, start), to);
  }

  private static boolean isSnap(byte[] data, int position, int to) {
    return to - position >= SNAP_OCTETS && i64(data, position) >>> 16 == SNAP_PREFIX;
  }

  /** What is under the labels is told by its first four bits alone (RFC 4928 section 2). */
  private int labels(byte[] data, int from, int to) {
    int position = from;
    while (to - position >= LABEL_OCTETS) {
      int entry = (int) (u32(data, position) >>> 8);
      position += LABEL_OCTETS;
      if (topMplsLabel == 0) {
        topMplsLabel = entry;
      }
      if ((entry & BOTTOM_OF_STACK) != 0) {
        if (position < to) {
          ipVersion = version(data, position);
        }
        return position;
      }
    }
    return position;
  }

  private int pppoe(byte[] data, int from, int to) {
    int position = from + PPPOE_OCTETS;
    if (to - position < TYPE_OCTETS) {
      return to;
    }
    int protocolOfPpp = u16(data, position);
    ipVersion = protocolOfPpp == PPP_IPV4 ? IPV4 : protocolOfPpp == PPP_IPV6 ? IPV6 : 0;
    return position + TYPE_OCTETS;
  }

  private static int version(byte[] data, int position) {
    int version = u8(data, position) >>> 4;
    return version == IPV4 || version == IPV6 ? version : 0;
  }

  private void ipAt(byte[] data, int position, int to, int start) {
    layer2Octets = position - start;
    if (position >= to) {
      return;
    }
    if (ipVersion == IPV4) {
      ipv4(data, position, to);
    } else if (ipVersion == IPV6) {
      ipv6(data, position, to);
    }
  }

  private void ipv4(byte[] data, int from, int to) {
    int headerOctets = (u8(data, from) & 0xF) * 4;
    if (to - from < IPV4_OCTETS || headerOctets < IPV4_OCTETS || version(data, from) != IPV4) {
      return;
    }
    classOfService = u8(data, from + 1);
    ipOctets = u16(data, from + 2);
    protocol = u8(data, from + 9);
    sourceLow = IPV4_MAPPED_PREFIX | u32(data, from + 12);
    destinationLow = IPV4_MAPPED_PREFIX | u32(data, from + 16);
    if ((u16(data, from + 6) & FRAGMENT_OFFSET_MASK) == 0) {
      payload(data, from + headerOctets, to);
    }
  }

  private void ipv6(byte[] data, int from, int to) {
    if (to - from < IPV6_OCTETS || version(data, from) != IPV6) {
      return;
    }
    int first = (int) u32(data, from);
    classOfService = first >>> 20 & 0xFF;
    flowLabel = first & 0xF_FFFF;
    int payloadOctets = u16(data, from + 4);
    nextHeader = u8(data, from + 6);
    // A length of 0 before hop-by-hop options is a jumbogram's (RFC 2675 section 3).
    ipOctets = payloadOctets == 0 && nextHeader == HOP_BY_HOP ? 0 : IPV6_OCTETS + payloadOctets;
    sourceHigh = i64(data, from + 8);
    sourceLow = i64(data, from + 16);
    destinationHigh = i64(data, from + 24);
    destinationLow = i64(data, from + 32);
    extensionHeaders(data, from + IPV6_OCTETS, to);
  }

  /** Each header takes eight octets at least, so that the walk ends with the section. */
  private void extensionHeaders(byte[] data, int from, int to) {
    protocol = nextHeader;
    int position = from;
    while (true) {
      switch (protocol) {
        case HOP_BY_HOP,
            DESTINATION_OPTIONS,
            MOBILITY,
            HIP,
            SHIM6,
            ROUTING,
            AUTHENTICATION,
            FRAGMENT -> {
          hasRoutingHeader |= protocol == ROUTING;
          if (to - position < 8) {
            return;
          }
          if (protocol == ROUTING && u8(data, position + 2) == SEGMENT_ROUTING) {
            isSegmentRouted = true;
          }
          boolean laterFragment = protocol == FRAGMENT && (u16(data, position + 2) & ~7) != 0;
          int octets =
              switch (protocol) {
                case FRAGMENT -> 8;
                case AUTHENTICATION -> (u8(data, position + 1) + 2) * 4;
                default -> (u8(data, position + 1) + 1) * 8;
              };
          protocol = u8(data, position);
          position += Math.max(octets, 8);
          if (laterFragment || position > to) {
            return;
          }
        }
        default -> {
          payload(data, position, to);
          return;
        }
      }
    }
  }

  /** Ports, TCP flags, or the version of an inner packet. */
  private void payload(byte[] data, int position, int to) {
    switch (protocol) {
      case TCP, UDP, SCTP, DCCP, UDP_LITE -> {
        if (to - position >= PORTS_OCTETS) {
          sourcePort = u16(data, position);
          destinationPort = u16(data, position + 2);
        }
        if (protocol == TCP && to - position >= TCP_FLAGS_END) {
          tcpControlBits = u16(data, position + 12) & 0x0FFF;
        }
      }
      // The protocol says which version is inside, even where the section ends before it.
      case IN_IPV4 -> innerIpVersion = IPV4;
      case IN_IPV6 -> innerIpVersion = IPV6;
      case GRE -> {
        if (to - position >= 4) {
          innerIpVersion = versionOfType(u16(data, position + 2));
        }
      }
      case ETHERNET -> innerEthernet(data, position, to);
      default -> {
        // Nothing that a flow record has a column for.
      }
    }
  }

  /** Ethernet in IPv6 (RFC 8986 section 4.11): the version behind its tags. */
  private void innerEthernet(byte[] data, int from, int to) {
    int position = from + MAC_ADDRESSES_OCTETS;
    while (to - position >= TYPE_OCTETS) {
      int type = u16(data, position);
      if (type != TYPE_VLAN && type != TYPE_QINQ) {
        innerIpVersion = versionOfType(type);
        return;
      }
      position += TAG_OCTETS;
    }
  }

  private static int versionOfType(int type) {
    return type == TYPE_IPV4 ? IPV4 : type == TYPE_IPV6 ? IPV6 : 0;
  }
}
