package org.ipv6flow.jobs.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.ipv6flow.embedded.clickhouse.EmbeddedClickHouse;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.schema.traffic.UnattributedReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows of the stream job in ClickHouse: read back as written, and counted once whatever happens.
 */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // Set before each test.
class ClickHouseSinkIT {

  /** An hour ago, on the start of a minute: the tables drop what their retention is over for. */
  private static final long BUCKET = System.currentTimeMillis() / 60_000 * 60 - 3_600;

  private static final int ROWS = 1_000;
  private static final long CT_ROUTER = 0x0000_FFFF_7F12_0002L;

  private static final List<String> LEVELS =
      List.of(
          "link_traffic_10s",
          "link_traffic_1m",
          "link_traffic_5m",
          "link_traffic_1h",
          "link_traffic_1d");

  @TempDir Path data;
  private EmbeddedClickHouse clickHouse;

  @BeforeEach
  void start() throws Exception {
    clickHouse = EmbeddedClickHouse.builder().dataDir(data).start();
    try (Connection connection = DriverManager.getConnection(clickHouse.jdbcUrl())) {
      new Migrator(connection, Map.of()).apply();
    }
  }

  @AfterEach
  void stop() {
    clickHouse.close();
  }

  @Test
  void everyColumnOfLinkTrafficIsReadBackAsWritten() throws Exception {
    RowBinaryBuffer rows = new RowBinaryBuffer();
    rows.uint32(BUCKET);
    rows.string("DCP-北京-1".getBytes(StandardCharsets.UTF_8));
    rows.uint8(LinkDirection.B_TO_A.code());
    rows.uint8(6);
    rows.uint8(TrafficClass.V6_TRANSLATED.code());
    rows.uint64(-1);
    rows.uint64(2);
    rows.uint64(3);
    rows.uint64(4);
    rows.uint64(5);
    rows.float64(0.1);
    rows.endRow();

    commit(prepared(rows.take(ClickHouseTable.LINK_TRAFFIC)));

    assertThat(
            query(
                "SELECT toUnixTimestamp(bucket), link, direction, ip_version, traffic_class,"
                    + " octets, packets, observed_octets, observed_packets, records,"
                    + " octets_variance FROM ipv6flow.link_traffic_10s"))
        .containsExactly(
            List.of(
                String.valueOf(BUCKET),
                "DCP-北京-1",
                "b_to_a",
                "6",
                "v6_translated",
                "18446744073709551615",
                "2",
                "3",
                "4",
                "5",
                "0.1"));
  }

  @Test
  void everyColumnOfUnattributedIsReadBackAsWritten() throws Exception {
    RowBinaryBuffer rows = new RowBinaryBuffer();
    rows.uint32(BUCKET);
    rows.ipv6(0, CT_ROUTER);
    rows.uint32(0xFFFF_FFFFL);
    rows.uint32(77);
    rows.uint8(2);
    rows.uint8(UnattributedReason.SAMPLING_UNKNOWN.code());
    rows.uint8(4);
    for (long sum = 1; sum <= 5; sum++) {
      rows.uint64(sum);
    }
    rows.endRow();

    commit(prepared(rows.take(ClickHouseTable.UNATTRIBUTED)));

    assertThat(
            query(
                "SELECT toUnixTimestamp(bucket), toString(exporter), observation_domain,"
                    + " interface, meter, reason, ip_version, octets, packets, observed_octets,"
                    + " observed_packets, records FROM ipv6flow.unattributed_1m"))
        .containsExactly(
            List.of(
                String.valueOf(BUCKET),
                "::ffff:127.18.0.2",
                "4294967295",
                "77",
                "egress",
                "sampling_unknown",
                "4",
                "1",
                "2",
                "3",
                "4",
                "5"));
  }

  @Test
  void everyColumnOfExporterQualityAndDropsIsReadBackAsWritten() throws Exception {
    RowBinaryBuffer quality = new RowBinaryBuffer();
    quality.uint32(BUCKET);
    quality.ipv6(0, CT_ROUTER);
    quality.uint32(7);
    quality.string("collector-1".getBytes(StandardCharsets.UTF_8));
    quality.uint8(10);
    for (long counter = 1; counter <= 16; counter++) {
      quality.uint64(counter);
    }
    quality.uint32(17);
    quality.uint32(18);
    quality.uint64(-19);
    quality.uint64(BUCKET * 1000 + 123);
    quality.endRow();
    RowBinaryBuffer drops = new RowBinaryBuffer();
    drops.uint32(BUCKET);
    drops.ipv6(0, CT_ROUTER);
    drops.uint32(7);
    drops.string("collector-1".getBytes(StandardCharsets.UTF_8));
    drops.string("truncated".getBytes(StandardCharsets.UTF_8));
    drops.uint64(5);
    drops.endRow();

    commit(
        prepared(
            quality.take(ClickHouseTable.EXPORTER_QUALITY),
            drops.take(ClickHouseTable.EXPORTER_DROPS)));

    assertThat(
            query(
                "SELECT datagrams, datagram_octets, data_records, flow_records, options_records,"
                    + " octets, lost_records, lost_messages, duplicate_messages,"
                    + " reordered_messages, restarts, held_sets, held_sets_decoded,"
                    + " sampling_known_records, sampling_unknown_records, clock_suspect_records,"
                    + " templates, options_templates, clock_offset_millis,"
                    + " toUnixTimestamp64Milli(last_received), collector, protocol_version"
                    + " FROM ipv6flow.exporter_quality_10s"))
        .containsExactly(
            List.of(
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                "8",
                "9",
                "10",
                "11",
                "12",
                "13",
                "14",
                "15",
                "16",
                "17",
                "18",
                "-19",
                String.valueOf(BUCKET * 1000 + 123),
                "collector-1",
                "10"));
    assertThat(query("SELECT reason, dropped FROM ipv6flow.exporter_drops_10s"))
        .containsExactly(List.of("truncated", "5"));
  }

  @Test
  void anInsertThatIsCommittedAgainAfterARestartCountsOnceAtEveryLevel() throws Exception {
    Collection<InsertCommittable> checkpoint = prepared(traffic(1), traffic(2));
    InsertCommittableSerializer serializer = new InsertCommittableSerializer();
    List<InsertCommittable> restored = new ArrayList<>();
    for (InsertCommittable committable : checkpoint) {
      restored.add(serializer.deserialize(1, serializer.serialize(committable)));
    }

    commit(checkpoint);
    commit(restored);
    commit(restored);

    for (String level : LEVELS) {
      assertThat(totals(level)).as(level).containsExactly(String.valueOf(3 * ROWS), "2000");
    }
  }

  @Test
  void equalRowsOfTwoCheckpointsBothCount() throws Exception {
    commit(prepared(traffic(1)));
    commit(prepared(traffic(1)));

    for (String level : LEVELS) {
      assertThat(totals(level)).as(level).containsExactly(String.valueOf(2 * ROWS), "2000");
    }
  }

  @Test
  void whatIsCommittedWhileClickHouseIsDownIsThereOnceWhenItIsBack() throws Exception {
    Collection<InsertCommittable> first = prepared(traffic(1));
    commit(first);
    int port = clickHouse.port();
    URI url = URI.create(clickHouse.httpUrl());
    ProcessHandle.of(clickHouse.pid()).orElseThrow().destroyForcibly();
    clickHouse.onExit().join();

    CompletableFuture<Void> commit =
        CompletableFuture.runAsync(
            () -> {
              commit(url, first);
              commit(url, prepared(traffic(2)));
            });
    clickHouse = EmbeddedClickHouse.builder().dataDir(data).port(port).start();
    commit.join();

    for (String level : LEVELS) {
      assertThat(totals(level)).as(level).containsExactly(String.valueOf(3 * ROWS), "2000");
    }
  }

  /** Rows of one bucket with {@code octets} each, over 50 links. */
  private static RowBlock traffic(long octets) {
    RowBinaryBuffer rows = new RowBinaryBuffer();
    for (int i = 0; i < ROWS; i++) {
      rows.uint32(BUCKET + 10L * (i / 50));
      rows.string(("LINK-" + i % 50).getBytes(StandardCharsets.UTF_8));
      rows.uint8(LinkDirection.A_TO_B.code());
      rows.uint8(6);
      rows.uint8(TrafficClass.V6_NATIVE.code());
      rows.uint64(octets);
      rows.uint64(1);
      rows.uint64(1);
      rows.uint64(1);
      rows.uint64(1);
      rows.float64(0);
      rows.endRow();
    }
    return rows.take(ClickHouseTable.LINK_TRAFFIC);
  }

  private static Collection<InsertCommittable> prepared(RowBlock... blocks) {
    ClickHouseWriter writer = new ClickHouseWriter();
    for (RowBlock block : blocks) {
      writer.write(block, NO_CONTEXT);
    }
    return writer.prepareCommit();
  }

  private void commit(Collection<InsertCommittable> inserts) {
    commit(URI.create(clickHouse.httpUrl()), inserts);
  }

  private static void commit(URI url, Collection<InsertCommittable> inserts) {
    ClickHouseCommitter committer =
        new ClickHouseCommitter(
            new ClickHouseEndpoint(url, "ipv6flow", "default", ""), new UnregisteredMetricsGroup());
    List<CommitRequest<InsertCommittable>> requests = new ArrayList<>();
    inserts.forEach(insert -> requests.add(new Request(insert)));
    try {
      committer.commit(requests);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Octets and records of a level. */
  private List<String> totals(String table) throws SQLException {
    return query("SELECT sum(octets), sum(records) FROM ipv6flow." + table).get(0);
  }

  private List<List<String>> query(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(clickHouse.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.add(String.valueOf(result.getString(column)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static final SinkWriter.Context NO_CONTEXT =
      new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
          return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
          return null;
        }
      };

  private record Request(InsertCommittable insert) implements CommitRequest<InsertCommittable> {

    @Override
    public InsertCommittable getCommittable() {
      return insert;
    }

    @Override
    public int getNumberOfRetries() {
      return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
      throw new AssertionError("given up", reason);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable reason) {
      throw new AssertionError("given up", reason);
    }

    @Override
    public void retryLater() {
      throw new AssertionError("handed back");
    }

    @Override
    public void updateAndRetryLater(InsertCommittable committable) {
      throw new AssertionError("handed back");
    }

    @Override
    public void signalAlreadyCommitted() {}
  }
}
