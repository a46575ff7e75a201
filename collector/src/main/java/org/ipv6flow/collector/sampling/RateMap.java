package org.ipv6flow.collector.sampling;

import java.util.Arrays;

/**
 * An immutable map from scopes to sampling intervals, sorted for look-up; small and seldom changed.
 *
 * <p>Each entry keeps the interval before the present one and the export time of the change, so
 * that records exported before the change, but decoded after it, still get the old one.
 */
final class RateMap {

  static final RateMap EMPTY =
      new RateMap(new long[0], new double[0], new double[0], new long[0], false);

  /** Nothing is held for longer, and no announcement is overtaken by more. */
  static final long MAX_LATE_MILLIS = 60_000;

  private static final int FAMILY_MASK = 0x7;

  private final long[] keys;
  private final double[] intervals;
  private final double[] previous;
  private final long[] sinceMillis;
  private final boolean hasFamilies;

  private RateMap(
      long[] keys, double[] intervals, double[] previous, long[] since, boolean hasFamilies) {
    this.keys = keys;
    this.intervals = intervals;
    this.previous = previous;
    this.sinceMillis = since;
    this.hasFamilies = hasFamilies;
  }

  /** Key of a scope: the thing, a direction of it, an IP version of that; 0 is any. */
  static long key(long id, int direction, int ipVersion) {
    return id << 5 | (long) direction << 3 | ipVersion;
  }

  int size() {
    return keys.length;
  }

  long id(int index) {
    return keys[index] >>> 5;
  }

  int direction(int index) {
    return (int) (keys[index] >>> 3) & 3;
  }

  int ipVersion(int index) {
    return (int) keys[index] & FAMILY_MASK;
  }

  double interval(int index) {
    return intervals[index];
  }

  /** Whether an entry is for one IP version only. */
  boolean hasFamilies() {
    return hasFamilies;
  }

  /** The interval announced last; 0 if there is none. */
  double get(long key) {
    int index = Arrays.binarySearch(keys, key);
    return index < 0 ? 0 : intervals[index];
  }

  /**
   * The interval that applied at an export time; the first one known applies before it too.
   *
   * <p>What seems to be exported long before the change is not late: the exporter's clock was set
   * back after it. Then the present interval applies.
   */
  double get(long key, long exportTimeMillis) {
    int index = Arrays.binarySearch(keys, key);
    if (index < 0) {
      return 0;
    }
    long before = sinceMillis[index] - exportTimeMillis;
    return before > 0 && before <= MAX_LATE_MILLIS && previous[index] != 0
        ? previous[index]
        : intervals[index];
  }

  /** Export time of the last change; {@link Long#MIN_VALUE} if there is no such entry. */
  long since(long key) {
    int index = Arrays.binarySearch(keys, key);
    return index < 0 ? Long.MIN_VALUE : sinceMillis[index];
  }

  RateMap with(long key, double interval, long exportTimeMillis) {
    int index = Arrays.binarySearch(keys, key);
    if (index >= 0) {
      double[] newIntervals = intervals.clone();
      double[] newPrevious = previous.clone();
      long[] newSince = sinceMillis.clone();
      newPrevious[index] = intervals[index];
      newIntervals[index] = interval;
      newSince[index] = exportTimeMillis;
      return new RateMap(keys, newIntervals, newPrevious, newSince, hasFamilies);
    }
    int at = -index - 1;
    long[] newKeys = Arrays.copyOf(keys, keys.length + 1);
    double[] newIntervals = Arrays.copyOf(intervals, intervals.length + 1);
    double[] newPrevious = Arrays.copyOf(previous, previous.length + 1);
    long[] newSince = Arrays.copyOf(sinceMillis, sinceMillis.length + 1);
    int moved = keys.length - at;
    System.arraycopy(keys, at, newKeys, at + 1, moved);
    System.arraycopy(intervals, at, newIntervals, at + 1, moved);
    System.arraycopy(previous, at, newPrevious, at + 1, moved);
    System.arraycopy(sinceMillis, at, newSince, at + 1, moved);
    newKeys[at] = key;
    newIntervals[at] = interval;
    newPrevious[at] = 0;
    newSince[at] = exportTimeMillis;
    boolean families = hasFamilies || (key & FAMILY_MASK) != 0;
    return new RateMap(newKeys, newIntervals, newPrevious, newSince, families);
  }
}
