package org.ipv6flow.benchmarks.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.ipv6flow.embedded.clickhouse.EmbeddedClickHouse;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.history.HistoryOptions;
import org.ipv6flow.simulator.history.SyntheticHistory;
import org.ipv6flow.standalone.process.ProcessCpu;
import org.ipv6flow.standalone.store.ClickHouseAddress;
import org.jspecify.annotations.Nullable;

/** Asks the store about its history and measures; {@code benchmarks/history/run-history}. */
public final class HistoryMain {

  private static final String DATABASE = "ipv6flow";
  private static final double RECORDS_PER_SECOND = 20_000;

  private final Connection connection;
  private final @Nullable EmbeddedClickHouse engine;
  private final int rounds;

  private HistoryMain(Connection connection, @Nullable EmbeddedClickHouse engine, int rounds) {
    this.connection = connection;
    this.engine = engine;
    this.rounds = rounds;
  }

  public static void main(String[] args) throws Exception {
    int days = 400;
    int rounds = 7;
    String url = "";
    boolean codecs = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--days" -> days = Integer.parseInt(args[++i]);
        case "--rounds" -> rounds = Integer.parseInt(args[++i]);
        case "--clickhouse" -> url = args[++i];
        case "--codecs" -> codecs = true;
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    if (!url.isEmpty()) {
      try (Connection connection = ClickHouseAddress.of(url).connect()) {
        new HistoryMain(connection, null, rounds).run(codecs);
      }
      return;
    }
    Path data = Files.createTempDirectory("ipv6flow-history-");
    try (EmbeddedClickHouse engine = EmbeddedClickHouse.builder().dataDir(data).start();
        Connection connection = DriverManager.getConnection(engine.jdbcUrl())) {
      fill(connection, days);
      new HistoryMain(connection, engine, rounds).run(codecs);
    }
  }

  private static void fill(Connection connection, int days) throws Exception {
    Inventory nation = InventoryLoader.load(Path.of("deploy/inventory/demo-nation"));
    new Migrator(connection, Map.of()).apply();
    InventoryTables.publish(connection, nation);
    SyntheticHistory.fill(
        connection,
        nation,
        HistoryOptions.of(Duration.ofDays(days), RECORDS_PER_SECOND, 1),
        Clock.systemUTC(),
        line -> {});
  }

  private void run(boolean codecs) throws SQLException {
    Instant first =
        Instant.parse(
            text(
                "SELECT formatDateTime(min(bucket), '%FT%TZ', 'UTC') FROM "
                    + DATABASE
                    + ".link_traffic_1d"));
    Instant last =
        Instant.parse(
            text(
                "SELECT formatDateTime(max(bucket), '%FT%TZ', 'UTC') FROM "
                    + DATABASE
                    + ".link_traffic_1d"));
    System.out.printf(Locale.ROOT, "history from %s until %s%n%n", first, last);
    System.out.printf("%-48s %8s %8s %8s  %s%n", "seconds", "least", "median", "cpu", "rows, hash");
    for (Question question : Question.over(first, last)) {
      ask(question.name(), question.hashed(DATABASE));
    }
    System.out.println();
    print(
        "SELECT table, sum(rows), round(sum(bytes_on_disk) / sum(rows), 1) FROM system.parts WHERE active AND database = '"
            + DATABASE
            + "' AND rows > 10000 GROUP BY table ORDER BY sum(bytes_on_disk) DESC",
        "table, rows, octets a row");
    if (codecs) {
      compare(last);
    }
  }

  private void compare(Instant last) throws SQLException {
    System.out.printf(
        "%n%-48s %8s %8s %8s  %s%n", "a month of link_traffic_5m", "least", "median", "cpu", "");
    String month =
        "bucket >= toDateTime(%1$d) AND bucket < toDateTime(%2$d)"
            .formatted(last.getEpochSecond() - 31 * 86_400L, last.getEpochSecond());
    for (Codecs way : Codecs.all()) {
      execute("DROP TABLE IF EXISTS " + DATABASE + ".codecs SYNC");
      execute(way.create(DATABASE));
      execute(
          "INSERT INTO %1$s.codecs SELECT bucket, link, direction, ip_version, toInt8(traffic_class), octets, packets, observed_octets, observed_packets, records, octets_variance FROM %1$s.link_traffic_5m FINAL WHERE %2$s"
              .formatted(DATABASE, month));
      execute("OPTIMIZE TABLE " + DATABASE + ".codecs FINAL");
      String size =
          text(
              "SELECT toString(round(sum(bytes_on_disk) / sum(rows), 2)) FROM system.parts WHERE active AND database = '"
                  + DATABASE
                  + "' AND table = 'codecs'");
      ask(
          way.name() + ": one link, " + size + " octets a row",
          "SELECT count(), sum(cityHash64(bucket, o, v)) FROM (SELECT bucket, sum(octets) AS o, sum(octets_variance) AS v FROM "
              + DATABASE
              + ".codecs WHERE link = 'DCP-BJ-CT-CU' GROUP BY bucket)");
      ask(
          way.name() + ": all links by class",
          "SELECT count(), sum(o) FROM (SELECT traffic_class, sum(octets) AS o, sum(octets_variance) FROM "
              + DATABASE
              + ".codecs GROUP BY traffic_class)");
    }
    execute("DROP TABLE " + DATABASE + ".codecs SYNC");
  }

  private void ask(String name, String sql) throws SQLException {
    String answer = answer(sql);
    double[] seconds = new double[rounds];
    double cpu = cpu();
    for (int i = 0; i < rounds; i++) {
      long began = System.nanoTime();
      if (!answer(sql).equals(answer)) {
        throw new IllegalStateException("another answer to the same question: " + name);
      }
      seconds[i] = (System.nanoTime() - began) / 1e9;
    }
    cpu = (cpu() - cpu) / rounds;
    Arrays.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "%-48s %8.3f %8.3f %8.3f  %s%n",
        name,
        seconds[0],
        seconds[rounds / 2],
        cpu,
        answer);
  }

  private double cpu() {
    return engine == null ? 0 : ProcessCpu.seconds(engine.pid());
  }

  private String answer(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1) + ", " + rows.getString(2);
    }
  }

  private String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void print(String sql, String heading) throws SQLException {
    System.out.println(heading);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        System.out.printf(
            "%-32s %14s %8s%n", rows.getString(1), rows.getString(2), rows.getString(3));
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
