package org.ipv6flow.collector.session;

import org.ipv6flow.collector.message.ExportMessage;

/**
 * One UDP source port of an observation domain: its sequence, and whether its exporter restarted.
 *
 * <p>Locked, because event loops share an exporter when the kernel spreads it over them.
 */
final class PortSession {

  /** Datagrams overtake each other and header seconds are truncated; a restart takes longer. */
  private static final long MIN_RESTART_MILLIS = 10_000;

  /** An up time of 32 bits begins again at 0 after this. */
  private static final long WRAP_MILLIS = 1L << 32;

  private final int sourcePort;
  private final SequenceTracker tracker = new SequenceTracker();
  private boolean started;
  private long upTimeMillis;
  private long bootMillis;
  private volatile long lastMillis;

  PortSession(int sourcePort) {
    this.sourcePort = sourcePort;
  }

  int sourcePort() {
    return sourcePort;
  }

  long lastMillis() {
    return lastMillis;
  }

  /**
   * Whether a NetFlow v9 exporter has started anew since its last message: its up time fell, and it
   * would have started later than it did by all messages before. The second condition keeps a wrap
   * of the up time after 49.7 days, and a late datagram, from looking like a restart.
   */
  synchronized boolean isRestart(ExportMessage message) {
    long upTime = message.sysUpTimeMillis & 0xFFFF_FFFFL;
    long boot = message.exportTimeMillis - upTime;
    boolean fell = upTime < upTimeMillis - MIN_RESTART_MILLIS;
    long moved = boot - bootMillis;
    boolean restart =
        started
            && fell
            && moved > MIN_RESTART_MILLIS
            && Math.abs(moved - WRAP_MILLIS) > MIN_RESTART_MILLIS;
    if (!started || !fell || moved > MIN_RESTART_MILLIS) {
      started = true;
      upTimeMillis = upTime;
      bootMillis = boot;
    }
    if (restart) {
      tracker.restart();
    }
    return restart;
  }

  /** Follows the sequence and moves what it found out to the counters. */
  synchronized void sequence(ExportMessage message, int units, DomainSession counters) {
    lastMillis = message.receiveTimeMillis;
    tracker.message(message.sequenceNumber, units, message.receiveTimeMillis);
    tracker.closeOldGaps(message.receiveTimeMillis);
    report(counters);
  }

  /** Closes gaps that were opened before a time. */
  synchronized void closeGaps(long openedBeforeMillis, DomainSession counters) {
    tracker.closeGaps(openedBeforeMillis);
    report(counters);
  }

  private void report(DomainSession session) {
    Counter lost =
        session.domain().protocolVersion() == 9 ? Counter.LOST_MESSAGES : Counter.LOST_RECORDS;
    session.count(lost, tracker.takeLostUnits());
    session.count(Counter.DUPLICATE_MESSAGES, tracker.takeDuplicates());
    session.count(Counter.REORDERED_MESSAGES, tracker.takeReordered());
    session.count(Counter.RESTARTS, tracker.takeRestarts());
  }
}
