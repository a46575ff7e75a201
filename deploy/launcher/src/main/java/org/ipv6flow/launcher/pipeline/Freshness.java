package org.ipv6flow.launcher.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * How long a flow record takes from the wire to a row that a query sees.
 *
 * <p>Records have no identity in a sum. But what was sent first is stored first, give or take a
 * checkpoint, so the n-th record to be stored counts as the n-th that was sent: the time between
 * the two is its delay. Sent and stored counts are sampled, and interpolated between samples of
 * what was sent.
 */
final class Freshness {

  private record Sample(long millis, long records) {}

  private record Delay(long millis, long records) {}

  private final Deque<Sample> sent = new ArrayDeque<>();
  private final List<Delay> delays = new ArrayList<>();
  private long stored;

  /** So many records had been sent at a time. */
  void sent(long millis, long records) {
    sent.add(new Sample(millis, records));
  }

  /**
   * So many records were stored at a time.
   *
   * @param counts whether their delays count
   */
  void stored(long millis, long records, boolean counts) {
    while (records > stored) {
      Sample from = sent.peekFirst();
      if (from == null) {
        return;
      }
      if (from.records() <= stored && sent.size() > 1) {
        Sample next = sent.stream().skip(1).findFirst().orElseThrow();
        if (next.records() <= stored) {
          sent.removeFirst();
          continue;
        }
        // The records from `stored` on were sent between these two samples.
        long until = Math.min(records, next.records());
        long middle = stored + (until - stored) / 2;
        double part = (double) (middle - from.records()) / (next.records() - from.records());
        long sentMillis = from.millis() + Math.round(part * (next.millis() - from.millis()));
        if (counts) {
          delays.add(new Delay(Math.max(0, millis - sentMillis), until - stored));
        }
        stored = until;
      } else {
        // Sent since the last sample: a moment ago. They are counted when more is known.
        return;
      }
    }
  }

  /**
   * The delay that so large a part of the records does not exceed, in milliseconds; -1 if nothing
   * was stored.
   */
  long percentileMillis(double part) {
    long all = delays.stream().mapToLong(Delay::records).sum();
    long counted = 0;
    for (Delay delay : delays.stream().sorted(Comparator.comparingLong(Delay::millis)).toList()) {
      counted += delay.records();
      if (counted >= part * all) {
        return delay.millis();
      }
    }
    return -1;
  }
}
