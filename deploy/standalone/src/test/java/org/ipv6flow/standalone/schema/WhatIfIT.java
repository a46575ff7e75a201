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
import java.util.Map;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What would be, what changed by class, and how the directions differ. */
@ExtendWith(TestStore.class)
final class WhatIfIT {

  private static final Offset<Double> EXACT = within(1e-9);

  private final TestStore store;
  private final Instant hour = Instant.now().truncatedTo(HOURS).minus(6, HOURS);

  WhatIfIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void create() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
  }

  /**
   * L1: 800,000 octets of IPv4 in 1,000 packets, 200,000 of IPv6 in 250. All of it moved: 20 octets
   * more a packet, 1,020,000, nothing of IPv4. A quarter: 600,000 of IPv4 stay; IPv6 has 200,000 +
   * 200,000 + 250 · 20 = 405,000. Segment routing: 64 octets on each of 250 packets, 216,000.
   */
  @Test
  @Computes("what_if_ipv6")
  void ipv4MovedToIpv6AndOverheadOfSegmentRouting() throws Exception {
    minutes(hour, 4, "v4_native", 800_000, 1_000);
    minutes(hour, 6, "v6_native", 200_000, 250);

    Map<String, @Nullable String> all = whatIf(1, 0);
    assertThat(number(all, "octets_v6_after")).isCloseTo(1_020_000, EXACT);
    assertThat(number(all, "share_wire_after")).isCloseTo(1, EXACT);
    assertThat(number(all, "added_bps")).isCloseTo(20_000 * 8 / 3_600.0, EXACT);

    Map<String, @Nullable String> quarter = whatIf(0.25, 0);
    assertThat(number(quarter, "share_wire_before")).isCloseTo(0.2, EXACT);
    assertThat(number(quarter, "octets_v4_after")).isCloseTo(600_000, EXACT);
    assertThat(number(quarter, "octets_v6_after")).isCloseTo(405_000, EXACT);
    assertThat(number(quarter, "share_wire_after")).isCloseTo(405.0 / 1_005, EXACT);
    // Of 1000 Gbit/s.
    assertThat(number(quarter, "utilisation_mean_after"))
        .isCloseTo(1_005_000 * 8 / 3_600.0 / 1e12, within(1e-15));

    assertThat(number(whatIf(0, 64), "octets_v6_after")).isCloseTo(216_000, EXACT);
  }

  private Map<String, @Nullable String> whatIf(double moved, int overhead) throws Exception {
    return store.row(
        "SELECT * FROM $db.def_what_if_ipv6_v1(%s) WHERE moved = %s AND overhead_octets = %d AND link = 'L1'"
            .formatted(period(hour, hour.plus(1, HOURS)), moved, overhead));
  }

  /**
   * A week ago 900 of IPv4 and 10 of Teredo, 1.1 %. Now 900 and 100, 10 %: a surge. 20 of GRE were
   * 10: 2 % is twice 1.1 % less a little, none. New multicast of 5 is under a hundredth.
   */
  @Test
  @Computes("class_change")
  void tunnelsThatGrewSuddenly() throws Exception {
    Instant week = hour.minus(7, DAYS);
    minutes(week, 4, "v4_native", 900_000, 1);
    minutes(week, 4, "teredo_in_v4", 10_000, 1);
    minutes(week, 4, "overlay_in_v4", 10_000, 1);
    minutes(hour, 4, "v4_native", 900_000, 1);
    minutes(hour, 4, "teredo_in_v4", 100_000, 1);
    minutes(hour, 4, "overlay_in_v4", 20_000, 1);
    minutes(hour, 4, "v4_multicast", 5_000, 1);

    Map<String, @Nullable String> teredo = change("teredo_in_v4");
    assertThat(teredo).containsEntry("is_surge", "1");
    assertThat(number(teredo, "change_bps")).isCloseTo(90_000 * 8 / 900.0, EXACT);
    assertThat(number(teredo, "fraction")).isCloseTo(100 / 1_025.0, EXACT);
    assertThat(number(teredo, "fraction_week_before")).isCloseTo(10 / 920.0, EXACT);
    assertThat(change("overlay_in_v4")).containsEntry("is_surge", "0");
    assertThat(change("v4_multicast")).containsEntry("is_surge", "0");
    assertThat(change("v4_native")).containsEntry("is_surge", "0");
  }

  private Map<String, @Nullable String> change(String trafficClass) throws Exception {
    return store.row(
        "SELECT fraction, fraction_week_before, change_bps, toUInt8(is_surge) AS is_surge FROM $db.def_class_change_v1(at = '%s') WHERE traffic_class = '%s'"
            .formatted(time(hour.plus(15, MINUTES)), trafficClass));
  }

  private void minutes(
      Instant bucket, int ipVersion, String trafficClass, long octets, long packets)
      throws Exception {
    store.execute(
        "INSERT INTO $db.link_traffic_1m VALUES ('%s', 'L1', 'a_to_b', %d, '%s', %d, %d, 1, 1, 1, 0)"
            .formatted(time(bucket), ipVersion, trafficClass, octets, packets));
  }

  /** L1: 300 from A to B, 100 back; L4, whose A is B: 50 from B to A. The pair: 300 to 150. */
  @Test
  @Computes("asymmetry")
  void directionsOfLinksAndPairsByMonth() throws Exception {
    store.publish(TinyNation.withParallelLink());
    Instant month =
        Instant.now()
            .atZone(ZoneId.of("Asia/Shanghai"))
            .truncatedTo(DAYS)
            .withDayOfMonth(1)
            .minusMonths(1)
            .toInstant();
    store.traffic(month.plus(2, DAYS), "L1", "a_to_b", "v4_native", 300, 0);
    store.traffic(month.plus(3, DAYS), "L1", "b_to_a", "v4_native", 100, 0);
    store.traffic(month.plus(3, DAYS), "L4", "a_to_b", "v4_native", 50, 0);

    String view =
        "SELECT octets_a_to_b, octets_b_to_a, asymmetry FROM $db.def_asymmetry_1mo_v1(%s) WHERE subject = '%s' AND member = '%s'";
    String period = period(month, month.plus(20, DAYS));
    assertThat(store.row(view.formatted(period, "link", "L1")))
        .containsEntry("octets_a_to_b", "300")
        .containsEntry("octets_b_to_a", "100");
    assertThat(number(store.row(view.formatted(period, "link", "L1")), "asymmetry"))
        .isCloseTo(3, EXACT);
    assertThat(store.row(view.formatted(period, "operator_pair", "A-B")))
        .containsEntry("octets_a_to_b", "300")
        .containsEntry("octets_b_to_a", "150");
    assertThat(number(store.row(view.formatted(period, "operator_pair", "A-B")), "asymmetry"))
        .isCloseTo(2, EXACT);
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
