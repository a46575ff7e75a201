package org.ipv6flow.console.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/** A calendar month of the reports' time zone. */
public record ReportPeriod(YearMonth month, ZoneId zone) {

  /** Months of the trend, the report's own included. */
  private static final int TREND_MONTHS = 13;

  /** As far back as run-out is computed from: half a year of weeks. */
  private static final int RUNOUT_WEEKS = 26;

  public Instant from() {
    return month.atDay(1).atStartOfDay(zone).toInstant();
  }

  public Instant until() {
    return month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
  }

  public LocalDate lastDay() {
    return month.atEndOfMonth();
  }

  /** Begin of the first month of the trend. */
  public Instant trendFrom() {
    return month.minusMonths(TREND_MONTHS - 1L).atDay(1).atStartOfDay(zone).toInstant();
  }

  /**
   * Begin of what the trend is read from. A year more than it shows, so that the change against the
   * year before is known of all its months.
   */
  public Instant trendReadFrom() {
    return month.minusMonths(2 * TREND_MONTHS - 2L).atDay(1).atStartOfDay(zone).toInstant();
  }

  public Instant runoutFrom() {
    return until().minusSeconds(RUNOUT_WEEKS * 7L * 86_400);
  }
}
