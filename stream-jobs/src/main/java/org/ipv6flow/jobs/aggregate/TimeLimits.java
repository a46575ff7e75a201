package org.ipv6flow.jobs.aggregate;

import java.io.Serializable;
import org.ipv6flow.jobs.spread.BucketSpread;

/**
 * Which times of a record are believed. The reference is when the collector received it: its clock
 * is ours, exporters' clocks are not.
 *
 * @param defaultActiveTimeoutMillis for exporters whose inventory entry gives none
 * @param maxLatenessMillis how long before its reception a record may have ended; beyond it the
 *     finest buckets no longer exist
 */
public record TimeLimits(long defaultActiveTimeoutMillis, long maxLatenessMillis)
    implements Serializable {

  /** Clocks differ; the collector already replaces times that differ by more than 10 minutes. */
  private static final long MAX_AHEAD_MILLIS = 15 * 60_000L;

  /** A third of what {@link BucketSpread#cumulative} divides exactly. */
  private static final long MAX_TIMEOUT_MILLIS = BucketSpread.MAX_DURATION_MILLIS / 3;

  public TimeLimits {
    if (defaultActiveTimeoutMillis <= 0 || defaultActiveTimeoutMillis > MAX_TIMEOUT_MILLIS) {
      throw new IllegalArgumentException(
          "active timeout: %d ms (expected: 1 to %d)"
              .formatted(defaultActiveTimeoutMillis, MAX_TIMEOUT_MILLIS));
    }
    if (maxLatenessMillis <= 0) {
      throw new IllegalArgumentException(
          "max lateness: %d ms (expected: > 0)".formatted(maxLatenessMillis));
    }
  }

  boolean isPlausible(long lastMillis, long receivedMillis) {
    return lastMillis >= receivedMillis - maxLatenessMillis
        && lastMillis <= receivedMillis + MAX_AHEAD_MILLIS;
  }

  long activeTimeoutMillis(long ofExporterMillis) {
    return ofExporterMillis <= 0
        ? defaultActiveTimeoutMillis
        : Math.min(ofExporterMillis, MAX_TIMEOUT_MILLIS);
  }
}
