package org.ipv6flow.collector.session;

import java.util.Arrays;

/**
 * Finds out what the sequence numbers of an exporter count, since some count something else than
 * their protocol says: messages where records are due, templates too, or nothing at all.
 *
 * <p>Each way to count predicts every next number. The way in use is compared with each other way
 * over the messages on which exactly one of the two was right; loss makes both fail, and tells
 * nothing.
 */
final class SequenceLearner {

  /** Comparisons in a row that the other way must have won to take over. */
  private static final int MIN_WON = 4;

  private final int[] expected = new int[SequenceMode.COUNT];
  private final boolean[] known = new boolean[SequenceMode.COUNT];

  /** Per other way, comparisons in a row that it won. */
  private final int[] won = new int[SequenceMode.COUNT];

  private SequenceMode mode;

  SequenceLearner(SequenceMode mode) {
    this.mode = mode;
  }

  SequenceMode mode() {
    return mode;
  }

  /** Whether the exporter may yet turn out to count something else than is thought. */
  boolean isUndecided() {
    for (int count : won) {
      if (count > 0) {
        return true;
      }
    }
    return false;
  }

  /** The exporter started anew: its old numbers predict nothing. */
  void restart() {
    Arrays.fill(known, false);
  }

  /** Takes note of a message; tells whether another way to count has taken over. */
  boolean message(int sequence, MessageUnits units) {
    boolean changed = compare(sequence);
    for (int i = 0; i < SequenceMode.COUNT; i++) {
      int count = SequenceMode.of(i).units(units);
      known[i] = count >= 0;
      expected[i] = sequence + Math.max(count, 0);
    }
    return changed;
  }

  private boolean compare(int sequence) {
    int own = mode.ordinal();
    if (!known[own]) {
      return false;
    }
    boolean ownRight = expected[own] == sequence;
    SequenceMode better = mode;
    for (int i = 0; i < SequenceMode.COUNT; i++) {
      if (known[i] && i != own && (expected[i] == sequence) != ownRight) {
        won[i] = ownRight ? 0 : won[i] + 1;
        if (won[i] >= MIN_WON && (better == mode || won[i] > won[better.ordinal()])) {
          better = SequenceMode.of(i);
        }
      }
    }
    if (better == mode) {
      return false;
    }
    mode = better;
    Arrays.fill(won, 0);
    return true;
  }

  /** Goes on with what an earlier run found out. */
  void restore(SequenceMode learned) {
    mode = learned;
  }
}
