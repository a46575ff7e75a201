package org.ipv6flow.launcher.command;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ipv6flow.launcher.demo.DemoHome;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.clickhouse.MigrationException;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.history.HistoryOptions;
import org.ipv6flow.simulator.history.SyntheticHistory;
import org.ipv6flow.standalone.store.ClickHouseAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ipv6flow simulate-history}. */
@Command(
    name = "simulate-history",
    description =
        "Fills a ClickHouse that holds no traffic with a made-up past of a nation, up to now, and"
            + " marks it as synthetic.",
    mixinStandardHelpOptions = true)
public final class SimulateHistoryCommand implements Callable<Integer> {

  private static final int MOST_DAYS = 3_650;

  @Spec private CommandSpec spec;

  @Option(
      names = "--clickhouse",
      paramLabel = "URL",
      defaultValue = "${env:CLICKHOUSE_URL}",
      converter = HttpUrls.class,
      description = "HTTP interface, http://user:password@host:port (default: $CLICKHOUSE_URL)")
  private @Nullable URI url;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "400",
      description =
          "by 5 minutes, of the last 8 by the minute, beyond 25 months by the hour (default:"
              + " ${DEFAULT-VALUE})")
  private int days;

  @Option(
      names = "--rate",
      paramLabel = "RECORDS_PER_SECOND",
      defaultValue = "20000",
      description =
          "that the exporters' sampling intervals are for, as in demo (default: ${DEFAULT-VALUE})")
  private long rate;

  @Option(
      names = "--inventory",
      paramLabel = "FILE|DIRECTORY",
      description = "another nation than the demo's")
  private @Nullable Path inventory;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "the same seed gives the same network (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() throws Exception {
    if (days < 1 || days > MOST_DAYS) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--days': %d (expected: 1 to %d)".formatted(days, MOST_DAYS));
    }
    if (url == null) {
      throw new ParameterException(
          spec.commandLine(), "--clickhouse is missing (expected: such as http://127.0.0.1:8123)");
    }
    Inventory nation = InventoryLoader.load(inventory == null ? DemoHome.nation() : inventory);
    ClickHouseAddress clickHouse = ClickHouseAddress.of(url.toString());
    EngineCheck.clickHouse(clickHouse.url());
    try (Connection connection = clickHouse.connect()) {
      new Migrator(connection, Map.of()).apply();
      InventoryTables.publish(connection, nation);
      SyntheticHistory.fill(
          connection,
          nation,
          HistoryOptions.of(Duration.ofDays(days), rate, seed),
          Clock.systemUTC(),
          this::say);
    } catch (SQLException | MigrationException e) {
      throw SchemaCommand.failure(clickHouse, e);
    } catch (IllegalStateException e) {
      throw new UserError("ClickHouse at %s: %s".formatted(clickHouse, e.getMessage()));
    }
    return ExitCode.OK;
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
