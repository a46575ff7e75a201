package org.ipv6flow.simulator.sampling;

import java.util.SplittableRandom;

/**
 * Every N-th packet is sampled (RFC 5475 section 5.1, systematic count-based sampling).
 *
 * <p>How many are sampled follows from the count alone; the phase carries over from one call to the
 * next. As packets of all strata are mixed, which of them are hit is a draw without replacement.
 */
final class CountSampler implements PacketSampler {

  private final long interval;
  private long sinceLast;

  CountSampler(long interval) {
    this.interval = interval;
  }

  @Override
  public void sample(long[] packets, long[] sampled, SplittableRandom random) {
    long total = 0;
    for (long stratum : packets) {
      total += stratum;
    }
    long hits = (sinceLast + total) / interval;
    sinceLast = (sinceLast + total) % interval;
    for (int i = 0; i < packets.length; i++) {
      sampled[i] = RandomCounts.hypergeometric(random, hits, packets[i], total);
      hits -= sampled[i];
      total -= packets[i];
    }
  }
}
