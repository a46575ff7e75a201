package org.ipv6flow.collector.sender;

import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.DecodeCounters;
import org.jspecify.annotations.Nullable;

/** One sender as seen by one event loop. */
public final class Sender {

  private static final long WINDOW_MILLIS = 60_000;

  private final long high;
  private final long low;
  private final SenderPolicy policy;

  /** Null if it may not send. */
  private final @Nullable SenderLimits limits;

  private volatile @Nullable DecodeCounters counters;
  private long windowStartMillis;
  private int windowMessages;
  private int windowMalformed;

  Sender(long high, long low, SenderPolicy policy, @Nullable SenderLimits limits) {
    this.high = high;
    this.low = low;
    this.policy = policy;
    this.limits = limits;
  }

  public long high() {
    return high;
  }

  public long low() {
    return low;
  }

  /** What its drops are counted with; null if nothing was dropped yet. */
  public @Nullable DecodeCounters counters() {
    return counters;
  }

  public void counters(DecodeCounters added) {
    counters = added;
  }

  /** Why a datagram of it is not decoded; null if it is. */
  public @Nullable DropReason refusal(long nowMillis) {
    SenderLimits shared = limits;
    if (shared == null) {
      return DropReason.SENDER_NOT_ALLOWED;
    }
    if (shared.isQuarantined(nowMillis)) {
      return DropReason.QUARANTINED;
    }
    int perSecond = policy.maxDatagramsPerSecond();
    return perSecond > 0 && !shared.take(nowMillis, perSecond) ? DropReason.RATE_LIMITED : null;
  }

  /** Takes note of a message of it; tells whether it is put into quarantine for it. */
  public boolean message(boolean malformed, long nowMillis) {
    if (policy.maxMalformedPerMinute() == 0 || limits == null) {
      return false;
    }
    if (nowMillis - windowStartMillis >= WINDOW_MILLIS || nowMillis < windowStartMillis) {
      windowStartMillis = nowMillis;
      windowMessages = 0;
      windowMalformed = 0;
    }
    windowMessages++;
    if (!malformed) {
      return false;
    }
    windowMalformed++;
    boolean quarantine =
        windowMalformed > policy.maxMalformedPerMinute() && 2 * windowMalformed > windowMessages;
    if (quarantine) {
      limits.quarantine(nowMillis + policy.quarantine().toMillis());
      windowStartMillis = nowMillis;
      windowMessages = 0;
      windowMalformed = 0;
    }
    return quarantine;
  }

  boolean isAllowed() {
    return limits != null;
  }
}
