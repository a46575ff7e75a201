package org.ipv6flow.launcher.command;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.standalone.flink.EmbeddedFlink;
import org.ipv6flow.standalone.flink.JobSubmission;
import org.ipv6flow.standalone.process.Supervised;
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
              description = "Flink's REST address (default: $FLINK_REST_ADDRESS)")
          String flink)
      throws Exception {
    InventoryLoader.load(JobConfig.load(config).inventory());
    if (flink == null || flink.isBlank() || flink.startsWith("${env")) {
      throw new UserError("--flink is missing (expected: such as http://jobmanager:8081)");
    }
    spec.commandLine().getOut().println(JobSubmission.submit(flink, config));
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
              defaultValue = "8082",
              description = "Flink's web interface and REST (default: ${DEFAULT-VALUE})")
          int restPort,
      @Option(
              names = "--metrics-port",
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
}
