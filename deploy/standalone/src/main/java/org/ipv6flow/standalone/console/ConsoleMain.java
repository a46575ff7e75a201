package org.ipv6flow.standalone.console;

import java.nio.file.Path;
import java.util.Map;
import org.ipv6flow.console.ConsoleServer;
import org.ipv6flow.console.ConsoleStartException;
import org.ipv6flow.console.config.ConsoleConfigFile;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.standalone.process.ParentWatch;
import org.ipv6flow.standalone.process.ReadyLine;
import org.ipv6flow.standalone.process.TerminalSignals;

/** The child process: {@code ConsoleMain CONSOLE_YAML}. */
public final class ConsoleMain {

  private ConsoleMain() {}

  public static void main(String[] args) {
    TerminalSignals.leaveToParent();
    ConsoleServer console;
    try {
      String version = ConsoleServer.class.getPackage().getImplementationVersion();
      console =
          new ConsoleServer(
              ConsoleConfigFile.load(Path.of(args[0])), version == null ? "development" : version);
      console.start();
    } catch (InvalidConfigException | ConsoleStartException e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(console::close, "console-shutdown"));
    ParentWatch.start();
    ReadyLine.print(System.out, Map.of("http", console.port()));
  }
}
