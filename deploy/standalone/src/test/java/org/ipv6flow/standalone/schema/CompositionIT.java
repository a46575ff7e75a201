package org.ipv6flow.standalone.schema;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ipv6flow.standalone.schema.TestStore.period;
import static org.ipv6flow.standalone.schema.TestStore.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What traffic is made of, who exchanges it, when, and what others published. */
@ExtendWith(TestStore.class)
final class CompositionIT {

  private static final Offset<Double> EXACT = within(1e-9);

  private final TestStore store;
  private final Instant start = Instant.now().truncatedTo(HOURS).minus(2, HOURS);
  private final Instant end = start.plus(1, HOURS);

  CompositionIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void publish() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
  }

  /** 500 of v4_native, 200 of v6_native with variance 900, 300 of v6_in_v4: 1000 octets. */
  @Test
  @Computes("transition_mix")
  void classesArePartsOfAllOctets() throws Exception {
    store.traffic(start, "L1", "a_to_b", "v4_native", 500, 0);
    store.traffic(start, "L1", "a_to_b", "v6_native", 200, 900);
    store.traffic(start, "L1", "b_to_a", "v6_in_v4", 300, 0);

    Map<String, @Nullable String> native6 = mix("v6_native");
    Map<String, @Nullable String> tunnelled = mix("v6_in_v4");

    assertThat(number(native6, "fraction")).isCloseTo(0.2, EXACT);
    // 1.96 * sqrt(0.8² * 900) / 1000 = 1.96 * 24 / 1000
    assertThat(number(native6, "fraction_error95")).isCloseTo(0.04704, EXACT);
    assertThat(number(native6, "octets_error95")).isCloseTo(58.8, EXACT);
    assertThat(number(native6, "fraction_of_ip_version")).isCloseTo(1, EXACT);
    assertThat(number(tunnelled, "fraction")).isCloseTo(0.3, EXACT);
    // 1.96 * sqrt(0.3² * 900) / 1000
    assertThat(number(tunnelled, "fraction_error95")).isCloseTo(0.01764, EXACT);
    // Of IP version 4: 300 of 800.
    assertThat(number(tunnelled, "fraction_of_ip_version")).isCloseTo(0.375, EXACT);
    assertThat(tunnelled).containsEntry("carriage", "v6_tunnelled_in_v4");
  }

  @Test
  void everyClassHasItsCarriage() throws Exception {
    for (TrafficClass trafficClass : TrafficClass.values()) {
      store.traffic(start, "L1", "a_to_b", trafficClass.label(), 1000, 0);
    }

    assertThat(
            store.rows(
                "SELECT traffic_class FROM $db.def_transition_mix_v1(%s) WHERE carriage = 'other'"
                    .formatted(period(start, end))))
        .isEmpty();
    assertThat(
            store.value(
                "SELECT uniqExact(traffic_class) FROM $db.def_transition_mix_v1(%s)"
                    .formatted(period(start, end))))
        .isEqualTo(String.valueOf(TrafficClass.values().length));
  }

  /** 4,500,000 octets from A to B in an hour are 10,000 bit/s; a third is IPv6. */
  @Test
  @Computes("operator_matrix")
  void matrixHasEveryPairOfOperators() throws Exception {
    store.traffic(start, "L1", "a_to_b", "v6_native", 1_500_000, 0);
    store.traffic(start, "L1", "a_to_b", "v4_native", 3_000_000, 0);
    store.traffic(start, "L1", "b_to_a", "v4_native", 9_000_000, 0);

    assertThat(
            store.value(
                "SELECT count() FROM $db.def_operator_matrix_v1(%s)".formatted(period(start, end))))
        .isEqualTo("6");
    Map<String, @Nullable String> cell = cell("A", "B");
    assertThat(cell).containsEntry("state", "ipv6").containsEntry("ipv6_links", "1");
    assertThat(number(cell, "mean_bps")).isCloseTo(10_000, EXACT);
    assertThat(number(cell, "share_wire")).isCloseTo(1 / 3.0, EXACT);
    assertThat(number(cell, "asymmetry")).isCloseTo(0.5, EXACT);
    assertThat(number(cell, "capacity_bps")).isCloseTo(1e12, within(1e-3));
    assertThat(number(cell, "utilisation_mean")).isCloseTo(1e-8, within(1e-18));
    assertThat(cell("B", "A")).containsEntry("state", "ipv4_only");
    assertThat(cell("C", "A")).containsEntry("state", "idle");
    assertThat(cell("C", "B")).containsEntry("ipv6_links", "0");
  }

  /**
   * A day of Beijing: 12:30 to 13:30 at 2 Mbit/s, a quarter of it IPv6; 20:00 to 21:00 at 1.5
   * Mbit/s. The day after has one value of 12 Mbit/s at 23:55.
   */
  @Test
  @Computes("busy_hour")
  void busyHourSlidesByFiveMinutesWithinTheDay() throws Exception {
    ZonedDateTime day =
        ZonedDateTime.now(ZoneId.of("Asia/Shanghai")).truncatedTo(DAYS).minusDays(3);
    for (int i = 0; i < 12; i++) {
      Instant noon = day.plusMinutes(750 + 5L * i).toInstant();
      store.traffic(noon, "L1", "a_to_b", "v6_native", 18_750_000, 0);
      store.traffic(noon, "L1", "a_to_b", "v4_native", 56_250_000, 0);
      Instant evening = day.plusMinutes(1200 + 5L * i).toInstant();
      store.traffic(evening, "L1", "a_to_b", "v4_native", 56_250_000, 0);
    }
    store.traffic(
        day.plusMinutes(1440 + 1435).toInstant(), "L1", "a_to_b", "v4_native", 450_000_000, 0);

    // From midnight, and from 06:10 of the first day.
    for (int fromMinute : new int[] {0, 370}) {
      List<Map<String, @Nullable String>> hours =
          store.rows(
              """
              SELECT * FROM $db.def_busy_hour_v1(%s)
              WHERE dimension = 'link' AND member = 'L1' AND direction = 'a_to_b' ORDER BY day
              """
                  .formatted(
                      period(
                          day.plusMinutes(fromMinute).toInstant(), day.plusDays(2).toInstant())));

      assertThat(hours).hasSize(2);
      assertThat(hours.get(0))
          .containsEntry("day", day.toLocalDate().toString())
          .containsEntry("busy_hour", time(day.plusMinutes(750).toInstant()))
          .containsEntry("hour_of_day", "12");
      assertThat(number(hours.get(0), "busy_hour_bps")).isCloseTo(2e6, EXACT);
      assertThat(number(hours.get(0), "busy_hour_bps_v6")).isCloseTo(0.5e6, EXACT);
      assertThat(number(hours.get(0), "share_wire")).isCloseTo(0.25, EXACT);
      // Only the hour from 23:00 on holds 23:55 and ends in the day: 12 / 12 Mbit/s.
      assertThat(hours.get(1))
          .containsEntry("busy_hour", time(day.plusMinutes(1440 + 1380).toInstant()));
      assertThat(number(hours.get(1), "busy_hour_bps")).isCloseTo(1e6, EXACT);
    }
  }

  /** October 2019: 3 and 1 million octets of IPv4 and IPv6; September 2020 and October 2020. */
  @Test
  @Computes({"monthly_growth_v6", "monthly_share_change"})
  void monthsGrowAgainstTheMonthAndTheYearBefore() throws Exception {
    month("2019-10-15", 3_000_000, 1_000_000);
    month("2020-09-15", 3_000_000, 1_500_000);
    month("2020-10-15", 3_000_000, 2_000_000);

    Map<String, @Nullable String> october =
        store.row(
            """
            SELECT * FROM $db.def_monthly_traffic_v1(
              from = '2019-09-30 16:00:00', until = '2020-10-31 16:00:00')
            WHERE dimension = 'link' AND member = 'L1' AND direction = 'both'
              AND month = '2020-10-01'
            """);

    assertThat(number(october, "growth_v6_year")).isCloseTo(1, EXACT);
    assertThat(number(october, "growth_v4_year")).isCloseTo(0, EXACT);
    // Per second: (2,000,000 / 31 days) / (1,500,000 / 30 days) - 1.
    assertThat(number(october, "growth_v6_month")).isCloseTo(40 / 31.0 - 1, EXACT);
    assertThat(number(october, "share_wire")).isCloseTo(0.4, EXACT);
    assertThat(number(october, "share_wire_change_year")).isCloseTo(0.15, EXACT);
    assertThat(number(october, "share_wire_change_month")).isCloseTo(0.4 - 1 / 3.0, EXACT);
    assertThat(number(october, "mean_bps_v6")).isCloseTo(2e6 * 8 / (31 * 86_400), EXACT);
  }

  /** May 2019: 80 Gbit/s of IPv6 on L1. The white paper of 2019-07-11 has 75.74 for that month. */
  @Test
  @Computes("published_comparison")
  void publishedFiguresStandBesideOurs() throws Exception {
    long octets = 80_000_000_000L / 8 * 31 * 86_400;
    month("2019-05-15", 0, octets);

    Map<String, @Nullable String> traffic =
        figure("ipv6_traffic_backbone_direct_connect_points", "2019-05");
    assertThat(number(traffic, "published_value")).isEqualTo(75.74);
    assertThat(number(traffic, "our_value")).isCloseTo(80, EXACT);
    assertThat(number(traffic, "ratio")).isCloseTo(80 / 75.74, EXACT);
    assertThat(number(traffic, "difference")).isCloseTo(4.26, EXACT);
    // L1 1 Tbit/s and L2 4.5 Tbit/s in July 2020.
    assertThat(number(figure("ipv6_interconnect_bandwidth_opened", "2020-07"), "our_value"))
        .isCloseTo(5.5, EXACT);
    assertThat(figure("ipv6_active_users", "2020-07"))
        .containsEntry("our_value", null)
        .containsEntry("our_definition", "none: not measured on interconnects");
    assertThat(figure("mobile_ipv6_traffic_share", "2025-late")).containsEntry("month", null);
  }

  private void month(String day, long octetsV4, long octetsV6) throws Exception {
    store.execute(
        """
        INSERT INTO $db.link_traffic_1h VALUES
        ('%s 00:00:00', 'L1', 'a_to_b', 4, 'v4_native', %d, 1, 1, 1, 1, 0),
        ('%s 00:00:00', 'L1', 'a_to_b', 6, 'v6_native', %d, 1, 1, 1, 1, 0)
        """
            .formatted(day, octetsV4, day, octetsV6));
  }

  private Map<String, @Nullable String> figure(String metric, String asOf) throws Exception {
    return store.row(
        "SELECT * FROM $db.def_published_comparison_v1 WHERE metric = '%s' AND as_of = '%s'"
            .formatted(metric, asOf));
  }

  private Map<String, @Nullable String> mix(String trafficClass) throws Exception {
    return store.row(
        """
        SELECT * FROM $db.def_transition_mix_v1(%s)
        WHERE dimension = 'link' AND member = 'L1' AND direction = 'both' AND traffic_class = '%s'
        """
            .formatted(period(start, start.plus(10, MINUTES)), trafficClass));
  }

  private Map<String, @Nullable String> cell(String from, String to) throws Exception {
    return store.row(
        """
        SELECT * FROM $db.def_operator_matrix_v1(%s)
        WHERE from_operator = '%s' AND to_operator = '%s'
        """
            .formatted(period(start, end), from, to));
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
