package org.ipv6flow.simulator.sampling;

import java.util.SplittableRandom;

/**
 * Draws counts: how many of so many packets are chosen. Exact where the counts are small; where
 * they are large, rounded from the normal distribution of the same mean and variance.
 */
public final class RandomCounts {

  /** Up to this mean counts are drawn exactly; e^-64 is far from underflow. */
  private static final double LARGEST_EXACT_MEAN = 64;

  /** Up to this many, hypergeometric draws are made one by one. */
  private static final long LARGEST_EXACT_DRAWS = 64;

  /** Below this sampled fraction, drawing with replacement differs by less than a percent. */
  private static final double SMALL_FRACTION = 0.01;

  private RandomCounts() {}

  /** How many of {@code trials} succeed, each with {@code probability}. */
  public static long binomial(SplittableRandom random, long trials, double probability) {
    if (trials <= 0 || probability <= 0) {
      return 0;
    }
    if (probability >= 1) {
      return trials;
    }
    if (probability > 0.5) {
      return trials - binomial(random, trials, 1 - probability);
    }
    double mean = trials * probability;
    if (mean <= LARGEST_EXACT_MEAN) {
      return binomialByInversion(random, trials, probability);
    }
    return normal(random, mean, mean * (1 - probability), trials);
  }

  /**
   * How many of {@code draws} without replacement are marked, of {@code total} with {@code marked}.
   */
  public static long hypergeometric(SplittableRandom random, long draws, long marked, long total) {
    if (draws <= 0 || marked <= 0) {
      return 0;
    }
    if (marked >= total) {
      return draws;
    }
    if (draws >= total) {
      return marked;
    }
    if (draws > total / 2) {
      return marked - hypergeometric(random, total - draws, marked, total);
    }
    if (Math.min(draws, marked) <= LARGEST_EXACT_DRAWS) {
      // The distribution is the same with draws and marks exchanged: walk the shorter of the two.
      return oneByOne(random, Math.min(draws, marked), Math.max(draws, marked), total);
    }
    double share = (double) marked / total;
    double fraction = (double) draws / total;
    double mean = draws * share;
    if (fraction < SMALL_FRACTION) {
      return Math.min(marked, binomial(random, draws, share));
    }
    double variance = mean * (1 - share) * (1 - fraction);
    long low = Math.max(0, draws - (total - marked));
    return Math.max(low, normal(random, mean, variance, Math.min(draws, marked)));
  }

  private static long binomialByInversion(SplittableRandom random, long trials, double p) {
    double odds = p / (1 - p);
    double mass = Math.exp(trials * Math.log1p(-p));
    double left = random.nextDouble() - mass;
    long count = 0;
    while (left > 0 && count < trials) {
      count++;
      mass *= odds * (trials - count + 1) / count;
      left -= mass;
      if (mass < 1e-300) {
        break;
      }
    }
    return count;
  }

  private static long oneByOne(SplittableRandom random, long draws, long marked, long total) {
    long found = 0;
    for (long i = 0; i < draws; i++) {
      if (random.nextLong(total - i) < marked - found) {
        found++;
      }
    }
    return found;
  }

  private static long normal(SplittableRandom random, double mean, double variance, long max) {
    long drawn = Math.round(mean + random.nextGaussian() * Math.sqrt(variance));
    return Math.max(0, Math.min(max, drawn));
  }
}
