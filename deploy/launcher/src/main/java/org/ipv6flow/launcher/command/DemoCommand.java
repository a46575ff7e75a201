package org.ipv6flow.launcher.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.ipv6flow.launcher.demo.Demo;
import org.ipv6flow.launcher.demo.DemoOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ipv6flow demo}. */
@Command(
    name = "demo",
    description =
        "Runs everything on this machine under synthetic traffic of a demo nation, and compares what"
            + " was stored with the truth.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  private static final long DEFAULT_RATE = 20_000;

  @Spec private CommandSpec spec;

  @Mixin private final DemoNationOptions nation = new DemoNationOptions(DEFAULT_RATE);

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "90s",
      converter = Durations.class,
      description = "of the traffic (default: ${DEFAULT-VALUE})")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--history",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "of made-up traffic to fill the store with before the demo nation begins to export, such"
              + " as 40d (default: none)")
  private @Nullable Duration history;

  @Override
  public Integer call() throws Exception {
    nation.check();
    DemoOptions options =
        new DemoOptions(
            duration,
            nation.recordsPerSecond(),
            nation.json(),
            nation.data(),
            nation.inventory(),
            nation.seed(),
            history);
    return new Demo(options, spec.commandLine().getOut()).run() ? 0 : 1;
  }
}
