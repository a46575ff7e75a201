package org.ipv6flow.jobs.rows;

import java.util.Arrays;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;

/**
 * Sums of the rows of one table by key: keys lie one behind the other in an array of octets, sums
 * in an array of longs, and a table of open addressing leads to them. No object per row. Not
 * thread-safe.
 */
public final class RowSums {

  private static final int INITIAL_SLOTS = 1 << 8;

  /** Longs of a row: hash, position of the key, its length, six sums. */
  private static final int STRIDE = 9;

  private static final int SUMS = 3;

  private final ClickHouseTable table;
  private byte[] keys = new byte[INITIAL_SLOTS * 32];
  private int keysLength;
  private long[] rows = new long[INITIAL_SLOTS / 2 * STRIDE];
  private int size;

  /** Number of a row plus 1; 0 is free. */
  private int[] slots = new int[INITIAL_SLOTS];

  public RowSums(ClickHouseTable table) {
    this.table = table;
  }

  public ClickHouseTable table() {
    return table;
  }

  public int size() {
    return size;
  }

  /** Adds a delta of this table. */
  public void add(RowDelta delta) {
    int row = locate(delta) * STRIDE + SUMS;
    rows[row] += delta.octets;
    rows[row + 1] += delta.packets;
    rows[row + 2] += delta.observedOctets;
    rows[row + 3] += delta.observedPackets;
    rows[row + 4] += delta.records;
    double variance = Double.longBitsToDouble(rows[row + 5]) + delta.octetsVariance;
    rows[row + 5] = Double.doubleToRawLongBits(variance);
  }

  /** Reads row {@code i}, which does not say its partition. */
  public void get(int i, RowDelta into) {
    int row = i * STRIDE;
    into.table = table;
    into.partition = 0;
    into.keyLength = (int) rows[row + 2];
    if (into.key.length < into.keyLength) {
      into.key = new byte[into.keyLength];
    }
    System.arraycopy(keys, (int) rows[row + 1], into.key, 0, into.keyLength);
    into.octets = rows[row + SUMS];
    into.packets = rows[row + SUMS + 1];
    into.observedOctets = rows[row + SUMS + 2];
    into.observedPackets = rows[row + SUMS + 3];
    into.records = rows[row + SUMS + 4];
    into.octetsVariance = Double.longBitsToDouble(rows[row + SUMS + 5]);
  }

  public void clear() {
    if (size > 0) {
      Arrays.fill(slots, 0);
      Arrays.fill(rows, 0, size * STRIDE, 0);
      size = 0;
      keysLength = 0;
    }
  }

  /** Compares the first octets of two rows' keys, all but the last {@code without}. */
  int comparePrefixes(int one, int other, int without) {
    int start = (int) rows[one * STRIDE + 1];
    int otherStart = (int) rows[other * STRIDE + 1];
    return Arrays.compareUnsigned(
        keys,
        start,
        start + (int) rows[one * STRIDE + 2] - without,
        keys,
        otherStart,
        otherStart + (int) rows[other * STRIDE + 2] - without);
  }

  long octets(int i) {
    return rows[i * STRIDE + SUMS];
  }

  private int locate(RowDelta delta) {
    long hash = hash(delta.key, delta.keyLength);
    int slot = (int) hash & slots.length - 1;
    while (slots[slot] != 0) {
      int row = (slots[slot] - 1) * STRIDE;
      if (rows[row] == hash && rows[row + 2] == delta.keyLength && isKeyOf(row, delta)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & slots.length - 1;
    }
    if (2 * (size + 1) > slots.length) {
      growSlots();
      return locate(delta);
    }
    slots[slot] = size + 1;
    return append(hash, delta);
  }

  private boolean isKeyOf(int row, RowDelta delta) {
    int start = (int) rows[row + 1];
    return Arrays.equals(keys, start, start + delta.keyLength, delta.key, 0, delta.keyLength);
  }

  private int append(long hash, RowDelta delta) {
    if ((size + 1) * STRIDE > rows.length) {
      rows = Arrays.copyOf(rows, rows.length * 2);
    }
    if (keysLength + delta.keyLength > keys.length) {
      keys = Arrays.copyOf(keys, Math.max(2 * keys.length, keysLength + delta.keyLength));
    }
    System.arraycopy(delta.key, 0, keys, keysLength, delta.keyLength);
    int row = size * STRIDE;
    rows[row] = hash;
    rows[row + 1] = keysLength;
    rows[row + 2] = delta.keyLength;
    keysLength += delta.keyLength;
    return size++;
  }

  private void growSlots() {
    slots = new int[slots.length * 2];
    for (int i = 0; i < size; i++) {
      int slot = (int) rows[i * STRIDE] & slots.length - 1;
      while (slots[slot] != 0) {
        slot = (slot + 1) & slots.length - 1;
      }
      slots[slot] = i + 1;
    }
  }

  private static long hash(byte[] key, int length) {
    long hash = length;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ key[i]) * 0x100_0000_01B3L;
    }
    hash = (hash ^ hash >>> 29) * 0xBF58_476D_1CE4_E5B9L;
    return hash ^ hash >>> 32;
  }
}
