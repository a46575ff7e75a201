package org.ipv6flow.launcher;

import java.io.PrintWriter;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.console.ConsoleStartException;
import org.ipv6flow.launcher.command.ChaosCommand;
import org.ipv6flow.launcher.command.CheckConfigCommand;
import org.ipv6flow.launcher.command.CollectorCommand;
import org.ipv6flow.launcher.command.ConsoleCommand;
import org.ipv6flow.launcher.command.DecodeCommand;
import org.ipv6flow.launcher.command.DemoCommand;
import org.ipv6flow.launcher.command.JobsCommand;
import org.ipv6flow.launcher.command.PipelineCommand;
import org.ipv6flow.launcher.command.PublishInventoryCommand;
import org.ipv6flow.launcher.command.ReissueCommand;
import org.ipv6flow.launcher.command.ReplayCommand;
import org.ipv6flow.launcher.command.ReportCommand;
import org.ipv6flow.launcher.command.SchemaCommand;
import org.ipv6flow.launcher.command.SimulateCommand;
import org.ipv6flow.launcher.command.SimulateHistoryCommand;
import org.ipv6flow.launcher.command.StandaloneCommand;
import org.ipv6flow.launcher.command.UserError;
import org.ipv6flow.launcher.command.VersionCommand;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.standalone.process.ChildFailedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code ipv6flow}: parses the command line and runs a subcommand. */
@Command(
    name = "ipv6flow",
    description = "How much of a nation's interconnect traffic is IPv6, and how full it is.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      StandaloneCommand.class,
      CollectorCommand.class,
      ConsoleCommand.class,
      JobsCommand.class,
      PublishInventoryCommand.class,
      ReissueCommand.class,
      ReportCommand.class,
      SchemaCommand.class,
      CheckConfigCommand.class,
      DecodeCommand.class,
      ReplayCommand.class,
      SimulateCommand.class,
      SimulateHistoryCommand.class,
      ChaosCommand.class,
      PipelineCommand.class,
      VersionCommand.class
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The parser with this program's manners: one line for what went wrong, never a stack trace. */
  public static CommandLine commandLine() {
    CommandLine main = new CommandLine(new Main());
    haveVersion(main);
    return main.setParameterExceptionHandler(Main::onBadUsage)
        .setExecutionExceptionHandler(Main::onFailure)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Every command has {@code --version}; picocli gives the provider only to the first. */
  private static void haveVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new VersionCommand.Provider());
    command.getSubcommands().values().forEach(Main::haveVersion);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int onBadUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("bad usage");
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String argument = unmatched.getUnmatched().get(0);
      boolean commands = !command.getSubcommands().isEmpty();
      message = "unknown %s '%s'".formatted(commands ? "command" : "argument", argument);
    }
    err.printf("%s: %s (see: %s --help)%n", name, message, name);
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static int onFailure(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof InvalidConfigException invalid) {
      invalid.findings().forEach(err::println);
    } else if (e instanceof UserError
        || e instanceof StartupException
        || e instanceof ConsoleStartException
        || e instanceof ChildFailedException) {
      err.printf("%s: %s%n", command.getCommandSpec().qualifiedName(), e.getMessage());
    } else {
      String message =
          e.getMessage() == null ? "" : ": " + e.getMessage().lines().findFirst().orElse("");
      err.printf(
          "%s: unexpected %s%s%n",
          command.getCommandSpec().qualifiedName(), e.getClass().getSimpleName(), message);
      if (System.getenv("IPV6FLOW_DEBUG") != null) {
        e.printStackTrace(err);
      }
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
