package org.ipv6flow.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {

  private static final int STANDARD_OUTPUT_COLUMNS = 80;

  @Test
  void listsEveryCommand() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(
            "demo",
            "standalone",
            "collector",
            "jobs",
            "publish-inventory",
            "reissue",
            "schema",
            "check-config",
            "decode",
            "replay",
            "simulate",
            "version");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void saysOfEveryCommandWhatItsOptionsAndParametersAreFor(List<String> command) {
    CommandRun run = run(command, "--help");

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Usage: ipv6flow " + String.join(" ", command));
    assertThat(run.out().lines()).allMatch(line -> line.length() <= STANDARD_OUTPUT_COLUMNS);
    CommandSpec spec = spec(command);
    assertThat(spec.usageMessage().description()).isNotEmpty();
    for (OptionSpec option : spec.options()) {
      assertThat(run.out()).contains(option.longestName());
    }
    for (ArgSpec argument : spec.args()) {
      assertThat(argument.description()).as("%s", argument).isNotEmpty();
    }
    // A label that picocli made of a variable's name.
    assertThat(run.out()).doesNotContainPattern("=<[a-z]");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandThatIsAskedForItsVersionSaysTheVersionOfTheWhole(List<String> command) {
    assertThat(run(command, "--version").out()).isEqualTo(CommandRun.of("version").out());
  }

  @Test
  void theVersionNamesTheProductAndJava() {
    CommandRun run = CommandRun.of("version");

    assertThat(run.out())
        .matches(
            "ipv6flow \\S+ \\(Java %s\\)\\R"
                .formatted(Pattern.quote(Runtime.version().toString())));
    assertThat(run.status()).isZero();
    assertThat(CommandRun.of("--version")).isEqualTo(run);
  }

  @Test
  void theSimulatorExplainsItsOwnOptions() {
    // It reads its command line itself, and writes to the process's own standard output.
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(told, true, UTF_8));
    System.setErr(new PrintStream(told, true, UTF_8));
    try {
      assertThat(CommandRun.of("simulate", "--help").status()).isZero();
      assertThat(CommandRun.of("simulate", "--speed", "3").status()).isEqualTo(2);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(told.toString(UTF_8))
        .startsWith("simulate --inventory FILE|DIRECTORY")
        .endsWith("simulate: unknown option --speed (see --help)%n".formatted());
  }

  /** All commands and commands of commands, but the simulator's. */
  static Stream<List<String>> commands() {
    List<List<String>> commands = new ArrayList<>();
    collect(Main.commandLine(), List.of(), commands);
    return commands.stream().filter(command -> !command.contains("simulate"));
  }

  private static void collect(
      CommandLine commandLine, List<String> path, List<List<String>> commands) {
    commandLine
        .getSubcommands()
        .forEach(
            (name, subcommand) -> {
              List<String> below = new ArrayList<>(path);
              below.add(name);
              commands.add(below);
              collect(subcommand, below, commands);
            });
  }

  private static CommandSpec spec(List<String> command) {
    CommandLine commandLine = Main.commandLine();
    for (String name : command) {
      commandLine = Objects.requireNonNull(commandLine.getSubcommands().get(name));
    }
    return commandLine.getCommandSpec();
  }

  private static CommandRun run(List<String> command, String option) {
    return CommandRun.of(Stream.concat(command.stream(), Stream.of(option)).toArray(String[]::new));
  }
}
