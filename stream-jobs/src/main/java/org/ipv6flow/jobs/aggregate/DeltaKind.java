package org.ipv6flow.jobs.aggregate;

import org.ipv6flow.jobs.spread.BucketSpread;

/** Which sums a delta belongs to, and how wide their buckets are. */
public enum DeltaKind {
  /** Traffic of a link direction by class; the key is a {@link LinkTrafficKey}. */
  LINK_TRAFFIC(1, 1),
  /** Traffic that belongs to no link direction; the key is an {@link UnattributedKey}. */
  UNATTRIBUTED(4, BucketSpread.BUCKETS_PER_MINUTE),
  /** Source and destination AS (high and low half of word 0) of a {@link LinkTrafficKey}. */
  AS_TRAFFIC(2, BucketSpread.BUCKETS_PER_MINUTE),
  /**
   * Numbers of the party and the area (high and low half of word 0) at one side of a {@link
   * LinkTrafficKey}, whose class is the code of a {@link Side}.
   */
  ORGANISATION_TRAFFIC(2, BucketSpread.BUCKETS_PER_5_MINUTES),
  /** Protocol and service code (high and low half of word 0) of a {@link LinkTrafficKey}. */
  SERVICE_TRAFFIC(2, BucketSpread.BUCKETS_PER_5_MINUTES),
  /**
   * What a second observer says of a link direction: exporter (words 0 and 1), interface (word 2),
   * and a {@link LinkTrafficKey} whose class is the code of a {@link CrossCheckMeter}.
   */
  CROSS_CHECK(4, BucketSpread.BUCKETS_PER_MINUTE);

  private final int keyWords;
  private final long bucketMillis;

  /**
   * @param width of its buckets, in units of the finest
   */
  DeltaKind(int keyWords, int width) {
    this.keyWords = keyWords;
    bucketMillis = width * BucketSpread.BUCKET_MILLIS;
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
