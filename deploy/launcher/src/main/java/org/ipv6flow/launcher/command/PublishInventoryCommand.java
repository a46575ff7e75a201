package org.ipv6flow.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.ipv6flow.jobs.clickhouse.ClickHouseEndpoint;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.jobs.source.InventoryTopic;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.standalone.store.ClickHouseAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ipv6flow publish-inventory}. */
@Command(
    name = "publish-inventory",
    description = {
      "Publishes an inventory to running jobs, which attribute by it at once, without a restart,"
          + " for the time from its effective-from on; and to the store's views."
    },
    mixinStandardHelpOptions = true)
public final class PublishInventoryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", description = "file or directory of the inventory")
  private Path path = Path.of("");

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "settings of the job")
  private Path config = Path.of("");

  @Override
  public Integer call() throws UserError, InvalidConfigException, InterruptedException {
    JobConfig settings = JobConfig.load(config);
    Inventory inventory = InventoryLoader.load(path);
    ClickHouseEndpoint endpoint = settings.clickHouse();
    ClickHouseAddress clickHouse =
        new ClickHouseAddress(endpoint.url().toString(), endpoint.user(), endpoint.password());
    boolean isNew;
    try (Connection connection = clickHouse.connect()) {
      isNew = new InventoryTopic(settings.kafka()).publish(inventory);
      InventoryTables.publish(connection, endpoint.database(), inventory);
    } catch (IOException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      throw SchemaCommand.failure(clickHouse, e);
    }
    String what =
        isNew ? "holds from %s on".formatted(inventory.effectiveFrom()) : "is published already";
    spec.commandLine().getOut().printf("inventory %s %s%n", inventory.version(), what);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
