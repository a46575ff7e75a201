package org.ipv6flow.launcher.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ipv6flow.launcher.demo.Demo;
import org.ipv6flow.launcher.demo.DemoOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ipv6flow demo}. */
@Command(
    name = "demo",
    description =
        "Runs everything on this machine under synthetic traffic of a demo nation, and compares what"
            + " was stored with the truth.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  private static final String HOME = "ipv6flow.home";

  @Spec private CommandSpec spec;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "90s",
      converter = Durations.class,
      description = "of the traffic (default: ${DEFAULT-VALUE})")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--rate",
      paramLabel = "RECORDS_PER_SECOND",
      defaultValue = "20000",
      description = "flow records of all exporters together (default: ${DEFAULT-VALUE})")
  private long rate;

  @Option(names = "--json", paramLabel = "FILE", description = "write the comparison there")
  private @Nullable Path json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keep the engines' data there (default: a temporary directory)")
  private @Nullable Path data;

  @Option(
      names = "--inventory",
      paramLabel = "FILE|DIRECTORY",
      description = "another nation than the demo's")
  private @Nullable Path inventory;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "the same seed gives the same network (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() throws Exception {
    if (rate < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--rate': %d (expected: 1 or more)".formatted(rate));
    }
    checkJson();
    if (data != null && Files.exists(data) && !Files.isDirectory(data)) {
      throw new UserError("--data %s: is a file (expected: a directory)".formatted(data));
    }
    Path nation = inventory;
    if (nation == null) {
      nation = Path.of(System.getProperty(HOME, "deploy"), "inventory", "demo-nation");
    }
    DemoOptions options = new DemoOptions(duration, rate, json, data, nation, seed);
    PrintWriter out = spec.commandLine().getOut();
    return new Demo(options, out).run() ? 0 : 1;
  }

  /** Found out at the end of the demo, it would have been for nothing. */
  private void checkJson() throws UserError {
    if (json == null) {
      return;
    }
    if (Files.isDirectory(json)) {
      throw new UserError("--json %s: is a directory (expected: a file)".formatted(json));
    }
    Path parent = json.toAbsolutePath().getParent();
    if (parent != null && !Files.isWritable(parent)) {
      throw new UserError(
          "--json %s: %s is no directory that can be written".formatted(json, parent));
    }
  }
}
