package org.ipv6flow.standalone.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.simulator.history.HistoryOptions;
import org.ipv6flow.simulator.history.SyntheticHistory;
import org.ipv6flow.simulator.traffic.LinkMeter;
import org.ipv6flow.simulator.traffic.MeteredRouter;
import org.ipv6flow.simulator.traffic.NationalNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** 35 days of the demo nation by five minutes, two hours by the minute, one by ten seconds. */
@ExtendWith(TestStore.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SyntheticHistoryIT {

  private static final HistoryOptions OPTIONS =
      HistoryOptions.of(Duration.ofDays(35), 20_000, 1).withMinutes(Duration.ofHours(2));

  private final TestStore store;
  private final Instant end = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 60 * 60);
  private boolean filled;

  SyntheticHistoryIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void fillOnce() throws Exception {
    if (!filled) {
      store.recreate();
      store.publish(nation());
      fill(OPTIONS.withDatabase(store.database()));
      filled = true;
    }
  }

  private void fill(HistoryOptions options) throws Exception {
    SyntheticHistory.fill(
        store.connection(), nation(), options, InstantSource.fixed(end), line -> {});
  }

  private static Inventory nation() throws Exception {
    return InventoryLoader.load(Path.of("../inventory/demo-nation"));
  }

  @Test
  void totalsAreEqualAtEveryLevel() throws Exception {
    String sums = "SELECT sum(octets), sum(packets) FROM $db.%s";

    for (String level : List.of("link_traffic_1h", "link_traffic_5m", "link_totals_5m")) {
      assertThat(store.row(sums.formatted(level)).values())
          .as(level)
          .containsExactlyElementsOf(store.row(sums.formatted("link_traffic_1d")).values());
    }
  }

  @Test
  void detailAddsUpToLinkTraffic() throws Exception {
    String hours = " FROM $db.%s WHERE bucket >= now() - 86400 AND bucket < now() - 43200";
    String octets = "SELECT sum(octets)" + hours;
    String links = store.value(octets.formatted("link_traffic_1h"));

    assertThat(store.value(octets.formatted("as_traffic_1h"))).isEqualTo(links);
    assertThat(store.value(octets.formatted("service_traffic_1h"))).isEqualTo(links);
    for (String side : List.of("source", "destination")) {
      assertThat(
              store.value(
                  octets.formatted("organisation_traffic_1h") + " AND side = '" + side + "'"))
          .as(side)
          .isEqualTo(links);
    }
  }

  /** What the simulator carries in the last minute, its stratum's own 2 % of variation averaged. */
  @Test
  void endsWhereTheSimulatorBegins() throws Exception {
    long from = end.getEpochSecond() - 60;
    NationalNetwork network = new NationalNetwork(nation(), 1, end.toEpochMilli());
    long[] octets = new long[2];
    for (MeteredRouter router : network.routers(20_000, end.toEpochMilli() + 60_000)) {
      for (LinkMeter meter : router.meters()) {
        for (long bucket = from; bucket < end.getEpochSecond(); bucket += 10) {
          meter.open(bucket * 1_000, (bucket + 10) * 1_000);
          meter.close(
              (bucket + 10) * 1_000,
              record -> {},
              (link, direction, trafficClass, at, carried, packets) ->
                  octets[trafficClass.code() < TrafficClass.V6_NATIVE.code() ? 0 : 1] += carried);
        }
      }
    }
    Map<String, @Nullable String> stored =
        store.row(
            "SELECT sumIf(octets, ip_version = 4) AS v4, sumIf(octets, ip_version = 6) AS v6 FROM $db.link_traffic_10s WHERE bucket >= toDateTime(%d)"
                .formatted(from));

    assertThat(number(stored, "v4")).isCloseTo((double) octets[0], withinPercentage(1));
    assertThat(number(stored, "v6")).isCloseTo((double) octets[1], withinPercentage(1));
  }

  /** What went wrong in it shows: IPv6 lost on a link, an exporter not heard, messages lost. */
  @Test
  void hasIncidents() throws Exception {
    assertThat(
            store.rows(
                """
                SELECT link FROM $db.link_traffic_1h
                WHERE bucket >= toStartOfHour(toDateTime(%d)) - 10 * 86400
                GROUP BY link, direction, bucket
                HAVING sumIf(octets, ip_version = 6) > 0
                    AND sumIf(octets, ip_version = 6) < 0.03 * sum(octets)"""
                    .formatted(end.getEpochSecond())))
        .isNotEmpty();
    assertThat(
            Double.parseDouble(
                store.value(
                    "SELECT coverage FROM $db.def_ipv6_share_v1(%s) WHERE dimension = 'all' AND direction = 'both'"
                        .formatted(TestStore.period(end.minus(Duration.ofDays(7)), end)))))
        .isGreaterThan(0.99)
        .isLessThan(1);
    assertThat(
            store.value(
                "SELECT sum(lost_records) + sum(lost_messages) > 100 FROM $db.exporter_quality_1d"))
        .isIn("1", "true");
  }

  /** The same inventory, seed and time are the same past. */
  @Test
  void isTheSameEveryTime() throws Exception {
    List<String> hashes = new ArrayList<>();
    for (String database : List.of("SyntheticHistoryOnce", "SyntheticHistoryAgain")) {
      new Migrator(store.connection(), Map.of("database", database)).apply();
      fill(
          HistoryOptions.of(Duration.ofDays(1), 20_000, 1)
              .withMinutes(Duration.ofHours(2))
              .withDatabase(database));
      hashes.add(
          store.value(
              "SELECT sum(cityHash64(bucket, link, direction, ip_version, traffic_class, octets)) FROM "
                  + database
                  + ".link_traffic_1h FINAL"));
    }

    assertThat(hashes.get(0)).isEqualTo(hashes.get(1));
  }

  @Test
  void isMarkedAndNotFilledTwice() throws Exception {
    assertThat(store.value("SELECT toUnixTimestamp(max(until)) FROM $db.synthetic_history"))
        .isEqualTo(Long.toString(end.getEpochSecond()));
    assertThatThrownBy(() -> fill(OPTIONS.withDatabase(store.database())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the store holds traffic since");
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
