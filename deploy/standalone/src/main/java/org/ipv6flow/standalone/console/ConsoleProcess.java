package org.ipv6flow.standalone.console;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ipv6flow.standalone.process.ChildCommand;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.ChildProcess;
import org.ipv6flow.standalone.process.Service;

/** A console in a child process. */
public final class ConsoleProcess implements Service {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

  private final ChildProcess process;

  private ConsoleProcess(ChildProcess process) {
    this.process = process;
  }

  /** Starts it and waits until it answers. */
  public static ConsoleProcess start(Path consoleYaml, Path logDirectory)
      throws ChildFailedException, InterruptedException {
    ChildCommand command =
        new ChildCommand(
            "console",
            ConsoleMain.class.getName(),
            List.of("-Xmx384m", "-XX:+UseSerialGC"),
            List.of(consoleYaml.toString()),
            Map.of());
    return new ConsoleProcess(ChildProcess.start(command, logDirectory, START_TIMEOUT));
  }

  public int port() {
    return process.port("http");
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public CompletableFuture<Integer> onExit() {
    return process.onExit();
  }

  @Override
  public void stop() throws InterruptedException {
    process.stop(STOP_TIMEOUT);
  }
}
