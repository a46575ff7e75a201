package org.ipv6flow.jobs.aggregate;

/** Which sums a delta belongs to, and how wide their buckets are. */
public enum DeltaKind {
  /** Traffic of a link direction by class; the key is a {@link LinkTrafficKey}. */
  LINK_TRAFFIC(1, 10_000),
  /** Traffic that belongs to no link direction; the key is an {@link UnattributedKey}. */
  UNATTRIBUTED(4, 60_000),
  /** Source and destination AS (high and low half of word 0) of a {@link LinkTrafficKey}. */
  AS_TRAFFIC(2, 60_000),
  /**
   * Numbers of the party and the area (high and low half of word 0) at one side of a {@link
   * LinkTrafficKey}, whose class is the code of a {@link Side}.
   */
  ORGANISATION_TRAFFIC(2, 300_000),
  /** Protocol and service code (high and low half of word 0) of a {@link LinkTrafficKey}. */
  SERVICE_TRAFFIC(2, 300_000),
  /**
   * What a second observer says of a link direction: exporter (words 0 and 1), interface (word 2),
   * and a {@link LinkTrafficKey} whose class is the code of a {@link CrossCheckMeter}.
   */
  CROSS_CHECK(4, 60_000);

  private final int keyWords;
  private final long bucketMillis;

  DeltaKind(int keyWords, long bucketMillis) {
    this.keyWords = keyWords;
    this.bucketMillis = bucketMillis;
  }

  /** How many of a delta's key words are in use. The last one is never 0. */
  int keyWords() {
    return keyWords;
  }

  /** Width of a bucket. */
  public long bucketMillis() {
    return bucketMillis;
  }

  /** Start of the bucket in a key's {@link LinkTrafficKey}. */
  public long bucketEpochSeconds(long linkTrafficKey) {
    return LinkTrafficKey.bucket(linkTrafficKey) * (bucketMillis / 1000);
  }
}
