package org.ipv6flow.console.explore;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.ipv6flow.console.query.Step;
import org.ipv6flow.console.query.TimeRange;

/**
 * The buckets of a series: the first holds the begin of the period, the last ends with the period
 * or with what is stored, so that no rate is divided by time of which nothing can be known.
 *
 * @param count at least 1
 */
public record Buckets(Instant from, Instant until, int count) {

  /** The buckets of a period. */
  public static Buckets of(TimeRange range, Step step, ZoneId zone, Instant storedUntil) {
    Instant from = begin(range.from(), step, zone);
    Instant until = storedUntil.isBefore(range.until()) ? storedUntil : range.until();
    if (!until.isAfter(from)) {
      until = from.plusSeconds(1);
    }
    return new Buckets(from, until, count(from, until, step, zone));
  }

  private static Instant begin(Instant time, Step step, ZoneId zone) {
    return switch (step) {
      case MONTH ->
          time.atZone(zone).toLocalDate().withDayOfMonth(1).atStartOfDay(zone).toInstant();
      case DAY -> time.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
      default -> Instant.ofEpochSecond(time.getEpochSecond() / step.seconds() * step.seconds());
    };
  }

  private static int count(Instant from, Instant until, Step step, ZoneId zone) {
    LocalDate first = from.atZone(zone).toLocalDate();
    LocalDate last = until.minusSeconds(1).atZone(zone).toLocalDate();
    long count =
        switch (step) {
          case MONTH ->
              ChronoUnit.MONTHS.between(first.withDayOfMonth(1), last.withDayOfMonth(1)) + 1;
          case DAY -> ChronoUnit.DAYS.between(first, last) + 1;
          default ->
              (until.getEpochSecond() - from.getEpochSecond() + step.seconds() - 1)
                  / step.seconds();
        };
    return (int) Math.max(1, count);
  }
}
