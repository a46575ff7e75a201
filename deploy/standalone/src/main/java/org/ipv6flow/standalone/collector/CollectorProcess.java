package org.ipv6flow.standalone.collector;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ipv6flow.standalone.process.ChildCommand;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.ChildProcess;
import org.ipv6flow.standalone.process.Service;

/** A collector in a child process. */
public final class CollectorProcess implements Service {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final ChildProcess process;

  private CollectorProcess(ChildProcess process) {
    this.process = process;
  }

  /** Starts it and waits until it receives. */
  public static CollectorProcess start(Path collectorYaml, Path logDirectory)
      throws ChildFailedException, InterruptedException {
    ChildCommand command =
        new ChildCommand(
            "collector",
            CollectorMain.class.getName(),
            List.of("-Xmx512m", "-XX:+UseParallelGC", "-XX:MaxDirectMemorySize=128m"),
            List.of(collectorYaml.toString()),
            Map.of());
    return new CollectorProcess(ChildProcess.start(command, logDirectory, START_TIMEOUT));
  }

  public int udpPort() {
    return process.port("udp");
  }

  public int adminPort() {
    return process.port("admin");
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

  /** Stops it; Kafka has everything it received, or has counted it as lost. */
  @Override
  public void stop() throws InterruptedException {
    process.stop(STOP_TIMEOUT);
  }
}
