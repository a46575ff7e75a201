package org.ipv6flow.collector.sender;

import java.util.concurrent.atomic.AtomicLong;

/** What all event loops know of one sender: how much it sent of late, and whether it may. */
final class SenderLimits {

  private static final long MICROS_PER_MILLI = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** A token bucket as the time at which it would be empty again (ITU-T I.371, annex A). */
  private final AtomicLong emptyAtMicros = new AtomicLong();

  private volatile long quarantinedUntilMillis;

  /** Takes a token; false if there is none left. */
  boolean take(long nowMillis, int perSecond) {
    long now = nowMillis * MICROS_PER_MILLI;
    long increment = Math.max(MICROS_PER_SECOND / perSecond, 1);
    while (true) {
      long emptyAt = emptyAtMicros.get();
      long after = Math.max(emptyAt, now) + increment;
      if (after - now > MICROS_PER_SECOND) {
        return false;
      }
      if (emptyAtMicros.compareAndSet(emptyAt, after)) {
        return true;
      }
    }
  }

  boolean isQuarantined(long nowMillis) {
    return nowMillis < quarantinedUntilMillis;
  }

  void quarantine(long untilMillis) {
    quarantinedUntilMillis = untilMillis;
  }
}
