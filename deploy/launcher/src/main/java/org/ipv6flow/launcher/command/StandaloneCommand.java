package org.ipv6flow.launcher.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.standalone.Standalone;
import org.ipv6flow.standalone.StandaloneOptions;
import org.ipv6flow.standalone.config.StandaloneConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ipv6flow standalone}. */
@Command(
    name = "standalone",
    description = "Runs the whole system on this machine, until it is stopped.",
    mixinStandardHelpOptions = true)
public final class StandaloneCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "settings (deploy/config/standalone.yaml is an example)")
  private Path config = Path.of("");

  @Override
  public Integer call() throws Exception {
    StandaloneOptions options = StandaloneConfig.load(config);
    Inventory inventory = InventoryLoader.load(options.inventory());
    PrintWriter out = spec.commandLine().getOut();
    Standalone standalone =
        new Standalone(
                options,
                inventory,
                line -> {
                  out.println(line);
                  out.flush();
                })
            .withConsole(false);
    try {
      standalone.start();
      out.printf("ready; logs in %s; Ctrl-C stops everything in order%n", standalone.logs());
      out.flush();
    } catch (Exception e) {
      standalone.close();
      throw e;
    }
    Foreground.runUntilSignal(standalone::close);
    return ExitCode.OK;
  }
}
