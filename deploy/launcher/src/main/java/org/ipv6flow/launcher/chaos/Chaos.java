package org.ipv6flow.launcher.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.launcher.demo.DemoOptions;
import org.ipv6flow.launcher.demo.SimulatorProcess;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.standalone.Standalone;
import org.ipv6flow.standalone.StandaloneOptions;
import org.ipv6flow.standalone.kafka.JobProgress;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.Supervised;

/**
 * Runs the whole system as separate processes under load, kills them with SIGKILL at random
 * moments, and accounts for every octet.
 */
public final class Chaos {

  private static final int CHECKPOINT_INTERVAL_MILLIS = 3_000;
  private static final int PARALLELISM = 2;
  private static final int TASK_MANAGERS = 2;
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final Duration RESTART_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration CATCH_UP_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration SETTLE = Duration.ofSeconds(5);
  private static final long PROGRESS_MILLIS = 10_000;
  private static final long POLL_MILLIS = 250;

  private final ChaosOptions options;
  private final PrintWriter out;
  private final Instant start = Instant.now();
  private final Map<String, Integer> killed = new TreeMap<>();
  private long lastProgressMillis;

  public Chaos(ChaosOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs to the end.
   *
   * @return whether every octet is accounted for
   */
  public boolean run() throws Exception {
    Inventory inventory = InventoryLoader.load(options.inventory());
    Path data = options.data();
    boolean temporary = data == null;
    if (data == null) {
      data = Files.createTempDirectory("ipv6flow-chaos-");
    }
    data = Files.createDirectories(data).toAbsolutePath();
    boolean holds = false;
    Standalone system = new Standalone(systemOptions(data), inventory, this::say);
    try {
      say("Starting Kafka, ClickHouse, Flink (3 processes) and the collector in " + data);
      system.start();
      holds = play(system, inventory, data);
    } finally {
      system.close();
      if (temporary && holds) {
        delete(data);
      }
    }
    return holds;
  }

  private boolean play(Standalone system, Inventory inventory, Path data) throws Exception {
    DemoOptions traffic =
        new DemoOptions(
            LONGEST, options.recordsPerSecond(), null, data, options.inventory(), options.seed());
    SimulatorProcess simulator =
        SimulatorProcess.start(traffic, system.udpPort(), data, "--list-messages");
    StoredFlows store = new StoredFlows(system.clickHouse());
    try {
      awaitFirstRow(simulator, store);
      killAll(system, simulator, store);
      clickHouseOutage(system, simulator, store);
      pause(SETTLE, simulator, store);
      simulator.stop();
      simulator.await();
      if (!simulator.succeeded()) {
        throw new ChildFailedException("the simulator failed: " + simulator.lastWords());
      }
    } finally {
      simulator.kill();
    }
    say("The traffic has ended; waiting until everything that was received is stored");
    awaitAllAlive(system);
    system.stopReceiving();
    say("The collector has stopped");
    awaitStored(system, store);
    say("Comparing what was sent, what is in Kafka and what is stored");
    Audit audit =
        Audit.of(
            SentMessages.read(simulator.truth()),
            PublishedFlows.read(system.kafkaBootstrapServers(), inventory),
            store.totals());
    report(audit, system);
    return audit.difference() == 0;
  }

  private void killAll(Standalone system, SimulatorProcess simulator, StoredFlows store)
      throws ChildFailedException, InterruptedException {
    List<String> names = system.parts().stream().map(Supervised::name).toList();
    int done = 0;
    for (KillPlan.Kill kill : KillPlan.of(names, options.kills(), options.seed())) {
      pause(kill.after(), simulator, store);
      Supervised<?> part =
          system.parts().stream()
              .filter(candidate -> candidate.name().equals(kill.part()))
              .findFirst()
              .orElseThrow();
      awaitAlive(part);
      say(
          "Kill %d of %d: %s (process %d)"
              .formatted(++done, options.kills(), part.name(), part.pid()));
      int restarts = part.restarts();
      part.kill();
      awaitDeath(part, restarts);
      killed.merge(part.name(), 1, Integer::sum);
    }
    awaitAllAlive(system);
  }

  /** ClickHouse is down for a while; Kafka keeps what comes meanwhile. */
  private void clickHouseOutage(Standalone system, SimulatorProcess simulator, StoredFlows store)
      throws ChildFailedException, InterruptedException {
    if (options.outage().isZero()) {
      return;
    }
    Supervised<?> clickHouse =
        system.parts().stream()
            .filter(part -> part.name().equals("clickhouse"))
            .findFirst()
            .orElseThrow();
    say("ClickHouse goes down for %d s".formatted(options.outage().toSeconds()));
    clickHouse.hold(true);
    clickHouse.kill();
    pause(options.outage(), simulator, store);
    say("ClickHouse may come back");
    clickHouse.hold(false);
    awaitAlive(clickHouse);
  }

  private void awaitFirstRow(SimulatorProcess simulator, StoredFlows store)
      throws ChildFailedException, InterruptedException {
    long deadline = System.nanoTime() + RESTART_TIMEOUT.toNanos();
    while (records(store) <= 0) {
      requireAlive(simulator);
      if (System.nanoTime() > deadline) {
        throw new ChildFailedException(
            "nothing was stored within %d s".formatted(RESTART_TIMEOUT.toSeconds()));
      }
      Thread.sleep(POLL_MILLIS);
    }
    say("First rows are stored; the killing begins");
  }

  private void pause(Duration length, SimulatorProcess simulator, StoredFlows store)
      throws ChildFailedException, InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      requireAlive(simulator);
      Thread.sleep(Math.max(1, Math.min(POLL_MILLIS, (end - System.nanoTime()) / 1_000_000)));
      progress(store);
    }
  }

  private void progress(StoredFlows store) {
    long now = System.currentTimeMillis();
    if (now - lastProgressMillis >= PROGRESS_MILLIS) {
      lastProgressMillis = now;
      long records = records(store);
      say(
          records < 0
              ? "ClickHouse does not answer"
              : String.format(Locale.ROOT, "%,d records are stored", records));
    }
  }

  /** -1 if ClickHouse does not answer. */
  private static long records(StoredFlows store) {
    try {
      return store.records();
    } catch (SQLException e) {
      return -1;
    }
  }

  private static void requireAlive(SimulatorProcess simulator) throws ChildFailedException {
    if (!simulator.isAlive()) {
      throw new ChildFailedException("the simulator ended early: " + simulator.lastWords());
    }
  }

  private void awaitAllAlive(Standalone system) throws ChildFailedException, InterruptedException {
    for (Supervised<?> part : system.parts()) {
      awaitAlive(part);
    }
  }

  private static void awaitAlive(Supervised<?> part)
      throws ChildFailedException, InterruptedException {
    long deadline = System.nanoTime() + RESTART_TIMEOUT.toNanos();
    while (!part.isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new ChildFailedException(
            "%s did not come back within %d s".formatted(part.name(), RESTART_TIMEOUT.toSeconds()));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** The supervisor has seen the end: what runs next is another process. */
  private static void awaitDeath(Supervised<?> part, int restartsBefore)
      throws InterruptedException {
    while (part.restarts() == restartsBefore) {
      Thread.sleep(1);
    }
  }

  private void awaitStored(Standalone system, StoredFlows store) throws InterruptedException {
    try (JobProgress progress =
        new JobProgress(system.kafkaBootstrapServers(), JobConfig.DEFAULT_GROUP_ID)) {
      if (!progress.awaitDone(CATCH_UP_TIMEOUT)) {
        say("The job has not read everything within %d s".formatted(CATCH_UP_TIMEOUT.toSeconds()));
      }
    }
    say("Everything is in a checkpoint");
    // What is in a checkpoint is inserted a moment later.
    long deadline = System.nanoTime() + CATCH_UP_TIMEOUT.toNanos();
    long before = -2;
    long since = System.nanoTime();
    while (System.nanoTime() < deadline && System.nanoTime() - since < SETTLE.toNanos()) {
      long now = records(store);
      if (now != before || now < 0) {
        before = now;
        since = System.nanoTime();
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private void report(Audit audit, Standalone system) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", options.seed());
    json.put("kills", killed.values().stream().mapToInt(Integer::intValue).sum());
    json.put("killed", killed);
    json.put("outage_seconds", options.outage().toSeconds());
    json.put("seconds", Duration.between(start, Instant.now()).toSeconds());
    Map<String, Integer> restarts = new LinkedHashMap<>();
    system.parts().forEach(part -> restarts.put(part.name(), part.restarts()));
    json.put("restarts", restarts);
    json.putAll(audit.figures());
    out.printf("%nKilled %s%n", killed);
    audit
        .figures()
        .forEach((name, value) -> out.printf(Locale.ROOT, "  %-40s %,18d%n", name, value));
    audit.findings().forEach(finding -> out.println("  DOES NOT HOLD: " + finding));
    out.println(
        audit.difference() == 0
            ? "Every octet is accounted for: stored once, or lost before Kafka and known to be."
            : "The difference is not 0; data and logs: " + system.logs());
    out.flush();
    if (options.json() != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(options.json().toFile(), json);
    }
  }

  private StandaloneOptions systemOptions(Path data) {
    return new StandaloneOptions(
        data,
        options.inventory(),
        "127.0.0.1",
        1,
        StandaloneOptions.Ports.ANY,
        CHECKPOINT_INTERVAL_MILLIS,
        PARALLELISM,
        TASK_MANAGERS,
        null,
        null,
        null);
  }

  private void say(String line) {
    out.printf(
        Locale.ROOT,
        "[%5.1f s] %s%n",
        Duration.between(start, Instant.now()).toMillis() / 1_000.0,
        line);
    out.flush();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
