package org.ipv6flow.jobs.dictionary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Ranges of AS numbers to what is known of them: those of 16 bits, which most traffic has, in a
 * table; the others sorted, searched by halves. Immutable.
 */
final class AsNumbers {

  /** Whom AS numbers {@code first} to {@code last} belong to. */
  record Range(long first, long last, int party) {}

  private static final int OF_16_BITS = 1 << 16;
  private static final int NOBODY = -1;

  private final int[] partyOf16Bits = new int[OF_16_BITS];
  private final long[] first;
  private final long[] last;
  private final int[] party;

  /**
   * @param ranges that do not overlap
   */
  AsNumbers(List<Range> ranges) {
    List<Range> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparingLong(Range::first));
    first = sorted.stream().mapToLong(Range::first).toArray();
    last = sorted.stream().mapToLong(Range::last).toArray();
    party = sorted.stream().mapToInt(Range::party).toArray();
    for (int asNumber = 0; asNumber < OF_16_BITS; asNumber++) {
      partyOf16Bits[asNumber] = search(asNumber);
    }
  }

  /**
   * The party of an AS number.
   *
   * @param asNumber unsigned
   * @return {@code absent} if nobody is known to have it
   */
  int party(int asNumber, int absent) {
    int found = asNumber >>> 16 == 0 ? partyOf16Bits[asNumber] : search(asNumber & 0xFFFF_FFFFL);
    return found == NOBODY ? absent : found;
  }

  private int search(long wanted) {
    int from = 0;
    int to = first.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      if (wanted < first[middle]) {
        to = middle - 1;
      } else if (wanted > last[middle]) {
        from = middle + 1;
      } else {
        return party[middle];
      }
    }
    return NOBODY;
  }
}
