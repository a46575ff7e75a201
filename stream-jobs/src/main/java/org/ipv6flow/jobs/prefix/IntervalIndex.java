package org.ipv6flow.jobs.prefix;

import java.util.Arrays;

/**
 * Leads from the first 64 bits of an address to the few intervals it may lie in.
 *
 * <p>A tree whose nodes skip the bits that all bounds below them share, and tell cells apart by the
 * bits that follow; it ends where few intervals are left. So a look-up takes as many steps as the
 * bounds around an address need and hardly mispredicts a branch, which a binary search does at
 * every other step. Immutable; allocates nothing per question.
 */
final class IntervalIndex {

  private static final int ROOT_BITS = 16;
  private static final int NODE_BITS = 8;

  /** So few intervals are searched one after the other. */
  private static final int FEW = 3;

  /** Ints of a node: bits right of its own, its bits, its first cell, first and last interval. */
  private static final int NODE_INTS = 5;

  private final long[] words;
  private final boolean[] beginsWithin;
  private long[] common = new long[16];
  private int[] nodes = new int[16 * NODE_INTS];
  private int nodeCount;

  /**
   * First and last interval of each cell; the last one is negative if the first is the number of a
   * node instead.
   */
  private int[] cells = new int[1 << (ROOT_BITS + 1)];

  private int cellCount;

  /**
   * @param words first 64 bits of the intervals' starts, ascending as unsigned numbers
   * @param beginsWithin whether a start has further bits
   * @param first the interval that holds the first address there is
   * @param last interval to be found
   */
  IntervalIndex(long[] words, boolean[] beginsWithin, int first, int last) {
    this.words = words;
    this.beginsWithin = beginsWithin;
    build(first, last, ROOT_BITS);
  }

  /** Where the last interval that may hold an address is, and the first one: high and low half. */
  long find(long word) {
    int node = 0;
    while (true) {
      int at = node * NODE_INTS;
      long prefix = word >>> nodes[at] >>> nodes[at + 1];
      if (prefix != common[node]) {
        int only = Long.compareUnsigned(prefix, common[node]) < 0 ? nodes[at + 3] : nodes[at + 4];
        return (long) only << 32 | only;
      }
      int cell = 2 * (nodes[at + 2] + (int) (word >>> nodes[at] & (1L << nodes[at + 1]) - 1));
      if (cells[cell + 1] >= 0) {
        return (long) cells[cell + 1] << 32 | cells[cell];
      }
      node = cells[cell];
    }
  }

  /** A node over the intervals after {@code first}, one of which is the first to begin there. */
  private int build(int first, int last, int bitsAtMost) {
    int shared = first == last ? 0 : Long.numberOfLeadingZeros(words[first + 1] ^ words[last]);
    int bits = Math.min(bitsAtMost, Long.SIZE - shared);
    int shift = Long.SIZE - shared - bits;
    int node = nodeCount++;
    if (node == common.length) {
      common = Arrays.copyOf(common, 2 * node);
      nodes = Arrays.copyOf(nodes, 2 * node * NODE_INTS);
    }
    int firstCell = cellCount;
    cellCount += 1 << bits;
    if (2 * cellCount > cells.length) {
      cells = Arrays.copyOf(cells, Math.max(2 * cells.length, 2 * cellCount));
    }
    long prefix = first == last ? 0 : words[last] >>> shift >>> bits;
    common[node] = prefix;
    int at = node * NODE_INTS;
    nodes[at] = shift;
    nodes[at + 1] = bits;
    nodes[at + 2] = firstCell;
    nodes[at + 3] = first;
    nodes[at + 4] = last;
    int reached = first;
    for (int i = 0; i < 1 << bits; i++) {
      long start = (prefix << bits | i) << shift;
      long end = start + ((1L << shift) - 1);
      while (reached < last && isAtOrBefore(reached + 1, start)) {
        reached++;
      }
      int firstOfCell = reached;
      while (reached < last && Long.compareUnsigned(words[reached + 1], end) <= 0) {
        reached++;
      }
      fill(firstCell + i, firstOfCell, reached);
    }
    return node;
  }

  private void fill(int cell, int first, int last) {
    boolean isDistinct = last > first && words[first + 1] != words[last];
    if (last - first > FEW && isDistinct) {
      int child = build(first, last, NODE_BITS);
      cells[2 * cell] = child;
      cells[2 * cell + 1] = -1;
    } else {
      cells[2 * cell] = first;
      cells[2 * cell + 1] = last;
    }
  }

  /** Whether an interval begins where a word with nothing behind it is, or before. */
  private boolean isAtOrBefore(int interval, long word) {
    int order = Long.compareUnsigned(words[interval], word);
    return order < 0 || order == 0 && !beginsWithin[interval];
  }
}
