package org.ipv6flow.jobs.spread;

/**
 * Spreads a count over time buckets in proportion to overlap (the proportional uniform distribution
 * of RFC 7015 §5.1.1), as differences of cumulative floors.
 *
 * <p>With {@code cumulative(t) = floor(total × (t − first) / duration)} a bucket receives {@code
 * cumulative(its end) − cumulative(its start)}. The sum over all buckets telescopes to the total,
 * whatever the record: nothing is rounded away, as RFC 7015 demands.
 */
public final class BucketSpread {

  /** Width of the finest bucket. */
  public static final long BUCKET_MILLIS = 10_000;

  public static final int BUCKETS_PER_MINUTE = 6;
  public static final int BUCKETS_PER_5_MINUTES = 30;

  /** Longest duration for which {@link #cumulative} is exact in 64 bits. */
  public static final long MAX_DURATION_MILLIS = Integer.MAX_VALUE;

  private BucketSpread() {}

  /** Number of the bucket that holds an instant. */
  public static long bucketOf(long epochMillis) {
    return Math.floorDiv(epochMillis, BUCKET_MILLIS);
  }

  /**
   * Number of the last bucket that receives a share: time is half open, so an end on a bucket's
   * start does not reach into it. A record of no duration lies in the bucket of its instant.
   */
  public static long lastBucketOf(long firstMillis, long lastMillis) {
    return bucketOf(lastMillis > firstMillis ? lastMillis - 1 : lastMillis);
  }

  /**
   * The part of the total that falls before {@code elapsed}: {@code floor(total × elapsed /
   * duration)}.
   *
   * <p>Where the product would not fit 64 bits the total is divided first: with total = q ×
   * duration + r, the result is q × elapsed + floor(r × elapsed / duration), and r × elapsed is
   * below 2^62.
   *
   * @param total not negative
   * @param elapsedMillis from 0 to the duration
   * @param durationMillis from 1 to {@link #MAX_DURATION_MILLIS}
   */
  public static long cumulative(long total, long elapsedMillis, long durationMillis) {
    if (total <= Integer.MAX_VALUE) {
      return total * elapsedMillis / durationMillis;
    }
    long quotient = total / durationMillis;
    long remainder = total - quotient * durationMillis;
    return quotient * elapsedMillis + remainder * elapsedMillis / durationMillis;
  }
}
