package org.ipv6flow.jobs.aggregate;

import org.ipv6flow.jobs.spread.BucketSpread;

/** What one record counts, and when: the difference between nine parameters everywhere and none. */
final class Measured {

  /** Estimates: observed counts times the sampling interval. */
  long octets;

  long packets;
  long observedOctets;
  long observedPackets;

  /** Variance of the octet estimate. */
  double variance;

  long first;
  long last;

  /** Numbers of the buckets of 10 s in which it begins and ends; set by {@link #setBuckets}. */
  int firstBucket;

  int lastBucket;

  /** To be called when {@link #first} and {@link #last} are set. */
  void setBuckets() {
    firstBucket = (int) BucketSpread.bucketOf(first);
    lastBucket = (int) BucketSpread.lastBucketOf(first, last);
  }

  /**
   * Adds it to the buckets of a table that it lasted in.
   *
   * @param word0 as many words as the table's keys have go before {@code key}
   * @param key without a bucket
   */
  void spread(DeltaTable table, long word0, long word1, long word2, long key) {
    long width = table.bucketMillis();
    long from = Math.floorDiv(first, width);
    long to = last > first ? Math.floorDiv(last - 1, width) : from;
    if (from == to) {
      int entry = table.locate(word0, word1, word2, key, from);
      table.add(entry, octets, packets, observedOctets, observedPackets, 1, variance);
      return;
    }
    long duration = last - first;
    long records = 1;
    long octetsBefore = 0;
    long packetsBefore = 0;
    long observedOctetsBefore = 0;
    long observedPacketsBefore = 0;
    long elapsedBefore = 0;
    for (long bucket = from; bucket <= to; bucket++) {
      long elapsed = Math.min(last, (bucket + 1) * width) - first;
      long octetsNow = BucketSpread.cumulative(octets, elapsed, duration);
      long packetsNow = BucketSpread.cumulative(packets, elapsed, duration);
      long observedOctetsNow = BucketSpread.cumulative(observedOctets, elapsed, duration);
      long observedPacketsNow = BucketSpread.cumulative(observedPackets, elapsed, duration);
      table.add(
          table.locate(word0, word1, word2, key, bucket),
          octetsNow - octetsBefore,
          packetsNow - packetsBefore,
          observedOctetsNow - observedOctetsBefore,
          observedPacketsNow - observedPacketsBefore,
          records,
          variance * (elapsed - elapsedBefore) / duration);
      records = 0;
      octetsBefore = octetsNow;
      packetsBefore = packetsNow;
      observedOctetsBefore = observedOctetsNow;
      observedPacketsBefore = observedPacketsNow;
      elapsedBefore = elapsed;
    }
  }
}
