package org.ipv6flow.collector.session;

import org.ipv6flow.collector.message.ExportMessage;
import org.jspecify.annotations.Nullable;

/**
 * One UDP source port of an observation domain: its sequence, and its exporter's clocks.
 *
 * <p>Locked, because event loops share an exporter when the kernel spreads it over them.
 */
final class PortSession {

  private final int sourcePort;
  private final @Nullable SequenceSlot slot;
  private final SequenceTracker tracker = new SequenceTracker();
  private final SequenceLearner learner;
  private final ExporterClock clock = new ExporterClock();
  private volatile long lastMillis;

  /** What was counted as lost, by this run of the collector and those before it. */
  private long lostRecords;

  private long lostMessages;

  /** The last message with flow records, and how many it had. */
  private int flowSequence;

  private int flowRecords;

  /** What of an earlier run's messages was found to have been published. */
  private @Nullable PublishedTail published;

  /**
   * @param slot where the state outlives the process; null for nowhere
   */
  PortSession(int sourcePort, int protocolVersion, @Nullable SequenceSlot slot) {
    this.sourcePort = sourcePort;
    this.slot = slot;
    learner = new SequenceLearner(SequenceMode.ofProtocol(protocolVersion));
  }

  /** A port as an earlier run left it in a slot. */
  static PortSession restore(SequenceSlot slot, SequenceSlot.State state) {
    PortSession port = new PortSession(slot.sourcePort(), slot.protocolVersion(), slot);
    port.learner.restore(state.mode());
    if (state.started()) {
      port.tracker.restore(state.expected(), state.expectedKnown(), state.lastMillis());
    }
    if (state.bootMillis() != 0) {
      port.clock.restore(state.upTimeMillis(), state.bootMillis());
    }
    port.lostRecords = state.missingRecords();
    port.lostMessages = state.missingMessages();
    port.lastMillis = state.lastMillis();
    port.flowSequence = state.flowSequence();
    port.flowRecords = state.flowRecords();
    if (state.started() && state.expectedKnown() && state.flowRecords() > 0) {
      port.published = new PublishedTail(state);
    }
    return port;
  }

  int sourcePort() {
    return sourcePort;
  }

  @Nullable SequenceSlot slot() {
    return slot;
  }

  long lastMillis() {
    return lastMillis;
  }

  synchronized long lostRecords() {
    return lostRecords;
  }

  synchronized long lostMessages() {
    return lostMessages;
  }

  /** Nothing is known yet of what an earlier run published. */
  synchronized void beginPublished() {
    if (published != null) {
      published.clear();
    }
  }

  /** Takes note of a message that an earlier run published; more than once if in parts. */
  synchronized void published(int sequence, int records) {
    if (published != null) {
      published.message(sequence, records);
    }
  }

  /** Whether it is not known yet what an earlier run published of this port's last messages. */
  synchronized boolean lacksPublished(long sinceMillis) {
    return published != null && published.isEmpty() && lastMillis >= sinceMillis;
  }

  /**
   * All that an earlier run published is known: what it had received and not published is lost, and
   * so the sequence goes on where it had published to.
   */
  synchronized void endPublished() {
    PublishedTail tail = published;
    published = null;
    if (tail != null && tail.end() != tracker.expected()) {
      tracker.restore(tail.end(), true, lastMillis);
    }
    store();
  }

  /** Takes note of a NetFlow v9 message's clocks. */
  synchronized ExporterClock.Change clocks(ExportMessage message) {
    ExporterClock.Change change = clock.message(message);
    if (change == ExporterClock.Change.RESTART) {
      tracker.restart();
      learner.restart();
    }
    return change;
  }

  /** Whether nothing has been received on this port yet. */
  boolean isNew() {
    return lastMillis == 0;
  }

  /** Whether a message on a new port comes from this port's exporter, started anew. */
  synchronized boolean isSucceededBy(ExportMessage message) {
    return clock.isSucceededBy(message, lastMillis);
  }

  /** Follows the sequence and moves what it found out to the counters. */
  synchronized void sequence(ExportMessage message, MessageUnits units, DomainSession counters) {
    lastMillis = message.receiveTimeMillis;
    if (units.flowRecords > 0) {
      flowSequence = message.sequenceNumber;
      flowRecords = units.flowRecords;
    }
    if (learner.message(message.sequenceNumber, units)) {
      tracker.forget();
      counters.count(Counter.SEQUENCE_MODE_CHANGES, 1);
    }
    tracker.message(message.sequenceNumber, learner.mode().units(units), message.receiveTimeMillis);
    tracker.closeOldGaps(message.receiveTimeMillis);
    if (!learner.isUndecided()) {
      report(counters);
    }
    store();
  }

  /** Closes gaps that were opened before a time. */
  synchronized void closeGaps(long openedBeforeMillis, DomainSession counters) {
    tracker.closeGaps(openedBeforeMillis);
    if (!learner.isUndecided() || openedBeforeMillis == Long.MAX_VALUE) {
      report(counters);
      store();
    }
  }

  private void report(DomainSession session) {
    long lost = tracker.takeLostUnits();
    if (learner.mode() == SequenceMode.MESSAGES) {
      lostMessages += lost;
      session.count(Counter.LOST_MESSAGES, lost);
    } else {
      lostRecords += lost;
      session.count(Counter.LOST_RECORDS, lost);
    }
    session.count(Counter.DUPLICATE_MESSAGES, tracker.takeDuplicates());
    session.count(Counter.REORDERED_MESSAGES, tracker.takeReordered());
    session.count(Counter.RESTARTS, tracker.takeRestarts());
  }

  /** Leaves the state where the next run finds it, whatever becomes of this one. */
  private void store() {
    if (slot == null) {
      return;
    }
    long missing = tracker.missingUnits();
    boolean messages = learner.mode() == SequenceMode.MESSAGES;
    slot.store(
        tracker.expected(),
        tracker.isStarted(),
        tracker.isExpectedKnown(),
        learner.mode(),
        lostRecords + (messages ? 0 : missing),
        lostMessages + (messages ? missing : 0),
        lastMillis,
        clock.upTimeMillis(),
        clock.isStarted() ? clock.bootMillis() : 0,
        flowSequence,
        flowRecords);
  }
}
