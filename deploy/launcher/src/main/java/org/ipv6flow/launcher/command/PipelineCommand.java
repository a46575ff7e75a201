package org.ipv6flow.launcher.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ipv6flow.launcher.pipeline.Pipeline;
import org.ipv6flow.launcher.pipeline.PipelineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ipv6flow pipeline}. */
@Command(
    name = "pipeline",
    description =
        "Measures the whole path on this machine: records per second, CPU time by process, sizes"
            + " and freshness. The exit status is 0 only if nothing was lost.",
    mixinStandardHelpOptions = true)
public final class PipelineCommand implements Callable<Integer> {

  private static final String HOME = "ipv6flow.home";

  @Spec private CommandSpec spec;

  @Option(
      names = "--rate",
      paramLabel = "RECORDS_PER_SECOND",
      defaultValue = "500000",
      description = "flow records of all exporters together (default: ${DEFAULT-VALUE})")
  private long rate;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = Durations.class,
      description = "of the traffic (default: ${DEFAULT-VALUE})")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = Durations.class,
      description = "at the beginning, not measured (default: ${DEFAULT-VALUE})")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--sockets",
      paramLabel = "N",
      defaultValue = "1",
      description = "sockets and event loops of the collector (default: ${DEFAULT-VALUE})")
  private int sockets;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "of the job (default: ${DEFAULT-VALUE})")
  private int parallelism;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "the same seed gives the same network (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures there")
  private @Nullable Path json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keep the engines' data there (default: a temporary directory)")
  private @Nullable Path data;

  @Override
  public Integer call() throws Exception {
    if (rate < 1 || sockets < 1 || parallelism < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rate, --sockets and --parallelism must be 1 or more");
    }
    if (warmUp.compareTo(duration) >= 0) {
      throw new ParameterException(spec.commandLine(), "--warm-up must be shorter than --duration");
    }
    Path nation = Path.of(System.getProperty(HOME, "deploy"), "inventory", "demo-nation");
    PipelineOptions options =
        new PipelineOptions(rate, duration, warmUp, sockets, parallelism, seed, json, data, nation);
    PrintWriter out = spec.commandLine().getOut();
    return new Pipeline(options, out).run() ? 0 : 1;
  }
}
