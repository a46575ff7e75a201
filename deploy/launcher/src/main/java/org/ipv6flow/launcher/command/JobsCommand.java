package org.ipv6flow.launcher.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.kafka.KafkaTopics;
import org.ipv6flow.jobs.clickhouse.ClickHouseEndpoint;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.jobs.config.KafkaConfig;
import org.ipv6flow.schema.clickhouse.MigrationException;
import org.ipv6flow.schema.clickhouse.MigrationStatus;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.standalone.flink.EmbeddedFlink;
import org.ipv6flow.standalone.flink.JobSubmission;
import org.ipv6flow.standalone.process.Supervised;
import org.ipv6flow.standalone.store.ClickHouseAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ipv6flow jobs}. */
@Command(
    name = "jobs",
    description = "Runs the stream job, on an existing Flink or on a local one.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class JobsCommand implements Runnable {

  /** As many as the collector asks for. */
  private static final int FLOW_PARTITIONS = 4;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "submit or local is missing");
  }

  @Command(
      name = "submit",
      description = "Submits the traffic job to an existing Flink.",
      mixinStandardHelpOptions = true)
  int submit(
      @Option(
              names = "--config",
              required = true,
              paramLabel = "FILE",
              description = "settings of the job, at a path that the job manager can read")
          Path config,
      @Option(
              names = "--flink",
              paramLabel = "URL",
              defaultValue = "${env:FLINK_REST_ADDRESS}",
              converter = HttpUrls.class,
              description = "Flink's REST address (default: $FLINK_REST_ADDRESS)")
          @Nullable URI flink)
      throws Exception {
    InventoryLoader.load(JobConfig.load(config).inventory());
    if (flink == null) {
      throw new ParameterException(
          spec.subcommands().get("submit"),
          "--flink is missing (expected: such as http://jobmanager:8081)");
    }
    EngineCheck.flink(flink.toString());
    try {
      spec.commandLine().getOut().println(JobSubmission.submit(flink.toString(), config));
    } catch (IOException e) {
      throw new UserError("Flink at %s: %s".formatted(flink, e.getMessage()));
    }
    return ExitCode.OK;
  }

  @Command(
      name = "local",
      description = "Runs the traffic job on a Flink of its own, until it is stopped.",
      mixinStandardHelpOptions = true)
  int local(
      @Option(
              names = "--config",
              required = true,
              paramLabel = "FILE",
              description = "settings of the job")
          Path config,
      @Option(
              names = "--rest-port",
              paramLabel = "PORT",
              defaultValue = "8082",
              description = "Flink's web interface and REST (default: ${DEFAULT-VALUE})")
          int restPort,
      @Option(
              names = "--metrics-port",
              paramLabel = "PORT",
              defaultValue = "9249",
              description = "Prometheus metrics (default: ${DEFAULT-VALUE})")
          int metricsPort)
      throws Exception {
    JobConfig settings = JobConfig.load(config);
    InventoryLoader.load(settings.inventory());
    URI checkpoints = URI.create(settings.checkpoint().directory());
    if (!"file".equals(checkpoints.getScheme())) {
      throw new UserError(
          "jobs.checkpoint.directory: %s (expected: a local path, for a local Flink)"
              .formatted(checkpoints));
    }
    requireFree("--rest-port", restPort);
    requireFree("--metrics-port", metricsPort);
    requireEngines(settings);
    Path state = Files.createDirectories(Path.of(checkpoints));
    Path logs = Files.createDirectories(state.resolveSibling("logs"));
    EmbeddedFlink.Place place =
        EmbeddedFlink.Place.of(config.toAbsolutePath(), state, logs, restPort, metricsPort);
    CommandLine command = spec.commandLine();
    Supervised<EmbeddedFlink> flink =
        new Supervised<>(
            "flink", () -> EmbeddedFlink.start(place), line -> command.getErr().println(line));
    flink.start();
    command.getOut().printf("flink: %s, logs in %s%n", place.restUrl(), logs);
    command.getOut().flush();
    Foreground.runUntilSignal(flink::stop);
    return ExitCode.OK;
  }

  /** The metrics would otherwise be missing without a word. */
  private static void requireFree(String option, int port) throws UserError {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UserError("%s %d: the port is in use".formatted(option, port));
    }
  }

  /** A job that cannot reach them would try again for ever, and only its log would say why. */
  private static void requireEngines(JobConfig settings) throws UserError, StartupException {
    KafkaConfig kafka = settings.kafka();
    KafkaTopics.ensure(
        new PublisherConfig(
            kafka.bootstrapServers(), "lz4", 0, 1, 1, 1, FLOW_PARTITIONS, kafka.properties()));
    ClickHouseEndpoint endpoint = settings.clickHouse();
    ClickHouseAddress clickHouse =
        new ClickHouseAddress(endpoint.url().toString(), endpoint.user(), endpoint.password());
    EngineCheck.clickHouse(clickHouse.url());
    try (Connection connection = clickHouse.connect()) {
      Map<String, String> variables = Map.of("database", endpoint.database());
      long missing =
          new Migrator(connection, variables)
              .status().stream()
                  .filter(migration -> migration.state() == MigrationStatus.State.PENDING)
                  .count();
      if (missing > 0) {
        throw new UserError(
            "ClickHouse at %s: %d migrations of database %s are missing (see: ipv6flow schema apply)"
                .formatted(clickHouse, missing, endpoint.database()));
      }
    } catch (SQLException | MigrationException e) {
      throw SchemaCommand.failure(clickHouse, e);
    }
  }
}
