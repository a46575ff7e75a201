package org.ipv6flow.simulator.traffic;

import java.util.List;
import java.util.SplittableRandom;

/** What a link direction carries: how much, and of what. */
record LinkTraffic(long capacityBitsPerSecond, OfferedLoad load, List<Stratum> strata) {

  private static final int LOAD_SAMPLES = 16;

  static LinkTraffic draw(long capacityBitsPerSecond, boolean ipv6Enabled, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    OfferedLoad load = new OfferedLoad(random);
    List<ClassShare> mix = ClassMix.draw(random, ipv6Enabled);
    return new LinkTraffic(capacityBitsPerSecond, load, PacketSizes.strata(mix));
  }

  double meanOctetsPerSecond(long fromMillis, long untilMillis) {
    double sum = 0;
    for (int i = 0; i < LOAD_SAMPLES; i++) {
      sum += load.at(fromMillis + (untilMillis - fromMillis) * (2 * i + 1) / (2 * LOAD_SAMPLES));
    }
    return capacityBitsPerSecond / 8.0 * sum / LOAD_SAMPLES;
  }
}
