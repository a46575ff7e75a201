package org.ipv6flow.launcher.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ipv6flow.launcher.demo.Comparer;
import org.ipv6flow.launcher.demo.Comparison;
import org.ipv6flow.launcher.demo.DemoOptions;
import org.ipv6flow.launcher.demo.SimulatorProcess;
import org.ipv6flow.launcher.demo.StoreQueries;
import org.ipv6flow.launcher.demo.Truth;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.standalone.Standalone;
import org.ipv6flow.standalone.StandaloneOptions;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.Supervised;

/** Runs the whole path at a given rate and measures what it costs and how fresh its rows are. */
public final class Pipeline {

  private static final int CHECKPOINT_INTERVAL_MILLIS = 5_000;
  private static final long POLL_MILLIS = 250;

  /** How often the store is asked: what asking costs is part of its CPU time. */
  private static final long ASK_MILLIS = 1_000;

  private static final long REPORT_MILLIS = 10_000;
  private static final double MILLION = 1e6;
  private static final double MILLIS_PER_SECOND = 1_000;
  private static final double PERCENT_50 = 0.50;
  private static final double PERCENT_99 = 0.99;

  private final PipelineOptions options;
  private final PrintWriter out;
  private final Freshness freshness = new Freshness();

  public Pipeline(PipelineOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Measures.
   *
   * @return whether the rate was kept and nothing was lost
   */
  public boolean run() throws Exception {
    Inventory inventory = InventoryLoader.load(options.inventory());
    Path data = options.data();
    boolean temporary = data == null;
    if (data == null) {
      data = Files.createTempDirectory("ipv6flow-pipeline-");
    }
    data = Files.createDirectories(data).toAbsolutePath();
    Standalone system = new Standalone(systemOptions(data), inventory, this::say);
    try {
      system.start();
      return measure(system, inventory, data);
    } finally {
      system.close();
      if (temporary) {
        delete(data);
      }
    }
  }

  private boolean measure(Standalone system, Inventory inventory, Path data) throws Exception {
    DemoOptions traffic =
        new DemoOptions(
            options.duration(),
            options.recordsPerSecond(),
            null,
            data,
            options.inventory(),
            options.seed());
    // Cold virtual machines are not what is measured: routers begin one after another.
    SimulatorProcess simulator =
        SimulatorProcess.start(
            traffic,
            system.udpPort(),
            data,
            "--ramp-up",
            options.warmUp().toMillis() * 2 / 3 + "ms");
    StoreQueries store = new StoreQueries(system.clickHouse());
    Map<String, Double> cpuBefore = Map.of();
    Map<String, Double> cpuAfter = Map.of();
    long recordsBefore = 0;
    long recordsAfter = 0;
    long millisBefore = 0;
    long millisAfter = 0;
    SentCount sentCount = new SentCount(simulator.errors());
    long started = System.currentTimeMillis();
    long reported = started;
    long asked = started;
    long stored = 0;
    freshness.sent(started, 0);
    long sent = 0;
    try {
      while (simulator.isAlive()) {
        Thread.sleep(POLL_MILLIS);
        long now = System.currentTimeMillis();
        long sentNow = sentCount.records();
        if (sentNow != sent) {
          sent = sentNow;
          freshness.sent(now, sent);
          Map<String, Double> cpu = cpuSeconds(system, simulator);
          if (now - started < options.warmUp().toMillis() || cpuBefore.isEmpty()) {
            cpuBefore = cpu;
            recordsBefore = sent;
            millisBefore = now;
          }
          if (simulator.isAlive()) {
            cpuAfter = cpu;
            recordsAfter = sent;
            millisAfter = now;
          }
        }
        if (now - asked >= ASK_MILLIS) {
          asked = now;
          stored = store.storedRecords();
          freshness.stored(
              System.currentTimeMillis(), stored, now - started >= options.warmUp().toMillis());
        }
        if (now - reported >= REPORT_MILLIS) {
          reported = now;
          say("%,d records sent, %,d stored".formatted(sent, stored));
        }
      }
      if (!simulator.succeeded()) {
        throw new ChildFailedException("the simulator failed: " + simulator.lastWords());
      }
    } finally {
      simulator.kill();
    }
    say("The traffic has ended");
    system.stopReceiving();
    long end = System.currentTimeMillis();
    system.drain();
    double drainSeconds = (System.currentTimeMillis() - end) / MILLIS_PER_SECOND;
    Comparison comparison = new Comparer(store, inventory).compare(Truth.read(simulator.truth()));
    double millions = (recordsAfter - recordsBefore) / MILLION;
    double seconds = (millisAfter - millisBefore) / MILLIS_PER_SECOND;

    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("records_per_second_asked_for", options.recordsPerSecond());
    figures.put("records_per_second", Math.round(millions * MILLION / seconds));
    figures.put("seconds_measured", seconds);
    figures.put("records_sent", comparison.recordsSent());
    figures.put("records_stored", comparison.recordsStored());
    figures.put("records_lost", comparison.lostCounted());
    figures.put("lost_by", store.lossesByReason());
    Map<String, Double> cpu = new LinkedHashMap<>();
    double all = 0;
    for (Map.Entry<String, Double> part : cpuAfter.entrySet()) {
      double used = part.getValue() - cpuBefore.getOrDefault(part.getKey(), 0.0);
      cpu.put(part.getKey(), round(used / millions));
      all += used;
    }
    cpu.put("all", round(all / millions));
    figures.put("cpu_seconds_per_million_records", cpu);
    figures.put("cpu_cores_used", round(all / seconds));
    figures.put(
        "kafka_octets_per_record",
        round((double) size(data.resolve("kafka"), "flows") / comparison.recordsSent()));
    store
        .tableSizes()
        .forEach(
            (table, size) ->
                figures.put(
                    "clickhouse_" + table,
                    Map.of(
                        "rows_per_million_records",
                        Math.round(size.rows() * MILLION / comparison.recordsSent()),
                        "octets_per_million_records",
                        Math.round(size.octets() * MILLION / comparison.recordsSent()))));
    figures.put(
        "freshness_seconds_p50", freshness.percentileMillis(PERCENT_50) / MILLIS_PER_SECOND);
    figures.put(
        "freshness_seconds_p99", freshness.percentileMillis(PERCENT_99) / MILLIS_PER_SECOND);
    figures.put("seconds_to_drain", drainSeconds);
    boolean holds = comparison.failures().isEmpty() && comparison.lostCounted() == 0;
    figures.put("nothing_lost", holds);
    report(figures, comparison);
    return holds;
  }

  private void report(Map<String, Object> figures, Comparison comparison) throws IOException {
    out.println();
    figures.forEach((name, value) -> out.printf(Locale.ROOT, "  %-36s %s%n", name, value));
    comparison.failures().forEach(failure -> out.println("  DOES NOT HOLD: " + failure));
    out.flush();
    if (options.json() != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(options.json().toFile(), figures);
    }
  }

  private static Map<String, Double> cpuSeconds(Standalone system, SimulatorProcess simulator) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    simulator.sampleCpu();
    seconds.put("simulator", simulator.cpuSeconds());
    for (Supervised<?> part : system.parts()) {
      seconds.put(part.name(), part.cpuSeconds());
    }
    return seconds;
  }

  /** Octets of the log segments of topics whose name holds a word. */
  private static long size(Path directory, String word) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      long octets = 0;
      for (Path file : files.filter(name -> name.toString().endsWith(".log")).toList()) {
        if (directory.relativize(file).toString().contains(word)) {
          octets += Files.size(file);
        }
      }
      return octets;
    }
  }

  private static double round(double value) {
    return Math.round(value * MILLIS_PER_SECOND) / MILLIS_PER_SECOND;
  }

  private StandaloneOptions systemOptions(Path data) {
    return new StandaloneOptions(
        data,
        options.inventory(),
        "127.0.0.1",
        options.sockets(),
        StandaloneOptions.Ports.ANY,
        CHECKPOINT_INTERVAL_MILLIS,
        options.parallelism(),
        null,
        null,
        null);
  }

  private void say(String line) {
    out.println(line);
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
