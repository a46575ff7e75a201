package org.ipv6flow.simulator.packets;

import java.nio.ByteBuffer;

/**
 * Builds one Ethernet frame after the other: IPv4 or IPv6, with TCP, UDP, ICMP or a fragment of one
 * of these inside. Checksums are right, for some exporters look at them.
 */
final class PacketBuilder {

  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMP = 1;
  static final int ICMPV6 = 58;
  private static final int FRAGMENT = 44;

  static final int IPV4_OCTETS = 20;
  static final int IPV6_OCTETS = 40;
  static final int FRAGMENT_OCTETS = 8;
  static final int TCP_OCTETS = 20;
  static final int UDP_OCTETS = 8;
  static final int ICMP_OCTETS = 8;

  private static final int ETHERNET_OCTETS = 14;

  /** Shorter frames are padded (IEEE 802.3), without the check sequence, which captures lack. */
  private static final int MIN_FRAME_OCTETS = 60;

  private static final int MAX_FRAME_OCTETS = ETHERNET_OCTETS + 65_535;
  private static final int TTL = 60;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT_UNIT_OCTETS = 8;

  private final ByteBuffer frame = ByteBuffer.allocate(MAX_FRAME_OCTETS);
  private int ipOctets;

  /** The addresses and ports of a flow, which all its packets have. */
  record Flow(
      int ipVersion,
      int protocol,
      byte[] source,
      byte[] destination,
      int sourcePort,
      int destPort) {

    int headerOctets() {
      return switch (protocol) {
        case TCP -> TCP_OCTETS;
        case UDP -> UDP_OCTETS;
        default -> ICMP_OCTETS;
      };
    }

    int ipHeaderOctets() {
      return ipVersion == 4 ? IPV4_OCTETS : IPV6_OCTETS;
    }
  }

  /** The transport header and a payload of zeros, to be put into one packet or into several. */
  static byte[] segment(Flow flow, int payloadOctets, int sequence) {
    int octets = flow.headerOctets() + payloadOctets;
    ByteBuffer segment = ByteBuffer.allocate(octets);
    int checksumAt;
    switch (flow.protocol) {
      case TCP -> {
        segment.putShort((short) flow.sourcePort).putShort((short) flow.destPort);
        // Data offset of five words; PSH and ACK.
        segment.putInt(sequence).putInt(1).putShort((short) 0x5018).putShort((short) 65_535);
        checksumAt = 16;
      }
      case UDP -> {
        segment.putShort((short) flow.sourcePort).putShort((short) flow.destPort);
        segment.putShort((short) octets);
        checksumAt = 6;
      }
      default -> {
        // Echo request; ICMPv6 numbers it otherwise.
        segment.put((byte) (flow.protocol == ICMP ? 8 : 128)).put((byte) 0).putShort((short) 0);
        segment.putShort((short) flow.sourcePort).putShort((short) sequence);
        checksumAt = 2;
      }
    }
    int sum = sum(segment.array(), 0, octets);
    if (flow.protocol != ICMP) {
      sum += sum(flow.source, 0, flow.source.length);
      sum += sum(flow.destination, 0, flow.destination.length);
      sum += octets + flow.protocol;
    }
    int checksum = complement(sum);
    // To UDP 0 would mean that there is none (RFC 768).
    segment.putShort(checksumAt, (short) (checksum == 0 && flow.protocol == UDP ? -1 : checksum));
    return segment.array();
  }

  /** A packet with a whole segment. */
  void packet(Flow flow, byte[] segment, int id) {
    begin(flow);
    putIpHeader(flow, flow.protocol, segment.length, id, 0);
    end(flow, segment, 0, segment.length);
  }

  /**
   * A packet with a part of a segment.
   *
   * @param offset of the part; in units of eight octets on the wire
   * @param more whether there is a part behind it
   */
  void fragment(Flow flow, byte[] segment, int offset, int octets, boolean more, int id) {
    begin(flow);
    int units = offset / FRAGMENT_UNIT_OCTETS;
    if (flow.ipVersion == 4) {
      putIpHeader(flow, flow.protocol, octets, id, units | (more ? MORE_FRAGMENTS : 0));
    } else {
      putIpHeader(flow, FRAGMENT, FRAGMENT_OCTETS + octets, id, 0);
      frame.put((byte) flow.protocol).put((byte) 0);
      frame.putShort((short) (units << 3 | (more ? 1 : 0))).putInt(id);
    }
    end(flow, segment, offset, octets);
  }

  private void begin(Flow flow) {
    frame.clear();
    frame.putInt(0x0200_0000).putShort((short) 1).putInt(0x0200_0000).putShort((short) 2);
    frame.putShort((short) (flow.ipVersion == 4 ? 0x0800 : 0x86DD));
  }

  private void putIpHeader(Flow flow, int protocol, int payloadOctets, int id, int fragment) {
    if (flow.ipVersion == 6) {
      frame.putInt(0x6000_0000).putShort((short) payloadOctets);
      frame.put((byte) protocol).put((byte) TTL).put(flow.source).put(flow.destination);
      return;
    }
    frame.putShort((short) 0x4500).putShort((short) (IPV4_OCTETS + payloadOctets));
    frame.putShort((short) id).putShort((short) fragment);
    frame.put((byte) TTL).put((byte) protocol).putShort((short) 0);
    frame.put(flow.source).put(flow.destination);
    int sum = sum(frame.array(), ETHERNET_OCTETS, IPV4_OCTETS);
    frame.putShort(ETHERNET_OCTETS + 10, (short) complement(sum));
  }

  private void end(Flow flow, byte[] segment, int offset, int octets) {
    frame.put(segment, offset, octets);
    ipOctets = frame.position() - ETHERNET_OCTETS;
    while (frame.position() < MIN_FRAME_OCTETS) {
      frame.put((byte) 0);
    }
  }

  /** The frame built last. */
  byte[] octets() {
    return frame.array();
  }

  int frameOctets() {
    return frame.position();
  }

  /** Octets of it from the IP header on, without padding. */
  int ipOctets() {
    return ipOctets;
  }

  /** Of 16-bit words (RFC 1071); packets are too short for it to overflow. */
  private static int sum(byte[] octets, int from, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      int octet = octets[from + i] & 0xFF;
      sum += i % 2 == 0 ? octet << 8 : octet;
    }
    return sum;
  }

  private static int complement(int sum) {
    int folded = (sum & 0xFFFF) + (sum >>> 16);
    folded = (folded & 0xFFFF) + (folded >>> 16);
    return ~folded & 0xFFFF;
  }
}
