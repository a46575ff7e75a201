package org.ipv6flow.simulator.sampling;

import java.util.SplittableRandom;

/** A router's packet sampler on one interface and direction; 1 packet in N. */
public interface PacketSampler {

  /**
   * Draws how many packets of each stratum are sampled.
   *
   * @param packets packets of each stratum, in any order among each other
   * @param sampled takes the result, one entry per stratum
   */
  void sample(long[] packets, long[] sampled, SplittableRandom random);

  /** A sampler by the algorithm's name in the inventory: "random", or else by count. */
  static PacketSampler of(String algorithm, long interval) {
    return algorithm.equals("random") ? new RandomSampler(interval) : new CountSampler(interval);
  }
}
