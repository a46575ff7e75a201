package org.ipv6flow.console.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.clickhouse.ClickHouseClient;
import org.ipv6flow.console.clickhouse.QueryLimits;
import org.ipv6flow.embedded.clickhouse.ChdbLibrary;
import org.ipv6flow.embedded.clickhouse.EmbeddedClickHouse;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.clickhouse.Migrator;

/** A real engine with the schema and the small nation, and ways to put traffic into it. */
public final class StoreForTests implements AutoCloseable {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final EmbeddedClickHouse engine;
  private final Connection connection;

  public StoreForTests(Path directory) throws Exception {
    assumeTrue(
        ChdbLibrary.obstacle().isEmpty(),
        () -> "no ClickHouse engine here: " + ChdbLibrary.obstacle().orElse(""));
    engine = EmbeddedClickHouse.builder().dataDir(directory).start();
    connection = DriverManager.getConnection(engine.jdbcUrl());
    new Migrator(connection, Map.of()).apply();
    InventoryTables.publish(connection, "ipv6flow", SmallNation.inventory());
  }

  public ClickHouseAccount account() {
    return new ClickHouseAccount(URI.create(engine.httpUrl()), "default", "", "ipv6flow");
  }

  public ClickHouseClient client() {
    return new ClickHouseClient(
        account(), new QueryLimits(Duration.ofMinutes(2), 100_000, 2L << 30, 2));
  }

  /** No traffic, no status, no alerts; the inventory stays. */
  public void clear() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet names =
            statement.executeQuery(
                """
                SELECT name FROM system.tables
                WHERE database = 'ipv6flow' AND engine LIKE '%MergeTree'
                  AND (name LIKE 'link_t%' OR name LIKE 'exporter_%' OR name LIKE 'unattr%'
                    OR name LIKE 'alert_%')
                """)) {
      while (names.next()) {
        tables.add(names.getString(1));
      }
    }
    for (String table : tables) {
      execute("TRUNCATE TABLE ipv6flow." + table);
    }
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public String value(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  /** Octets of one bucket of a link, from A to B; a packet in {@code interval} was seen. */
  public void traffic(
      Instant bucket, String link, String trafficClass, double octets, double interval)
      throws SQLException {
    int version = trafficClass.startsWith("v6") || trafficClass.endsWith("_v6") ? 6 : 4;
    long packets = Math.max(1, Math.round(octets / 1000));
    execute(
        """
        INSERT INTO ipv6flow.link_traffic_10s VALUES
        ('%s', '%s', 'a_to_b', %d, '%s', %d, %d, %d, %d, 1, 0)
        """
            .formatted(
                TIME.format(bucket),
                link,
                version,
                trafficClass,
                Math.round(octets),
                packets,
                Math.round(octets / interval),
                Math.max(1, Math.round(packets / interval))));
  }

  /** Load of five minutes, as a fraction of the capacity. */
  public void load(Instant bucket, String link, String trafficClass, double utilisation)
      throws SQLException {
    traffic(bucket, link, trafficClass, utilisation * SmallNation.CAPACITY_BPS / 8 * 300, 1000);
  }

  /**
   * An exporter's minutes: records, and what was wrong with them. None is called a flow record,
   * since flows are put in apart, and the watermark would wait for those of this exporter.
   */
  public void status(String exporter, Instant from, int minutes, int lost, int withoutSampling)
      throws SQLException {
    execute(
        """
        INSERT INTO ipv6flow.exporter_quality_10s (bucket, exporter, observation_domain, collector,
          protocol_version, datagrams, data_records, flow_records, lost_records,
          sampling_known_records, sampling_unknown_records, last_received)
        SELECT toDateTime('%s', 'UTC') + 60 * number AS minute, '::ffff:%s', 1, 'c1', 10, 10, 100, 0,
          %d, 100, %d, minute + 60
        FROM numbers(%d)
        """
            .formatted(TIME.format(from), exporter, lost, withoutSampling, minutes));
  }

  public void unattributed(Instant bucket, String exporter, String reason, int version, long octets)
      throws SQLException {
    execute(
        """
        INSERT INTO ipv6flow.unattributed_1m VALUES
        ('%s', '::ffff:%s', 1, 7, 'ingress', '%s', %d, %d, 1000, 1000, 1000, 10)
        """
            .formatted(TIME.format(bucket), exporter, reason, version, octets));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    engine.close();
  }
}
