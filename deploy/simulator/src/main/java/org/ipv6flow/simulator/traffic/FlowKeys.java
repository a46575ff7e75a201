package org.ipv6flow.simulator.traffic;

import java.util.SplittableRandom;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.simulator.export.FlowRecord;

/**
 * Makes up flow keys of a class, from one operator's addresses to another's, so that the class can
 * be told from the record ({@link TrafficClass}, {@code docs/definitions.md}).
 */
final class FlowKeys {

  private static final Prefix PRIVATE_IPV4 = Prefix.parse("10.0.0.0/8");
  private static final Prefix SHARED_IPV4 = Prefix.parse("100.64.0.0/10");

  /** Of benchmarks (RFC 2544). */
  private static final Prefix BENCHMARK_IPV4 = Prefix.parse("198.18.0.0/15");

  private static final Prefix SIX_TO_FOUR_RELAY = Prefix.parse("192.88.99.0/24");
  private static final Prefix SIX_TO_FOUR = Prefix.parse("2002::/16");
  private static final Prefix TEREDO = Prefix.parse("2001::/32");

  // As the demo nation's prefix sets say.
  private static final Prefix SIX_RD_BORDER_RELAY = Prefix.parse("42.80.255.0/28");
  private static final Prefix SIX_RD = Prefix.parse("240e:3fff:d::/48");
  private static final Prefix AFTR = Prefix.parse("240e:3fff:a::/64");
  private static final Prefix LW4O6_AFTR = Prefix.parse("240e:3fff:b::/64");
  private static final Prefix MAP_E_BORDER_RELAY = Prefix.parse("2408:8fff:c::/64");
  private static final Prefix MAP_T = Prefix.parse("2409:8fff:e::/48");

  /** Of translators (RFC 6052). */
  private static final Prefix NAT64 = Prefix.parse("64:ff9b::/96");

  /** SRv6 segment identifiers (RFC 9602). */
  private static final Prefix LOCATOR = Prefix.parse("5f00::/16");

  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int IPV4_ENCAPSULATION = 4;
  private static final int IPV6_ENCAPSULATION = 41;
  private static final int GRE = 47;
  private static final int ETHERNET = 143;

  /** RFC 5214 section 6.1. */
  private static final long ISATAP_IDENTIFIER = 0x0200_5EFEL << 32;

  private static final int ESP = 50;
  private static final int TEREDO_PORT = 3_544;
  private static final int VXLAN_PORT = 4_789;

  private static final int[] SERVICE_PORTS = {443, 443, 443, 443, 443, 80, 80, 8_080, 22, 5_222};

  /** Clients' ports: below those that some overlays use. */
  private static final int FIRST_CLIENT_PORT = 32_768;

  private static final int CLIENT_PORT_BITS = 14;
  private static final int FLOW_LABEL_BITS = 20;
  private static final int TCP_ACK_PSH = 0x18;
  private static final int TCP_ACK = 0x10;

  private final OperatorAddresses source;
  private final OperatorAddresses destination;

  FlowKeys(OperatorAddresses source, OperatorAddresses destination) {
    this.source = source;
    this.destination = destination;
  }

  void draw(TrafficClass trafficClass, FlowRecord flow, SplittableRandom random) {
    flow.ipv6 = trafficClass.code() >= TrafficClass.V6_NATIVE.code();
    flow.sourceAs = source.anyAsNumber(random);
    flow.destinationAs = destination.anyAsNumber(random);
    flow.classOfService = 0;
    flow.flowLabel = flow.ipv6 ? random.nextInt(1 << FLOW_LABEL_BITS) : 0;
    if (flow.ipv6) {
      from(source.anyIpv6(random), flow, random);
      to(destination.anyIpv6(random), flow, random);
    } else {
      from(source.anyIpv4(random), flow, random);
      to(destination.anyIpv4(random), flow, random);
    }
    switch (trafficClass) {
      case V4_PRIVATE -> serviceFrom(PRIVATE_IPV4, flow, random);
      case V4_SHARED -> serviceFrom(SHARED_IPV4, flow, random);
      case V4_BOGON -> serviceFrom(BENCHMARK_IPV4, flow, random);
      case SIX_TO_FOUR_IN_V4 -> tunnelTo(SIX_TO_FOUR_RELAY, IPV6_ENCAPSULATION, flow, random);
      case SIX_RD_IN_V4 -> tunnelTo(SIX_RD_BORDER_RELAY, IPV6_ENCAPSULATION, flow, random);
      case SIX_TO_FOUR -> serviceFrom(SIX_TO_FOUR, flow, random);
      case TEREDO -> serviceFrom(TEREDO, flow, random);
      case SIX_RD -> serviceFrom(SIX_RD, flow, random);
      case MAP_T -> serviceFrom(MAP_T, flow, random);
      case ISATAP -> {
        flow.sourceLow =
            ISATAP_IDENTIFIER | source.anyIpv4(random).randomLow(random) & 0xFFFF_FFFFL;
        service(flow, random);
      }
      case DS_LITE -> tunnelTo(AFTR, IPV4_ENCAPSULATION, flow, random);
      case LW4O6 -> tunnelTo(LW4O6_AFTR, IPV4_ENCAPSULATION, flow, random);
      case MAP_E -> tunnelTo(MAP_E_BORDER_RELAY, IPV4_ENCAPSULATION, flow, random);
      case V6_IN_V6 -> withoutPorts(IPV6_ENCAPSULATION, flow);
      case OVERLAY_IN_V6 -> overlay(flow, random);
      case V6_IN_V4 -> withoutPorts(IPV6_ENCAPSULATION, flow);
      case TEREDO_IN_V4 -> ports(UDP, TEREDO_PORT, clientPort(random), flow);
      case OVERLAY_IN_V4 -> overlay(flow, random);
      case V4_IN_V6 -> withoutPorts(IPV4_ENCAPSULATION, flow);
      case V6_TRANSLATED -> {
        flow.sourceHigh = NAT64.high();
        flow.sourceLow = NAT64.low() | source.anyIpv4(random).randomLow(random);
        service(flow, random);
      }
      case SRV6_V4 -> tunnelTo(LOCATOR, IPV4_ENCAPSULATION, flow, random);
      case SRV6_V6 -> tunnelTo(LOCATOR, IPV6_ENCAPSULATION, flow, random);
      case SRV6_L2 -> tunnelTo(LOCATOR, ETHERNET, flow, random);
      case V4_NATIVE, V6_NATIVE -> service(flow, random);
      default -> throw new IllegalArgumentException("class " + trafficClass.label());
    }
  }

  private static void from(Prefix prefix, FlowRecord flow, SplittableRandom random) {
    flow.sourceHigh = prefix.randomHigh(random);
    flow.sourceLow = prefix.randomLow(random);
  }

  private static void to(Prefix prefix, FlowRecord flow, SplittableRandom random) {
    flow.destinationHigh = prefix.randomHigh(random);
    flow.destinationLow = prefix.randomLow(random);
  }

  private static void serviceFrom(Prefix prefix, FlowRecord flow, SplittableRandom random) {
    from(prefix, flow, random);
    service(flow, random);
  }

  private static void tunnelTo(Prefix end, int protocol, FlowRecord flow, SplittableRandom random) {
    to(end, flow, random);
    withoutPorts(protocol, flow);
  }

  /** A client's flow to a service, or back. */
  private static void service(FlowRecord flow, SplittableRandom random) {
    int servicePort = SERVICE_PORTS[random.nextInt(SERVICE_PORTS.length)];
    boolean quic = servicePort == 443 && random.nextInt(3) == 0;
    int clientPort = clientPort(random);
    boolean toService = random.nextBoolean();
    ports(
        quic ? UDP : TCP,
        toService ? clientPort : servicePort,
        toService ? servicePort : clientPort,
        flow);
    flow.tcpFlags = quic ? 0 : random.nextBoolean() ? TCP_ACK : TCP_ACK_PSH;
  }

  private static void overlay(FlowRecord flow, SplittableRandom random) {
    switch (random.nextInt(3)) {
      case 0 -> withoutPorts(GRE, flow);
      case 1 -> withoutPorts(ESP, flow);
      default -> ports(UDP, clientPort(random), VXLAN_PORT, flow);
    }
  }

  private static int clientPort(SplittableRandom random) {
    return FIRST_CLIENT_PORT + random.nextInt(1 << CLIENT_PORT_BITS);
  }

  private static void withoutPorts(int protocol, FlowRecord flow) {
    ports(protocol, 0, 0, flow);
  }

  private static void ports(int protocol, int sourcePort, int destinationPort, FlowRecord flow) {
    flow.protocol = protocol;
    flow.sourcePort = sourcePort;
    flow.destinationPort = destinationPort;
    flow.tcpFlags = 0;
  }
}
