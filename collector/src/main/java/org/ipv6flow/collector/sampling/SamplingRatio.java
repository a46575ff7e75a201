package org.ipv6flow.collector.sampling;

/** Turns the elements that describe a sampling algorithm into the N of "1 in N" (RFC 5477). */
public final class SamplingRatio {

  private SamplingRatio() {}

  /** Systematic count-based: 305 packets taken, then 306 passed over. Not 305 alone. */
  public static double ofPacketInterval(long packetInterval, long packetSpace) {
    return packetInterval <= 0 ? 0 : (double) (packetInterval + packetSpace) / packetInterval;
  }

  /** Random n-out-of-N: size (309) out of population (310). */
  public static double ofSize(long size, long population) {
    return size <= 0 || population <= 0 ? 0 : (double) population / size;
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
    return probability > 0 && probability <= 1 ? 1 / probability : 0;
  }
}
