package org.ipv6flow.standalone.schema;

import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ipv6flow.standalone.schema.TestStore.period;
import static org.ipv6flow.standalone.schema.TestStore.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Growth, profiles, event days and run-out of capacity. */
@ExtendWith(TestStore.class)
final class PlanningIT {

  private static final Offset<Double> EXACT = within(1e-6);

  /** An hour at one Gbit/s. */
  private static final long GBPS_HOUR = 450_000_000_000L;

  private final TestStore store;
  private final ZonedDateTime monday =
      ZonedDateTime.now(ZoneId.of("Asia/Shanghai"))
          .truncatedTo(DAYS)
          .with(TemporalAdjusters.previous(DayOfWeek.MONDAY))
          .minusWeeks(10);

  PlanningIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void publish() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
  }

  /** IPv4 four times, IPv6 nine times as much after 24 months: twice and three times a year. */
  @Test
  @Computes("growth")
  void growthIsCompoundedByTheYear() throws Exception {
    hour(Instant.parse("2018-10-15T00:00:00Z"), "L1", 1_000_000, 1_000_000);
    hour(Instant.parse("2020-10-15T00:00:00Z"), "L1", 4_000_000, 9_000_000);

    Map<String, @Nullable String> growth =
        store.row(
            """
            SELECT * FROM $db.def_growth_v1(
              from = '2018-08-31 16:00:00', until = '2020-12-31 16:00:00')
            WHERE dimension = 'link' AND member = 'L1' AND direction = 'both'
            """);

    assertThat(growth)
        .containsEntry("first_month", "2018-10-01")
        .containsEntry("last_month", "2020-10-01");
    assertThat(number(growth, "growth_v4_a_year")).isCloseTo(1, EXACT);
    assertThat(number(growth, "growth_v6_a_year")).isCloseTo(2, EXACT);
    assertThat(number(growth, "growth_a_year")).isCloseTo(Math.sqrt(6.5) - 1, EXACT);
  }

  /** Two Mondays at 10:00 of Beijing: 1 and 3 Gbit/s. */
  @Test
  @Computes("weekly_profile")
  void profileAveragesTheSameHourOfTheWeek() throws Exception {
    hour(monday.plusHours(10).toInstant(), "L1", GBPS_HOUR, 0);
    hour(monday.plusDays(7).plusHours(10).toInstant(), "L1", GBPS_HOUR, 2 * GBPS_HOUR);

    Map<String, @Nullable String> profile =
        store.row(
            """
            SELECT * FROM $db.def_weekly_profile_v1(%s)
            WHERE dimension = 'link' AND member = 'L1' AND direction = 'a_to_b'
              AND day_of_week = 1 AND hour_of_day = 10
            """
                .formatted(period(monday.toInstant(), monday.plusDays(14).toInstant())));

    assertThat(profile).containsEntry("hours", "2");
    assertThat(number(profile, "mean_bps")).isCloseTo(2e9, EXACT);
    assertThat(number(profile, "mean_bps_v6")).isCloseTo(1e9, EXACT);
    assertThat(number(profile, "highest_bps")).isCloseTo(3e9, EXACT);
  }

  /** Busy hours of 1, 3 and 1 Gbit/s: the median is 1. */
  @Test
  @Computes("event_day")
  void eventDayStandsOutAgainstTheMedian() throws Exception {
    for (int day = 0; day < 3; day++) {
      for (int i = 0; i < 12; i++) {
        store.execute(
            "INSERT INTO $db.link_traffic_1m VALUES ('%s', 'L1', 'a_to_b', 4, 'v4_native', %d,"
                    .formatted(
                        time(monday.plusDays(day).plusHours(20).plusMinutes(5L * i).toInstant()),
                        (day == 1 ? 3 : 1) * GBPS_HOUR / 12)
                + " 1, 1, 1, 1, 0)");
      }
    }

    List<Map<String, @Nullable String>> days =
        store.rows(
            """
            SELECT * FROM $db.def_event_days_v1(%s)
            WHERE dimension = 'link' AND member = 'L1' AND direction = 'both' ORDER BY day
            """
                .formatted(period(monday.toInstant(), monday.plusDays(3).toInstant())));

    assertThat(days).hasSize(3);
    assertThat(number(days.get(0), "peak_factor")).isCloseTo(1, EXACT);
    assertThat(number(days.get(1), "peak_factor")).isCloseTo(3, EXACT);
    assertThat(number(days.get(1), "median_busy_hour_bps")).isCloseTo(1e9, EXACT);
  }

  /**
   * L3 has 100 Gbit/s. Its highest hours of ten weeks are 50 … 59 Gbit/s, each on a Monday: 1
   * Gbit/s a week, so that 70 Gbit/s are reached 11 weeks after the last, 80 after 21, 90 after 31.
   */
  @Test
  @Computes("capacity_runout")
  void lineOfWeeksReachesTheThresholds() throws Exception {
    for (int week = 0; week < 10; week++) {
      Instant at = monday.plusWeeks(week).plusHours(10).toInstant();
      hour(at, "L3", (50 + week) * GBPS_HOUR, 0);
      hour(at.plus(1, DAYS), "L3", 40 * GBPS_HOUR, 0);
    }
    List<Map<String, @Nullable String>> dates = runout("L3");

    assertThat(dates).hasSize(3);
    for (int i = 0; i < 3; i++) {
      String expected = monday.plusWeeks(9 + 11 + 10L * i).toLocalDate().toString();
      assertThat(dates.get(i))
          .containsEntry("reached_on", expected)
          .containsEntry("reached_earliest", expected)
          .containsEntry("reached_latest", expected)
          .containsEntry("weeks", "10");
      assertThat(number(dates.get(i), "slope_bps_a_day")).isCloseTo(1e9 / 7, within(1e-3));
      assertThat(number(dates.get(i), "utilisation")).isCloseTo(0.59, EXACT);
    }
  }

  /**
   * 10, 12, 11 and 15 Gbit/s: slopes a week of -1, 0.5, 1.5, 1.667, 2 and 4. Four weeks are too few
   * for an interval within them: 1.96 * sqrt(4 * 3 * 13 / 18) = 5.8 of 6 ranks.
   */
  @Test
  void slopeIsAMedianWithItsInterval() throws Exception {
    int[] gbps = {10, 12, 11, 15};
    for (int week = 0; week < gbps.length; week++) {
      hour(monday.plusWeeks(week).plusHours(10).toInstant(), "L3", gbps[week] * GBPS_HOUR, 0);
    }

    Map<String, @Nullable String> line = runout("L3").get(0);

    assertThat(number(line, "slope_bps_a_day")).isCloseTo((1.5e9 + 5e9 / 3) / 2 / 7, within(1e-3));
    assertThat(number(line, "slope_lower_bps_a_day")).isCloseTo(-1e9 / 7, within(1e-3));
    assertThat(number(line, "slope_upper_bps_a_day")).isCloseTo(4e9 / 7, within(1e-3));
    assertThat(line).containsEntry("reached_latest", null);
  }

  private List<Map<String, @Nullable String>> runout(String link) throws Exception {
    return store.rows(
        """
        SELECT * FROM $db.def_capacity_runout_v1(%s)
        WHERE link = '%s' AND direction = 'a_to_b' ORDER BY threshold
        """
            .formatted(period(monday.toInstant(), monday.plusWeeks(10).toInstant()), link));
  }

  private void hour(Instant hour, String link, long octetsV4, long octetsV6) throws Exception {
    store.execute(
        """
        INSERT INTO $db.link_traffic_1h VALUES
        ('%s', '%s', 'a_to_b', 4, 'v4_native', %d, 1, 1, 1, 1, 0),
        ('%s', '%s', 'a_to_b', 6, 'v6_native', %d, 1, 1, 1, 1, 0)
        """
            .formatted(time(hour), link, octetsV4, time(hour), link, octetsV6));
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
