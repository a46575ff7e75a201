package org.ipv6flow.jobs.clickhouse;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.ipv6flow.embedded.clickhouse.EmbeddedClickHouse;
import org.ipv6flow.jobs.active.PseudonymKey;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaTable;
import org.ipv6flow.jobs.aggregate.FlowAggregator;
import org.ipv6flow.jobs.aggregate.Outputs;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.flows.FlowSampling;
import org.ipv6flow.jobs.network.NetworkHistory;
import org.ipv6flow.jobs.rows.HeldRows;
import org.ipv6flow.jobs.rows.KeyColumns;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.rows.RowSums;
import org.ipv6flow.jobs.rows.RowWriter;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the job tells apart further, on the real engine: its totals are those of link traffic, and
 * the views over it say what is true. Made by the job's own code from flow records of the demo
 * nation, and inserted twice under the same tokens.
 */
@Timeout(180)
@SuppressWarnings("NullAway.Init") // Set before all tests.
class DetailedTrafficIT {

  private static final int RECORDS = 40_000;
  private static final int PREFIXES = 3_000;
  private static final int ONE_IN = 20;
  private static final long IPV4_MAPPED = 0x0000_FFFF_0000_0000L;

  /** Two hours ago, on the start of an hour. */
  private static final long HOUR = System.currentTimeMillis() / 3_600_000 * 3_600_000 - 7_200_000;

  @TempDir static Path data;
  private static EmbeddedClickHouse clickHouse;
  private static Connection connection;

  @BeforeAll
  static void fill() throws Exception {
    clickHouse = EmbeddedClickHouse.builder().dataDir(data).start();
    connection = DriverManager.getConnection(clickHouse.jdbcUrl());
    new Migrator(connection, Map.of()).apply();
    Inventory inventory = InventoryLoader.load(Path.of("../inventory/demo-nation"));
    InventoryTables.publish(connection, inventory);
    Names names = new Names();
    FlowAggregator aggregator =
        new FlowAggregator(
            new NetworkHistory(List.of(inventory), names),
            new TimeLimits(60_000, 72 * 3_600_000L),
            new Outputs(
                3,
                true,
                true,
                new FlowSampling(ONE_IN, 24, 48),
                PseudonymKey.of("of this test only")),
            names);
    FlowColumns batch = new FlowColumns(RECORDS);
    records(batch);
    aggregator.add(batch);

    ClickHouseWriter writer = new ClickHouseWriter();
    RowWriter rows = new RowWriter();
    Map<ClickHouseTable, RowSums> open = new EnumMap<>(ClickHouseTable.class);
    HeldRows held = new HeldRows(3);
    KeyColumns keys = new KeyColumns(names);
    Delta delta = new Delta();
    RowDelta row = new RowDelta();
    for (DeltaTable table : aggregator.tables()) {
      for (int at = table.next(0, delta); at >= 0; at = table.next(at, delta)) {
        keys.write(delta, row);
        if (HeldRows.holds(row.table)) {
          held.add(row, 0);
        } else {
          open.computeIfAbsent(row.table, RowSums::new).add(row);
        }
      }
    }
    open.values().forEach(sums -> rows.write(sums, block -> writer.write(block, NO_CONTEXT)));
    held.takeAll(sums -> rows.write(sums, block -> writer.write(block, NO_CONTEXT)));
    writer.write(aggregator.flowSamples().take(), NO_CONTEXT);
    writer.write(requireNonNull(aggregator.activePrefixes()).take(), NO_CONTEXT);
    InsertClient client =
        new InsertClient(
            new ClickHouseEndpoint(URI.create(clickHouse.httpUrl()), "ipv6flow", "default", ""));
    for (InsertCommittable insert : writer.prepareCommit()) {
      client.insert(insert);
      client.insert(insert);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    clickHouse.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "as_traffic_1m",
        "as_traffic_1h",
        "service_traffic_5m",
        "service_traffic_1h",
        "organisation_traffic_5m WHERE side = 'source'",
        "organisation_traffic_5m WHERE side = 'destination'",
        "organisation_traffic_1h WHERE side = 'source'",
        "organisation_traffic_1d WHERE side = 'destination'"
      })
  void theTotalsAreThoseOfLinkTrafficByLinkDirectionAndIpVersion(String table) throws Exception {
    String sums =
        "SELECT toString(groupArray((link, direction, ip_version, o, p, oo, op, r))) FROM (SELECT"
            + " toString(link) AS link, toString(direction) AS direction, ip_version,"
            + " sum(octets) AS o, sum(packets) AS p, sum(observed_octets) AS oo,"
            + " sum(observed_packets) AS op, sum(records) AS r FROM ipv6flow.%s"
            + " GROUP BY link, direction, ip_version ORDER BY link, direction, ip_version)";

    String expected = text(sums.formatted("link_traffic_1m"));
    assertThat(expected).contains("DCP-BJ-CT-CU").hasSizeGreaterThan(200);
    assertThat(text(sums.formatted(table))).isEqualTo(expected);
  }

  @Test
  void anAsMinuteHasTheLargestPairsAndOneMore() throws Exception {
    assertThat(
            number(
                "SELECT max(c) FROM (SELECT count() AS c FROM ipv6flow.as_traffic_1m FINAL"
                    + " GROUP BY link, direction, ip_version, bucket)"))
        .isEqualTo(4);
    assertThat(
            number(
                "SELECT count() FROM ipv6flow.as_traffic_1m"
                    + " WHERE source_as = 4294967295 AND destination_as = 4294967295"))
        .isPositive();
  }

  @Test
  void flowSamplesAreTruncatedAndStandForTheWhole() throws Exception {
    assertThat(
            number(
                "SELECT count() FROM ipv6flow.flow_samples WHERE ip_version = 6 AND"
                    + " bitAnd(reinterpretAsUInt128(reverse(reinterpretAsString(source_prefix))),"
                    + " toUInt128(1208925819614629174706175)) != 0"))
        .isZero();
    double records = number("SELECT sum(records) FROM ipv6flow.link_traffic_1m");
    double standing = number("SELECT sum(one_in) FROM ipv6flow.flow_samples");
    // Five standard deviations.
    assertThat(standing).isCloseTo(records, within(5 * Math.sqrt(records * ONE_IN)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1h", "1d", "1mon"})
  void activePrefixesAreCountedAtEveryLevel(String level) throws Exception {
    double counted =
        number(
            "SELECT sum(prefixes) FROM ipv6flow.active_prefix_counts_%s WHERE unit = 'v6_64'"
                .formatted(level));

    // Standard error 1.6 %; linear counting has less.
    assertThat(counted).isCloseTo(PREFIXES, within(0.07 * PREFIXES));
  }

  /**
   * Both routers of DCP-BJ-CT-CU count one direction; what the core hands over is a cross-check.
   */
  @Test
  void bothEndsOfALinkAreCompared() throws Exception {
    String view =
        "ipv6flow.two_ended_disagreement(from = '%s', until = '%s', step = 3600)"
            .formatted(text("SELECT toDateTime(%d, 'UTC')".formatted(HOUR / 1000)), later());

    assertThat(number("SELECT count() FROM " + view)).isPositive();
    assertThat(number("SELECT count() FROM " + view + " WHERE meter != 'core'")).isZero();
    assertThat(number("SELECT countIf(octets_counted = 0) FROM " + view)).isZero();
    assertThat(number("SELECT max(disagreement) FROM " + view)).isBetween(0.0, 1.0);
  }

  @Test
  void withoutLossNothingIsCorrected() throws Exception {
    String view =
        "ipv6flow.link_traffic_loss_corrected(from = '%s', until = '%s')"
            .formatted(text("SELECT toDateTime(%d, 'UTC')".formatted(HOUR / 1000)), later());

    assertThat(number("SELECT countIf(is_corrected) FROM " + view)).isZero();
    assertThat(number("SELECT sum(octets_corrected) FROM " + view))
        .isEqualTo(number("SELECT sum(octets) FROM ipv6flow.link_traffic_1m"));
  }

  private static final SinkWriter.Context NO_CONTEXT =
      new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
          return 0;
        }

        @Override
        public Long timestamp() {
          return 0L;
        }
      };

  private static String later() throws Exception {
    return text("SELECT toDateTime(%d, 'UTC')".formatted(HOUR / 1000 + 7_200));
  }

  private static void records(FlowColumns batch) {
    Random random = new Random(5);
    int sampling = batch.samplingIndex(1_000, (byte) 1);
    long[] highs = new long[PREFIXES];
    for (int i = 0; i < PREFIXES; i++) {
      highs[i] = 0x240E_0000_0000_0000L | (long) random.nextInt(1 << 14) << 32 | i << 8;
    }
    batch.recordCount = RECORDS;
    for (int i = 0; i < RECORDS; i++) {
      boolean isIpv6 = i % 2 == 0;
      batch.ipVersion[i] = (byte) (isIpv6 ? 6 : 4);
      batch.sourceAddressHigh[i] = isIpv6 ? highs[i / 2 % PREFIXES] : 0;
      batch.sourceAddressLow[i] =
          isIpv6 ? random.nextLong() : IPV4_MAPPED | 0x3A20_0000L + random.nextInt(1 << 21);
      batch.destinationAddressHigh[i] = isIpv6 ? 0x2408_8000_0000_0000L + random.nextInt() : 0;
      batch.destinationAddressLow[i] =
          isIpv6 ? random.nextLong() : IPV4_MAPPED | 0x3C00_0000L + random.nextInt(1 << 21);
      batch.sourceAs[i] = random.nextInt(10);
      batch.destinationAs[i] = 4_538;
      batch.protocol[i] = (byte) (random.nextBoolean() ? 6 : 17);
      batch.sourcePort[i] = 30_000 + random.nextInt(30_000);
      batch.destinationPort[i] = random.nextInt(1_000);
      batch.octets[i] = random.nextInt(100_000);
      batch.packets[i] = 1 + random.nextInt(100);
      batch.firstSwitchedMillis[i] = HOUR + random.nextInt(3_000_000);
      batch.lastSwitchedMillis[i] = batch.firstSwitchedMillis[i] + random.nextInt(60_000);
      batch.samplingIndex[i] = (byte) sampling;
      boolean isFromCore = i % 10 == 9;
      batch.ingressInterface[i] = isFromCore ? 2001 : 1001;
      batch.egressInterface[i] = isFromCore ? 1001 : 2001;
    }
    // 127.18.0.2 and .3: the two ends of DCP-BJ-CT-CU.
    for (int half = 0; half < 2; half++) {
      batch.addMessage(
          batch.sourceIndex(0, IPV4_MAPPED | 0x7F12_0002L + half, 0),
          RECORDS / 2,
          half + 1,
          HOUR + 3_600_000,
          HOUR + 3_600_000);
    }
  }

  private static double number(String sql) throws Exception {
    return Double.parseDouble(text(sql));
  }

  private static String text(String sql) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }
}
