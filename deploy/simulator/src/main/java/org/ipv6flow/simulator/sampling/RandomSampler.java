package org.ipv6flow.simulator.sampling;

import java.util.SplittableRandom;

/** Each packet is sampled with probability 1/N, whatever became of the others (RFC 5475 5.2). */
final class RandomSampler implements PacketSampler {

  private final double probability;

  RandomSampler(long interval) {
    this.probability = 1.0 / interval;
  }

  @Override
  public void sample(long[] packets, long[] sampled, SplittableRandom random) {
    for (int i = 0; i < packets.length; i++) {
      sampled[i] = RandomCounts.binomial(random, packets[i], probability);
    }
  }
}
