package org.ipv6flow.launcher.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.ipv6flow.console.ConsoleServer;
import org.ipv6flow.console.access.PasswordHash;
import org.ipv6flow.console.config.ConsoleConfigFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ipv6flow console}. */
@Command(
    name = "console",
    description = "Serves the console and its API over a ClickHouse with this release's schema.",
    mixinStandardHelpOptions = true,
    subcommands = ConsoleCommand.HashPassword.class)
public final class ConsoleCommand implements Callable<Integer> {

  private static final int MIN_PASSWORD = 12;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings (docs/reference/console-configuration.md)")
  private @Nullable Path config;

  @Override
  public Integer call() throws Exception {
    if (config == null) {
      throw new ParameterException(spec.commandLine(), "missing required option: '--config=FILE'");
    }
    // Before anything logs: the level is read once.
    System.setProperty("ipv6flow.log.level", "info");
    String version = ConsoleServer.class.getPackage().getImplementationVersion();
    ConsoleServer console =
        new ConsoleServer(
            ConsoleConfigFile.load(config), version == null ? "development" : version);
    console.start();
    PrintWriter out = spec.commandLine().getOut();
    out.printf("console: %s%n", console.url());
    out.flush();
    Foreground.runUntilSignal(console::close);
    return ExitCode.OK;
  }

  /** {@code ipv6flow console hash-password}. */
  @Command(
      name = "hash-password",
      description = "Reads a password and prints its hash for the file of users.",
      mixinStandardHelpOptions = true)
  public static final class HashPassword implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      char[] password = read();
      if (password.length < MIN_PASSWORD) {
        throw new UserError(
            "%d characters (expected: a password of at least %d)"
                .formatted(password.length, MIN_PASSWORD));
      }
      spec.commandLine().getOut().println(PasswordHash.of(password));
      return ExitCode.OK;
    }

    private static char[] read() throws IOException, UserError {
      Console terminal = System.console();
      if (terminal == null) {
        String line =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? new char[0] : line.toCharArray();
      }
      char[] password = terminal.readPassword("Password: ");
      char[] again = terminal.readPassword("Again: ");
      if (password == null || !Arrays.equals(password, again)) {
        throw new UserError("the two are not the same");
      }
      return password;
    }
  }
}
