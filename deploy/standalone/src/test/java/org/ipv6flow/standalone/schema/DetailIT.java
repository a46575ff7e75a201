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
 * Who, where, which service and which prefix. Octets are powers of ten by time, so that a sum says
 * which rows are in it: each row once, from whichever rollup.
 */
@ExtendWith(TestStore.class)
final class DetailIT {

  private static final Offset<Double> EXACT = within(1e-9);

  private final TestStore store;
  private final Instant hour = Instant.now().truncatedTo(HOURS).minus(6, HOURS);

  DetailIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void create() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
  }

  /** From two minutes before an hour to two minutes after it. */
  @Test
  @Computes("as_traffic")
  void pairsOfAsFromHoursAndTheMinutesAtTheirEdges() throws Exception {
    as(hour.minus(3, MINUTES), 64496, 64497, 1);
    as(hour.minus(1, MINUTES), 64496, 64497, 10);
    as(hour.plus(30, MINUTES), 64496, 64497, 100);
    as(hour.plus(61, MINUTES), 64496, 64497, 1_000);
    as(hour.plus(62, MINUTES), 64496, 64497, 10_000);
    as(hour.plus(30, MINUTES), 4294967295L, 4294967295L, 7);

    String view =
        "SELECT octets, toUInt8(is_other) AS is_other, mean_bps, octets_error95 FROM"
            + " $db.def_as_traffic_v1(%s) WHERE source_as = %d";
    String period = period(hour.minus(2, MINUTES), hour.plus(62, MINUTES));
    Map<String, @Nullable String> pair = store.row(view.formatted(period, 64496));
    assertThat(pair).containsEntry("octets", "1110").containsEntry("is_other", "0");
    assertThat(number(pair, "mean_bps")).isCloseTo(1110 * 8 / 3_840.0, EXACT);
    // Three rows of variance 4.
    assertThat(number(pair, "octets_error95")).isCloseTo(1.96 * Math.sqrt(12), EXACT);
    assertThat(store.row(view.formatted(period, 4294967295L)))
        .containsEntry("octets", "7")
        .containsEntry("is_other", "1");
  }

  private void as(Instant bucket, long source, long destination, long octets) throws Exception {
    store.execute(
        "INSERT INTO $db.as_traffic_1m VALUES ('%s', 'L1', 'a_to_b', 6, %d, %d, %d, 1, 1, 1, 1, 4)"
            .formatted(time(bucket), source, destination, octets));
  }

  /** An hour of the day before, a day of Beijing, an hour and a half of the next. */
  @Test
  void partiesFromDaysHoursAndFiveMinutes() throws Exception {
    Instant day = Instant.now().truncatedTo(DAYS).minus(4, DAYS).minus(8, HOURS);
    party(day.minus(61, MINUTES), 6, "source", "cdn", "A", "Sichuan", 1);
    party(day.minus(30, MINUTES), 6, "source", "cdn", "A", "Sichuan", 10);
    party(day.plus(10, HOURS), 6, "source", "cdn", "A", "Sichuan", 100);
    party(day.plus(24, HOURS), 6, "source", "cdn", "A", "Sichuan", 1_000);
    party(day.plus(25, HOURS).plus(25, MINUTES), 6, "source", "cdn", "A", "Sichuan", 10_000);
    party(day.plus(25, HOURS).plus(30, MINUTES), 6, "source", "cdn", "A", "Sichuan", 100_000);

    assertThat(
            store.value(
                "SELECT octets FROM $db.def_party_traffic_v1(%s) WHERE dimension = 'organisation'"
                    .formatted(period(day.minus(1, HOURS), day.plus(25, HOURS).plus(30, MINUTES)))))
        .isEqualTo("11110");
  }

  /** As source: cdn 60 of IPv6 and 20 of IPv4, nobody known 20 of IPv4. As destination: other. */
  @Test
  @Computes("party_traffic")
  void shareAndRankOfParties() throws Exception {
    party(hour, 6, "source", "cdn", "A", "Sichuan", 60);
    party(hour, 4, "source", "cdn", "A", "Sichuan", 20);
    party(hour, 4, "source", "", "B", "", 20);
    party(hour, 6, "destination", "", "B", "", 100);

    String view =
        "SELECT * FROM $db.def_party_traffic_v1(%s) WHERE side = '%s' AND dimension ="
            + " 'organisation' AND member = '%s'";
    String period = period(hour, hour.plus(1, HOURS));
    Map<String, @Nullable String> cdn = store.row(view.formatted(period, "source", "cdn"));
    assertThat(cdn)
        .containsEntry("octets", "80")
        .containsEntry("octets_v6", "60")
        .containsEntry("octets_rank", "1")
        .containsEntry("share_rank", "1");
    assertThat(number(cdn, "share_wire")).isCloseTo(0.75, EXACT);
    assertThat(number(cdn, "fraction")).isCloseTo(0.8, EXACT);
    // Each row has a variance of 4: 1.96 · √(0.25² · 4 + 0.75² · 4) / 80.
    assertThat(number(cdn, "share_wire_error95"))
        .isCloseTo(1.96 * Math.sqrt(0.0625 * 4 + 0.5625 * 4) / 80, EXACT);
    assertThat(store.row(view.formatted(period, "source", "unlisted")))
        .containsEntry("octets", "20")
        .containsEntry("octets_rank", "2");
    assertThat(store.row(view.formatted(period, "destination", "unlisted")))
        .containsEntry("octets", "100");
  }

  /**
   * L1 is at N1 in P1, L2 at N2 in Sichuan: what a source in Sichuan hands over on L1 was hauled.
   */
  @Test
  @Computes("hauled_traffic")
  void trafficHandedOverFarFromItsSource() throws Exception {
    party(hour, 6, "source", "cdn", "A", "Sichuan", 60);
    partyOnL2(hour, "Sichuan", 5);

    String view =
        "SELECT octets, toUInt8(is_hauled) AS is_hauled, party_province FROM"
            + " $db.def_hauled_traffic_v1(%s) WHERE side = 'source' AND node_province = '%s'";
    String period = period(hour, hour.plus(1, HOURS));
    assertThat(store.row(view.formatted(period, "P1")))
        .containsEntry("octets", "60")
        .containsEntry("is_hauled", "1");
    assertThat(store.row(view.formatted(period, "Sichuan")))
        .containsEntry("octets", "5")
        .containsEntry("is_hauled", "0");
  }

  /** L1 from A: 60 of its own addresses, 30 of B's, 10 of none; on IPv4 all is its own. */
  @Test
  @Computes("source_allocation")
  void sourcesOutsideTheOperatorsAllocations() throws Exception {
    party(hour, 6, "source", "", "A", "", 60);
    party(hour, 6, "source", "", "B", "", 30);
    party(hour, 6, "source", "", "", "", 10);
    party(hour, 4, "source", "", "A", "", 5);
    party(hour, 6, "destination", "", "", "", 1_000);

    String view =
        "SELECT fraction FROM $db.def_source_allocation_v1(%s) WHERE from_operator = 'A' AND"
            + " ip_version = %d AND allocation = '%s'";
    String period = period(hour, hour.plus(1, HOURS));
    assertThat(Double.parseDouble(store.value(view.formatted(period, 6, "own"))))
        .isCloseTo(0.6, EXACT);
    assertThat(Double.parseDouble(store.value(view.formatted(period, 6, "other operator"))))
        .isCloseTo(0.3, EXACT);
    assertThat(Double.parseDouble(store.value(view.formatted(period, 6, "unlisted"))))
        .isCloseTo(0.1, EXACT);
    assertThat(Double.parseDouble(store.value(view.formatted(period, 4, "own"))))
        .isCloseTo(1, EXACT);
  }

  private void party(
      Instant bucket,
      int ipVersion,
      String side,
      String organisation,
      String operator,
      String province,
      long octets)
      throws Exception {
    store.execute(
        "INSERT INTO $db.organisation_traffic_5m VALUES ('%s', 'L1', 'a_to_b', %d, '%s', '%s', 'cdn', '', '%s', '%s', '', '', %d, 1, 1, 1, 1, 4)"
            .formatted(time(bucket), ipVersion, side, organisation, operator, province, octets));
  }

  private void partyOnL2(Instant bucket, String province, long octets) throws Exception {
    store.execute(
        "INSERT INTO $db.organisation_traffic_5m VALUES ('%s', 'L2', 'a_to_b', 6, 'source', '', '', '', 'A', '%s', '', '', %d, 1, 1, 1, 1, 4)"
            .formatted(time(bucket), province, octets));
  }

  /** From five minutes before an hour to five minutes after it; 60 % of it IPv6. */
  @Test
  @Computes("service_traffic")
  void servicesFromHoursAndTheFiveMinutesAtTheirEdges() throws Exception {
    service(hour.minus(10, MINUTES), 6, 1);
    service(hour.minus(5, MINUTES), 4, 40);
    service(hour.plus(30, MINUTES), 6, 50);
    service(hour.plus(60, MINUTES), 6, 10);
    service(hour.plus(65, MINUTES), 6, 10_000);

    Map<String, @Nullable String> quic =
        store.row(
            "SELECT * FROM $db.def_service_traffic_v1(%s) WHERE service = 'quic'"
                .formatted(period(hour.minus(5, MINUTES), hour.plus(65, MINUTES))));
    assertThat(quic)
        .containsEntry("octets", "100")
        .containsEntry("octets_v4", "40")
        .containsEntry("protocol", "17");
    assertThat(number(quic, "share_wire")).isCloseTo(0.6, EXACT);
  }

  private void service(Instant bucket, int ipVersion, long octets) throws Exception {
    store.execute(
        "INSERT INTO $db.service_traffic_5m VALUES ('%s', 'L1', 'a_to_b', %d, 17, 'quic', %d, 1, 1, 1, 1, 4)"
            .formatted(time(bucket), ipVersion, octets));
  }

  /** Two records of 3,000 octets, one in 1,000 kept, and one of another prefix. */
  @Test
  @Computes("prefix_traffic")
  void prefixesFromTheRecordsThatWereKept() throws Exception {
    sample("240e:100:1::", 1, 3_000);
    sample("240e:100:1::", 2, 3_000);
    sample("240e:100:2::", 3, 500);

    Map<String, @Nullable String> prefix =
        store.row(
            "SELECT * FROM $db.def_prefix_traffic_v1(%s) WHERE side = 'source' AND prefix = toIPv6('240e:100:1::')"
                .formatted(period(hour, hour.plus(1, HOURS))));
    assertThat(prefix).containsEntry("octets", "6000000").containsEntry("records", "2");
    assertThat(number(prefix, "octets_error95"))
        .isCloseTo(1.96 * 6_000_000 / Math.sqrt(2), within(1e-6));
    assertThat(
            store.value(
                "SELECT octets FROM $db.def_prefix_traffic_v1(%s) WHERE side = 'destination'"
                    .formatted(period(hour, hour.plus(1, HOURS)))))
        .isEqualTo("6500000");
  }

  private void sample(String source, int minute, long octets) throws Exception {
    store.execute(
        "INSERT INTO $db.flow_samples VALUES ('%s', 10, '::ffff:127.18.0.1', 1, 'L1', 'a_to_b', 6, 'v6_native', '%s', '2409:8000::', 64496, 64497, 6, 'https', %d, 1, 1, 1, 1000, 1000)"
            .formatted(time(hour.plus(minute, MINUTES)), source, octets));
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
