package org.ipv6flow.collector.sampling;

/**
 * Turns the elements that describe a sampling algorithm into the N of "1 in N" (RFC 5477).
 *
 * <p>0 where they describe none: a part missing, more packets taken than there are, or an N beyond
 * what IE 34 and 50 can state in their 32 bits. Such an N is damage, and an infinite one would make
 * a whole batch unreadable.
 */
public final class SamplingRatio {

  private static final double MAX_INTERVAL = 0xFFFF_FFFFL;

  private SamplingRatio() {}

  /** Stated as N itself (IE 34, 50). */
  public static double ofInterval(long interval) {
    return believable(interval);
  }

  private static double believable(double interval) {
    return interval >= 0 && interval <= MAX_INTERVAL ? interval : 0;
  }

  /**
   * Systematic: 305 packets (307 microseconds) taken, then 306 (308) passed over. So 305 alone is
   * no interval.
   */
  public static double ofInterval(long taken, long passedOver) {
    return taken <= 0 || passedOver < 0 ? 0 : believable(((double) taken + passedOver) / taken);
  }

  /** Random n-out-of-N: size (309) out of population (310). */
  public static double ofSize(long size, long population) {
    return size <= 0 || population < size ? 0 : believable((double) population / size);
  }

  /**
   * Uniform probabilistic (311).
   *
   * @param bits the float64 on the wire, or the float32 of reduced-size encoding, which has no high
   *     bits (RFC 7011 section 6.2)
   */
  public static double ofProbability(long bits) {
    double probability =
        bits >>> 32 == 0 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    return probability > 0 && probability <= 1 ? believable(1 / probability) : 0;
  }
}
