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

/** What stands beside the counted octets: second observers, and octets corrected for loss. */
@ExtendWith(TestStore.class)
final class CrossChecksIT {

  private static final Offset<Double> EXACT = within(1e-9);

  private final TestStore store;
  private final Instant start = Instant.now().truncatedTo(HOURS).minus(6, HOURS);

  CrossChecksIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void create() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
  }

  /**
   * Counted are 600 and 400 octets, variance 100 in all. R3 says 800 of them, variance 300: |1000 −
   * 800| / 1000, error 1.96 · √400 / 1000; more than the error and a twentieth. R2 says 990 in one
   * minute, variance 300: within.
   */
  @Test
  @Computes("two_ended_disagreement")
  void disagreementOfSecondObservers() throws Exception {
    store.traffic(start, "L1", "a_to_b", "v4_native", 600, 60);
    store.traffic(start.plus(1, MINUTES), "L1", "a_to_b", "v6_native", 400, 40);
    check(start, TinyNation.R3, 500, 200);
    check(start.plus(1, MINUTES), TinyNation.R3, 300, 100);
    check(start.plus(1, MINUTES), TinyNation.R2, 990, 300);
    check(start.plus(2, MINUTES), TinyNation.R2, 5_000, 0);

    Map<String, @Nullable String> far = disagreement(TinyNation.R3);
    assertThat(far)
        .containsEntry("octets_counted", "1000")
        .containsEntry("octets_other", "800")
        .containsEntry("is_doubtful", "1");
    assertThat(number(far, "disagreement")).isCloseTo(0.2, EXACT);
    assertThat(number(far, "disagreement_error95")).isCloseTo(1.96 * 20 / 1000, EXACT);

    Map<String, @Nullable String> near = disagreement(TinyNation.R2);
    assertThat(number(near, "disagreement")).isCloseTo(0.01, EXACT);
    assertThat(near).containsEntry("is_doubtful", "0");
  }

  private Map<String, @Nullable String> disagreement(String exporter) throws Exception {
    return store.row(
        "SELECT * FROM $db.def_two_ended_disagreement_v1(%s) WHERE address = toIPv6('::ffff:%s')"
            .formatted(period(start, start.plus(2, MINUTES)), exporter));
  }

  private void check(Instant bucket, String exporter, long octets, double variance)
      throws Exception {
    store.execute(
        """
        INSERT INTO $db.link_cross_check_1m VALUES
        ('%s', 'L1', 'a_to_b', '::ffff:%s', 1, 'core', 4, %d, 1, 1, 1, 1, %s)
        """
            .formatted(time(bucket), exporter, octets, variance));
  }

  /**
   * NetFlow v9 counts messages (RFC 3954 section 5.1): R1 lost 1, beside 3 that came with 30
   * records, so 10 records of 40. IPFIX counts records (RFC 7011 section 3.1): R2 lost 10, 30 data
   * and 10 options records came, a fifth. A minute without loss stays; one in which all was lost
   * cannot be made up for.
   */
  @Test
  void octetsAreCorrectedForLossAndMarked() throws Exception {
    quality(start, TinyNation.R1, 9, 3, 30, 0, 0, 1);
    quality(start, TinyNation.R2, 10, 3, 30, 10, 10, 0);
    quality(start.plus(1, MINUTES), TinyNation.R1, 9, 3, 30, 0, 0, 0);
    quality(start.plus(2, MINUTES), TinyNation.R1, 9, 0, 0, 0, 0, 5);
    store.traffic(start, "L1", "a_to_b", "v4_native", 3_000, 0);
    store.traffic(start, "L1", "a_to_b", "v6_native", 600, 0);
    store.traffic(start, "L2", "a_to_b", "v6_native", 4_000, 0);
    store.traffic(start.plus(1, MINUTES), "L1", "a_to_b", "v4_native", 3_000, 0);
    store.traffic(start.plus(2, MINUTES), "L1", "a_to_b", "v4_native", 7_000, 0);

    assertThat(number(corrected(0, "L1", 4), "loss")).isCloseTo(0.25, EXACT);
    assertThat(corrected(0, "L1", 4))
        .containsEntry("octets", "3000")
        .containsEntry("is_corrected", "1");
    assertThat(number(corrected(0, "L1", 4), "octets_corrected")).isCloseTo(4_000, EXACT);
    assertThat(number(corrected(0, "L1", 6), "octets_corrected")).isCloseTo(800, EXACT);
    assertThat(number(corrected(0, "L2", 6), "octets_corrected")).isCloseTo(5_000, EXACT);
    assertThat(corrected(1, "L1", 4)).containsEntry("is_corrected", "0");
    assertThat(number(corrected(1, "L1", 4), "octets_corrected")).isCloseTo(3_000, EXACT);
    assertThat(corrected(2, "L1", 4)).containsEntry("is_corrected", "0");
    assertThat(number(corrected(2, "L1", 4), "octets_corrected")).isCloseTo(7_000, EXACT);
  }

  private Map<String, @Nullable String> corrected(int minute, String link, int ipVersion)
      throws Exception {
    Instant from = start.plus(minute, MINUTES);
    return store.row(
        "SELECT octets, loss, toUInt8(is_corrected) AS is_corrected, octets_corrected FROM $db.link_traffic_loss_corrected(%s) WHERE link = '%s' AND ip_version = %d"
            .formatted(period(from, from.plus(1, MINUTES)), link, ipVersion));
  }

  private void quality(
      Instant bucket,
      String exporter,
      int version,
      long datagrams,
      long data,
      long options,
      long lostRecords,
      long lostMessages)
      throws Exception {
    store.execute(
        """
        INSERT INTO $db.exporter_quality_10s (bucket, exporter, observation_domain, collector,
          protocol_version, datagrams, data_records, options_records, lost_records, lost_messages)
        VALUES ('%s', '::ffff:%s', 1, 'c1', %d, %d, %d, %d, %d, %d)
        """
            .formatted(
                time(bucket),
                exporter,
                version,
                datagrams,
                data,
                options,
                lostRecords,
                lostMessages));
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
