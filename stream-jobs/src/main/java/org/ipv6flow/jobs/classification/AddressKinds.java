package org.ipv6flow.jobs.classification;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which kinds of prefixes an address lies in, as a bit set.
 *
 * <p>All prefixes of all kinds are laid out once as the elementary intervals between their bounds;
 * a question is one binary search over two flat arrays. IPv4 prefixes live in the IPv4-mapped block
 * ::ffff:0:0/96, as the addresses of flow records do. Immutable.
 */
public final class AddressKinds {

  /** A prefix and the bits of the addresses in it. */
  public record Entry(Prefix prefix, int bits) {}

  /** Starts of the intervals, ascending as unsigned 128-bit numbers; the first is ::. */
  private final long[] startHigh;

  private final long[] startLow;
  private final int[] bits;

  public AddressKinds(List<Entry> entries) {
    TreeSet<Bound> bounds = new TreeSet<>();
    bounds.add(new Bound(0, 0));
    for (Entry entry : entries) {
      Prefix prefix = entry.prefix();
      bounds.add(new Bound(prefix.high(), prefix.low()));
      Bound end = Bound.after(prefix);
      if (end != null) {
        bounds.add(end);
      }
    }
    List<Bound> starts = new ArrayList<>();
    List<Integer> masks = new ArrayList<>();
    for (Bound bound : bounds) {
      int mask = 0;
      for (Entry entry : entries) {
        mask |= entry.prefix().contains(bound.high(), bound.low()) ? entry.bits() : 0;
      }
      if (masks.isEmpty() || masks.get(masks.size() - 1) != mask) {
        starts.add(bound);
        masks.add(mask);
      }
    }
    startHigh = starts.stream().mapToLong(Bound::high).toArray();
    startLow = starts.stream().mapToLong(Bound::low).toArray();
    bits = masks.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The bits of every prefix that contains the address. */
  public int of(long high, long low) {
    int from = 0;
    int to = bits.length - 1;
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      if (isAtOrBefore(startHigh[middle], startLow[middle], high, low)) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return bits[from];
  }

  private static boolean isAtOrBefore(long high, long low, long otherHigh, long otherLow) {
    return high == otherHigh
        ? Long.compareUnsigned(low, otherLow) <= 0
        : Long.compareUnsigned(high, otherHigh) < 0;
  }

  private record Bound(long high, long low) implements Comparable<Bound> {

    /** The first address after a prefix; null after the last address of all. */
    static @Nullable Bound after(Prefix prefix) {
      long low = prefix.lastLow() + 1;
      long high = low == 0 ? prefix.lastHigh() + 1 : prefix.lastHigh();
      return low == 0 && high == 0 ? null : new Bound(high, low);
    }

    @Override
    public int compareTo(Bound other) {
      int byHigh = Long.compareUnsigned(high, other.high);
      return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }
  }
}
