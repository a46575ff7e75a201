package org.ipv6flow.jobs.rows;

import java.util.Arrays;

/**
 * Keeps the largest pairs of AS of every link direction, IP version and minute; the rest is added
 * up under a pair that means "other", so that nothing is lost.
 */
final class TopPairs {

  /**
   * RFC 7300: AS 4294967295 is reserved and never a peer's; a record that names it says nothing
   * either.
   */
  private static final byte OTHER = (byte) 0xFF;

  /** A key ends with source and destination AS. */
  private static final int PAIR_BYTES = 2 * Integer.BYTES;

  private TopPairs() {}

  /**
   * Reduces rows to the largest.
   *
   * @param pairs most pairs beside "other" that stay of a group
   */
  static RowSums reduce(RowSums rows, int pairs) {
    Integer[] order = new Integer[rows.size()];
    Arrays.setAll(order, i -> i);
    // Stable: rows of equal octets stay in the order in which they came.
    Arrays.sort(
        order,
        (one, other) -> {
          int byGroup = rows.comparePrefixes(one, other, PAIR_BYTES);
          return byGroup != 0
              ? byGroup
              : Long.compareUnsigned(rows.octets(other), rows.octets(one));
        });
    RowSums reduced = new RowSums(rows.table());
    RowDelta row = new RowDelta();
    int kept = 0;
    for (int i = 0; i < order.length; i++) {
      boolean isFirst = i == 0 || rows.comparePrefixes(order[i - 1], order[i], PAIR_BYTES) != 0;
      kept = isFirst ? 0 : kept;
      rows.get(order[i], row);
      if (kept == pairs) {
        Arrays.fill(row.key, row.keyLength - PAIR_BYTES, row.keyLength, OTHER);
      } else if (!isOther(row)) {
        kept++;
      }
      reduced.add(row);
    }
    return reduced;
  }

  private static boolean isOther(RowDelta row) {
    for (int i = row.keyLength - PAIR_BYTES; i < row.keyLength; i++) {
      if (row.key[i] != OTHER) {
        return false;
      }
    }
    return true;
  }
}
