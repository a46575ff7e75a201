package org.ipv6flow.collector.sampling;

import java.util.Arrays;

/** An immutable map from integers to intervals, sorted for look-up; small and seldom changed. */
final class LongDoubleMap {

  static final LongDoubleMap EMPTY = new LongDoubleMap(new long[0], new double[0]);

  private final long[] keys;
  private final double[] values;

  private LongDoubleMap(long[] keys, double[] values) {
    this.keys = keys;
    this.values = values;
  }

  int size() {
    return keys.length;
  }

  long key(int index) {
    return keys[index];
  }

  double value(int index) {
    return values[index];
  }

  /** The value of a key; 0 if there is none. */
  double get(long key) {
    int index = Arrays.binarySearch(keys, key);
    return index < 0 ? 0 : values[index];
  }

  LongDoubleMap with(long key, double value) {
    int index = Arrays.binarySearch(keys, key);
    if (index >= 0) {
      double[] changed = values.clone();
      changed[index] = value;
      return new LongDoubleMap(keys, changed);
    }
    int at = -index - 1;
    long[] newKeys = Arrays.copyOf(keys, keys.length + 1);
    double[] newValues = Arrays.copyOf(values, values.length + 1);
    System.arraycopy(keys, at, newKeys, at + 1, keys.length - at);
    System.arraycopy(values, at, newValues, at + 1, values.length - at);
    newKeys[at] = key;
    newValues[at] = value;
    return new LongDoubleMap(newKeys, newValues);
  }
}
