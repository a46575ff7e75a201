package org.ipv6flow.simulator.history;

import java.time.Duration;
import java.time.ZoneId;

/**
 * Which past to make up.
 *
 * @param span of it; its first day is a whole one
 * @param minutes the last part of it that is stored by the minute; before, by five minutes
 * @param recordsPerSecond that the exporters' sampling intervals are chosen for; 0 samples as the
 *     inventory says
 * @param seed of the network and the noise: that of the simulator which plays on
 * @param database of the store
 * @param timeZone of the store's days
 */
public record HistoryOptions(
    Duration span,
    Duration minutes,
    double recordsPerSecond,
    long seed,
    String database,
    ZoneId timeZone) {

  /** Views of the last hours compare with the same time a week ago. */
  private static final Duration MINUTES = Duration.ofDays(8);

  public static HistoryOptions of(Duration span, double recordsPerSecond, long seed) {
    return new HistoryOptions(
        span, MINUTES, recordsPerSecond, seed, "ipv6flow", ZoneId.of("Asia/Shanghai"));
  }

  public HistoryOptions withDatabase(String name) {
    return new HistoryOptions(span, minutes, recordsPerSecond, seed, name, timeZone);
  }

  public HistoryOptions withMinutes(Duration last) {
    return new HistoryOptions(span, last, recordsPerSecond, seed, database, timeZone);
  }
}
