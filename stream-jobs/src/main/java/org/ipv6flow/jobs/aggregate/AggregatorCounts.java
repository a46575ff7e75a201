package org.ipv6flow.jobs.aggregate;

import org.ipv6flow.schema.traffic.UnattributedReason;

/**
 * Running totals of an aggregator. {@code records = attributedRecords + Σ unattributed(reason)}
 * always holds.
 */
public final class AggregatorCounts {

  public long batches;
  public long records;
  public long attributedRecords;
  public long clampedRecords;

  /** Estimated and observed octets of the attributed records. */
  public long octets;

  public long observedOctets;

  private final long[] unattributedByCode = new long[UnattributedReason.values().length + 1];

  void unattributed(UnattributedReason reason) {
    unattributedByCode[reason.code()]++;
  }

  public long unattributedRecords(UnattributedReason reason) {
    return unattributedByCode[reason.code()];
  }
}
