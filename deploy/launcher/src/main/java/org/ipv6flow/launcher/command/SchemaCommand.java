package org.ipv6flow.launcher.command;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.schema.clickhouse.AppliedMigration;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.clickhouse.MigrationException;
import org.ipv6flow.schema.clickhouse.MigrationStatus;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.standalone.store.ClickHouseAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ipv6flow schema}. */
@Command(
    name = "schema",
    description = "Brings ClickHouse's tables and views up to this release.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class SchemaCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "apply or status is missing");
  }

  @Command(
      name = "apply",
      description = "Applies the migrations that are missing, and publishes an inventory.",
      mixinStandardHelpOptions = true)
  int apply(
      @Option(
              names = "--clickhouse",
              paramLabel = "URL",
              defaultValue = "${env:CLICKHOUSE_URL}",
              description = "HTTP interface (default: $CLICKHOUSE_URL)")
          String url,
      @Option(
              names = "--inventory",
              paramLabel = "FILE|DIRECTORY",
              description = "inventory to publish (default: none)")
          @Nullable Path inventory,
      @Option(
              names = "--set",
              paramLabel = "NAME=VALUE",
              description = "schema variable: database, engine_prefix, on_cluster, time_zone")
          @Nullable Map<String, String> variables)
      throws Exception {
    ClickHouseAddress clickHouse = address(url);
    var loaded = inventory == null ? null : InventoryLoader.load(inventory);
    Map<String, String> overrides = variables == null ? Map.of() : new HashMap<>(variables);
    try (Connection connection = clickHouse.connect()) {
      List<AppliedMigration> applied = new Migrator(connection, overrides).apply();
      applied.forEach(
          migration ->
              spec.commandLine()
                  .getOut()
                  .printf("applied V%03d %s%n", migration.version(), migration.description()));
      if (applied.isEmpty()) {
        spec.commandLine().getOut().println("nothing to apply");
      }
      if (loaded != null) {
        boolean isNew =
            InventoryTables.publish(
                connection, overrides.getOrDefault("database", "ipv6flow"), loaded);
        spec.commandLine()
            .getOut()
            .printf(
                "inventory %s %s%n", loaded.version(), isNew ? "published" : "is already current");
      }
    } catch (SQLException | MigrationException e) {
      throw failure(clickHouse, e);
    }
    return ExitCode.OK;
  }

  @Command(
      name = "status",
      description = "Lists the migrations and whether they are applied.",
      mixinStandardHelpOptions = true)
  int status(
      @Option(
              names = "--clickhouse",
              paramLabel = "URL",
              defaultValue = "${env:CLICKHOUSE_URL}",
              description = "HTTP interface (default: $CLICKHOUSE_URL)")
          String url)
      throws Exception {
    ClickHouseAddress clickHouse = address(url);
    boolean upToDate = true;
    try (Connection connection = clickHouse.connect()) {
      for (MigrationStatus status : new Migrator(connection, Map.of()).status()) {
        upToDate &= status.state() == MigrationStatus.State.APPLIED;
        spec.commandLine()
            .getOut()
            .printf(
                "V%03d %-8s %s%n",
                status.version(),
                status.state().name().toLowerCase(java.util.Locale.ROOT),
                status.description());
      }
    } catch (SQLException | MigrationException e) {
      throw failure(clickHouse, e);
    }
    return upToDate ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static ClickHouseAddress address(@Nullable String url) throws UserError {
    if (url == null || url.isBlank() || url.startsWith("${env")) {
      throw new UserError("--clickhouse is missing (expected: such as http://127.0.0.1:8123)");
    }
    try {
      return ClickHouseAddress.of(url);
    } catch (IllegalArgumentException e) {
      throw new UserError("--clickhouse %s (expected: http://host:port)".formatted(url));
    }
  }

  private static UserError failure(ClickHouseAddress clickHouse, Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new UserError("ClickHouse at %s: %s".formatted(clickHouse, message));
  }
}
