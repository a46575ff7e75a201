package org.ipv6flow.launcher.command;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ipv6flow.schema.clickhouse.AppliedMigration;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.clickhouse.MigrationException;
import org.ipv6flow.schema.clickhouse.MigrationStatus;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.clickhouse.ServerAccess;
import org.ipv6flow.schema.inventory.Inventory;
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
              converter = HttpUrls.class,
              description =
                  "HTTP interface, http://user:password@host:port (default: $CLICKHOUSE_URL)")
          @Nullable URI url,
      @Option(
              names = "--inventory",
              paramLabel = "FILE|DIRECTORY",
              description = "inventory to publish (default: none)")
          @Nullable Path inventory,
      @Option(
              names = "--set",
              paramLabel = "NAME=VALUE",
              description =
                  "schema variable: database, cluster (or engine_prefix and on_cluster), time_zone;"
                      + " with --server-only api_password_sha256, too")
          @Nullable Map<String, String> variables,
      @Option(
              names = "--server-only",
              description =
                  "instead of migrations: roles, row policies, quotas and API accounts, which the"
                      + " embedded engine does not have")
          boolean serverOnly)
      throws Exception {
    if (serverOnly) {
      return applyAccess(address(url, "apply"), variables == null ? Map.of() : variables);
    }
    Inventory loaded = inventory == null ? null : InventoryLoader.load(inventory);
    ClickHouseAddress clickHouse = address(url, "apply");
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

  private int applyAccess(ClickHouseAddress clickHouse, Map<String, String> variables)
      throws UserError {
    try (Connection connection = clickHouse.connect()) {
      int operators = new ServerAccess(variables).apply(connection);
      spec.commandLine()
          .getOut()
          .printf("applied roles, policies and quotas, with those of %d operators%n", operators);
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
              converter = HttpUrls.class,
              description =
                  "HTTP interface, http://user:password@host:port (default: $CLICKHOUSE_URL)")
          @Nullable URI url,
      @Option(
              names = "--set",
              paramLabel = "NAME=VALUE",
              description = "schema variable, as it was applied with")
          @Nullable Map<String, String> variables)
      throws Exception {
    ClickHouseAddress clickHouse = address(url, "status");
    Map<String, String> overrides = variables == null ? Map.of() : new HashMap<>(variables);
    boolean upToDate = true;
    try (Connection connection = clickHouse.connect()) {
      for (MigrationStatus status : new Migrator(connection, overrides).status()) {
        upToDate &= status.state() == MigrationStatus.State.APPLIED;
        spec.commandLine()
            .getOut()
            .printf(
                "V%03d %-8s %s%n",
                status.version(),
                status.state().name().toLowerCase(Locale.ROOT),
                status.description());
      }
    } catch (SQLException | MigrationException e) {
      throw failure(clickHouse, e);
    }
    return upToDate ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private ClickHouseAddress address(@Nullable URI url, String subcommand) throws UserError {
    if (url == null) {
      throw new ParameterException(
          spec.subcommands().get(subcommand),
          "--clickhouse is missing (expected: such as http://127.0.0.1:8123)");
    }
    ClickHouseAddress clickHouse = ClickHouseAddress.of(url.toString());
    EngineCheck.clickHouse(clickHouse.url());
    return clickHouse;
  }

  static UserError failure(ClickHouseAddress clickHouse, Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new UserError("ClickHouse at %s: %s".formatted(clickHouse, message));
  }
}
