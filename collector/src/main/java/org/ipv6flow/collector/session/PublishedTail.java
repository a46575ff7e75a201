package org.ipv6flow.collector.session;

/**
 * Which of a port's last messages an earlier run of the collector published before it was killed,
 * as far as the sequence goes: the messages after it had been received, and were lost with the
 * process.
 */
final class PublishedTail {

  /** Messages further back than this belong to another count. */
  private static final int MAX_BEHIND = 1 << 20;

  private final SequenceSlot.State received;
  private boolean empty = true;
  private int lastSequence;
  private int lastRecords;

  PublishedTail(SequenceSlot.State received) {
    this.received = received;
  }

  void clear() {
    empty = true;
  }

  boolean isEmpty() {
    return empty;
  }

  /** Takes note of a published message, or of a part of one. */
  void message(int sequence, int records) {
    int behind = received.flowSequence() - sequence;
    if (behind < 0 || behind > MAX_BEHIND) {
      return; // Of another port, or of another count.
    }
    if (empty || sequence - lastSequence > 0) {
      lastSequence = sequence;
      lastRecords = records;
      empty = false;
    } else if (sequence == lastSequence) {
      lastRecords += records;
    }
  }

  /** The sequence number that continues what was published. */
  int end() {
    boolean records = received.mode() != SequenceMode.MESSAGES;
    if (empty || received.mode() == SequenceMode.NOTHING) {
      return received.expected();
    }
    if (lastSequence == received.flowSequence()) {
      int missing = received.flowRecords() - lastRecords;
      return received.expected() - (records && missing > 0 ? missing : 0);
    }
    int end = lastSequence + (records ? lastRecords : 1);
    // A message may have had more records than flow records, but not fewer: biflows are two.
    return end - received.expected() > 0 ? received.expected() : end;
  }
}
