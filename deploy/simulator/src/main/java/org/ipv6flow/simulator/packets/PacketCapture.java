package org.ipv6flow.simulator.packets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.ipv6flow.simulator.network.PcapFile;
import org.ipv6flow.simulator.packets.PacketBuilder.Flow;

/**
 * Writes the packets of many flows into a capture file, and counts them.
 *
 * <p>TCP, UDP and ICMP over IPv4 and IPv6, of sizes from an empty acknowledgement, which Ethernet
 * pads, to 1,500 octets; some UDP datagrams are larger than that and come in fragments. Flows
 * follow each other closely, so that an exporter must keep many of them at a time.
 */
public final class PacketCapture {

  private static final int MAX_PACKETS_PER_FLOW = 24;
  private static final int MTU = 1_500;
  private static final int MAX_FRAGMENTED_OCTETS = 8_000;
  private static final long MICROS_BETWEEN_PACKETS = 200;

  private final SplittableRandom random;
  private final PacketBuilder builder = new PacketBuilder();
  private PacketTotals ipv4 = PacketTotals.NONE;
  private PacketTotals ipv6 = PacketTotals.NONE;
  private int fragments;
  private int nextId = 1;
  private long timeMicros;

  private PacketCapture(long seed, long startMillis) {
    random = new SplittableRandom(seed);
    timeMicros = startMillis * 1_000;
  }

  /** What is in a file. */
  public record Truth(int flows, int fragments, PacketTotals ipv4, PacketTotals ipv6) {}

  /**
   * Writes a file.
   *
   * @param seed the same seed gives the same packets
   * @param startMillis time of the first packet, milliseconds since the epoch
   */
  public static Truth write(Path file, int flows, long seed, long startMillis) throws IOException {
    PacketCapture capture = new PacketCapture(seed, startMillis);
    try (PcapFile pcap = new PcapFile(file)) {
      for (int i = 0; i < flows; i++) {
        capture.flow(pcap, i);
      }
    }
    return new Truth(flows, capture.fragments, capture.ipv4, capture.ipv6);
  }

  private void flow(PcapFile pcap, int number) throws IOException {
    int version = random.nextInt(5) < 2 ? 6 : 4;
    int protocol =
        switch (random.nextInt(10)) {
          case 0 -> version == 4 ? PacketBuilder.ICMP : PacketBuilder.ICMPV6;
          case 1, 2, 3 -> PacketBuilder.UDP;
          default -> PacketBuilder.TCP;
        };
    Flow flow =
        new Flow(
            version,
            protocol,
            address(version, 1, number),
            address(version, 2, random.nextInt(500)),
            1_024 + number % 60_000,
            random.nextBoolean() ? 443 : 53);
    int packets = 1 + random.nextInt(MAX_PACKETS_PER_FLOW);
    for (int i = 0; i < packets; i++) {
      if (protocol == PacketBuilder.UDP && random.nextInt(30) == 0) {
        fragmented(pcap, flow);
      } else {
        int most = MTU - flow.ipHeaderOctets() - flow.headerOctets();
        int payload = random.nextInt(3) == 0 ? 0 : random.nextInt(most + 1);
        builder.packet(flow, PacketBuilder.segment(flow, payload, i), nextId++);
        put(pcap, flow);
      }
    }
  }

  /** Parts of as many octets as fit, which must be a multiple of eight, and the rest. */
  private void fragmented(PcapFile pcap, Flow flow) throws IOException {
    byte[] segment =
        PacketBuilder.segment(flow, MTU + random.nextInt(MAX_FRAGMENTED_OCTETS - MTU), 0);
    int room = MTU - flow.ipHeaderOctets() - PacketBuilder.FRAGMENT_OCTETS & ~7;
    int id = nextId++;
    for (int offset = 0; offset < segment.length; offset += room) {
      int octets = Math.min(room, segment.length - offset);
      builder.fragment(flow, segment, offset, octets, offset + octets < segment.length, id);
      put(pcap, flow);
      fragments++;
    }
  }

  private void put(PcapFile pcap, Flow flow) throws IOException {
    pcap.frame(timeMicros, builder.frameOctets());
    pcap.write(builder.octets(), 0, builder.frameOctets());
    timeMicros += MICROS_BETWEEN_PACKETS;
    if (flow.ipVersion() == 4) {
      ipv4 = ipv4.plus(builder.ipOctets(), builder.frameOctets());
    } else {
      ipv6 = ipv6.plus(builder.ipOctets(), builder.frameOctets());
    }
  }

  /** Of the ranges that are for benchmarks (RFC 2544, RFC 5180). */
  private static byte[] address(int version, int network, int host) {
    return version == 4
        ? ByteBuffer.allocate(4)
            .putInt(0xC612_0000 | network << 16 & 0x1_0000 | host & 0xFFFF)
            .array()
        : ByteBuffer.allocate(16).putInt(0x2001_0002).putInt(network).putLong(host).array();
  }
}
