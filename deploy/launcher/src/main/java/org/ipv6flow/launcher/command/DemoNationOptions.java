package org.ipv6flow.launcher.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ipv6flow.launcher.demo.DemoHome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options of the commands that run everything on this machine under synthetic traffic. */
final class DemoNationOptions {

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--rate",
      paramLabel = "RECORDS_PER_SECOND",
      description = "flow records of all exporters together (default: ${DEFAULT-VALUE})")
  private long rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the same seed gives the same traffic (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--inventory",
      paramLabel = "FILE|DIRECTORY",
      description = "another nation than the demo's")
  private @Nullable Path inventory;

  @Option(names = "--json", paramLabel = "FILE", description = "write the outcome there")
  private @Nullable Path json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keep the engines' data there (default: a temporary directory)")
  private @Nullable Path data;

  DemoNationOptions(long defaultRate) {
    rate = defaultRate;
  }

  /** What would be found out at the end of the run is found out now. */
  void check() throws UserError {
    requireAtLeast("--rate", rate, 1);
    if (data != null && Files.exists(data) && !Files.isDirectory(data)) {
      throw new UserError("--data %s: is a file (expected: a directory)".formatted(data));
    }
    checkJson();
  }

  /** Fails with a usage error if an option's value is too small. */
  void requireAtLeast(String option, long value, long least) {
    if (value < least) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '%s': %d (expected: %d or more)"
              .formatted(option, value, least));
    }
  }

  long recordsPerSecond() {
    return rate;
  }

  long seed() {
    return seed;
  }

  @Nullable Path json() {
    return json;
  }

  @Nullable Path data() {
    return data;
  }

  /** The demo nation's, unless another was asked for. */
  Path inventory() {
    return inventory == null ? DemoHome.nation() : inventory;
  }

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
