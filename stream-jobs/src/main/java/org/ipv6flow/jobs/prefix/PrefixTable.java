package org.ipv6flow.jobs.prefix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.ipv6flow.schema.flow.FlowColumns;
import org.jspecify.annotations.Nullable;

/**
 * Longest-prefix match for several questions at once: which kinds of prefixes an address lies in (a
 * bit set over all of them), and the organisation and the area of the longest prefix that names
 * one.
 *
 * <p>All prefixes are laid out once as the elementary intervals between their bounds. A question is
 * a walk down an {@link IntervalIndex} and a search among what is left; the answer is an interval,
 * to which the facts belong. IPv4 prefixes live in the IPv4-mapped block ::ffff:0:0/96, as the
 * addresses of flow records do. Immutable; allocates nothing per question.
 */
public final class PrefixTable {

  /** No organisation, or no area. */
  public static final int NONE = -1;

  private static final int IPV4_MAPPED_HIGH = (int) (FlowColumns.IPV4_MAPPED_PREFIX >>> 32);

  /** Starts of the intervals, ascending as unsigned 128-bit numbers; the first is ::. */
  private final long[] startHigh;

  private final long[] startLow;
  private final int[] kinds;
  private final int[] organisations;
  private final int[] areas;

  private final IntervalIndex ipv6;
  private final IntervalIndex ipv4;

  private PrefixTable(List<Interval> intervals) {
    startHigh = intervals.stream().mapToLong(Interval::high).toArray();
    startLow = intervals.stream().mapToLong(Interval::low).toArray();
    kinds = intervals.stream().mapToInt(interval -> interval.facts().kinds()).toArray();
    organisations =
        intervals.stream().mapToInt(interval -> interval.facts().organisation()).toArray();
    areas = intervals.stream().mapToInt(interval -> interval.facts().area()).toArray();
    int last = kinds.length - 1;
    ipv6 = new IntervalIndex(startHigh, isPast(startLow, 0), 0, last);
    // Those that begin in the IPv4-mapped block, by the bits that are left there.
    int firstIpv4 = search(0, FlowColumns.IPV4_MAPPED_PREFIX, 0, last);
    int lastIpv4 = search(0, FlowColumns.IPV4_MAPPED_PREFIX + (1L << 32) - 1, 0, last);
    long[] words = new long[last + 1];
    for (int i = 0; i <= last; i++) {
      words[i] = startLow[i] << 32;
    }
    ipv4 = new IntervalIndex(words, new boolean[last + 1], firstIpv4, lastIpv4);
  }

  /** The interval in which an address lies; ask the others about it. */
  public int find(long high, long low) {
    boolean isIpv4 = high == 0 && low >>> 32 == IPV4_MAPPED_HIGH;
    long range = isIpv4 ? ipv4.find(low << 32) : ipv6.find(high);
    int last = (int) (range >>> 32);
    int first = (int) range;
    return first == last ? first : search(high, low, first, last);
  }

  /** The bits of every prefix around the interval. */
  public int kinds(int interval) {
    return kinds[interval];
  }

  /** Organisation of the longest prefix that has one, or {@link #NONE}. */
  public int organisation(int interval) {
    return organisations[interval];
  }

  /** Area of the longest prefix that has one, or {@link #NONE}. */
  public int area(int interval) {
    return areas[interval];
  }

  private int search(long high, long low, int first, int last) {
    int from = first;
    int to = last;
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      if (isAtOrBefore(startHigh[middle], startLow[middle], high, low)) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return from;
  }

  private static boolean[] isPast(long[] values, long value) {
    boolean[] answers = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      answers[i] = values[i] != value;
    }
    return answers;
  }

  private static boolean isAtOrBefore(long high, long low, long otherHigh, long otherLow) {
    return high == otherHigh
        ? Long.compareUnsigned(low, otherLow) <= 0
        : Long.compareUnsigned(high, otherHigh) < 0;
  }

  private record Facts(int kinds, int organisation, int area) {

    static final Facts NOTHING = new Facts(0, NONE, NONE);

    /** What is known inside a prefix, given what is known around it. */
    Facts within(Facts around) {
      return new Facts(
          kinds | around.kinds,
          organisation == NONE ? around.organisation : organisation,
          area == NONE ? around.area : area);
    }
  }

  private record Interval(long high, long low, Facts facts) {}

  private record Entry(Prefix prefix, Facts facts) {}

  /** Collects the prefixes of a table. */
  public static final class Builder {

    private final List<Entry> entries = new ArrayList<>();

    /** A prefix of some kinds: bits that are united with those of the prefixes around it. */
    public Builder kind(Prefix prefix, int bits) {
      entries.add(new Entry(prefix, new Facts(bits, NONE, NONE)));
      return this;
    }

    public Builder organisation(Prefix prefix, int organisation) {
      entries.add(new Entry(prefix, new Facts(0, organisation, NONE)));
      return this;
    }

    public Builder area(Prefix prefix, int area) {
      entries.add(new Entry(prefix, new Facts(0, NONE, area)));
      return this;
    }

    /**
     * Prefixes nest or are apart, so that one walk in the order of their starts, with those still
     * open on a stack, meets every bound once.
     */
    public PrefixTable build() {
      Entry[] sorted = entries.toArray(Entry[]::new);
      Arrays.sort(sorted, ORDER);
      List<Interval> intervals = new ArrayList<>();
      intervals.add(new Interval(0, 0, Facts.NOTHING));
      Deque<Entry> open = new ArrayDeque<>();
      for (Entry entry : sorted) {
        closeBefore(entry.prefix(), open, intervals);
        Facts around = open.isEmpty() ? Facts.NOTHING : open.element().facts();
        Facts facts = entry.facts().within(around);
        open.push(new Entry(entry.prefix(), facts));
        begin(entry.prefix().high(), entry.prefix().low(), facts, intervals);
      }
      closeBefore(null, open, intervals);
      return new PrefixTable(intervals);
    }

    private static final Comparator<Entry> ORDER =
        Comparator.<Entry>comparingLong(entry -> entry.prefix().high() ^ Long.MIN_VALUE)
            .thenComparingLong(entry -> entry.prefix().low() ^ Long.MIN_VALUE)
            .thenComparingInt(entry -> entry.prefix().length());

    /** Ends the prefixes that do not reach to {@code next}; all of them without a next one. */
    private static void closeBefore(
        @Nullable Prefix next, Deque<Entry> open, List<Interval> intervals) {
      while (!open.isEmpty()
          && (next == null || !open.element().prefix().contains(next.high(), next.low()))) {
        Prefix closed = open.pop().prefix();
        Facts around = open.isEmpty() ? Facts.NOTHING : open.element().facts();
        long low = closed.lastLow() + 1;
        long high = low == 0 ? closed.lastHigh() + 1 : closed.lastHigh();
        // After the last address of all there is nothing.
        if (low != 0 || high != 0) {
          begin(high, low, around, intervals);
        }
      }
    }

    private static void begin(long high, long low, Facts facts, List<Interval> intervals) {
      int last = intervals.size() - 1;
      Interval before = intervals.get(last);
      if (before.high() == high && before.low() == low) {
        intervals.set(last, new Interval(high, low, facts));
      } else if (!before.facts().equals(facts)) {
        intervals.add(new Interval(high, low, facts));
      }
    }
  }
}
