package org.ipv6flow.standalone.schema;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ipv6flow.standalone.schema.TestStore.period;
import static org.ipv6flow.standalone.schema.TestStore.time;

import java.time.Instant;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Percentiles of links over 100 values of five minutes: L1 a_to_b carries i thousand bit/s of IPv6
 * in the i-th, 37.5 octets a bit/s.
 */
@ExtendWith(TestStore.class)
final class LinkStatisticsIT {

  private static final Offset<Double> EXACT = within(1e-6);

  private final TestStore store;
  private final Instant start = Instant.now().truncatedTo(HOURS).minus(12, HOURS);
  private final Instant end = start.plus(500, MINUTES);

  LinkStatisticsIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void fill() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
    store.execute(
        """
        INSERT INTO $db.link_traffic_1m
        SELECT toDateTime('%s', 'UTC') + 300 * number, 'L1', 'a_to_b', 6, 'v6_native',
          number * 37500, 1, 1, 1, 1, 0
        FROM numbers(100)
        """
            .formatted(time(start)));
  }

  @Test
  @Computes({"link_traffic_mean", "link_traffic_p95", "link_traffic_p99", "link_traffic_peak"})
  void percentilesAreValuesByRank() throws Exception {
    store.reports(TinyNation.R1, start, 500);

    Map<String, @Nullable String> statistics = statistics("L1", "a_to_b", 6);
    // Mean of 0 … 99; without 5, without 1, without none of the highest.
    assertThat(number(statistics, "mean_bps")).isCloseTo(49_500, EXACT);
    assertThat(number(statistics, "p95_bps")).isCloseTo(94_000, EXACT);
    assertThat(number(statistics, "p99_bps")).isCloseTo(98_000, EXACT);
    assertThat(number(statistics, "peak_bps")).isCloseTo(99_000, EXACT);
    assertThat(statistics)
        .containsEntry("peak_at", time(start.plus(495, MINUTES)))
        .containsEntry("samples", "100")
        .containsEntry("missing_samples", "0");
    assertThat(number(statistics, "utilisation_p95")).isCloseTo(94_000 / 1e12, within(1e-18));
    assertThat(number(statistics("L1", "a_to_b", 4), "peak_bps")).isZero();
  }

  /** Traffic proves that a value is there, whatever the exporter's status says. */
  @Test
  void missingValuesAreLeftOut() throws Exception {
    // Values 1 to 99 are seen, value 0 is not, and nothing reported.
    Map<String, @Nullable String> statistics = statistics("L1", "a_to_b", 0);

    assertThat(statistics).containsEntry("missing_samples", "1");
    // 4,950,000 / 99. Of 99 values 4 are left out: 99 to 96.
    assertThat(number(statistics, "mean_bps")).isCloseTo(50_000, EXACT);
    assertThat(number(statistics, "p95_bps")).isCloseTo(95_000, EXACT);
  }

  /** Values 3 and 97 alone are there; the arrays between are made. */
  @Test
  void sparseSeriesKeepsItsPlaces() throws Exception {
    for (int i : new int[] {97, 3}) {
      store.traffic(
          start.plus(5L * i, MINUTES), "L1", "b_to_a", "v6_native", i == 3 ? 750_000 : 375_000, 0);
    }
    store.reports(TinyNation.R1, start, 500);

    Map<String, @Nullable String> statistics = statistics("L1", "b_to_a", 0);

    assertThat(number(statistics, "peak_bps")).isCloseTo(20_000, EXACT);
    assertThat(statistics).containsEntry("peak_at", time(start.plus(15, MINUTES)));
    assertThat(number(statistics, "p95_bps")).isZero();
    assertThat(number(statistics, "p99_bps")).isCloseTo(10_000, EXACT);
    assertThat(number(statistics, "mean_bps")).isCloseTo(300, EXACT);
  }

  /** R3 never reports; R2 does and sees nothing. */
  @Test
  void silentLinkIsZeroAndUnseenLinkIsNothing() throws Exception {
    store.reports(TinyNation.R2, start, 500);

    assertThat(number(statistics("L2", "a_to_b", 0), "p95_bps")).isZero();
    assertThat(statistics("L2", "a_to_b", 0)).containsEntry("missing_samples", "0");
    assertThat(statistics("L2", "b_to_a", 0))
        .containsEntry("p95_bps", null)
        .containsEntry("mean_bps", null)
        .containsEntry("samples", "100")
        .containsEntry("missing_samples", "100");
  }

  @Test
  @Computes("utilisation_distribution")
  void distributionHasARankForEveryPercentile() throws Exception {
    store.reports(TinyNation.R1, start, 500);
    String view =
        "SELECT * FROM $db.def_utilisation_distribution_v1(%s)".formatted(period(start, end))
            + " WHERE link = 'L1' AND direction = 'a_to_b' AND percentile = ";

    // 50 of 100 values, 0 to 49,000, do not exceed 49,000.
    assertThat(number(store.row(view + 50), "bps")).isCloseTo(49_000, EXACT);
    assertThat(number(store.row(view + 50), "utilisation")).isCloseTo(4.9e-8, within(1e-18));
    assertThat(number(store.row(view + 100), "bps")).isCloseTo(99_000, EXACT);
    assertThat(number(store.row(view + 1), "bps")).isZero();
  }

  private Map<String, @Nullable String> statistics(String link, String direction, int ipVersion)
      throws Exception {
    return store.row(
        """
        SELECT * FROM $db.def_link_statistics_v1(%s)
        WHERE link = '%s' AND direction = '%s' AND ip_version = %d
        """
            .formatted(period(start, end), link, direction, ipVersion));
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
