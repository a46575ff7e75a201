package org.ipv6flow.launcher.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ipv6flow.launcher.chaos.Chaos;
import org.ipv6flow.launcher.chaos.ChaosOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ipv6flow chaos}. */
@Command(
    name = "chaos",
    description =
        "Kills Kafka, ClickHouse, Flink's processes and the collector at random under load, and"
            + " accounts for every octet. The exit status is 0 only if the difference is 0.",
    mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {

  private static final String HOME = "ipv6flow.home";

  @Spec private CommandSpec spec;

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

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "decides what is killed when, and the traffic (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--rate",
      paramLabel = "RECORDS_PER_SECOND",
      defaultValue = "20000",
      description = "flow records of all exporters together (default: ${DEFAULT-VALUE})")
  private long rate;

  @Option(names = "--json", paramLabel = "FILE", description = "write the outcome there")
  private @Nullable Path json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keep the engines' data there (default: a temporary directory)")
  private @Nullable Path data;

  @Override
  public Integer call() throws Exception {
    requireAtLeast("--kills", kills, 0);
    requireAtLeast("--rate", rate, 1);
    Path nation = Path.of(System.getProperty(HOME, "deploy"), "inventory", "demo-nation");
    PrintWriter out = spec.commandLine().getOut();
    Duration down = outage == null ? Duration.ZERO : outage;
    ChaosOptions options = new ChaosOptions(kills, down, seed, rate, json, data, nation);
    return new Chaos(options, out).run() ? 0 : 1;
  }

  private void requireAtLeast(String option, long value, long least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '%s': %d (expected: %d or more)"
              .formatted(option, value, least));
    }
  }
}
