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
 * Settlement of L1 between A and B over 40 samples of five minutes.
 *
 * <p>Out (A to B) sample i is i thousand bit/s. In (B to A) sample 0 is 50,000 bit/s, sample 1 is
 * 45,000 and every other one 100. A bit/s for five minutes is 37.5 octets. Of 40 samples 2 are left
 * out, of 30 samples 1.
 */
@ExtendWith(TestStore.class)
final class SettlementIT {

  private static final Offset<Double> EXACT = within(1e-6);
  private static final int SAMPLES = 40;

  private final TestStore store;
  private final Instant start = Instant.now().truncatedTo(HOURS).minus(6, HOURS);
  private final Instant end = start.plus(5L * SAMPLES, MINUTES);

  SettlementIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void publish() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
  }

  @Test
  @Computes({
    "settlement_cn648",
    "settlement_p95_in",
    "settlement_p95_out",
    "settlement_p95_max_in_out",
    "settlement_p95_of_max",
    "settlement_p95_sum",
    "settlement_peak",
    "settlement_mean"
  })
  void everyVariantOfAFullSeries() throws Exception {
    fillL1(SAMPLES);
    store.reports(TinyNation.R1, start, 5 * SAMPLES);

    for (String policy : new String[] {"exclude", "zero"}) {
      Map<String, @Nullable String> rates = settlement("link", "L1", 0, policy);

      assertThat(rates).containsEntry("samples", "40").containsEntry("in_missing_samples", "0");
      // Without 39,000 and 38,000.
      assertThat(number(rates, "p95_out_bps")).isCloseTo(37_000, EXACT);
      // Without 50,000 and 45,000.
      assertThat(number(rates, "p95_in_bps")).isCloseTo(100, EXACT);
      // (37,000 + 100) / 2: each direction without its highest 5 %, then the mean of the two.
      assertThat(number(rates, "cn648_bps")).isCloseTo(18_550, EXACT);
      assertThat(number(rates, "p95_max_in_out_bps")).isCloseTo(37_000, EXACT);
      // The larger of each sample: 50,000, 45,000, then 39,000.
      assertThat(number(rates, "p95_of_max_bps")).isCloseTo(39_000, EXACT);
      // Sums: 50,000, 46,000, then 39,000 + 100.
      assertThat(number(rates, "p95_sum_bps")).isCloseTo(39_100, EXACT);
      assertThat(number(rates, "peak_bps")).isCloseTo(50_000, EXACT);
      // Out 780,000 / 40, in (50,000 + 45,000 + 38 * 100) / 40.
      assertThat(number(rates, "mean_out_bps")).isCloseTo(19_500, EXACT);
      assertThat(number(rates, "mean_in_bps")).isCloseTo(2_470, EXACT);
      assertThat(number(rates, "mean_bps")).isCloseTo(10_985, EXACT);
    }
  }

  /** Samples 30 to 39 are missing: nothing was seen and the exporter did not report. */
  @Test
  void missingSamplesAreLeftOutOrZeroAndCounted() throws Exception {
    fillL1(30);
    store.reports(TinyNation.R1, start, 5 * 30);

    Map<String, @Nullable String> excluded = settlement("link", "L1", 0, "exclude");
    Map<String, @Nullable String> zero = settlement("link", "L1", 0, "zero");

    assertThat(excluded)
        .containsEntry("samples", "40")
        .containsEntry("in_missing_samples", "10")
        .containsEntry("out_missing_samples", "10");
    // Of 30 samples 1 is left out: 29,000 and 50,000.
    assertThat(number(excluded, "p95_out_bps")).isCloseTo(28_000, EXACT);
    assertThat(number(excluded, "p95_in_bps")).isCloseTo(45_000, EXACT);
    assertThat(number(excluded, "cn648_bps")).isCloseTo(36_500, EXACT);
    assertThat(number(excluded, "mean_out_bps")).isCloseTo(14_500, EXACT);
    // Of 40 samples 2 are left out: 29,000 and 28,000; 50,000 and 45,000.
    assertThat(number(zero, "p95_out_bps")).isCloseTo(27_000, EXACT);
    assertThat(number(zero, "p95_in_bps")).isCloseTo(100, EXACT);
    assertThat(number(zero, "mean_out_bps")).isCloseTo(10_875, EXACT);
  }

  /** A sample of nothing is 0 if the exporter reported: sample 0 out has no row at all. */
  @Test
  @Computes("settlement_series")
  void seriesTellsSilenceFromAbsence() throws Exception {
    fillL1(2);
    store.reports(TinyNation.R1, start, 10);

    assertThat(number(sample(0), "a_to_b_bps")).isZero();
    assertThat(sample(0)).containsEntry("a_to_b_missing", "0");
    assertThat(number(sample(0), "b_to_a_bps")).isCloseTo(50_000, EXACT);
    assertThat(number(sample(1), "a_to_b_bps")).isCloseTo(1_000, EXACT);
    assertThat(number(sample(1), "a_to_b_bps_v6")).isCloseTo(1_000, EXACT);
    assertThat(number(sample(1), "a_to_b_bps_v4")).isZero();
    assertThat(number(sample(2), "a_to_b_bps")).isZero();
    assertThat(sample(2)).containsEntry("a_to_b_missing", "1").containsEntry("b_to_a_missing", "1");
  }

  /**
   * L4 runs between B and A: what leaves A on it is its b_to_a. R3, which counts it, reports in the
   * first 20 samples only; the sum of a pair is missing when one of its links is.
   */
  @Test
  void pairIsTheSumOfItsLinksInBothOrders() throws Exception {
    store.publish(TinyNation.withParallelLink());
    fillL1(SAMPLES);
    for (int i = 0; i < 20; i++) {
      store.traffic(at(i), "L4", "b_to_a", "v6_native", 3_750_000, 0);
    }
    store.reports(TinyNation.R1, start, 5 * SAMPLES);
    store.reports(TinyNation.R3, start, 5 * 20);

    Map<String, @Nullable String> excluded = settlement("operator_pair", "A-B", 0, "exclude");
    Map<String, @Nullable String> zero = settlement("operator_pair", "A-B", 0, "zero");

    assertThat(excluded)
        .containsEntry("links", "2")
        .containsEntry("out_missing_samples", "20")
        .containsEntry("a_operator", "A");
    // Samples 0 to 19 with 100,000 on top, 1 left out: 119,000.
    assertThat(number(excluded, "p95_out_bps")).isCloseTo(118_000, EXACT);
    assertThat(number(excluded, "p95_in_bps")).isCloseTo(45_000, EXACT);
    // All 40, 2 left out.
    assertThat(number(zero, "p95_out_bps")).isCloseTo(117_000, EXACT);
    assertThat(number(settlement("link", "L4", 0, "exclude"), "p95_in_bps")).isCloseTo(1e5, EXACT);
  }

  @Test
  void partiesWithoutASampleHaveNoRate() throws Exception {
    Map<String, @Nullable String> rates = settlement("link", "L2", 6, "exclude");

    assertThat(rates).containsEntry("in_missing_samples", "40").containsEntry("cn648_bps", null);
    assertThat(number(settlement("link", "L2", 6, "zero"), "cn648_bps")).isZero();
  }

  private void fillL1(int samples) throws Exception {
    for (int i = 0; i < samples; i++) {
      if (i > 0) {
        store.traffic(at(i), "L1", "a_to_b", "v6_native", i * 37_500L, 0);
      }
      long in = i == 0 ? 1_875_000 : i == 1 ? 1_687_500 : 3_750;
      store.traffic(at(i), "L1", "b_to_a", "v4_native", in, 0);
    }
  }

  /** Somewhere in the five minutes of a sample. */
  private Instant at(int sample) {
    return start.plus(5L * sample + sample % 5, MINUTES);
  }

  private Map<String, @Nullable String> sample(int i) throws Exception {
    return store.row(
        "SELECT * FROM $db.def_settlement_series_v1(%s) WHERE link = 'L1' AND bucket = '%s'"
            .formatted(period(start, end), time(start.plus(5L * i, MINUTES))));
  }

  private Map<String, @Nullable String> settlement(
      String subject, String member, int ipVersion, String policy) throws Exception {
    return store.row(
        """
        SELECT * FROM $db.def_settlement_v1(%s)
        WHERE subject = '%s' AND member = '%s' AND ip_version = %d AND missing_policy = '%s'
        """
            .formatted(period(start, end), subject, member, ipVersion, policy));
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
