package org.ipv6flow.launcher.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.history.HistoryOptions;
import org.ipv6flow.simulator.history.SyntheticHistory;
import org.ipv6flow.standalone.Standalone;
import org.ipv6flow.standalone.StandaloneOptions;
import org.ipv6flow.standalone.config.StandaloneConfig;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.Supervised;

/** Starts everything, lets the simulator play, and compares what was stored with the truth. */
public final class Demo {

  private static final int CHECKPOINT_INTERVAL_MILLIS = 5_000;
  private static final Duration TERMINAL_REFRESH = Duration.ofSeconds(3);
  private static final Duration PLAIN_REFRESH = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 250;

  private final DemoOptions options;
  private final PrintWriter out;
  private final Instant processStart =
      Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean interrupted;
  private double secondsToFirstRow = -1;

  public Demo(DemoOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs the demo to its end, or until Ctrl-C.
   *
   * @return whether the comparison holds
   */
  public boolean run() throws Exception {
    Inventory inventory = InventoryLoader.load(options.inventory());
    Path data = options.data();
    boolean temporary = data == null;
    if (data == null) {
      data = Files.createTempDirectory("ipv6flow-demo-");
    }
    data = Files.createDirectories(data).toAbsolutePath();
    Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "signal"));
    Standalone standalone =
        new Standalone(standaloneOptions(data), inventory, this::say).withConsole(true);
    try {
      say("Starting Kafka, ClickHouse, Flink and the collector (data in %s)".formatted(data));
      standalone.start();
      fillHistory(standalone, inventory);
      say("Everything runs; the demo nation begins to export");
      return play(standalone, inventory, data);
    } finally {
      standalone.close();
      if (temporary) {
        delete(data);
      }
      finished.countDown();
    }
  }

  /**
   * Up to a full minute, which is then waited for: so that no minute holds both the history and the
   * traffic that is compared with its truth.
   */
  private void fillHistory(Standalone standalone, Inventory inventory)
      throws SQLException, InterruptedException {
    Duration history = options.history();
    if (history == null) {
      return;
    }
    say("Filling the store with %d days of synthetic history".formatted(history.toDays()));
    Instant end;
    try (Connection connection = standalone.clickHouse().connect()) {
      end =
          SyntheticHistory.fill(
              connection,
              inventory,
              HistoryOptions.of(history, options.recordsPerSecond(), options.seed()),
              () -> Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES),
              this::say);
    }
    Thread.sleep(Math.max(0, Duration.between(Instant.now(), end).toMillis()));
  }

  private boolean play(Standalone standalone, Inventory inventory, Path data) throws Exception {
    StoreQueries store = new StoreQueries(standalone.clickHouse());
    SimulatorProcess simulator = SimulatorProcess.start(options, standalone.udpPort(), data);
    Instant trafficBegan = Instant.now();
    try {
      watch(store, simulator);
      simulator.await();
      if (!simulator.succeeded()) {
        throw new ChildFailedException("the simulator failed: " + simulator.lastWords());
      }
    } finally {
      simulator.kill();
    }
    say("The traffic has ended; counting what is under way");
    Map<String, Double> cpuSeconds = cpuSeconds(standalone, simulator);
    standalone.drain();
    Comparison comparison = new Comparer(store, inventory).compare(Truth.read(simulator.truth()));
    noteFirstRow(store, trafficBegan);
    report(comparison, cpuSeconds);
    writeJson(comparison, cpuSeconds);
    return comparison.failures().isEmpty();
  }

  private void watch(StoreQueries store, SimulatorProcess simulator) throws InterruptedException {
    boolean terminal = System.console() != null && System.getenv("TERM") != null;
    LiveTable table = new LiveTable(out, terminal);
    Duration refresh = terminal ? TERMINAL_REFRESH : PLAIN_REFRESH;
    Instant started = Instant.now();
    Instant lastDrawn = started;
    while (simulator.isAlive()) {
      if (interrupted) {
        simulator.stop();
        return;
      }
      simulator.sampleCpu();
      try {
        if (secondsToFirstRow < 0) {
          noteFirstRow(store, started.minusSeconds(options.history() == null ? 60 : 0));
        } else if (Duration.between(lastDrawn, Instant.now()).compareTo(refresh) >= 0) {
          table.draw(store, started, options.duration());
          lastDrawn = Instant.now();
        }
      } catch (SQLException e) {
        say("ClickHouse does not answer: " + firstLine(e));
        lastDrawn = Instant.now();
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private void noteFirstRow(StoreQueries store, Instant since) throws SQLException {
    if (secondsToFirstRow < 0 && store.hasLinkTraffic(since)) {
      secondsToFirstRow = Duration.between(processStart, Instant.now()).toMillis() / 1_000.0;
      say(String.format(Locale.ROOT, "First rows in ClickHouse after %.1f s", secondsToFirstRow));
    }
  }

  private static Map<String, Double> cpuSeconds(Standalone standalone, SimulatorProcess simulator) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (String part : List.of("collector", "kafka", "flink", "clickhouse")) {
      seconds.put(part, 0.0);
    }
    for (Supervised<?> part : standalone.parts()) {
      seconds.put(part.name(), part.cpuSeconds());
    }
    seconds.put("simulator", simulator.cpuSeconds());
    return seconds;
  }

  private void report(Comparison c, Map<String, Double> cpuSeconds) {
    out.printf(Locale.ROOT, "%nCompared with the truth%n");
    out.printf(
        Locale.ROOT,
        "  records   %,d sent = %,d stored + %,d counted as lost%n",
        c.recordsSent(),
        c.recordsStored(),
        c.lostCounted());
    out.printf(
        Locale.ROOT,
        "  octets    %,d estimated; the records sent say %,d; truly carried %,d (%+.3f %%)%n",
        c.octetsEstimated(),
        c.octetsScaledSent(),
        c.octetsTruth(),
        100.0 * (c.octetsEstimated() - c.octetsTruth()) / c.octetsTruth());
    out.printf(
        Locale.ROOT,
        "  cells     %,d of %,d (%.1f %%) hold the truth within their 95 %% error%n",
        c.cellsWithin95(),
        c.cells(),
        100.0 * c.cellsWithin95() / Math.max(1, c.cells()));
    printShare("wire", c.wire());
    printShare("native", c.nativeShare());
    out.printf(
        Locale.ROOT,
        "  shares    %d of %d of pairs of operators and gateways hold the truth within their 95 %%"
            + " error%n",
        MemberShares.within95(c.members()),
        2 * c.members().size());
    out.printf(Locale.ROOT, "  IPv6 interconnect bandwidth %.2f Tbps%n", c.ipv6CapacityTbps());
    out.printf(Locale.ROOT, "  CPU seconds %s%n", format(cpuSeconds));
    List<String> failures = c.failures();
    failures.forEach(failure -> out.println("  DOES NOT HOLD: " + failure));
    if (failures.isEmpty()) {
      out.println("Everything holds.");
    }
    out.flush();
  }

  private void printShare(String name, Comparison.Share share) {
    out.printf(
        Locale.ROOT,
        "  IPv6 share %-6s  %.3f %% ± %.3f, truth %.3f %%%n",
        name,
        100 * share.measured(),
        100 * share.error95(),
        100 * share.truth());
  }

  private void writeJson(Comparison comparison, Map<String, Double> cpuSeconds) throws IOException {
    if (options.json() == null) {
      return;
    }
    Map<String, Object> json = comparison.toMap();
    json.put("cpu_seconds", cpuSeconds);
    json.put("seconds_to_first_row", secondsToFirstRow);
    json.put("holds", comparison.failures().isEmpty());
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(options.json().toFile(), json);
  }

  private StandaloneOptions standaloneOptions(Path data) {
    com.fasterxml.jackson.databind.JsonNode none =
        com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    return new StandaloneOptions(
        data,
        options.inventory(),
        "127.0.0.1",
        1,
        StandaloneOptions.Ports.ANY,
        CHECKPOINT_INTERVAL_MILLIS,
        1,
        StandaloneConfig.external(none, "KAFKA_BOOTSTRAP_SERVERS"),
        StandaloneConfig.external(none, "CLICKHOUSE_URL"),
        StandaloneConfig.external(none, "FLINK_REST_ADDRESS"));
  }

  /** Ctrl-C ends the traffic, not the comparison: the JVM waits for the demo to end. */
  private void onSignal() {
    interrupted = true;
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String line) {
    out.printf(
        Locale.ROOT,
        "[%5.1f s] %s%n",
        Duration.between(processStart, Instant.now()).toMillis() / 1_000.0,
        line);
    out.flush();
  }

  private static String format(Map<String, Double> seconds) {
    StringBuilder text = new StringBuilder();
    seconds.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, "%s %.1f  ", name, value)));
    return text.toString().strip();
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
