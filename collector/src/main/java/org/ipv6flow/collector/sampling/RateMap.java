package org.ipv6flow.collector.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from scopes to sampling intervals; small and seldom changed.
 *
 * <p>Each entry keeps the interval before the present one and the export time of the change, so
 * that records exported before the change, but decoded after it, still get the old one. Entries are
 * in buckets, of which a change copies one: an exporter that announces thousands of intervals in
 * each datagram must not make the collector copy all of them for each.
 */
final class RateMap {

  static final RateMap EMPTY = new RateMap(new Entry[0][], 0, false);

  /** Nothing is held for longer, and no announcement is overtaken by more. */
  static final long MAX_LATE_MILLIS = 60_000;

  private static final int FAMILY_MASK = 0x7;
  private static final int BUCKET_BITS = 6;
  private static final Entry[] NO_ENTRIES = new Entry[0];

  /** Odd, and not to be guessed: or else scopes could be chosen that all have one bucket. */
  private static final long MULTIPLIER = ThreadLocalRandom.current().nextLong() | 1;

  /**
   * One scope's interval.
   *
   * @param previous the interval before; 0 if there was none
   * @param sinceMillis export time of the change
   */
  record Entry(long key, double interval, double previous, long sinceMillis) {

    long id() {
      return key >>> 5;
    }

    int direction() {
      return (int) (key >>> 3) & 3;
    }

    int ipVersion() {
      return (int) key & FAMILY_MASK;
    }
  }

  /** None at all while the map is empty. */
  private final Entry[][] buckets;

  private final int size;
  private final boolean hasFamilies;

  private RateMap(Entry[][] buckets, int size, boolean hasFamilies) {
    this.buckets = buckets;
    this.size = size;
    this.hasFamilies = hasFamilies;
  }

  /** Key of a scope: the thing, a direction of it, an IP version of that; 0 is any. */
  static long key(long id, int direction, int ipVersion) {
    return id << 5 | (long) direction << 3 | ipVersion;
  }

  int size() {
    return size;
  }

  /** Whether an entry is for one IP version only. */
  boolean hasFamilies() {
    return hasFamilies;
  }

  /** All entries, by key. */
  List<Entry> entries() {
    List<Entry> all = new ArrayList<>(size);
    for (Entry[] bucket : buckets) {
      all.addAll(Arrays.asList(bucket));
    }
    all.sort(Comparator.comparingLong(Entry::key));
    return all;
  }

  /** The interval of any entry; 0 if there is none. */
  double anyInterval() {
    for (Entry[] bucket : buckets) {
      if (bucket.length > 0) {
        return bucket[0].interval;
      }
    }
    return 0;
  }

  /** The interval announced last; 0 if there is none. */
  double get(long key) {
    Entry entry = find(key);
    return entry == null ? 0 : entry.interval;
  }

  /**
   * The interval that applied at an export time; the first one known applies before it too.
   *
   * <p>What seems to be exported long before the change is not late: the exporter's clock was set
   * back after it. Then the present interval applies.
   */
  double get(long key, long exportTimeMillis) {
    Entry entry = find(key);
    if (entry == null) {
      return 0;
    }
    long before = entry.sinceMillis - exportTimeMillis;
    return before > 0 && before <= MAX_LATE_MILLIS && entry.previous != 0
        ? entry.previous
        : entry.interval;
  }

  /** Export time of the last change; {@link Long#MIN_VALUE} if there is no such entry. */
  long since(long key) {
    Entry entry = find(key);
    return entry == null ? Long.MIN_VALUE : entry.sinceMillis;
  }

  private @Nullable Entry find(long key) {
    if (size == 0) {
      return null;
    }
    for (Entry entry : buckets[bucket(key)]) {
      if (entry.key == key) {
        return entry;
      }
    }
    return null;
  }

  RateMap with(long key, double interval, long exportTimeMillis) {
    Entry[][] changed = size == 0 ? newBuckets() : buckets.clone();
    int number = bucket(key);
    Entry[] bucket = changed[number];
    for (int i = 0; i < bucket.length; i++) {
      if (bucket[i].key == key) {
        Entry[] replaced = bucket.clone();
        replaced[i] = new Entry(key, interval, bucket[i].interval, exportTimeMillis);
        changed[number] = replaced;
        return new RateMap(changed, size, hasFamilies);
      }
    }
    Entry[] grown = Arrays.copyOf(bucket, bucket.length + 1);
    grown[bucket.length] = new Entry(key, interval, 0, exportTimeMillis);
    changed[number] = grown;
    return new RateMap(changed, size + 1, hasFamilies || (key & FAMILY_MASK) != 0);
  }

  private static Entry[][] newBuckets() {
    Entry[][] none = new Entry[1 << BUCKET_BITS][];
    Arrays.fill(none, NO_ENTRIES);
    return none;
  }

  private static int bucket(long key) {
    return (int) (key * MULTIPLIER >>> Long.SIZE - BUCKET_BITS);
  }
}
