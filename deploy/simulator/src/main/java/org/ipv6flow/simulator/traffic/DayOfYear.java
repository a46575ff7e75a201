package org.ipv6flow.simulator.traffic;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Map;

/**
 * How busy a day is beside an ordinary working day: weekends a little more, holidays and the days
 * of great sales more than that. INVENTED, as all of the load. Between the noons of two days it
 * goes over from one to the other, so that nothing jumps at midnight.
 */
public final class DayOfYear {

  private static final double WEEKEND = 1.04;
  private static final double HOLIDAY = 1.08;
  private static final double SALE = 1.12;

  private static final Map<MonthDay, Double> NAMED =
      Map.of(
          MonthDay.of(1, 1), HOLIDAY,
          MonthDay.of(5, 1), HOLIDAY,
          MonthDay.of(5, 2), HOLIDAY,
          MonthDay.of(6, 18), SALE,
          MonthDay.of(10, 1), HOLIDAY,
          MonthDay.of(10, 2), HOLIDAY,
          MonthDay.of(10, 3), HOLIDAY,
          MonthDay.of(11, 11), SALE,
          MonthDay.of(12, 12), HOLIDAY);

  /** China has one time zone and no summer time. */
  private static final long SHANGHAI_OFFSET_MILLIS = 8 * 3_600_000L;

  private static final long DAY_MILLIS = 86_400_000L;
  private static final long NOON_MILLIS = DAY_MILLIS / 2;

  private DayOfYear() {}

  /** Beside 1 of an ordinary working day, at that day's noon. */
  public static double factor(LocalDate day) {
    Double named = NAMED.get(MonthDay.from(day));
    if (named != null) {
      return named;
    }
    DayOfWeek weekday = day.getDayOfWeek();
    return weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY ? WEEKEND : 1;
  }

  static double at(long epochMillis) {
    long sinceNoon = epochMillis + SHANGHAI_OFFSET_MILLIS - NOON_MILLIS;
    long day = Math.floorDiv(sinceNoon, DAY_MILLIS);
    double passed = (double) Math.floorMod(sinceNoon, DAY_MILLIS) / DAY_MILLIS;
    double before = factor(LocalDate.ofEpochDay(day));
    return before + (factor(LocalDate.ofEpochDay(day + 1)) - before) * passed;
  }
}
