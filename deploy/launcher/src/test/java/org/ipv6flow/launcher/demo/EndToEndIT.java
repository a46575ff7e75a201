package org.ipv6flow.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.Simulator;
import org.ipv6flow.simulator.SimulatorConfig;
import org.ipv6flow.simulator.SimulatorSummary;
import org.ipv6flow.standalone.Standalone;
import org.ipv6flow.standalone.StandaloneOptions;
import org.ipv6flow.standalone.process.Supervised;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole path on the real engines: simulator, UDP, collector, Kafka, Flink, ClickHouse. What is
 * stored equals the truth, although processes are killed meanwhile.
 */
class EndToEndIT {

  private static final Path DEMO_NATION = Path.of("../inventory/demo-nation");
  private static final int RECORDS_PER_SECOND = 20_000;
  private static final Duration TRAFFIC = Duration.ofSeconds(50);

  @TempDir private Path data;

  @Test
  void everyRecordCountsOnceAlthoughKafkaClickHouseAndFlinkAreKilled() throws Exception {
    Inventory nation = InventoryLoader.load(DEMO_NATION);
    try (Standalone standalone = new Standalone(options(), nation, System.out::println)) {
      standalone.start();
      StoreQueries store = new StoreQueries(standalone.clickHouse());
      Path truth = data.resolve("truth");
      Simulator simulator =
          new Simulator(
              SimulatorConfig.builder(
                      nation, new InetSocketAddress("127.0.0.1", standalone.udpPort()))
                  .recordsPerSecond(RECORDS_PER_SECOND)
                  .duration(TRAFFIC)
                  .seed(42)
                  .truthDirectory(truth)
                  .build());
      CompletableFuture<SimulatorSummary> traffic =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return simulator.run();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      awaitRows(store, 1);
      kill(standalone, "clickhouse");
      awaitRows(store, 200_000);
      kill(standalone, "flink");
      awaitRows(store, 350_000);
      // The collector keeps what it cannot publish meanwhile.
      kill(standalone, "kafka");
      SimulatorSummary sent = traffic.get(2, TimeUnit.MINUTES);

      standalone.drain();

      Comparison comparison = new Comparer(store, nation).compare(Truth.read(truth));
      System.out.println(comparison);
      assertThat(comparison.recordsSent()).isEqualTo(sent.recordsSent()).isGreaterThan(500_000);
      assertThat(comparison.lostCounted()).isZero();
      assertThat(comparison.failures()).isEmpty();
    }
  }

  private StandaloneOptions options() {
    return new StandaloneOptions(
        data, DEMO_NATION, "127.0.0.1", 1, StandaloneOptions.Ports.ANY, 2_000, 1, null, null, null);
  }

  /** Waits until so many records are stored; the store may be down meanwhile. */
  private static void awaitRows(StoreQueries store, long records) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> store.linkTraffic(Instant.EPOCH).records() >= records);
  }

  /** As kill -9; returns when the supervisor has another one running. */
  private static void kill(Standalone standalone, String name) {
    Supervised<?> part =
        standalone.parts().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow();
    long killed = part.pid();
    ProcessHandle.of(killed).orElseThrow().destroyForcibly();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> part.isAlive() && part.pid() != killed);
    assertThat(part.restarts()).isEqualTo(1);
  }
}
