package org.ipv6flow.standalone.flink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ipv6flow.standalone.process.ChildCommand;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.ChildProcess;
import org.ipv6flow.standalone.process.FreePorts;
import org.ipv6flow.standalone.process.Service;

/** The traffic job on a local Flink cluster, in a child process. */
public final class EmbeddedFlink implements Service {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  /**
   * The same at every start.
   *
   * @param jobsYaml settings of the job
   * @param stateDirectory where its checkpoints are, as {@code jobsYaml} says
   */
  public record Place(
      Path jobsYaml, Path stateDirectory, Path logDirectory, int restPort, int metricsPort) {

    /**
     * @param restPort 0 for any free one; {@code metricsPort} likewise
     */
    public static Place of(
        Path jobsYaml, Path stateDirectory, Path logDirectory, int restPort, int metricsPort) {
      return new Place(
          jobsYaml,
          stateDirectory,
          logDirectory,
          FreePorts.orNext(restPort),
          FreePorts.orNext(metricsPort));
    }

    public String restUrl() {
      return "http://127.0.0.1:" + restPort;
    }
  }

  private final ChildProcess process;

  private EmbeddedFlink(ChildProcess process) {
    this.process = process;
  }

  /** Starts it and waits until the job runs. */
  public static EmbeddedFlink start(Place place) throws ChildFailedException, InterruptedException {
    ChildCommand command =
        new ChildCommand(
            "flink",
            FlinkMain.class.getName(),
            List.of("-Xmx1g", "-XX:+UseParallelGC"),
            List.of(
                place.jobsYaml().toString(),
                place.stateDirectory().toString(),
                Integer.toString(place.restPort()),
                Integer.toString(place.metricsPort())),
            Map.of());
    return new EmbeddedFlink(ChildProcess.start(command, place.logDirectory(), START_TIMEOUT));
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

  /** Stops the job with a savepoint: everything it has read is inserted when this returns. */
  @Override
  public void stop() throws InterruptedException {
    process.stop(STOP_TIMEOUT);
  }
}
