package org.ipv6flow.standalone.schema;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ipv6flow.embedded.clickhouse.ChdbLibrary;
import org.ipv6flow.embedded.clickhouse.EmbeddedClickHouse;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.inventory.Inventory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An embedded engine for all test classes and a database for each: the class's name. {@code $db} in
 * a statement stands for it.
 */
final class TestStore implements BeforeAllCallback, ParameterResolver {

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private @Nullable Engine engine;
  private String database = "";

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeTrue(
        ChdbLibrary.obstacle().isEmpty(),
        () -> "no ClickHouse engine here: " + ChdbLibrary.obstacle().orElse(""));
    engine =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(TestStore.class))
            .getOrComputeIfAbsent("engine", key -> new Engine(), Engine.class);
    database = context.getRequiredTestClass().getSimpleName();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestStore.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return this;
  }

  String database() {
    return database;
  }

  Connection connection() {
    if (engine == null) {
      throw new IllegalStateException("no engine before the first test class");
    }
    return engine.connection;
  }

  Migrator migrator() throws Exception {
    return new Migrator(connection(), Map.of("database", database));
  }

  /** A database as a migration from nothing makes it, without the rows of an earlier test. */
  void recreate() throws Exception {
    execute("DROP DATABASE IF EXISTS $db SYNC");
    migrator().apply();
  }

  void publish(Inventory inventory) throws SQLException {
    org.ipv6flow.schema.clickhouse.InventoryTables.publish(connection(), database, inventory);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection().createStatement()) {
      statement.execute(sql.replace("$db", database));
    }
  }

  /** Rows of text by column name; null as it is. */
  List<Map<String, @Nullable String>> rows(String sql) throws SQLException {
    List<Map<String, @Nullable String>> rows = new ArrayList<>();
    try (Statement statement = connection().createStatement();
        ResultSet result = statement.executeQuery(sql.replace("$db", database))) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns; i++) {
          row.put(result.getMetaData().getColumnLabel(i), result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** The only row of an answer. */
  Map<String, @Nullable String> row(String sql) throws SQLException {
    List<Map<String, @Nullable String>> rows = rows(sql);
    if (rows.size() != 1) {
      throw new AssertionError("%d rows (expected: 1) from %s".formatted(rows.size(), sql));
    }
    return rows.get(0);
  }

  /** The only column of the only row. */
  String value(String sql) throws SQLException {
    return String.valueOf(row(sql).values().iterator().next());
  }

  /** Adds to link_traffic_10s; packets, records and what was observed follow from the octets. */
  void traffic(
      Instant bucket,
      String link,
      String direction,
      String trafficClass,
      long octets,
      double variance)
      throws SQLException {
    int ipVersion = trafficClass.startsWith("v4") || trafficClass.endsWith("_in_v4") ? 4 : 6;
    execute(
        """
        INSERT INTO $db.link_traffic_10s VALUES
        ('%s', '%s', '%s', %d, '%s', %d, %d, %d, %d, 1, %s)
        """
            .formatted(
                time(bucket),
                link,
                direction,
                ipVersion,
                trafficClass,
                octets,
                octets / 1000,
                octets / 1000,
                octets / 100_000,
                variance));
  }

  /** What an exporter said in each of some minutes: that it is there. */
  void reports(String exporter, Instant from, int minutes) throws SQLException {
    execute(
        """
        INSERT INTO $db.exporter_quality_10s (bucket, exporter, observation_domain, collector,
          protocol_version, datagrams)
        SELECT toDateTime('%s', 'UTC') + 60 * number, '::ffff:%s', 1, 'c1', 10, 1 FROM numbers(%d)
        """
            .formatted(time(from), exporter, minutes));
  }

  /** As a literal of a DateTime in UTC. */
  static String time(Instant instant) {
    return DATE_TIME.format(instant);
  }

  /** Arguments of a view: {@code from = …, until = …}. */
  static String period(Instant from, Instant until) {
    return "from = '%s', until = '%s'".formatted(time(from), time(until));
  }

  /** Closed by JUnit with the store it is in. */
  private static final class Engine implements AutoCloseable {

    private final EmbeddedClickHouse process;
    private final Connection connection;

    private Engine() {
      try {
        Path directory = Files.createDirectories(Path.of("target", "engines"));
        process =
            EmbeddedClickHouse.builder()
                .dataDir(Files.createTempDirectory(directory, "schema"))
                .start();
        connection = DriverManager.getConnection(process.jdbcUrl());
      } catch (java.io.IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
      process.close();
    }
  }
}
