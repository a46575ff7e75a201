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
 * Load and utilisation of links.
 *
 * <p>L1 a_to_b in the first 10 s: 3,000,000 octets IPv6 with variance 1.6e11, 1,000,000 octets IPv4
 * with variance 0.9e11. In the next 10 s 500,000 octets IPv6 without error. L3 and the rest are
 * silent.
 */
@ExtendWith(TestStore.class)
final class LinkLoadIT {

  private static final Offset<Double> EXACT = within(1e-6);

  private final TestStore store;
  private final Instant start = Instant.now().truncatedTo(HOURS).minus(2, HOURS);

  LinkLoadIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void fill() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
    store.traffic(start, "L1", "a_to_b", "v6_native", 3_000_000, 1.6e11);
    store.traffic(start, "L1", "a_to_b", "v4_native", 1_000_000, 0.9e11);
    store.traffic(start.plusSeconds(10), "L1", "a_to_b", "v6_native", 500_000, 0);
    // R1 reports in the first minute.
    store.execute(
        "INSERT INTO $db.exporter_quality_10s (bucket, exporter, observation_domain, collector,"
            + " protocol_version, datagrams) VALUES ('%s', '::ffff:%s', 1, 'c1', 9, 1)"
                .formatted(time(start), TinyNation.R1));
  }

  @Test
  @Computes({"link_load", "link_utilisation"})
  void tenSecondsOfALink() throws Exception {
    Map<String, @Nullable String> load = load("10s", start, start.plusSeconds(10), "L1", "a_to_b");

    // 8 bit * 4,000,000 / 10 s = 3.2 Mbit/s, of these 2.4 IPv6 and 0.8 IPv4.
    assertThat(number(load, "bps")).isCloseTo(3_200_000, EXACT);
    assertThat(number(load, "bps_v6")).isCloseTo(2_400_000, EXACT);
    assertThat(number(load, "bps_v4")).isCloseTo(800_000, EXACT);
    // 95 %: 1.96 * sqrt(1.6e11) = 784,000 octets, 1.96 * sqrt(0.9e11) = 588,000 octets, together
    // 1.96 * sqrt(2.5e11) = 980,000 octets; * 8 / 10 s.
    assertThat(number(load, "bps_v6_error95")).isCloseTo(627_200, EXACT);
    assertThat(number(load, "bps_v4_error95")).isCloseTo(470_400, EXACT);
    assertThat(number(load, "bps_error95")).isCloseTo(784_000, EXACT);
    // Of 1000 Gbit/s since 2020-01-01.
    assertThat(number(load, "capacity_bps")).isCloseTo(1e12, EXACT);
    assertThat(number(load, "utilisation")).isCloseTo(3.2e-6, within(1e-15));
    assertThat(number(load, "utilisation_error95")).isCloseTo(7.84e-7, within(1e-15));
    assertThat(load).containsEntry("reported", "1").containsEntry("ipv6_enabled", "1");
    assertThat(load).containsEntry("from_operator", "A").containsEntry("to_operator", "B");
  }

  @Test
  void longerBucketsHoldTheSumsOfTheShorter() throws Exception {
    // 4,500,000 octets: * 8 / 60 s and / 300 s and / 3600 s.
    assertThat(number(load("1m", start, start.plus(1, MINUTES), "L1", "a_to_b"), "bps"))
        .isCloseTo(600_000, EXACT);
    assertThat(number(load("5m", start, start.plus(5, MINUTES), "L1", "a_to_b"), "bps"))
        .isCloseTo(120_000, EXACT);
    assertThat(number(load("1h", start, start.plus(1, HOURS), "L1", "a_to_b"), "bps"))
        .isCloseTo(10_000, EXACT);
    // 1.96 * sqrt(2.5e11) * 8 / 300 s.
    assertThat(number(load("5m", start, start.plus(5, MINUTES), "L1", "a_to_b"), "bps_error95"))
        .isCloseTo(980_000 * 8 / 300.0, EXACT);
  }

  @Test
  void silentLinksAreThereAndSayWhetherTheirExporterReported() throws Exception {
    // 6 link directions, 10 minutes.
    assertThat(
            store.value(
                "SELECT count() FROM $db.def_link_load_1m_v1(%s)"
                    .formatted(period(start, start.plus(10, MINUTES)))))
        .isEqualTo("60");

    Map<String, @Nullable String> heard = load("1m", start, start.plus(1, MINUTES), "L1", "b_to_a");
    assertThat(number(heard, "bps")).isZero();
    assertThat(number(heard, "utilisation")).isZero();
    assertThat(heard).containsEntry("reported", "1");

    Map<String, @Nullable String> unheard =
        load("1m", start, start.plus(1, MINUTES), "L3", "a_to_b");
    assertThat(number(unheard, "bps")).isZero();
    assertThat(unheard).containsEntry("reported", "0").containsEntry("ipv6_enabled", "0");

    // R1 reported in one of five minutes.
    assertThat(number(load("5m", start, start.plus(5, MINUTES), "L1", "a_to_b"), "coverage"))
        .isCloseTo(0.2, EXACT);
  }

  @Test
  void utilisationDividesByTheCapacityOfThatDay() throws Exception {
    // 2019-06-15 00:00 UTC: 600 Gbit/s for L1; L3 in service.
    Instant then = Instant.parse("2019-06-15T00:00:00Z");
    // 37,500,000,000 octets in an hour are 83,333,333.33 bit/s.
    store.traffic(then, "L1", "a_to_b", "v6_native", 37_500_000_000L, 0);

    Map<String, @Nullable String> load = load("1h", then, then.plus(1, HOURS), "L1", "a_to_b");

    assertThat(number(load, "capacity_bps")).isCloseTo(6e11, EXACT);
    assertThat(number(load, "utilisation")).isCloseTo(37.5e9 * 8 / 3600 / 6e11, within(1e-15));
  }

  @Test
  void linksOutOfServiceHaveNoRow() throws Exception {
    // L3 is in service from 2019-01-01, in days of Beijing: until 16:00 UTC of the day before not.
    assertThat(links("2018-12-31T15:00:00Z")).isEqualTo("2");
    assertThat(links("2018-12-31T16:00:00Z")).isEqualTo("3");
  }

  /**
   * Flows are stored until 10:10 and status until 9:00 of the period; routers keep a flow for 60 s,
   * and 60 s are allowed for its way: final until 7:00.
   */
  @Test
  @Computes("provisional")
  void bucketsAreProvisionalUntilEverythingIsStored() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
    assertThat(load("1m", start, start.plus(1, MINUTES), "L1", "a_to_b"))
        .containsEntry("provisional", "1");
    store.traffic(start.plus(10, MINUTES), "L1", "a_to_b", "v6_native", 1000, 0);
    store.execute(
        """
        INSERT INTO $db.exporter_quality_10s (bucket, exporter, observation_domain, collector,
          protocol_version, datagrams, last_received)
        VALUES ('%s', '::ffff:%s', 1, 'c1', 9, 1, '%s')
        """
            .formatted(time(start.plus(9, MINUTES)), TinyNation.R1, time(start.plus(9, MINUTES))));

    assertThat(store.value("SELECT final_until FROM $db.watermark"))
        .isEqualTo(time(start.plus(7, MINUTES)));
    assertThat(minute(6)).containsEntry("provisional", "0");
    assertThat(minute(7)).containsEntry("provisional", "1");
  }

  /**
   * R1's flows are stored until 10:10, those of R2 until 3:10 though its status of 9:00 says that
   * it has flows: its partition lags. 60 s of active timeout and 60 s before 3:10 is 1:10. Once
   * R2's of 8:00 are there it is not behind: 9:00 is less than 8:10 and 120 s.
   */
  @Test
  void bucketsAreProvisionalUntilTheSlowestPartitionHasPassed() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
    store.traffic(start.plus(10, MINUTES), "L1", "a_to_b", "v6_native", 1000, 0);
    store.traffic(start.plus(3, MINUTES), "L2", "a_to_b", "v6_native", 1000, 0);
    for (String exporter : new String[] {TinyNation.R1, TinyNation.R2}) {
      store.execute(
          """
          INSERT INTO $db.exporter_quality_10s (bucket, exporter, observation_domain, collector,
            protocol_version, datagrams, flow_records, last_received)
          VALUES ('%1$s', '::ffff:%2$s', 1, 'c1', 9, 1, 20, '%1$s')
          """
              .formatted(time(start.plus(9, MINUTES)), exporter));
    }

    assertThat(store.value("SELECT final_until FROM $db.watermark"))
        .isEqualTo(time(start.plusSeconds(70)));
    assertThat(store.row("SELECT exporter, stored_until FROM $db.lagging_exporters"))
        .containsEntry("exporter", TinyNation.R2)
        .containsEntry("stored_until", time(start.plusSeconds(190)));
    assertThat(minute(2)).containsEntry("provisional", "1");

    store.traffic(start.plus(8, MINUTES), "L2", "a_to_b", "v6_native", 1000, 0);

    assertThat(store.value("SELECT final_until FROM $db.watermark"))
        .isEqualTo(time(start.plus(7, MINUTES)));
    assertThat(store.rows("SELECT exporter FROM $db.lagging_exporters")).isEmpty();
  }

  /** What an exporter sends and no link direction takes is stored, too: it does not lag. */
  @Test
  void flowsThatBelongToNoLinkDoNotHoldTheWatermark() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
    store.traffic(start.plus(10, MINUTES), "L1", "a_to_b", "v6_native", 1000, 0);
    store.execute(
        """
        INSERT INTO $db.exporter_quality_10s (bucket, exporter, observation_domain, collector,
          protocol_version, datagrams, flow_records, last_received)
        VALUES ('%1$s', '::ffff:192.0.2.1', 1, 'c1', 9, 1, 20, '%1$s')
        """
            .formatted(time(start.plus(9, MINUTES))));
    store.execute(
        """
        INSERT INTO $db.unattributed_1m VALUES
        ('%s', '::ffff:192.0.2.1', 1, 1, 'ingress', 'unknown_exporter', 4, 1, 1, 1, 1, 1)
        """
            .formatted(time(start.plus(8, MINUTES))));

    assertThat(store.value("SELECT final_until FROM $db.watermark"))
        .isEqualTo(time(start.plus(7, MINUTES)));
  }

  private Map<String, @Nullable String> minute(int minute) throws Exception {
    Instant from = start.plus(minute, MINUTES);
    return load("1m", from, from.plus(1, MINUTES), "L1", "a_to_b");
  }

  private String links(String hour) throws Exception {
    Instant from = Instant.parse(hour);
    return store.value(
        "SELECT uniqExact(link) FROM $db.def_link_load_1h_v1(%s)"
            .formatted(period(from, from.plus(1, HOURS))));
  }

  private Map<String, @Nullable String> load(
      String level, Instant from, Instant until, String link, String direction) throws Exception {
    return store.row(
        "SELECT * FROM $db.def_link_load_%s_v1(%s) WHERE link = '%s' AND direction = '%s'"
            .formatted(level, period(from, until), link, direction));
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
