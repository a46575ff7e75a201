package org.ipv6flow.console.ui;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ipv6flow.console.ConsoleServer;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.config.ConsoleConfig;
import org.ipv6flow.embedded.clickhouse.ChdbLibrary;
import org.ipv6flow.embedded.clickhouse.EmbeddedClickHouse;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.history.HistoryOptions;
import org.ipv6flow.simulator.history.SyntheticHistory;

/** The demo nation with a made-up past in a real engine, and a console in demo mode on it. */
final class DemoConsole implements AutoCloseable {

  /** The console's pages of trends want weeks; those of months want a month that has ended. */
  private static final int DAYS = Integer.getInteger("ipv6flow.browser.days", 45);

  private static final double RECORDS_PER_SECOND = 20_000;
  private static final Path NATION = Path.of("..", "..", "inventory", "demo-nation");

  private final String url;
  private final List<AutoCloseable> parts;

  private DemoConsole(String url, List<AutoCloseable> parts) {
    this.url = url;
    this.parts = parts;
  }

  /** Starts one, or takes the one at {@code -Dipv6flow.browser.url}, which must be in demo mode. */
  static DemoConsole start() throws Exception {
    String running = System.getProperty("ipv6flow.browser.url");
    if (running != null) {
      return new DemoConsole(running, List.of());
    }
    assumeTrue(
        ChdbLibrary.obstacle().isEmpty(),
        () -> "no ClickHouse engine here: " + ChdbLibrary.obstacle().orElse(""));
    Path directory = Files.createDirectories(Path.of("target", "engines"));
    EmbeddedClickHouse engine =
        EmbeddedClickHouse.builder().dataDir(Files.createTempDirectory(directory, "ui")).start();
    Connection connection = DriverManager.getConnection(engine.jdbcUrl());
    new Migrator(connection, Map.of()).apply();
    Inventory nation = InventoryLoader.load(NATION);
    InventoryTables.publish(connection, nation);
    SyntheticHistory.fill(
        connection,
        nation,
        HistoryOptions.of(Duration.ofDays(DAYS), RECORDS_PER_SECOND, 1),
        Clock.systemUTC(),
        line -> {});
    ConsoleServer server =
        new ConsoleServer(
            ConsoleConfig.demo(
                Integer.getInteger("ipv6flow.browser.port", 0),
                ClickHouseAccount.of(engine.httpUrl(), "ipv6flow"),
                null,
                Map.of()),
            "test");
    server.start();
    return new DemoConsole(server.url().replaceAll("/$", ""), List.of(server, connection, engine));
  }

  String url() {
    return url;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  /** For a look by hand: serves until the process is ended. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(start().url());
    Thread.currentThread().join();
  }
}
