package org.ipv6flow.collector.session;

import org.ipv6flow.collector.message.ExportMessage;

/**
 * The two clocks of a NetFlow v9 exporter — the time of day, and the time since it started — and
 * what their difference says: that it started anew, or that its clock was set.
 *
 * <p>Locked by its caller.
 */
final class ExporterClock {

  /** Datagrams overtake each other and header seconds are truncated; a restart takes longer. */
  private static final long MIN_RESTART_MILLIS = 10_000;

  /** A clock that is set by less changes nothing that matters. */
  private static final long MIN_STEP_MILLIS = 60_000;

  /** Messages in a row whose clocks agreed before a step is believed: some clocks only jump. */
  private static final int MIN_STEADY_MESSAGES = 16;

  /** An up time of 32 bits begins again at 0 after this. */
  private static final long WRAP_MILLIS = 1L << 32;

  /** What a message says of its exporter's clocks. */
  enum Change {
    NONE,
    /** The exporter has started anew. */
    RESTART,
    /** Its time of day was set. */
    CLOCK_SET
  }

  private boolean started;
  private long upTimeMillis;
  private long bootMillis;
  private int steadyMessages;

  boolean isStarted() {
    return started;
  }

  long upTimeMillis() {
    return upTimeMillis;
  }

  /** When the exporter started, by its own clock. */
  long bootMillis() {
    return bootMillis;
  }

  /** Goes on where an earlier run ended. */
  void restore(long upTime, long boot) {
    started = true;
    upTimeMillis = upTime;
    bootMillis = boot;
  }

  /**
   * Takes note of a message.
   *
   * <p>A restart makes the up time fall <em>and</em> the start move forward: the second condition
   * keeps a wrap of the up time after 49.7 days, and a late datagram, from looking like one.
   */
  Change message(ExportMessage message) {
    long upTime = upTime(message);
    long boot = message.exportTimeMillis - upTime;
    long moved = boot - bootMillis;
    boolean fell = upTime < upTimeMillis - MIN_RESTART_MILLIS;
    boolean wasStarted = started;
    if (!started || !fell || moved > MIN_RESTART_MILLIS) {
      started = true;
      upTimeMillis = upTime;
      bootMillis = boot;
    }
    if (!wasStarted) {
      return Change.NONE;
    }
    if (fell) {
      return isLater(moved) ? Change.RESTART : Change.NONE;
    }
    boolean steady = Math.abs(moved) <= MIN_RESTART_MILLIS;
    boolean step = Math.abs(moved) > MIN_STEP_MILLIS && steadyMessages >= MIN_STEADY_MESSAGES;
    steadyMessages = steady ? steadyMessages + 1 : 0;
    return step ? Change.CLOCK_SET : Change.NONE;
  }

  /**
   * Whether a message on another port comes from the same exporter after it started anew.
   *
   * @param lastMillis when the last message of this port was received
   */
  boolean isSucceededBy(ExportMessage message, long lastMillis) {
    long upTime = upTime(message);
    return started
        && upTime < upTimeMillis - MIN_RESTART_MILLIS
        && isLater(message.exportTimeMillis - upTime - bootMillis)
        && lastMillis < message.receiveTimeMillis - upTime + MIN_RESTART_MILLIS;
  }

  private static boolean isLater(long moved) {
    return moved > MIN_RESTART_MILLIS && Math.abs(moved - WRAP_MILLIS) > MIN_RESTART_MILLIS;
  }

  private static long upTime(ExportMessage message) {
    return message.sysUpTimeMillis & 0xFFFF_FFFFL;
  }
}
