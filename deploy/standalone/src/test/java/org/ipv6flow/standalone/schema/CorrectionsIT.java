package org.ipv6flow.standalone.schema;

import static java.time.temporal.ChronoUnit.DAYS;
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
 * Later issues in everything that is made of totals.
 *
 * <p>L1 from A to B, 40 samples of five minutes: sample i (1 to 40) is i · 1,000 bit/s, 37,500 · i
 * octets, half of it IPv6. Issue i1 takes 37,500 · 10 octets of IPv4 away from sample 40 (the
 * sampling interval was too high), and adds 37,500 · 50 of IPv6 to sample 2. Issue i2 adds 37,500
 * to a sample that had none, five minutes after the last. An issue that is not in reissues does not
 * count.
 */
@ExtendWith(TestStore.class)
final class CorrectionsIT {

  private static final Offset<Double> EXACT = within(1e-6);
  private static final long KBPS = 37_500;
  private static final int SAMPLES = 40;

  private final TestStore store;
  private final Instant start = Instant.now().truncatedTo(DAYS).minus(2, DAYS);
  private final Instant end = start.plus(5L * SAMPLES, MINUTES);

  CorrectionsIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void fill() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
    store.reports(TinyNation.R1, start, 5 * SAMPLES + 5);
    store.execute(
        """
        INSERT INTO $db.link_traffic_1m
        SELECT toDateTime('%s', 'UTC') + 300 * number, 'L1', 'a_to_b', version,
            if(version = 4, 'v4_native', 'v6_native'), (number + 1) * 18750, 1, 1, 1, 1, 0
        FROM numbers(40) ARRAY JOIN [4, 6] AS version
        """
            .formatted(time(start)));
    correction("i1", 39, 4, -10 * KBPS);
    correction("i1", 1, 6, 50 * KBPS);
    correction("i2", 40, 6, KBPS);
    correction("begun", 0, 6, 1_000_000 * KBPS);
    store.execute(
        """
        INSERT INTO $db.reissues (issue, issued_at, from, until, reason) VALUES
        ('i1', now64(3) - 60, '%1$s', '%2$s', 'sampling'), ('i2', now64(3), '%1$s', '%2$s', 'late')
        """
            .formatted(time(start), time(end)));
  }

  private void correction(String issue, int sample, int ipVersion, long octets) throws Exception {
    store.execute(
        """
        INSERT INTO $db.link_traffic_corrections_1m VALUES
        ('%s', '%s', 'L1', 'a_to_b', %d, '%s', %d, 0, 0, 0, 0, 0)
        """
            .formatted(
                issue,
                time(start.plus(5L * sample + 2, MINUTES)),
                ipVersion,
                ipVersion == 4 ? "v4_native" : "v6_native",
                octets));
  }

  /** Samples 1, 2 and 40: 1, 2 + 50 and 40 − 10; and one more. */
  @Test
  void totalsOfFiveMinutes() throws Exception {
    assertThat(bps(0, "bps")).isCloseTo(1_000, EXACT);
    assertThat(bps(1, "bps")).isCloseTo(52_000, EXACT);
    assertThat(bps(1, "bps_v4")).isCloseTo(1_000, EXACT);
    assertThat(bps(1, "bps_v6")).isCloseTo(51_000, EXACT);
    assertThat(bps(39, "bps")).isCloseTo(30_000, EXACT);
    assertThat(bps(39, "bps_v4")).isCloseTo(10_000, EXACT);
    assertThat(bps(39, "bps_v6")).isCloseTo(20_000, EXACT);
    assertThat(bps(40, "bps")).isCloseTo(1_000, EXACT);
  }

  private double bps(int sample, String column) throws Exception {
    Instant from = start.plus(5L * sample, MINUTES);
    return number(
        store.row(
            "SELECT * FROM $db.def_link_load_5m_v1(%s) WHERE link = 'L1' AND direction = 'a_to_b'"
                .formatted(period(from, from.plus(5, MINUTES)))),
        column);
  }

  /** Descending 52, 39, 38, 37 …: of 40 samples the third is the percentile. */
  @Test
  void percentilesOfLinksAndPopulations() throws Exception {
    Map<String, @Nullable String> link =
        store.row(
            "SELECT * FROM $db.def_link_statistics_v1(%s) WHERE link = 'L1' AND direction = 'a_to_b' AND ip_version = 0"
                .formatted(period(start, end)));

    assertThat(number(link, "peak_bps")).isCloseTo(52_000, EXACT);
    assertThat(number(link, "p95_bps")).isCloseTo(38_000, EXACT);
    // (820 − 10 + 50) / 40 thousand.
    assertThat(number(link, "mean_bps")).isCloseTo(21_500, EXACT);

    Map<String, @Nullable String> population =
        store.row(
            "SELECT * FROM $db.def_interconnect_traffic_v1(%s) WHERE dimension = 'all' AND ip_version = 0"
                .formatted(period(start, end)));
    assertThat(number(population, "p95_bps")).isCloseTo(38_000, EXACT);
    assertThat(number(population, "mean_bps")).isCloseTo(21_500, EXACT);
  }

  /**
   * The whole period, its hours, its day and its month hold the same octets: 861 thousand bit/s.
   */
  @Test
  void sumsOfEveryStep() throws Exception {
    String octets = Long.toString(861 * KBPS);
    Instant day = start.minus(1, DAYS);

    assertThat(store.value(sum("1h", start, end.plus(1, HOURS)))).isEqualTo(octets);
    assertThat(store.value(sum("1d", day, end.plus(1, DAYS)))).isEqualTo(octets);
    assertThat(store.value(sum("1mo", start.minus(40, DAYS), end.plus(1, DAYS)))).isEqualTo(octets);
    assertThat(
            store.value(
                "SELECT octets FROM $db.def_ipv6_share_v1(%s) WHERE dimension = 'all'"
                    .formatted(period(start, end.plus(5, MINUTES)))))
        .isEqualTo(octets);
    assertThat(
            store.value(
                "SELECT sum(octets) FROM $db.def_monthly_traffic_v1(%s) WHERE dimension = 'all'"
                    .formatted(period(start.minus(40, DAYS), end.plus(1, DAYS)))))
        .isEqualTo(octets);
  }

  private static String sum(String series, Instant from, Instant until) {
    return "SELECT sum(octets) FROM $db.def_ipv6_share_%s_v1(%s) WHERE dimension = 'all'"
        .formatted(series, period(from, until));
  }

  /** Before i1 it was 820 thousand bit/s, between the issues 860. */
  @Test
  void whatWasPublishedBeforeStaysReadable() throws Exception {
    String asOf = "SELECT sum(octets) FROM $db.link_traffic_1m_as_of(at = '%s')";

    assertThat(store.value(asOf.formatted(time(Instant.now().minusSeconds(120)))))
        .isEqualTo(Long.toString(820 * KBPS));
    assertThat(store.value(asOf.formatted(time(Instant.now().minusSeconds(30)))))
        .isEqualTo(Long.toString(860 * KBPS));
    assertThat(store.value("SELECT sum(octets) FROM $db.link_traffic_1m_current"))
        .isEqualTo(Long.toString(861 * KBPS));
    assertThat(
            store.value(
                "SELECT octets_difference FROM $db.reissue_differences WHERE issue = 'i1' AND"
                    + " ip_version = 6"))
        .isEqualTo(Long.toString(50 * KBPS));
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
