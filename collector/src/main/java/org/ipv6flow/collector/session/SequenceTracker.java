package org.ipv6flow.collector.session;

import java.util.Arrays;

/**
 * Watches the sequence numbers of one exporter's observation domain and UDP port, and tells lost
 * units from late, repeated and restarted ones.
 *
 * <p>NetFlow v9 counts messages (RFC 3954 section 5.1), IPFIX counts data records sent before the
 * message (RFC 7011 section 3.1); the tracker counts whichever unit it is given. A gap is loss only
 * after it has stayed open for a while, because datagrams overtake each other. A number far away
 * from the expected one is believed only once others follow it: a single forged datagram must not
 * make the tracker lose its place (RFC 7011 section 11.6). Locked by its caller.
 */
final class SequenceTracker {

  /** The number of units in a message is not known: one of its templates is not. */
  static final int UNKNOWN_UNITS = -1;

  /** How long a late message may still fill its gap. */
  static final long REORDER_MILLIS = 2_000;

  /** A jump ahead up to this is believed at once. */
  private static final int MAX_NEAR_UNITS = 1 << 16;

  /** A jump beyond this is another count and not loss, unless there was time to lose more. */
  private static final int MIN_FAR_UNITS = 1 << 20;

  private static final int MAX_FAR_UNITS = 1 << 30;

  /** More than any exporter sends. */
  private static final long MAX_UNITS_PER_MILLI = 1_000;

  /** Messages behind the expected one that follow each other: not late ones, but a new count. */
  private static final int MIN_BEHIND = 4;

  private static final int MAX_GAPS = 16;

  private final int[] gapStart = new int[MAX_GAPS];
  private final int[] gapUnits = new int[MAX_GAPS];
  private final long[] gapMillis = new long[MAX_GAPS];
  private int gaps;

  private boolean started;
  private boolean expectedKnown;
  private int expected;
  private long expectedMillis;

  /** A count elsewhere that messages may have begun to follow; 0 messages if there is none. */
  private int otherMessages;

  private int otherStart;
  private int otherExpected;
  private int otherLost;
  private int otherDuplicates;

  private long lostUnits;
  private int duplicates;
  private int reordered;
  private int restarts;

  /** Goes on where an earlier run ended. */
  void restore(int expectedNumber, boolean isKnown, long lastMillis) {
    started = true;
    expected = expectedNumber;
    expectedKnown = isKnown;
    expectedMillis = lastMillis;
  }

  /**
   * Takes note of a message.
   *
   * @param sequence its sequence number
   * @param units data records in it (IPFIX), or 1 (v9); {@link #UNKNOWN_UNITS} if not known
   */
  void message(int sequence, int units, long nowMillis) {
    if (!started) {
      started = true;
      follow(sequence, units, nowMillis);
      return;
    }
    // Signed 32-bit arithmetic takes care of the wrap at 2^32.
    int ahead = sequence - expected;
    if (!expectedKnown) {
      if (ahead < 0 && ahead >= -MIN_FAR_UNITS) {
        return; // Late; what it expects after it is older than what is known.
      }
      follow(sequence, units, nowMillis);
    } else if (ahead == 0) {
      follow(sequence, units, nowMillis);
    } else if (ahead > 0 && ahead <= MAX_NEAR_UNITS) {
      openGap(expected, ahead, nowMillis);
      follow(sequence, units, nowMillis);
    } else if (ahead < 0 && ahead >= -MIN_FAR_UNITS) {
      behind(sequence, units, nowMillis);
    } else {
      elsewhere(sequence, units, 2, nowMillis);
    }
  }

  /** The exporter started anew: what its old count missed is no longer to be known. */
  void restart() {
    started = false;
    otherMessages = 0;
    restarts++;
    closeGaps(Long.MAX_VALUE);
  }

  /** The exporter counts something else than was thought: nothing that was found out holds. */
  void forget() {
    started = false;
    otherMessages = 0;
    gaps = 0;
    lostUnits = 0;
    duplicates = 0;
    reordered = 0;
    restarts = 0;
  }

  boolean isStarted() {
    return started;
  }

  boolean isExpectedKnown() {
    return expectedKnown;
  }

  int expected() {
    return expected;
  }

  /** Units that are missed: lost ones not taken yet, and those that may still come. */
  long missingUnits() {
    long missing = lostUnits;
    for (int i = 0; i < gaps; i++) {
      missing += gapUnits[i];
    }
    return missing;
  }

  private void follow(int sequence, int units, long nowMillis) {
    expectedKnown = units >= 0;
    expected = sequence + Math.max(units, 0);
    expectedMillis = nowMillis;
    otherMessages = 0;
  }

  /** A message from before the expected one: it fills a gap, it came twice, or all begins anew. */
  private void behind(int sequence, int units, long nowMillis) {
    if (fillsGap(sequence, Math.max(units, 0))) {
      reordered++;
      return;
    }
    duplicates++;
    elsewhere(sequence, units, MIN_BEHIND, nowMillis);
    if (otherMessages > 0) {
      otherDuplicates++;
    }
  }

  /** A number that is not believed before {@code enough} messages have followed it. */
  private void elsewhere(int sequence, int units, int enough, long nowMillis) {
    int ahead = sequence - otherExpected;
    boolean follows = otherMessages > 0 && ahead >= 0 && ahead <= MAX_NEAR_UNITS;
    if (!follows) {
      otherStart = sequence;
      otherMessages = 0;
      otherLost = 0;
      otherDuplicates = 0;
    } else {
      otherLost += ahead;
    }
    // A message of no units follows itself: any number of copies of it proves nothing.
    otherMessages = units < 0 ? 0 : otherMessages + Math.min(units, 1);
    otherExpected = sequence + Math.max(units, 0);
    if (otherMessages >= enough) {
      moveThere(sequence, units, nowMillis);
    }
  }

  private void moveThere(int sequence, int units, long nowMillis) {
    int ahead = otherStart - expected;
    if (ahead > 0 && ahead <= maxGapUnits(nowMillis)) {
      lostUnits += ahead;
    } else {
      restarts++;
      closeGaps(Long.MAX_VALUE);
      duplicates -= otherDuplicates;
      if (otherDuplicates > 0) {
        duplicates--; // The message at hand.
      }
    }
    if (otherLost > 0) {
      openGap(sequence - otherLost, otherLost, nowMillis);
    }
    follow(sequence, units, nowMillis);
  }

  private int maxGapUnits(long nowMillis) {
    long elapsed = Math.max(nowMillis - expectedMillis, 0);
    return (int) Math.min(MIN_FAR_UNITS + elapsed * MAX_UNITS_PER_MILLI, MAX_FAR_UNITS);
  }

  private void openGap(int start, int units, long nowMillis) {
    if (gaps == MAX_GAPS) {
      closeGap(0);
    }
    gapStart[gaps] = start;
    gapUnits[gaps] = units;
    gapMillis[gaps] = nowMillis;
    gaps++;
  }

  private boolean fillsGap(int sequence, int units) {
    for (int i = 0; i < gaps; i++) {
      int offset = sequence - gapStart[i];
      if (offset >= 0 && offset < gapUnits[i]) {
        int after = Math.max(gapUnits[i] - offset - units, 0);
        gapUnits[i] = offset;
        if (after > 0 && gaps < MAX_GAPS) {
          openGap(sequence + units, after, gapMillis[i]);
        } else {
          lostUnits += after;
        }
        return true;
      }
    }
    return false;
  }

  /** Counts as lost what gaps that were opened before a time still miss. */
  void closeGaps(long openedBeforeMillis) {
    for (int i = gaps - 1; i >= 0; i--) {
      if (gapMillis[i] < openedBeforeMillis) {
        closeGap(i);
      }
    }
  }

  void closeOldGaps(long nowMillis) {
    if (gaps > 0) {
      closeGaps(nowMillis - REORDER_MILLIS);
    }
  }

  private void closeGap(int index) {
    lostUnits += gapUnits[index];
    gaps--;
    System.arraycopy(gapStart, index + 1, gapStart, index, gaps - index);
    System.arraycopy(gapUnits, index + 1, gapUnits, index, gaps - index);
    System.arraycopy(gapMillis, index + 1, gapMillis, index, gaps - index);
    Arrays.fill(gapUnits, gaps, MAX_GAPS, 0);
  }

  /** Units lost since the last call. */
  long takeLostUnits() {
    long taken = lostUnits;
    lostUnits = 0;
    return taken;
  }

  int takeDuplicates() {
    int taken = duplicates;
    duplicates = 0;
    return taken;
  }

  int takeReordered() {
    int taken = reordered;
    reordered = 0;
    return taken;
  }

  int takeRestarts() {
    int taken = restarts;
    restarts = 0;
    return taken;
  }
}
