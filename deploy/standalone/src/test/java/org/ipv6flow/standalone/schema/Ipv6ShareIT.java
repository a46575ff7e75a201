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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.schema.traffic.TrafficClass.Payload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The IPv6 shares of a period of ten minutes.
 *
 * <p>L1, a_to_b: IPv6 3,000,000 octets with variance 1.1664e10; IPv4 1,000,000 octets with variance
 * 2.304e9.
 *
 * <p>L2, a_to_b, thousands of octets: v4_native 500, v6_native 200, v6_in_v4 100, overlay_in_v4 50,
 * v4_bogon 30, srv6_v4 60, v6_multicast 40, v6_nonglobal 20; together 1000.
 */
@ExtendWith(TestStore.class)
final class Ipv6ShareIT {

  private static final Offset<Double> EXACT = within(1e-12);

  private final TestStore store;
  private final Instant start = Instant.now().truncatedTo(HOURS).minus(2, HOURS);
  private final Instant end = start.plus(10, MINUTES);

  Ipv6ShareIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void fill() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
    store.traffic(start, "L1", "a_to_b", "v6_native", 3_000_000, 1.1664e10);
    store.traffic(start.plus(9, MINUTES), "L1", "a_to_b", "v4_native", 1_000_000, 2.304e9);
    Map<String, Integer> classes =
        Map.of(
            "v4_native", 500,
            "v6_native", 200,
            "v6_in_v4", 100,
            "overlay_in_v4", 50,
            "v4_bogon", 30,
            "srv6_v4", 60,
            "v6_multicast", 40,
            "v6_nonglobal", 20);
    for (Map.Entry<String, Integer> octets : classes.entrySet()) {
      store.traffic(start, "L2", "a_to_b", octets.getKey(), octets.getValue() * 1000L, 0);
    }
  }

  /** SE = sqrt((1 - S)² * Q6 + S² * Q4) / X, as docs/definitions.md derives it. */
  @Test
  @Computes("ipv6_share_wire")
  void wireShareOfALinkWithItsError() throws Exception {
    Map<String, @Nullable String> share = share("link", "L1", "both");

    assertThat(number(share, "share_wire")).isCloseTo(0.75, EXACT);
    // sqrt(0.25² * 1.1664e10 + 0.75² * 2.304e9) = sqrt(7.29e8 + 1.296e9) = 45,000 octets;
    // 1.96 * 45,000 / 4,000,000 = 0.02205.
    assertThat(number(share, "share_wire_error95")).isCloseTo(0.02205, EXACT);
    assertThat(number(share, "share_native")).isCloseTo(0.75, EXACT);
    assertThat(number(share, "share_native_error95")).isCloseTo(0.02205, EXACT);
    // 1.96 * sqrt(1.1664e10) = 1.96 * 108,000.
    assertThat(number(share, "octets_v6_error95")).isCloseTo(211_680, within(1e-6));
  }

  @Test
  @Computes({
    "ipv6_share_native",
    "ipv6_share_payload_lower",
    "ipv6_share_payload_upper",
    "visibility_gap"
  })
  void sharesDifferWhereTrafficIsTunnelled() throws Exception {
    Map<String, @Nullable String> share = share("link", "L2", "a_to_b");

    // IPv6 on the wire: 200 + 60 + 40 + 20 of 1000.
    assertThat(number(share, "share_wire")).isCloseTo(0.32, EXACT);
    // v6_native 200 of 1000 - unknown 50 - bogon (30 + 20) - multicast 40 = 860.
    assertThat(number(share, "share_native")).isCloseTo(200.0 / 860, EXACT);
    // Known to be IPv6 inside: 200 + v6_in_v4 100 + multicast 40 + nonglobal 20; not srv6_v4.
    assertThat(number(share, "share_payload_lower")).isCloseTo(0.36, EXACT);
    // The overlay may be IPv6 as well.
    assertThat(number(share, "share_payload_upper")).isCloseTo(0.41, EXACT);
    assertThat(number(share, "visibility_gap")).isCloseTo(0.05, EXACT);
    assertThat(share).containsEntry("octets_bogon", "50000");
    assertThat(share).containsEntry("octets_multicast", "40000");
    assertThat(share).containsEntry("octets_unknown", "50000");
  }

  @Test
  void shareOfManyLinksIsAQuotientOfSums() throws Exception {
    // (3,000,000 + 320,000) / 5,000,000, not the mean of 0.75 and 0.32.
    assertThat(number(share("all", "all", "both"), "share_wire")).isCloseTo(0.664, EXACT);
    assertThat(number(share("role", "interconnect", "both"), "share_wire")).isCloseTo(0.664, EXACT);
    // 1.96 * sqrt(0.336² * 1.1664e10 + 0.664² * 2.304e9) / 5,000,000
    double error = 1.96 * Math.sqrt(0.112896 * 1.1664e10 + 0.440896 * 2.304e9) / 5_000_000;
    assertThat(number(share("all", "all", "both"), "share_wire_error95")).isCloseTo(error, EXACT);
  }

  @Test
  void everyDimensionHoldsTheLinksThatBelongToIt() throws Exception {
    assertThat(octets("node", "N1", "both")).isEqualTo("4000000");
    assertThat(octets("node", "N2", "both")).isEqualTo("1000000");
    assertThat(octets("province", "P1", "both")).isEqualTo("4000000");
    // L1 a_to_b leaves A for B, L2 a_to_b leaves A for C.
    assertThat(octets("operator", "A", "out")).isEqualTo("5000000");
    assertThat(octets("operator", "A", "both")).isEqualTo("5000000");
    assertThat(octets("operator", "B", "both")).isEqualTo("4000000");
    assertThat(octets("node_pair", "N1:A-B", "both")).isEqualTo("4000000");
    assertThat(octets("region", "unlisted", "both")).isEqualTo("4000000");
    assertThat(octets("region", "West", "both")).isEqualTo("1000000");
    assertThat(octets("operator", "A", "in")).isEqualTo("0");
    assertThat(octets("operator", "C", "in")).isEqualTo("1000000");
    assertThat(octets("operator_pair", "A-B", "both")).isEqualTo("4000000");
    assertThat(octets("operator_path", "A>B", "both")).isEqualTo("4000000");
    assertThat(octets("operator_path", "B>A", "both")).isEqualTo("0");
    assertThat(octets("link", "L1", "b_to_a")).isEqualTo("0");
    assertThat(octets("role", "international", "both")).isEqualTo("0");
    assertThat(octets("ipv6_enabled", "interconnect", "both")).isEqualTo("5000000");
    assertThat(share("role", "international", "both").get("share_wire")).isNull();
  }

  /** C's router counts L3, so that what comes from B comes in, and B is abroad. */
  @Test
  void gatewaysHaveAnInsideAndAnOutside() throws Exception {
    store.traffic(start, "L3", "a_to_b", "v6_native", 300_000, 0);
    store.traffic(start, "L3", "b_to_a", "v4_native", 100_000, 0);

    assertThat(octets("gateway", "N2", "in")).isEqualTo("300000");
    assertThat(octets("gateway", "N2", "out")).isEqualTo("100000");
    assertThat(octets("role", "international", "in")).isEqualTo("300000");
    assertThat(number(share("gateway", "N2", "both"), "share_wire")).isCloseTo(0.75, EXACT);
  }

  /** A link that the inventory does not know is told apart, and still in the total. */
  @Test
  void trafficOfAnUnlistedLinkIsNotLost() throws Exception {
    store.traffic(start, "L9", "a_to_b", "v6_native", 700_000, 0);

    assertThat(octets("all", "all", "both")).isEqualTo("5700000");
    assertThat(octets("role", "unlisted", "both")).isEqualTo("700000");
    assertThat(octets("link", "L9", "a_to_b")).isEqualTo("700000");
  }

  /**
   * R1 (two directions of L1) reports in all ten minutes, R2 (L2 a_to_b, two of L3) in five, R3 (L2
   * b_to_a) never.
   *
   * <p>R1 speaks NetFlow v9: 10 messages with 100 records a minute, and 1 message lost in all,
   * taken as 10 records. R2 speaks IPFIX: 100 records a minute and 100 records lost in all.
   */
  @Test
  @Computes({"coverage", "loss"})
  void coverageAndLossComeFromTheExportersThatCount() throws Exception {
    for (int minute = 0; minute < 10; minute++) {
      report(TinyNation.R1, minute, 9, 10, 90, 10, 0, minute == 3 ? 1 : 0);
      if (minute < 5) {
        report(TinyNation.R2, minute, 10, 7, 100, 0, minute == 2 ? 100 : 0, 0);
      }
    }

    assertThat(number(share("link", "L1", "both"), "coverage")).isCloseTo(1, EXACT);
    assertThat(number(share("link", "L2", "a_to_b"), "coverage")).isCloseTo(0.5, EXACT);
    assertThat(number(share("link", "L2", "both"), "coverage")).isCloseTo(0.25, EXACT);
    // (10 + 10 + 5 + 0 + 5 + 5) of 60 minutes.
    assertThat(number(share("all", "all", "both"), "coverage")).isCloseTo(35.0 / 60, EXACT);
    assertThat(number(share("link", "L1", "both"), "loss")).isCloseTo(10.0 / 1010, EXACT);
    assertThat(number(share("link", "L2", "both"), "loss")).isCloseTo(100.0 / 600, EXACT);
    // A series has the buckets of the period alone: two link directions of L1, ten minutes.
    report(TinyNation.R1, -1, 9, 10, 90, 10, 0, 0);
    report(TinyNation.R1, 10, 9, 10, 90, 10, 0, 0);
    for (int step : new int[] {1, 5}) {
      assertThat(
              store.value(
                  "SELECT count() FROM $db.def_ipv6_share_%dm_v1(%s) WHERE dimension = 'all'"
                      .formatted(step, period(start, end))))
          .isEqualTo(String.valueOf(10 / step));
    }
    // Minute 5: R2 was silent.
    assertThat(minuteCoverage(4)).isCloseTo(5.0 / 6, EXACT);
    assertThat(minuteCoverage(5)).isCloseTo(2.0 / 6, EXACT);
  }

  @Test
  void coverageOfALongPeriodIsReadFromHours() throws Exception {
    // R1 in minutes 0 to 9 of the hour, R2 and R3 never; 2 of 6 link directions.
    for (int minute = 0; minute < 10; minute++) {
      report(TinyNation.R1, minute, 9, 10, 90, 10, 0, 0);
    }

    Map<String, @Nullable String> hour =
        store.row(
            "SELECT * FROM $db.def_ipv6_share_v1(%s) WHERE dimension = 'all'"
                .formatted(period(start, start.plus(1, HOURS))));
    assertThat(number(hour, "coverage")).isCloseTo(2 * 10 / (6 * 60.0), EXACT);
  }

  /** Two days in the middle of a month, read from the rollups of days. */
  @Test
  void monthsAreThoseOfTheReportsTimeZone() throws Exception {
    // 2019-05-31 23:30 and 2019-06-01 00:30 in Beijing.
    store.traffic(Instant.parse("2019-05-31T15:30:00Z"), "L1", "a_to_b", "v6_native", 100, 0);
    store.traffic(Instant.parse("2019-05-31T16:30:00Z"), "L1", "a_to_b", "v6_native", 300, 0);
    store.traffic(Instant.parse("2019-05-31T16:30:00Z"), "L1", "a_to_b", "v4_native", 100, 0);

    List<Map<String, @Nullable String>> months =
        store.rows(
            """
            SELECT * FROM $db.def_ipv6_share_1mo_v1(
              from = '2019-04-30 16:00:00', until = '2019-06-30 16:00:00')
            WHERE dimension = 'link' AND member = 'L1' AND direction = 'both' ORDER BY bucket
            """);

    assertThat(months).hasSize(2);
    assertThat(months.get(0)).containsEntry("bucket", "2019-04-30 16:00:00");
    assertThat(number(months.get(0), "share_wire")).isCloseTo(1, EXACT);
    assertThat(number(months.get(1), "share_wire")).isCloseTo(0.75, EXACT);
    // R1 was silent.
    assertThat(number(months.get(1), "coverage")).isZero();
  }

  /** Days count their reported minutes from the daily rollup, its edges from hours and minutes. */
  @Test
  void coverageOfDaysIsThatOfTheirMinutes() throws Exception {
    Instant midnight =
        ZonedDateTime.now(ZoneId.of("Asia/Shanghai")).truncatedTo(DAYS).minusDays(5).toInstant();
    for (Instant minute :
        List.of(
            midnight.minus(1, MINUTES),
            midnight.plus(3, MINUTES),
            midnight.plus(26, HOURS),
            midnight.plus(49, HOURS))) {
      store.execute(
          """
          INSERT INTO $db.exporter_quality_1m (bucket, exporter, observation_domain, collector,
            protocol_version, datagrams, data_records, lost_messages)
          VALUES ('%s', '::ffff:127.18.0.1', 1, 'c1', 9, 4, 40, 1),
            ('%s', '::ffff:127.18.0.1', 1, 'c2', 9, 4, 40, 0)
          """
              .formatted(time(minute), time(minute)));
    }
    Instant from = midnight.minus(2, MINUTES);
    Map<String, @Nullable String> share =
        store.row(
            "SELECT * FROM $db.def_ipv6_share_v1(%s) WHERE dimension = 'link' AND member = 'L1'"
                    .formatted(period(from, midnight.plus(50, HOURS)))
                + " AND direction = 'both'");

    // Two collectors, each minute once: 4 of 3002.
    assertThat(number(share, "coverage")).isCloseTo(4 / 3002.0, EXACT);
    // One of nine messages each time, 10 records a message.
    assertThat(number(share, "loss")).isCloseTo(1 / 9.0, within(1e-9));
  }

  @Test
  void seriesHoldsTheSameSums() throws Exception {
    List<Map<String, @Nullable String>> minutes =
        store.rows(
            "SELECT * FROM $db.def_ipv6_share_1m_v1(%s) WHERE dimension = 'link'"
                    .formatted(period(start, end))
                + " AND member = 'L1' AND direction = 'both' ORDER BY bucket");

    assertThat(minutes).hasSize(10);
    assertThat(number(minutes.get(0), "share_wire")).isCloseTo(1, EXACT);
    assertThat(minutes.get(1).get("share_wire")).isNull();
    assertThat(number(minutes.get(9), "share_wire")).isCloseTo(0, EXACT);
    assertThat(
            store.value(
                "SELECT share_wire FROM $db.def_ipv6_share_1h_v1(%s) WHERE dimension = 'all'"
                    .formatted(period(start, start.plus(1, HOURS)))))
        .isEqualTo("0.664");
  }

  /** Which classes a share is made of, against the code that assigns them. */
  @Test
  void everyClassEntersTheSharesAsTheCodeSays() throws Exception {
    for (TrafficClass trafficClass : TrafficClass.values()) {
      store.traffic(start, trafficClass.label(), "a_to_b", trafficClass.label(), 1000, 0);
    }
    Map<String, Map<String, @Nullable String>> byLink = new HashMap<>();
    store
        .rows(
            "SELECT * FROM $db.def_ipv6_share_v1(%s) WHERE dimension = 'link' AND direction = 'both'"
                .formatted(period(start, end)))
        .forEach(row -> byLink.put(String.valueOf(row.get("member")), row));

    for (TrafficClass trafficClass : TrafficClass.values()) {
      boolean isMulticast = trafficClass.label().endsWith("multicast");
      boolean isBogon = trafficClass.payload() == Payload.BOGON;
      boolean isUnknown = trafficClass.payload() == Payload.UNKNOWN;
      boolean isV6Bogon = isBogon && trafficClass.label().startsWith("v6");
      boolean isPayloadV6 = trafficClass.payload() == Payload.V6 || isV6Bogon;

      Map<String, @Nullable String> share = byLink.getOrDefault(trafficClass.label(), Map.of());

      assertThat(share)
          .as(trafficClass.label())
          .containsEntry("octets_native_base", isMulticast || isBogon || isUnknown ? "0" : "1000")
          .containsEntry("octets_native_v6", trafficClass == TrafficClass.V6_NATIVE ? "1000" : "0")
          .containsEntry("octets_bogon", isBogon ? "1000" : "0")
          .containsEntry("octets_unknown", isUnknown ? "1000" : "0")
          .containsEntry("octets_multicast", isMulticast ? "1000" : "0");
      assertThat(number(share, "share_payload_lower")).isCloseTo(isPayloadV6 ? 1 : 0, EXACT);
      assertThat(number(share, "share_payload_upper"))
          .isCloseTo(isPayloadV6 || isUnknown ? 1 : 0, EXACT);
    }
  }

  private void report(
      String exporter,
      int minute,
      int protocolVersion,
      int datagrams,
      int dataRecords,
      int optionsRecords,
      int lostRecords,
      int lostMessages)
      throws Exception {
    store.execute(
        """
        INSERT INTO $db.exporter_quality_10s
        (bucket, exporter, observation_domain, collector, protocol_version, datagrams,
         data_records, options_records, lost_records, lost_messages)
        VALUES ('%s', '::ffff:%s', 1, 'c1', %d, %d, %d, %d, %d, %d)
        """
            .formatted(
                time(start.plus(minute, MINUTES)),
                exporter,
                protocolVersion,
                datagrams,
                dataRecords,
                optionsRecords,
                lostRecords,
                lostMessages));
  }

  private double minuteCoverage(int minute) throws Exception {
    Instant from = start.plus(minute, MINUTES);
    return number(
        store.row(
            "SELECT * FROM $db.def_ipv6_share_1m_v1(%s) WHERE dimension = 'all'"
                .formatted(period(from, from.plus(1, MINUTES)))),
        "coverage");
  }

  private String octets(String dimension, String member, String direction) throws Exception {
    return String.valueOf(share(dimension, member, direction).get("octets"));
  }

  private Map<String, @Nullable String> share(String dimension, String member, String direction)
      throws Exception {
    return store.row(
        """
        SELECT * FROM $db.def_ipv6_share_v1(%s)
        WHERE dimension = '%s' AND member = '%s' AND direction = '%s'
        """
            .formatted(period(start, end), dimension, member, direction));
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
