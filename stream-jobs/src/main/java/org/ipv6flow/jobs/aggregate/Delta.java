package org.ipv6flow.jobs.aggregate;

/** What some records add to one key's sums. Mutable and reused by whoever reads a table. */
public final class Delta {

  public DeltaKind kind = DeltaKind.LINK_TRAFFIC;

  /** As many as {@link DeltaKind#keyWords} says; the others are 0. */
  public long key0;

  public long key1;
  public long key2;
  public long key3;

  /** Estimates: observed counts times the sampling interval. */
  public long octets;

  public long packets;
  public long observedOctets;
  public long observedPackets;

  /** Flow records, each counted in one delta only. */
  public long records;

  /** Variance of the octet estimate. */
  public double octetsVariance;
}
