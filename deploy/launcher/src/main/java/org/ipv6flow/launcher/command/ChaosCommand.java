package org.ipv6flow.launcher.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.ipv6flow.launcher.chaos.Chaos;
import org.ipv6flow.launcher.chaos.ChaosOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ipv6flow chaos}. */
@Command(
    name = "chaos",
    description =
        "Kills Kafka, ClickHouse, Flink's processes and the collector at random under load, and"
            + " accounts for every octet. The seed decides what is killed when, too. The exit"
            + " status is 0 only if the difference is 0.",
    mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {

  private static final long DEFAULT_RATE = 20_000;

  @Spec private CommandSpec spec;

  @Mixin private final DemoNationOptions nation = new DemoNationOptions(DEFAULT_RATE);

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "20",
      description = "how many processes to kill with SIGKILL (default: ${DEFAULT-VALUE})")
  private int kills;

  @Option(
      names = "--clickhouse-down",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "then take ClickHouse away so long, such as 10m (default: not at all)")
  private @Nullable Duration outage;

  @Override
  public Integer call() throws Exception {
    nation.check();
    nation.requireAtLeast("--kills", kills, 0);
    ChaosOptions options =
        new ChaosOptions(
            kills,
            outage == null ? Duration.ZERO : outage,
            nation.seed(),
            nation.recordsPerSecond(),
            nation.json(),
            nation.data(),
            nation.inventory());
    return new Chaos(options, spec.commandLine().getOut()).run() ? 0 : 1;
  }
}
