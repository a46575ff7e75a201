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
  private final @Nullable Slot slot;
  private final @Nullable DeliveryAccount account;
  private final SequenceTracker tracker = new SequenceTracker();
  private final SequenceLearner learner;
  private final ExporterClock clock = new ExporterClock();
  private volatile long lastMillis;

  /** What was counted as lost, by this run of the collector and those before it. */
  private long lostRecords;

  private long lostMessages;

  /** Flow records decoded, and the messages they came in; by all runs. */
  private long flowRecords;

  private long flowMessages;

  /**
   * @param slot where the state outlives the process; null for nowhere
   * @param account of the domain, if what it decodes is accounted for
   */
  PortSession(
      int sourcePort, int protocolVersion, @Nullable Slot slot, @Nullable DeliveryAccount account) {
    this.sourcePort = sourcePort;
    this.slot = slot;
    this.account = account;
    learner = new SequenceLearner(SequenceMode.ofProtocol(protocolVersion));
  }

  /** A port as an earlier run left it in a slot. */
  static PortSession restore(Slot slot, PortState state, @Nullable DeliveryAccount account) {
    PortSession port = new PortSession(slot.sourcePort(), slot.protocolVersion(), slot, account);
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
    port.flowRecords = state.flowRecords();
    port.flowMessages = state.flowMessages();
    return port;
  }

  int sourcePort() {
    return sourcePort;
  }

  @Nullable Slot slot() {
    return slot;
  }

  long lastMillis() {
    return lastMillis;
  }

  /** Leaves what the port counted with the account of its domain, before its slot is released. */
  synchronized void retire() {
    if (slot != null && account != null) {
      long missing = tracker.missingUnits();
      boolean messages = learner.mode() == SequenceMode.MESSAGES;
      account.retire(
          lostRecords + (messages ? 0 : missing),
          lostMessages + (messages ? missing : 0),
          flowRecords,
          flowMessages);
    }
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
    if (slot != null) {
      flowRecords += units.flowRecords;
      flowMessages += units.flowMessages;
    } else if (account != null && units.flowRecords > 0) {
      account.decoded(units.flowRecords, units.flowMessages);
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
    boolean messages = learner.mode() == SequenceMode.MESSAGES;
    if (messages) {
      lostMessages += lost;
      session.count(Counter.LOST_MESSAGES, lost);
    } else {
      lostRecords += lost;
      session.count(Counter.LOST_RECORDS, lost);
    }
    if (slot == null && account != null && lost != 0) {
      account.lost(messages ? 0 : lost, messages ? lost : 0);
    }
    session.count(Counter.DUPLICATE_MESSAGES, tracker.takeDuplicates());
    session.count(Counter.REORDERED_MESSAGES, tracker.takeReordered());
    session.count(Counter.RESTARTS, tracker.takeRestarts());
  }

  /** Leaves the state where the next run finds it, whatever becomes of this one. */
  private void store() {
    store(tracker.expected(), flowRecords, flowMessages);
  }

  private void store(int expected, long records, long messages) {
    Slot place = slot;
    if (place == null) {
      return;
    }
    long missing = tracker.missingUnits();
    boolean countsMessages = learner.mode() == SequenceMode.MESSAGES;
    PortState.store(
        place,
        expected,
        tracker.isStarted(),
        tracker.isExpectedKnown(),
        learner.mode(),
        lostRecords + (countsMessages ? 0 : missing),
        lostMessages + (countsMessages ? missing : 0),
        lastMillis,
        clock.upTimeMillis(),
        clock.isStarted() ? clock.bootMillis() : 0,
        records,
        messages);
  }

  /**
   * Some of a message's records may be in Kafka before the rest is decoded: were the collector
   * killed now, only the rest would be lost.
   *
   * @param dataRecords those decoded so far
   * @param units flow records made of them
   */
  synchronized void partly(ExportMessage message, int dataRecords, MessageUnits units) {
    if (slot == null
        || !tracker.isStarted()
        || !tracker.isExpectedKnown()
        || message.sequenceNumber != tracker.expected()) {
      return; // Where the message stands in the sequence is not known before it is read.
    }
    int counted =
        switch (learner.mode()) {
          case MESSAGES -> 1;
          case NOTHING -> 0;
          default -> dataRecords;
        };
    store(
        tracker.expected() + counted,
        flowRecords + units.flowRecords,
        flowMessages + units.flowMessages);
  }
}
