package org.ipv6flow.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.kafka.KafkaTopics;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.jobs.config.KafkaConfig;
import org.ipv6flow.jobs.source.InventoryTopic;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.clickhouse.MigrationException;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.standalone.collector.CollectorProcess;
import org.ipv6flow.standalone.console.ConsoleProcess;
import org.ipv6flow.standalone.flink.ClusterPlace;
import org.ipv6flow.standalone.flink.EmbeddedFlink;
import org.ipv6flow.standalone.flink.JobManagerProcess;
import org.ipv6flow.standalone.flink.JobSubmission;
import org.ipv6flow.standalone.flink.TaskManagerProcess;
import org.ipv6flow.standalone.kafka.EmbeddedKafka;
import org.ipv6flow.standalone.kafka.JobProgress;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.FreePorts;
import org.ipv6flow.standalone.process.Supervised;
import org.ipv6flow.standalone.store.ClickHouseAddress;
import org.ipv6flow.standalone.store.ClickHouseProcess;
import org.jspecify.annotations.Nullable;

/**
 * The whole system: starts what is not given, in the order in which the parts need each other,
 * keeps it running, and stops it in the reverse order, so that nothing received is lost.
 */
public final class Standalone implements AutoCloseable {

  private static final int FLOW_PARTITIONS = 4;
  private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(2);

  private final StandaloneOptions options;
  private final Inventory inventory;
  private final Consumer<String> log;
  private final Path logs;
  private @Nullable Supervised<EmbeddedKafka> kafka;
  private @Nullable Supervised<ClickHouseProcess> clickHouse;
  private @Nullable Supervised<EmbeddedFlink> flink;
  private @Nullable Supervised<JobManagerProcess> jobManager;
  private final List<Supervised<TaskManagerProcess>> taskManagers = new ArrayList<>();
  private @Nullable Supervised<CollectorProcess> collector;
  private @Nullable Supervised<ConsoleProcess> console;
  private boolean hasConsole;
  private boolean isSynthetic;
  private @Nullable ClickHouseAddress clickHouseAddress;
  private String kafkaServers = "";
  private String flinkUrl = "";
  private int udpPort;
  private int adminPort;
  private int flinkMetricsPort;
  private boolean drained;

  /**
   * @param log hears, in a line each, what is done and what goes wrong
   */
  public Standalone(StandaloneOptions options, Inventory inventory, Consumer<String> log) {
    this.options = options;
    this.inventory = inventory;
    this.log = log;
    logs = options.data().resolve("logs");
  }

  /**
   * Has a console, too.
   *
   * @param syntheticTraffic whether the traffic is made up, which every page then says
   */
  public Standalone withConsole(boolean syntheticTraffic) {
    hasConsole = true;
    isSynthetic = syntheticTraffic;
    return this;
  }

  /** Starts everything; when it returns, flow records are received and counted. */
  public void start() throws StartupException, InterruptedException {
    try {
      Files.createDirectories(logs);
      ExecutorService starters = Executors.newFixedThreadPool(2);
      try {
        parallel(starters, this::startKafka, this::startClickHouse);
        applySchema();
        parallel(starters, this::startFlink, this::startCollector);
        if (hasConsole) {
          startConsole();
        }
      } finally {
        starters.shutdown();
      }
    } catch (ChildFailedException e) {
      throw new StartupException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new StartupException("%s: %s".formatted(options.data(), e.getMessage()));
    }
  }

  public String kafkaBootstrapServers() {
    return kafkaServers;
  }

  /** Where to query. */
  public ClickHouseAddress clickHouse() {
    ClickHouseAddress address = clickHouseAddress;
    if (address == null) {
      throw new IllegalStateException("not started");
    }
    return address;
  }

  public String flinkUrl() {
    return flinkUrl;
  }

  public int udpPort() {
    return udpPort;
  }

  public int adminPort() {
    return adminPort;
  }

  public int flinkMetricsPort() {
    return flinkMetricsPort;
  }

  public Path logs() {
    return logs;
  }

  /** The parts that run as children, by name. */
  public List<Supervised<?>> parts() {
    List<Supervised<?>> parts = new ArrayList<>();
    for (Supervised<?> part : new Supervised<?>[] {kafka, clickHouse, flink, jobManager}) {
      if (part != null) {
        parts.add(part);
      }
    }
    parts.addAll(taskManagers);
    if (collector != null) {
      parts.add(collector);
    }
    if (console != null) {
      parts.add(console);
    }
    return parts;
  }

  /** Whether every part runs. */
  public boolean isReady() {
    return parts().stream().allMatch(Supervised::isAlive);
  }

  /**
   * Stops receiving and counts everything that was received; ClickHouse goes on, to be queried.
   *
   * <p>With an existing Flink the job goes on too.
   */
  public void drain() throws InterruptedException {
    if (collector != null) {
      collector.stop();
      awaitCounted();
    }
    if (flink != null) {
      flink.stop();
    }
    if (jobManager != null) {
      jobManager.stop();
    }
    for (Supervised<TaskManagerProcess> taskManager : taskManagers) {
      taskManager.stop();
    }
  }

  /**
   * Stops receiving; what was received is in Kafka, or counted as lost. Everything else goes on.
   */
  public void stopReceiving() throws InterruptedException {
    if (collector != null) {
      collector.stop();
    }
  }

  /**
   * Stops the job with a savepoint and starts it from there with another parallelism. Needs task
   * managers of their own.
   */
  public void rescale(int parallelism)
      throws ChildFailedException, IOException, InterruptedException {
    JobManagerProcess manager = jobManager == null ? null : jobManager.current();
    if (manager == null) {
      throw new ChildFailedException("there is no job manager");
    }
    manager.restartJob(jobSettings(parallelism));
  }

  /** A job that is stopped does not read on: first it must have read what was published. */
  private void awaitCounted() throws InterruptedException {
    if (drained || flinkUrl.isEmpty()) {
      return;
    }
    drained = true;
    try (JobProgress progress = new JobProgress(kafkaServers, JobConfig.DEFAULT_GROUP_ID)) {
      if (!progress.awaitDone(DRAIN_TIMEOUT)) {
        log.accept(
            "flink has not read everything within %d s; the next start goes on from there"
                .formatted(DRAIN_TIMEOUT.toSeconds()));
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    drain();
    if (console != null) {
      console.stop();
    }
    if (kafka != null) {
      kafka.stop();
    }
    if (clickHouse != null) {
      clickHouse.stop();
    }
  }

  private void startKafka() throws ChildFailedException, InterruptedException, IOException {
    if (options.kafkaBootstrapServers() != null) {
      kafkaServers = options.kafkaBootstrapServers();
    } else {
      EmbeddedKafka.Place place =
          EmbeddedKafka.Place.of(
              Files.createDirectories(options.data().resolve("kafka")),
              logs,
              options.ports().kafka());
      Supervised<EmbeddedKafka> supervised =
          new Supervised<>("kafka", () -> EmbeddedKafka.start(place), log);
      kafka = supervised;
      supervised.start();
      kafkaServers = place.bootstrapServers();
    }
    try {
      KafkaTopics.ensure(topicSettings());
      new InventoryTopic(new KafkaConfig(kafkaServers, JobConfig.DEFAULT_GROUP_ID, Map.of()))
          .publish(inventory);
    } catch (StartupException | IOException e) {
      throw new ChildFailedException(String.valueOf(e.getMessage()));
    }
    log.accept("kafka: " + kafkaServers);
  }

  private PublisherConfig topicSettings() {
    return new PublisherConfig(kafkaServers, "lz4", 0, 1, 1, 1, FLOW_PARTITIONS, Map.of());
  }

  private void startClickHouse() throws ChildFailedException, InterruptedException, IOException {
    if (options.clickHouseUrl() != null) {
      clickHouseAddress = ClickHouseAddress.of(options.clickHouseUrl());
    } else {
      Path data = Files.createDirectories(options.data().resolve("clickhouse"));
      int port = FreePorts.orNext(options.ports().clickHouse());
      // Other users of this machine must not query it.
      String password = UUID.randomUUID().toString();
      Supervised<ClickHouseProcess> supervised =
          new Supervised<>(
              "clickhouse", () -> ClickHouseProcess.start(data, port, password, log), log);
      clickHouse = supervised;
      supervised.start();
      clickHouseAddress = new ClickHouseAddress("http://127.0.0.1:" + port, "default", password);
    }
    log.accept("clickhouse: " + clickHouse());
  }

  private void applySchema() throws StartupException {
    try (Connection connection = clickHouse().connect()) {
      new Migrator(connection, Map.of()).apply();
      InventoryTables.publish(connection, inventory);
    } catch (SQLException | MigrationException e) {
      String message = String.valueOf(e.getMessage());
      throw new StartupException(
          "clickhouse at %s: %s".formatted(clickHouse(), message.lines().findFirst().orElse("")));
    }
  }

  private Path checkpoints() {
    return options.data().resolve("flink");
  }

  private Path jobSettings(int parallelism) throws IOException {
    return new SettingsFiles(options.data().resolve("settings"))
        .jobs(options, kafkaServers, clickHouse(), checkpoints(), parallelism);
  }

  private void startFlink() throws ChildFailedException, InterruptedException, IOException {
    Path checkpoints = Files.createDirectories(checkpoints());
    Path settings = jobSettings(options.parallelism());
    if (options.flinkRestAddress() != null) {
      flinkUrl = options.flinkRestAddress();
      log.accept("flink: " + JobSubmission.submit(flinkUrl, settings));
      return;
    }
    if (options.taskManagers() > 0) {
      startFlinkCluster(settings, checkpoints);
      return;
    }
    EmbeddedFlink.Place place =
        EmbeddedFlink.Place.of(
            settings, checkpoints, logs, options.ports().flink(), options.ports().flinkMetrics());
    Supervised<EmbeddedFlink> supervised =
        new Supervised<>("flink", () -> EmbeddedFlink.start(place), log);
    flink = supervised;
    supervised.start();
    flinkUrl = place.restUrl();
    flinkMetricsPort = place.metricsPort();
    log.accept("flink: " + flinkUrl);
  }

  private void startFlinkCluster(Path settings, Path checkpoints)
      throws ChildFailedException, InterruptedException, IOException {
    // So many that one task manager can do all the work while another is down.
    ClusterPlace place =
        ClusterPlace.of(
            settings,
            checkpoints,
            Files.createDirectories(options.data().resolve("flink-cluster")),
            logs,
            options.ports().flink(),
            options.parallelism());
    for (int i = 1; i <= options.taskManagers(); i++) {
      String name = "taskmanager-" + i;
      int metricsPort = FreePorts.next();
      Supervised<TaskManagerProcess> supervised =
          new Supervised<>(name, () -> TaskManagerProcess.start(place, name, metricsPort), log);
      taskManagers.add(supervised);
      supervised.start();
    }
    flinkMetricsPort = FreePorts.orNext(options.ports().flinkMetrics());
    Supervised<JobManagerProcess> supervised =
        new Supervised<>("jobmanager", () -> JobManagerProcess.start(place, flinkMetricsPort), log);
    jobManager = supervised;
    supervised.start();
    flinkUrl = place.restUrl();
    log.accept("flink: %s, %d task managers".formatted(flinkUrl, options.taskManagers()));
  }

  private void startCollector() throws ChildFailedException, InterruptedException, IOException {
    udpPort = FreePorts.orNext(options.ports().udp());
    adminPort = FreePorts.orNext(options.ports().collectorAdmin());
    Path settings =
        new SettingsFiles(options.data().resolve("settings"))
            .collector(options, udpPort, adminPort, kafkaServers);
    Supervised<CollectorProcess> supervised =
        new Supervised<>("collector", () -> CollectorProcess.start(settings, logs), log);
    collector = supervised;
    supervised.start();
    log.accept(
        "collector: UDP %s:%d, metrics http://127.0.0.1:%d/metrics"
            .formatted(options.listenAddress(), udpPort, adminPort));
  }

  private void startConsole() throws ChildFailedException, InterruptedException, IOException {
    int port = FreePorts.orNext(options.ports().console());
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("collector", "http://127.0.0.1:%d/metrics".formatted(adminPort));
    parts.put("kafka", kafkaServers);
    parts.put(
        "flink",
        flinkMetricsPort == 0
            ? flinkUrl
            : "http://127.0.0.1:%d/metrics".formatted(flinkMetricsPort));
    Files.createDirectories(options.data().resolve("console"));
    Path settings =
        new SettingsFiles(options.data().resolve("settings"))
            .console(options, clickHouse(), isSynthetic, port, parts);
    Supervised<ConsoleProcess> supervised =
        new Supervised<>("console", () -> ConsoleProcess.start(settings, logs), log);
    console = supervised;
    supervised.start();
    log.accept("console: http://127.0.0.1:%d/".formatted(port));
  }

  /** One step of the start. */
  @FunctionalInterface
  private interface Step {
    void run() throws ChildFailedException, InterruptedException, IOException;
  }

  /** Runs two steps side by side, and fails with the first failure once both have ended. */
  private static void parallel(ExecutorService threads, Step first, Step second)
      throws ChildFailedException, InterruptedException, IOException {
    List<Future<Void>> steps = new ArrayList<>();
    for (Step step : List.of(first, second)) {
      Callable<Void> task =
          () -> {
            step.run();
            return null;
          };
      steps.add(threads.submit(task));
    }
    ExecutionException failure = null;
    for (Future<Void> step : steps) {
      try {
        step.get();
      } catch (ExecutionException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      if (failure.getCause() instanceof ChildFailedException e) {
        throw e;
      }
      if (failure.getCause() instanceof IOException e) {
        throw e;
      }
      throw new IllegalStateException(failure.getCause());
    }
  }
}
