package org.ipv6flow.jobs.attribution;

/** A hash table from two longs to an int: open addressing, filled once, then only read. */
final class LongKeyTable {

  private final int mask;
  private final long[] keys;
  private final int[] values;
  private final boolean[] used;

  LongKeyTable(int expectedEntries) {
    int slots = Integer.highestOneBit(Math.max(4, expectedEntries)) * 4;
    mask = slots - 1;
    keys = new long[2 * slots];
    values = new int[slots];
    used = new boolean[slots];
  }

  void put(long first, long second, int value) {
    int slot = slot(first, second);
    used[slot] = true;
    keys[2 * slot] = first;
    keys[2 * slot + 1] = second;
    values[slot] = value;
  }

  int get(long first, long second, int absent) {
    int slot = slot(first, second);
    return used[slot] ? values[slot] : absent;
  }

  /** Where the key is, or the free slot where it would be. At least half of the slots are free. */
  private int slot(long first, long second) {
    long mixed = (first * 0x9E37_79B9_7F4A_7C15L ^ second) * 0xBF58_476D_1CE4_E5B9L;
    int slot = (int) (mixed >>> 32) & mask;
    while (used[slot] && (keys[2 * slot] != first || keys[2 * slot + 1] != second)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
