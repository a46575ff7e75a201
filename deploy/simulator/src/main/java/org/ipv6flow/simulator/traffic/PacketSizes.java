package org.ipv6flow.simulator.traffic;

import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.schema.traffic.TrafficClass;

/** Packets are small, medium or full; IPv6 has 20 octets of header more. */
final class PacketSizes {

  private static final int[] IPV4_OCTETS = {90, 576, 1_400};
  private static final int IPV6_HEADER_SURPLUS = 20;

  /** Of the octets, not of the packets: of these, four in ten are small. */
  private static final double[] OCTET_SHARES = {0.05, 0.15, 0.80};

  private PacketSizes() {}

  static List<Stratum> strata(List<ClassShare> mix) {
    List<Stratum> strata = new ArrayList<>();
    for (ClassShare part : mix) {
      boolean nativeClass =
          part.trafficClass() == TrafficClass.V4_NATIVE
              || part.trafficClass() == TrafficClass.V6_NATIVE;
      boolean ipv6 = part.trafficClass().code() >= TrafficClass.V6_NATIVE.code();
      for (int i = 0; i < IPV4_OCTETS.length; i++) {
        int octets = IPV4_OCTETS[i] + (ipv6 ? IPV6_HEADER_SURPLUS : 0);
        boolean longFlow = nativeClass && i == IPV4_OCTETS.length - 1;
        double share = part.share() * OCTET_SHARES[i];
        strata.add(new Stratum(part.trafficClass(), octets, share, longFlow));
      }
    }
    return strata;
  }
}
