package org.ipv6flow.standalone.flink;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.ipv6flow.standalone.process.ChildCommand;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.ChildProcess;
import org.ipv6flow.standalone.process.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink job manager in a child process, and the traffic job on it.
 *
 * <p>Without ZooKeeper or Kubernetes a job manager forgets its job when it dies. So the job is part
 * of this service: whoever starts it again gets the job back, from the newest complete checkpoint.
 * Tasks of the dead job manager's run may still be alive then; they can commit only what is in that
 * checkpoint, under the same tokens.
 */
public final class JobManagerProcess implements Service {

  private static final Logger LOG = LoggerFactory.getLogger(JobManagerProcess.class);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
  private static final Duration SAVEPOINT_TIMEOUT = Duration.ofSeconds(120);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private final ChildProcess process;
  private final ClusterRest rest;
  private final ClusterPlace place;
  private volatile String jobId;

  private JobManagerProcess(
      ChildProcess process, ClusterRest rest, ClusterPlace place, String jobId) {
    this.process = process;
    this.rest = rest;
    this.place = place;
    this.jobId = jobId;
  }

  /** Starts it and submits the job; the job runs as soon as there are task managers. */
  public static JobManagerProcess start(ClusterPlace place, int metricsPort)
      throws ChildFailedException, InterruptedException {
    ChildProcess process = null;
    try {
      ChildCommand command =
          new ChildCommand(
              "jobmanager",
              FlinkProcessMain.class.getName(),
              List.of("-Xmx512m", "-XX:+UseSerialGC"),
              List.of(
                  FlinkProcessMain.JOB_MANAGER,
                  place.writeSettings("jobmanager", metricsPort).toString()),
              Map.of(),
              ClusterPlace.classPath());
      process = ChildProcess.start(command, place.logDirectory(), START_TIMEOUT);
      ClusterRest rest = new ClusterRest(place.restUrl());
      rest.awaitServing(process, START_TIMEOUT);
      String job = submit(place);
      ChildProcess started = process;
      process = null;
      return new JobManagerProcess(started, rest, place, job);
    } catch (IOException e) {
      throw new ChildFailedException("jobmanager: " + e.getMessage());
    } finally {
      if (process != null) {
        process.stop(Duration.ZERO);
      }
    }
  }

  private static String submit(ClusterPlace place)
      throws ChildFailedException, IOException, InterruptedException {
    Optional<Path> restorePoint = RestorePoint.newest(place.stateDirectory());
    String job = JobSubmission.submit(place.restUrl(), place.jobsYaml(), restorePoint.orElse(null));
    LOG.info(
        "Job {} runs {}",
        job,
        restorePoint.map(path -> "from " + path).orElse("from the beginning"));
    return job;
  }

  public String jobId() {
    return jobId;
  }

  /**
   * Stops the job with a savepoint and starts it from there with other settings, such as another
   * parallelism.
   */
  public void restartJob(Path jobsYaml)
      throws ChildFailedException, IOException, InterruptedException {
    rest.stopWithSavepoint(jobId, place.stateDirectory(), SAVEPOINT_TIMEOUT);
    jobId = submit(place.withJob(jobsYaml));
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
    if (process.isAlive()) {
      try {
        rest.stopWithSavepoint(jobId, place.stateDirectory(), SAVEPOINT_TIMEOUT);
      } catch (IOException | ChildFailedException e) {
        // What it had read is in Kafka and in the last checkpoint; nothing is lost.
        LOG.warn(
            "No savepoint on the way out ({}); the next start goes on from the last"
                + " checkpoint",
            e.getMessage());
      }
    }
    process.stop(STOP_TIMEOUT);
  }
}
