package org.ipv6flow.jobs.estimate;

import org.ipv6flow.schema.flow.FlowColumns;

/**
 * The sampling intervals of one batch, ready to scale its records with. Reused from batch to batch;
 * not thread-safe.
 *
 * <p>With 1-in-N sampling an observed count stands for N times as much (RFC 5477 §6; Phaal and
 * Panchen, "Packet Sampling Basics"). The variance of the octet estimate of independent 1-in-N
 * sampling is N(N−1) Σ x², x being the octets of each sampled packet; a record with k packets and b
 * octets contributes at least b²/k to the sum (exactly that if its packets are of one size).
 */
public final class SamplingScale {

  private static final int MAX_SAMPLINGS = 256;

  private final double[] intervals = new double[MAX_SAMPLINGS];

  /** The interval when it is whole, else 0. */
  private final long[] wholeIntervals = new long[MAX_SAMPLINGS];

  /** Takes over the intervals of a batch. */
  public void load(FlowColumns batch) {
    for (int i = 0; i < batch.samplingCount; i++) {
      double interval = batch.samplingIntervals[i];
      // Below 1 no packet could have been seen; 0 is how "unknown" is written.
      double usable = interval >= 1 ? interval : 0;
      intervals[i] = usable;
      wholeIntervals[i] =
          usable == Math.rint(usable) && usable < Long.MAX_VALUE ? (long) usable : 0;
    }
  }

  /** False if nothing is known of the sampling: the record must not be scaled, nor taken as 1:1. */
  public boolean isKnown(int samplingIndex) {
    return intervals[samplingIndex] != 0;
  }

  /**
   * The estimate of an observed count. Exact for whole intervals; for ratios (RFC 5477 allows them)
   * rounded once per record. Counts beyond 2^63 − 1 stay there: no real record comes near.
   */
  public long scale(long observed, int samplingIndex) {
    if (observed < 0) {
      return Long.MAX_VALUE;
    }
    long whole = wholeIntervals[samplingIndex];
    if (whole == 0) {
      return Math.round(observed * intervals[samplingIndex]);
    }
    long product = observed * whole;
    return Math.multiplyHigh(observed, whole) == 0 && product >= 0 ? product : Long.MAX_VALUE;
  }

  /** Variance of the octet estimate: N(N−1) × octets² / packets; 0 when every packet was seen. */
  public double octetsVariance(long octets, long packets, int samplingIndex) {
    double interval = intervals[samplingIndex];
    double observed = octets;
    // Without a packet count the record is taken as one packet, the most uncertain case.
    return interval * (interval - 1) * observed * observed / Math.max(1, packets);
  }
}
