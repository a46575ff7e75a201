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

/** What changed, what collapsed, what fails over, whose data are incomplete. */
@ExtendWith(TestStore.class)
final class OperationsIT {

  private static final Offset<Double> EXACT = within(1e-6);

  private final TestStore store;
  private final Instant at = Instant.now().truncatedTo(HOURS).minus(1, HOURS);

  OperationsIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void publish() throws Exception {
    store.recreate();
    store.publish(TinyNation.withParallelLink());
  }

  /**
   * 15 minutes of 112,500 octets are 1000 bit/s. Now 80 and 40 thousand of IPv4 and IPv6, 15
   * minutes before 40 thousand of IPv4, a week before 80 and 160 thousand.
   */
  @Test
  @Computes({"load_change", "ipv6_collapse"})
  void loadIsComparedWithTheMinutesAndTheWeekBefore() throws Exception {
    minute(at.minus(1, MINUTES), 9_000_000, 4_500_000, 0);
    minute(at.minus(16, MINUTES), 4_500_000, 0, 0);
    minute(at.minus(7, DAYS).minus(15, MINUTES), 9_000_000, 18_000_000, 0);
    // Outside of every window.
    minute(at, 1_000_000_000, 1_000_000_000, 0);
    minute(at.minus(31, MINUTES), 1_000_000_000, 1_000_000_000, 0);

    Map<String, @Nullable String> change = change("L1", "a_to_b");

    assertThat(number(change, "bps_v4")).isCloseTo(80_000, EXACT);
    assertThat(number(change, "bps_v6")).isCloseTo(40_000, EXACT);
    assertThat(number(change, "change_bps")).isCloseTo(80_000, EXACT);
    assertThat(number(change, "change")).isCloseTo(2, EXACT);
    assertThat(number(change, "v6_to_week_before")).isCloseTo(0.25, EXACT);
    assertThat(number(change, "v4_to_week_before")).isCloseTo(1, EXACT);
    assertThat(change).containsEntry("ipv6_collapsed", "1");
    assertThat(change("L2", "a_to_b")).containsEntry("ipv6_collapsed", "0");
  }

  /** 120,000 bit/s less, with an error of 1.96 * 10,000,000 * 8 / 900 = 174,222 bit/s. */
  @Test
  void collapseIsNoneWithinTheErrorOfSampling() throws Exception {
    minute(at.minus(1, MINUTES), 9_000_000, 4_500_000, 0);
    minute(at.minus(7, DAYS).minus(15, MINUTES), 9_000_000, 18_000_000, 1e14);

    assertThat(change("L1", "a_to_b")).containsEntry("ipv6_collapsed", "0");
    assertThat(number(change("L1", "a_to_b"), "v6_week_change_bps_error95"))
        .isCloseTo(1.96e7 * 8 / 900, EXACT);
  }

  /** L1 carries 1 Mbit/s from A to B, L4 0.5 Mbit/s; L2 0.2 Mbit/s from A to C, and has no twin. */
  @Test
  @Computes("n_minus_1")
  void failedLinksLoadGoesToThoseThatRemain() throws Exception {
    store.traffic(at, "L1", "a_to_b", "v6_native", 37_500_000, 0);
    store.traffic(at, "L4", "b_to_a", "v6_native", 18_750_000, 0);
    store.traffic(at, "L2", "a_to_b", "v6_native", 7_500_000, 0);

    Map<String, @Nullable String> onL4 = failure("link", "L1", "A", "B");
    assertThat(onL4).containsEntry("link", "L4");
    assertThat(number(onL4, "before_bps")).isCloseTo(500_000, EXACT);
    assertThat(number(onL4, "added_bps")).isCloseTo(1_000_000, EXACT);
    assertThat(number(onL4, "utilisation_after")).isCloseTo(1.5e6 / 2e11, within(1e-15));
    Map<String, @Nullable String> onL1 = failure("link", "L4", "A", "B");
    assertThat(number(onL1, "utilisation_after")).isCloseTo(1.5e6 / 1e12, within(1e-15));
    assertThat(failure("node", "N1", "A", "B")).containsEntry("link", "L4");
    // N2 has L2 and L4.
    assertThat(failure("node", "N2", "A", "B")).containsEntry("link", "L1");
    assertThat(failure("node", "N2", "A", "C"))
        .containsEntry("link", "")
        .containsEntry("added_bps", null);
    assertThat(number(failure("link", "L2", "A", "C"), "lost_bps")).isCloseTo(200_000, EXACT);
  }

  /** R1 of A in 60 minutes, R2 of C in 30, R3 of A never; R1 loses 1 of 11 records. */
  @Test
  @Computes("data_quality")
  void qualityIsToldByOperator() throws Exception {
    store.reports(TinyNation.R1, at, 60);
    store.reports(TinyNation.R2, at, 30);
    store.execute(
        """
        INSERT INTO $db.exporter_quality_10s (bucket, exporter, observation_domain, collector,
          protocol_version, data_records, lost_records, flow_records, sampling_unknown_records)
        VALUES ('%s', '::ffff:%s', 1, 'c1', 10, 10, 1, 8, 2)
        """
            .formatted(time(at), TinyNation.R1));

    Map<String, @Nullable String> all = quality("all");
    assertThat(all).containsEntry("exporters", "3").containsEntry("silent_exporters", "1");
    assertThat(number(all, "coverage")).isCloseTo(0.5, EXACT);
    assertThat(number(quality("A"), "coverage")).isCloseTo(0.5, EXACT);
    assertThat(number(quality("A"), "loss")).isCloseTo(1 / 11.0, EXACT);
    assertThat(number(quality("A"), "sampling_unknown")).isCloseTo(0.25, EXACT);
    assertThat(number(quality("C"), "coverage")).isCloseTo(0.5, EXACT);
  }

  private void minute(Instant bucket, long octetsV4, long octetsV6, double varianceV6)
      throws Exception {
    store.execute(
        """
        INSERT INTO $db.link_traffic_1m VALUES
        ('%s', 'L1', 'a_to_b', 4, 'v4_native', %d, 1, 1, 1, 1, 0),
        ('%s', 'L1', 'a_to_b', 6, 'v6_native', %d, 1, 1, 1, 1, %s)
        """
            .formatted(time(bucket), octetsV4, time(bucket), octetsV6, varianceV6));
  }

  private Map<String, @Nullable String> change(String link, String direction) throws Exception {
    return store.row(
        "SELECT * FROM $db.def_load_change_v1(at = '%s') WHERE link = '%s' AND direction = '%s'"
            .formatted(time(at), link, direction));
  }

  private Map<String, @Nullable String> failure(
      String kind, String failed, String fromOperator, String toOperator) throws Exception {
    return store.row(
        """
        SELECT * FROM $db.def_n_minus_1_v1(%s) WHERE failed_kind = '%s' AND failed = '%s'
          AND from_operator = '%s' AND to_operator = '%s'
        """
            .formatted(period(at, at.plus(5, MINUTES)), kind, failed, fromOperator, toOperator));
  }

  private Map<String, @Nullable String> quality(String operator) throws Exception {
    return store.row(
        "SELECT * FROM $db.def_data_quality_v1(%s) WHERE operator = '%s'"
            .formatted(period(at, at.plus(1, HOURS)), operator));
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
