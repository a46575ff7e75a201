package org.ipv6flow.collector.session;

import java.util.Arrays;

/**
 * Watches the sequence numbers of one exporter's observation domain and UDP port, and tells lost
 * messages from late, repeated and restarted ones.
 *
 * <p>NetFlow v9 counts messages (RFC 3954 section 5.1), IPFIX counts data records sent before the
 * message (RFC 7011 section 3.1); the tracker counts whichever unit it is given. A gap is loss only
 * after it has stayed open for a while, because datagrams overtake each other. Locked by its
 * caller.
 */
final class SequenceTracker {

  /** A jump beyond this, forward or backward, is another count, not loss. */
  private static final int MAX_GAP_UNITS = 1 << 20;

  /** How long a late message may still fill its gap. */
  static final long REORDER_MILLIS = 2_000;

  private static final int MAX_GAPS = 16;

  /** An exporter whose number never moves does not count at all. */
  private static final int STILL_MESSAGES = 8;

  private final int[] gapStart = new int[MAX_GAPS];
  private final int[] gapUnits = new int[MAX_GAPS];
  private final long[] gapMillis = new long[MAX_GAPS];
  private int gaps;

  private boolean started;
  private boolean expectedKnown;
  private int expected;
  private int last;
  private int still;

  private long lostUnits;
  private int duplicates;
  private int reordered;
  private int restarts;

  /** The number of units in a message is not known: one of its templates is not. */
  static final int UNKNOWN_UNITS = -1;

  /**
   * Takes note of a message.
   *
   * @param sequence its sequence number
   * @param units data records in it (IPFIX), or 1 (v9); {@link #UNKNOWN_UNITS} if not known
   */
  void message(int sequence, int units, long nowMillis) {
    still = started && sequence == last && units != 0 ? still + 1 : 0;
    last = sequence;
    if (!started || still >= STILL_MESSAGES) {
      started = true;
      follow(sequence, units);
      return;
    }
    // Signed 32-bit arithmetic takes care of the wrap at 2^32.
    int ahead = sequence - expected;
    if (!expectedKnown) {
      if (ahead < 0 && ahead >= -MAX_GAP_UNITS) {
        return; // Late; what it expects after it is older than what is known.
      }
      follow(sequence, units);
    } else if (ahead == 0) {
      follow(sequence, units);
    } else if (ahead > 0 && ahead <= MAX_GAP_UNITS) {
      openGap(expected, ahead, nowMillis);
      follow(sequence, units);
    } else if (ahead < 0 && ahead >= -MAX_GAP_UNITS) {
      late(sequence, Math.max(units, 0));
    } else {
      restarts++;
      closeGaps(Long.MAX_VALUE);
      follow(sequence, units);
    }
  }

  /** The exporter started anew: what its old count missed is no longer to be known. */
  void restart() {
    started = false;
    still = 0;
    restarts++;
    closeGaps(Long.MAX_VALUE);
  }

  private void follow(int sequence, int units) {
    expectedKnown = units >= 0;
    expected = sequence + Math.max(units, 0);
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

  /** A message from before the expected one: it fills a gap, or it came twice. */
  private void late(int sequence, int units) {
    for (int i = 0; i < gaps; i++) {
      int offset = sequence - gapStart[i];
      if (offset >= 0 && offset < gapUnits[i]) {
        reordered++;
        int after = Math.max(gapUnits[i] - offset - units, 0);
        gapUnits[i] = offset;
        if (after > 0 && gaps < MAX_GAPS) {
          openGap(sequence + units, after, gapMillis[i]);
        } else {
          lostUnits += after;
        }
        return;
      }
    }
    duplicates++;
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
