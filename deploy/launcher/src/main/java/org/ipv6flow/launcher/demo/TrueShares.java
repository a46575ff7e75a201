package org.ipv6flow.launcher.demo;

import java.util.Map;
import java.util.function.Predicate;
import org.ipv6flow.schema.traffic.TrafficClass;

/**
 * IPv6 shares of what links truly carried, as docs/definitions.md defines them.
 *
 * @param wire of all octets
 * @param nativeShare native IPv6 among the octets whose payload is known and belongs on an
 *     interconnect
 */
record TrueShares(double wire, double nativeShare) {

  /**
   * @param links identifiers of those that count
   */
  static TrueShares of(Truth truth, Predicate<String> links) {
    double all = 0;
    double ofIpv6 = 0;
    double nativeOctets = 0;
    double nativeBase = 0;
    for (Map.Entry<Truth.Cell, Long> cell : truth.octets().entrySet()) {
      if (!links.test(cell.getKey().link())) {
        continue;
      }
      long octets = cell.getValue();
      TrafficClass trafficClass = trafficClass(cell.getKey().trafficClass());
      all += octets;
      ofIpv6 += cell.getKey().ipVersion() == 6 ? octets : 0;
      nativeOctets += trafficClass == TrafficClass.V6_NATIVE ? octets : 0;
      nativeBase += isNativeBase(trafficClass) ? octets : 0;
    }
    return new TrueShares(ofIpv6 / all, nativeOctets / nativeBase);
  }

  private static boolean isNativeBase(TrafficClass trafficClass) {
    boolean multicast =
        trafficClass == TrafficClass.V4_MULTICAST || trafficClass == TrafficClass.V6_MULTICAST;
    return !multicast
        && (trafficClass.payload() == TrafficClass.Payload.V4
            || trafficClass.payload() == TrafficClass.Payload.V6);
  }

  private static TrafficClass trafficClass(String label) {
    for (TrafficClass trafficClass : TrafficClass.values()) {
      if (trafficClass.label().equals(label)) {
        return trafficClass;
      }
    }
    throw new IllegalArgumentException("the truth names no known class: " + label);
  }
}
