package org.ipv6flow.launcher.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.ipv6flow.launcher.pipeline.Pipeline;
import org.ipv6flow.launcher.pipeline.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  private static final long DEFAULT_RATE = 500_000;

  @Spec private CommandSpec spec;

  @Mixin private final DemoNationOptions nation = new DemoNationOptions(DEFAULT_RATE);

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

  @Override
  public Integer call() throws Exception {
    nation.check();
    nation.requireAtLeast("--sockets", sockets, 1);
    nation.requireAtLeast("--parallelism", parallelism, 1);
    if (warmUp.compareTo(duration) >= 0) {
      throw new ParameterException(spec.commandLine(), "--warm-up must be shorter than --duration");
    }
    PipelineOptions options =
        new PipelineOptions(
            nation.recordsPerSecond(),
            duration,
            warmUp,
            sockets,
            parallelism,
            nation.seed(),
            nation.json(),
            nation.data(),
            nation.inventory());
    return new Pipeline(options, spec.commandLine().getOut()).run() ? 0 : 1;
  }
}
