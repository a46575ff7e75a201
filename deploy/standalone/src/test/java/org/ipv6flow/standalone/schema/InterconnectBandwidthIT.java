package org.ipv6flow.standalone.schema;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ipv6flow.standalone.schema.TestStore.period;
import static org.ipv6flow.standalone.schema.TestStore.time;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Capacity against the national plan, and traffic beside it. */
@ExtendWith(TestStore.class)
final class InterconnectBandwidthIT {

  private final TestStore store;

  InterconnectBandwidthIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void publish() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
  }

  /** The plan of 2017-11-26: 1 Tbps by the end of 2018, 5 Tbps by the end of 2020. */
  @Test
  @Computes("plan_progress")
  void capacityIsComparedWithThePlanOnTheDayItIsDue() throws Exception {
    List<Map<String, @Nullable String>> progress =
        store.rows("SELECT * FROM $db.def_plan_progress_v1 ORDER BY due");

    assertThat(progress).hasSize(2);
    // End of 2018: L1 with 600 Gbit/s; L2 without IPv6 yet.
    assertThat(progress.get(0))
        .containsEntry("due", "2018-12-31")
        .containsEntry("capacity_bps", "600000000000")
        .containsEntry("met", "0");
    assertThat(number(progress.get(0), "target_bps")).isEqualTo(1e12);
    assertThat(number(progress.get(0), "gap_bps")).isEqualTo(4e11);
    // End of 2020: L1 with 1 Tbit/s and L2 with 4.5 Tbit/s. L3 is no interconnect link.
    assertThat(progress.get(1))
        .containsEntry("due", "2020-12-31")
        .containsEntry("capacity_bps", "5500000000000")
        .containsEntry("met", "1");
    assertThat(number(progress.get(1), "gap_bps")).isZero();
  }

  @Test
  @Computes("ipv6_interconnect_bandwidth")
  void capacityOfADayCountsLinksInServiceOnce() throws Exception {
    assertThat(bandwidth("2018-05-31", "interconnect"))
        .containsEntry("capacity_bps", "5100000000000")
        .containsEntry("ipv6_capacity_bps", "0")
        .containsEntry("links", "2");
    assertThat(bandwidth("2018-06-01", "interconnect"))
        .containsEntry("ipv6_capacity_bps", "600000000000")
        .containsEntry("ipv6_links", "1")
        .containsEntry("ipv6_nodes", "1");
    assertThat(bandwidth("2019-12-31", "interconnect"))
        .containsEntry("ipv6_capacity_bps", "600000000000");
    assertThat(bandwidth("2020-01-01", "interconnect"))
        .containsEntry("ipv6_capacity_bps", "1000000000000");
    assertThat(bandwidth("2020-06-01", "all"))
        .containsEntry("capacity_bps", "5600000000000")
        .containsEntry("ipv6_capacity_bps", "5500000000000")
        .containsEntry("links", "3")
        .containsEntry("nodes", "2");
    // N2 has L2 with IPv6 and L3 without.
    assertThat(bandwidth("2020-06-01", "node", "N2"))
        .containsEntry("capacity_bps", "4600000000000")
        .containsEntry("ipv6_capacity_bps", "4500000000000");
    assertThat(bandwidth("2020-06-01", "operator_pair", "B-C"))
        .containsEntry("capacity_bps", "100000000000")
        .containsEntry("ipv6_interconnect_capacity_bps", "0");
    assertThat(bandwidth("2020-06-01", "gateway", "N2"))
        .containsEntry("capacity_bps", "100000000000");
    assertThat(bandwidth("2020-06-01", "region", "West"))
        .containsEntry("capacity_bps", "4600000000000");
  }

  @Test
  void historyHasARowForEveryDayOfChange() throws Exception {
    List<String> days =
        store
            .rows(
                "SELECT on_day FROM $db.def_interconnect_bandwidth_history_v1"
                    + " WHERE dimension = 'role' AND member = 'interconnect' ORDER BY on_day")
            .stream()
            .map(row -> String.valueOf(row.get("on_day")))
            .toList();

    assertThat(days)
        .containsExactly("2018-01-01", "2018-06-01", "2019-01-01", "2020-01-01", "2020-06-01");
    assertThat(
            store.value(
                "SELECT ipv6_capacity_bps FROM $db.def_interconnect_bandwidth_history_v1"
                    + " WHERE dimension = 'role' AND member = 'interconnect'"
                    + " AND on_day = '2020-06-01'"))
        .isEqualTo("5500000000000");
  }

  @Test
  void newestInventoryIsTheOneThatCounts() throws Exception {
    store.publish(TinyNation.inventory("tiny-2", 200));

    assertThat(bandwidth("2020-06-01", "international"))
        .containsEntry("capacity_bps", "200000000000")
        .containsEntry("links", "1");
    assertThat(store.value("SELECT count() FROM $db.inventory_versions")).isEqualTo("2");
    assertThat(store.value("SELECT count() FROM $db.inventory_links")).isEqualTo("8");
  }

  @Test
  void inventoryThatIsPublishedAlreadyMakesNoVersion() throws Exception {
    store.publish(TinyNation.inventory());

    assertThat(store.value("SELECT count() FROM $db.inventory_versions")).isEqualTo("1");
    assertThat(store.value("SELECT count() FROM $db.inventory_observations")).isEqualTo("6");
    assertThat(
            store.value(
                "SELECT exporter FROM $db.inventory_observations"
                    + " WHERE link = 'L2' AND direction = 'b_to_a'"))
        .isEqualTo("R3");
  }

  /**
   * Forty values of five minutes: value i is i thousand bit/s of IPv6 on L1, and half as much IPv4.
   */
  @Test
  @Computes({
    "interconnect_traffic_mean",
    "interconnect_traffic_p95",
    "interconnect_traffic_peak",
    "interconnect_utilisation"
  })
  void meanPercentileAndPeakOfFiveMinuteValues() throws Exception {
    Instant start = Instant.now().truncatedTo(HOURS).minus(6, HOURS);
    for (int i = 1; i < 40; i++) {
      Instant bucket = start.plus(5L * i, MINUTES).plus(i % 5, MINUTES);
      // i * 1000 bit/s * 300 s / 8
      store.traffic(bucket, "L1", "a_to_b", "v6_native", i * 37_500L, 0);
      store.traffic(bucket, "L1", "a_to_b", "v4_native", i * 18_750L, 0);
    }
    Instant end = start.plus(200, MINUTES);

    Map<String, @Nullable String> v6 = traffic(start, end, "role", "interconnect", 6);
    // Mean of 0 … 39 is 19.5. 40 / 20 = 2 values are left out: 39 and 38.
    assertThat(number(v6, "mean_bps")).isCloseTo(19_500, within(1e-6));
    assertThat(number(v6, "p95_bps")).isCloseTo(37_000, within(1e-6));
    assertThat(number(v6, "peak_bps")).isCloseTo(39_000, within(1e-6));
    assertThat(v6)
        .containsEntry("samples", "40")
        .containsEntry("peak_at", time(start.plus(195, MINUTES)));
    assertThat(number(traffic(start, end, "all", "all", 0), "p95_bps"))
        .isCloseTo(55_500, within(1e-6));
    assertThat(number(traffic(start, end, "link", "L1", 4), "peak_bps"))
        .isCloseTo(19_500, within(1e-6));
    // Of role interconnect four directions: 2 * (1 + 4.5) Tbit/s, though L2 is silent.
    assertThat(number(v6, "capacity_bps")).isCloseTo(11e12, within(1e-3));
    assertThat(number(v6, "utilisation_p95")).isCloseTo(37_000 / 11e12, within(1e-20));
    assertThat(number(v6, "utilisation_mean")).isCloseTo(19_500 / 11e12, within(1e-20));
  }

  /** Silence is a value of 0: 3 values in 20 buckets, of which 1 is left out. */
  @Test
  void bucketsWithoutTrafficCountAsZero() throws Exception {
    Instant start = Instant.now().truncatedTo(HOURS).minus(6, HOURS);
    for (int i = 0; i < 3; i++) {
      store.traffic(start.plus(10L * i, MINUTES), "L2", "b_to_a", "v6_native", 37_500L, 0);
    }

    Map<String, @Nullable String> twenty =
        traffic(start, start.plus(100, MINUTES), "role", "interconnect", 6);
    assertThat(number(twenty, "p95_bps")).isCloseTo(1000, within(1e-6));
    assertThat(number(twenty, "mean_bps")).isCloseTo(150, within(1e-6));

    // 60 buckets: 3 are left out, the fourth highest is 0.
    Map<String, @Nullable String> sixty =
        traffic(start, start.plus(300, MINUTES), "role", "interconnect", 6);
    assertThat(number(sixty, "p95_bps")).isZero();
    assertThat(number(sixty, "mean_bps")).isCloseTo(50, within(1e-6));
  }

  private Map<String, @Nullable String> bandwidth(String day, String member) throws Exception {
    return bandwidth(day, member.equals("all") ? "all" : "role", member);
  }

  private Map<String, @Nullable String> bandwidth(String day, String dimension, String member)
      throws Exception {
    return store.row(
        """
        SELECT * FROM $db.def_interconnect_bandwidth_v1(on = '%s')
        WHERE dimension = '%s' AND member = '%s'
        """
            .formatted(day, dimension, member));
  }

  private Map<String, @Nullable String> traffic(
      Instant from, Instant until, String dimension, String member, int ipVersion)
      throws Exception {
    return store.row(
        """
        SELECT * FROM $db.def_interconnect_traffic_v1(%s)
        WHERE dimension = '%s' AND member = '%s' AND direction = 'both' AND ip_version = %d
        """
            .formatted(period(from, until), dimension, member, ipVersion));
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
