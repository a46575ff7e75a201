package org.ipv6flow.console.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipv6flow.console.http.Parameters;
import org.ipv6flow.console.http.Problem;

/**
 * Reads times: RFC 3339, a day, a month, or {@code now} with steps after it: {@code now-24h},
 * {@code now/d} (begin of the day), {@code now/M-1M} (begin of the month before).
 */
public final class Times {

  private static final Pattern RELATIVE =
      Pattern.compile("now((?:[-+][0-9]{1,5}[smhdwMy]|/[hdwMy])*)");
  private static final Pattern STEP = Pattern.compile("([-+/])([0-9]*)([smhdwMy])");
  private static final String EXPECTED =
      "expected: RFC 3339 as 2026-11-01T00:00:00+08:00, a day as 2026-11-01, a month as 2026-11,"
          + " or now, now-24h, now/d, now/M-1M";
  private static final int MAX_YEARS = 11;

  private final ZoneId defaultZone;

  public Times(ZoneId defaultZone) {
    this.defaultZone = defaultZone;
  }

  public ZoneId zone(Parameters parameters) throws Problem {
    String name = parameters.text("tz", defaultZone.getId());
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw Problem.parameter(
          "tz",
          "'%s' is no time zone (expected: an IANA name such as Asia/Shanghai)".formatted(name));
    }
  }

  /** from, to and tz of a request. */
  public TimeRange range(Parameters parameters, String defaultFrom, Instant now) throws Problem {
    ZoneId zone = zone(parameters);
    Instant from = parse("from", parameters.text("from", defaultFrom), zone, now);
    Instant until = parse("to", parameters.text("to", "now"), zone, now);
    if (!from.isBefore(until)) {
      throw Problem.parameter("from", "%s is not before to, %s".formatted(from, until));
    }
    if (from.isBefore(until.minus(MAX_YEARS * 366L, ChronoUnit.DAYS))) {
      throw Problem.parameter("from", "more than %d years before to".formatted(MAX_YEARS));
    }
    return new TimeRange(from, until, zone);
  }

  /** A calendar month of the reports' time zone; by default the last one that has ended. */
  public TimeRange month(Parameters parameters, Instant now) throws Problem {
    String text =
        parameters.text("month", YearMonth.from(now.atZone(defaultZone)).minusMonths(1).toString());
    return month("month", text);
  }

  public TimeRange month(String parameter, String text) throws Problem {
    try {
      YearMonth month = YearMonth.parse(text);
      return new TimeRange(
          month.atDay(1).atStartOfDay(defaultZone).toInstant(),
          month.plusMonths(1).atDay(1).atStartOfDay(defaultZone).toInstant(),
          defaultZone);
    } catch (DateTimeParseException e) {
      throw Problem.parameter(parameter, "'%s' is no month (expected: as 2026-10)".formatted(text));
    }
  }

  /** One time. */
  public static Instant parse(String parameter, String text, ZoneId zone, Instant now)
      throws Problem {
    Matcher relative = RELATIVE.matcher(text);
    try {
      if (relative.matches()) {
        return relative(relative.group(1), now.atZone(zone));
      }
      if (text.length() == 7) {
        return YearMonth.parse(text).atDay(1).atStartOfDay(zone).toInstant();
      }
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      // A plus sign that was not encoded arrives as a space.
      return OffsetDateTime.parse(text.replace(' ', '+'))
          .toInstant()
          .truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException | ArithmeticException e) {
      throw Problem.parameter(parameter, "'%s' is no time (%s)".formatted(text, EXPECTED));
    }
  }

  private static Instant relative(String steps, ZonedDateTime now) {
    // The views cut a period to the minute, too; so all who ask within one ask the same.
    ZonedDateTime time = now.truncatedTo(ChronoUnit.MINUTES);
    Matcher step = STEP.matcher(steps);
    while (step.find()) {
      char unit = step.group(3).charAt(0);
      if (step.group(1).equals("/")) {
        time = begin(time, unit);
      } else {
        long count = Long.parseLong(step.group(2));
        time = time.plus(step.group(1).equals("-") ? -count : count, unit(unit));
      }
    }
    return time.toInstant();
  }

  private static ZonedDateTime begin(ZonedDateTime time, char unit) {
    return switch (unit) {
      case 'h' -> time.truncatedTo(ChronoUnit.HOURS);
      case 'w' ->
          time.minusDays(time.getDayOfWeek().getValue() - 1L)
              .toLocalDate()
              .atStartOfDay(time.getZone());
      case 'M' -> time.toLocalDate().withDayOfMonth(1).atStartOfDay(time.getZone());
      case 'y' -> time.toLocalDate().withDayOfYear(1).atStartOfDay(time.getZone());
      default -> time.toLocalDate().atStartOfDay(time.getZone());
    };
  }

  private static ChronoUnit unit(char unit) {
    return switch (unit) {
      case 's' -> ChronoUnit.SECONDS;
      case 'm' -> ChronoUnit.MINUTES;
      case 'h' -> ChronoUnit.HOURS;
      case 'd' -> ChronoUnit.DAYS;
      case 'w' -> ChronoUnit.WEEKS;
      case 'M' -> ChronoUnit.MONTHS;
      default -> ChronoUnit.YEARS;
    };
  }
}
