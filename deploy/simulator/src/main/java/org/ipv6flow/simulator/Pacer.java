package org.ipv6flow.simulator;

import java.util.concurrent.locks.LockSupport;

/**
 * The simulation's clock. In real time it waits for the wall clock; else it jumps ahead.
 *
 * <p>When the simulation has fallen behind, it catches up at five times its speed and no faster, so
 * that no burst overflows a receiver.
 */
final class Pacer {

  private static final int CATCH_UP_SPEED = 5;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final boolean realTime;
  private long nowMillis;
  private long earliestNanos = Long.MIN_VALUE;

  Pacer(boolean realTime) {
    this.realTime = realTime;
  }

  /**
   * Waits until {@code millis} since the epoch.
   *
   * @param stepMillis since the time waited for before this one
   */
  void await(long millis, long stepMillis) {
    nowMillis = millis;
    if (!realTime) {
      return;
    }
    long waitMillis = millis - System.currentTimeMillis();
    long nanos = System.nanoTime();
    long until = nanos + waitMillis * NANOS_PER_MILLI;
    if (earliestNanos != Long.MIN_VALUE && until < earliestNanos) {
      until = earliestNanos;
    }
    while (System.nanoTime() - until < 0) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
    earliestNanos = System.nanoTime() + stepMillis * NANOS_PER_MILLI / CATCH_UP_SPEED;
  }

  /** The simulation's time, milliseconds since the epoch. */
  long nowMillis() {
    return nowMillis;
  }
}
