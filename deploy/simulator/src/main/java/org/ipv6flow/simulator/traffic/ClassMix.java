package org.ipv6flow.simulator.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ipv6flow.schema.traffic.TrafficClass;

/** Of which classes a link direction's traffic is: native traffic everywhere, the rest on few. */
final class ClassMix {

  private static final double LEAST_IPV6 = 0.18;
  private static final double MOST_IPV6 = 0.50;

  /** A class that some links carry beside native traffic. */
  private record Guest(TrafficClass trafficClass, double onLinks, double least, double most) {}

  private static final List<Guest> IPV4_GUESTS =
      List.of(
          new Guest(TrafficClass.OVERLAY_IN_V4, 0.25, 0.02, 0.05),
          new Guest(TrafficClass.V6_IN_V4, 0.12, 0.02, 0.04),
          new Guest(TrafficClass.TEREDO_IN_V4, 0.08, 0.02, 0.03),
          new Guest(TrafficClass.SIX_TO_FOUR_IN_V4, 0.03, 0.02, 0.03),
          new Guest(TrafficClass.SIX_RD_IN_V4, 0.03, 0.02, 0.03),
          new Guest(TrafficClass.V4_PRIVATE, 0.04, 0.02, 0.03),
          new Guest(TrafficClass.V4_SHARED, 0.04, 0.02, 0.03),
          new Guest(TrafficClass.V4_BOGON, 0.03, 0.02, 0.03));

  private static final List<Guest> IPV6_GUESTS =
      List.of(
          new Guest(TrafficClass.V4_IN_V6, 0.06, 0.03, 0.06),
          new Guest(TrafficClass.DS_LITE, 0.08, 0.03, 0.06),
          new Guest(TrafficClass.LW4O6, 0.03, 0.03, 0.06),
          new Guest(TrafficClass.MAP_E, 0.03, 0.03, 0.06),
          new Guest(TrafficClass.MAP_T, 0.03, 0.03, 0.06),
          new Guest(TrafficClass.V6_IN_V6, 0.03, 0.03, 0.06),
          new Guest(TrafficClass.OVERLAY_IN_V6, 0.03, 0.03, 0.06),
          new Guest(TrafficClass.SIX_TO_FOUR, 0.02, 0.03, 0.06),
          new Guest(TrafficClass.TEREDO, 0.02, 0.03, 0.06),
          new Guest(TrafficClass.SIX_RD, 0.02, 0.03, 0.06),
          new Guest(TrafficClass.ISATAP, 0.02, 0.03, 0.06),
          new Guest(TrafficClass.SRV6_L2, 0.03, 0.03, 0.06),
          new Guest(TrafficClass.V6_TRANSLATED, 0.20, 0.02, 0.05),
          new Guest(TrafficClass.SRV6_V4, 0.08, 0.03, 0.06),
          new Guest(TrafficClass.SRV6_V6, 0.08, 0.03, 0.06));

  private ClassMix() {}

  /** Shares of a link direction; they sum to 1. */
  static List<ClassShare> draw(SplittableRandom random, boolean ipv6Enabled) {
    List<ClassShare> mix = new ArrayList<>();
    double ipv4 = 1;
    if (ipv6Enabled) {
      double ipv6 = LEAST_IPV6 + (MOST_IPV6 - LEAST_IPV6) * random.nextDouble();
      ipv4 -= ipv6;
      double guests = addGuests(IPV6_GUESTS, random, mix, ipv6 / 2);
      mix.add(new ClassShare(TrafficClass.V6_NATIVE, ipv6 - guests));
    }
    double guests = addGuests(IPV4_GUESTS, random, mix, ipv4 / 2);
    mix.add(new ClassShare(TrafficClass.V4_NATIVE, ipv4 - guests));
    return mix;
  }

  /** Adds what this link has of the guests, never more than {@code most} together. */
  private static double addGuests(
      List<Guest> guests, SplittableRandom random, List<ClassShare> mix, double most) {
    double sum = 0;
    for (Guest guest : guests) {
      boolean present = random.nextDouble() < guest.onLinks;
      double share = guest.least + (guest.most - guest.least) * random.nextDouble();
      if (present && sum + share <= most) {
        mix.add(new ClassShare(guest.trafficClass, share));
        sum += share;
      }
    }
    return sum;
  }
}
