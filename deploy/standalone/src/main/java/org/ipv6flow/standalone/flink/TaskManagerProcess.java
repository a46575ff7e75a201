package org.ipv6flow.standalone.flink;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ipv6flow.standalone.process.ChildCommand;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.ChildProcess;
import org.ipv6flow.standalone.process.Service;

/** A Flink task manager in a child process. */
public final class TaskManagerProcess implements Service {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private final ChildProcess process;

  private TaskManagerProcess(ChildProcess process) {
    this.process = process;
  }

  /** Starts it; it offers its slots as soon as there is a job manager. */
  public static TaskManagerProcess start(ClusterPlace place, String name, int metricsPort)
      throws ChildFailedException, InterruptedException {
    try {
      ChildCommand command =
          new ChildCommand(
              name,
              FlinkProcessMain.class.getName(),
              List.of(
                  ClusterPlace.taskManagerHeap(),
                  "-XX:+UseParallelGC",
                  "-XX:MaxMetaspaceSize=256m"),
              List.of(
                  FlinkProcessMain.TASK_MANAGER, place.writeSettings(name, metricsPort).toString()),
              Map.of(),
              ClusterPlace.classPath());
      return new TaskManagerProcess(
          ChildProcess.start(command, place.logDirectory(), START_TIMEOUT));
    } catch (IOException e) {
      throw new ChildFailedException("%s: %s".formatted(name, e.getMessage()));
    }
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
