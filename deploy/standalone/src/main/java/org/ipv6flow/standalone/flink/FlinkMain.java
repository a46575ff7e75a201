package org.ipv6flow.standalone.flink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.jobs.source.InventoryTopic;
import org.ipv6flow.jobs.traffic.TrafficJob;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.standalone.process.ParentWatch;
import org.ipv6flow.standalone.process.ReadyLine;
import org.ipv6flow.standalone.process.TerminalSignals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child process: {@code FlinkMain JOBS_YAML STATE_DIRECTORY REST_PORT METRICS_PORT}.
 *
 * <p>Goes on from the newest complete checkpoint below the state directory. On SIGTERM it stops
 * with a savepoint, so that everything it has read is committed.
 */
public final class FlinkMain {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkMain.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);
  private static final long POLL_MILLIS = 50;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicBoolean stopping = new AtomicBoolean();

  private FlinkMain() {}

  public static void main(String[] args) {
    TerminalSignals.leaveToParent();
    try {
      new FlinkMain()
          .run(
              Path.of(args[0]),
              Path.of(args[1]),
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]));
    } catch (InvalidConfigException e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(1);
    } catch (Exception e) {
      LOG.error("The traffic job ended", e);
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      System.err.println(cause.getMessage());
      Runtime.getRuntime().halt(1);
    }
  }

  private void run(Path configFile, Path stateDirectory, int restPort, int metricsPort)
      throws Exception {
    JobConfig config = JobConfig.load(configFile);
    Configuration settings = settings(config, restPort, metricsPort);
    Optional<Path> restorePoint = RestorePoint.newest(stateDirectory);
    restorePoint.ifPresent(
        directory -> {
          LOG.info("Going on from {}", directory);
          settings.set(StateRecoveryOptions.SAVEPOINT_PATH, directory.toUri().toString());
        });
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(settings);
    Inventory inventory = InventoryLoader.load(config.inventory());
    TrafficJob.build(environment, config, new InventoryTopic(config.kafka()).begin(inventory));
    JobClient job = environment.executeAsync(TrafficJob.NAME);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(job, stateDirectory), "flink-shutdown"));
    ParentWatch.start();
    awaitRunning(job);
    ReadyLine.print(System.out, Map.of("rest", restPort, "metrics", metricsPort));
    job.getJobExecutionResult().get();
    if (stopping.get()) {
      // Stopped on request: the hook waits for this.
      stopped.countDown();
    }
  }

  private static Configuration settings(JobConfig config, int restPort, int metricsPort) {
    Configuration settings = new Configuration();
    settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    settings.set(RestOptions.ADDRESS, "127.0.0.1");
    settings.set(RestOptions.PORT, restPort);
    settings.set(RestOptions.BIND_PORT, Integer.toString(restPort));
    settings.set(TaskManagerOptions.NUM_TASK_SLOTS, config.parallelism());
    // A batch of 512 records in one buffer: spread over two, it would be copied once more.
    settings.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.parse("128kb"));
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(8));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    settings.set(JobManagerOptions.SLOT_REQUEST_TIMEOUT, Duration.ofSeconds(30));
    settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(2));
    settings.setString("metrics.reporters", "prometheus");
    settings.setString(
        "metrics.reporter.prometheus.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    settings.setString("metrics.reporter.prometheus.port", Integer.toString(metricsPort));
    return settings;
  }

  private static void awaitRunning(JobClient job) throws Exception {
    JobStatus status = job.getJobStatus().get();
    while (status != JobStatus.RUNNING) {
      if (status.isGloballyTerminalState()) {
        job.getJobExecutionResult().get();
        throw new IllegalStateException("the traffic job is " + status);
      }
      Thread.sleep(POLL_MILLIS);
      status = job.getJobStatus().get();
    }
  }

  private void stop(JobClient job, Path stateDirectory) {
    try {
      if (job.getJobStatus().get().isTerminalState()) {
        return;
      }
      stopping.set(true);
      String savepoint =
          job.stopWithSavepoint(
                  false, stateDirectory.toUri().toString(), SavepointFormatType.NATIVE)
              .get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("Stopped with savepoint {}", savepoint);
      if (!stopped.await(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The job's last rows are not inserted yet; the next start inserts them");
      }
    } catch (Exception e) {
      // What it had read is in Kafka and in the last checkpoint; nothing is lost.
      LOG.warn("No savepoint on the way out; the next start goes on from the last checkpoint", e);
    }
  }
}
