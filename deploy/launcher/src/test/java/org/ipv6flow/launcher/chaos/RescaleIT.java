package org.ipv6flow.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job is stopped with a savepoint and goes on from it with another parallelism, 1 to 2 to 1, on
 * a cluster of separate processes under load: as for an upgrade of the job, its state is read by
 * another submission. Nothing is lost or counted twice.
 */
class RescaleIT {

  private static final Path DEMO_NATION = Path.of("../inventory/demo-nation");
  private static final int RECORDS_PER_SECOND = 5_000;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @TempDir private Path data;

  @Test
  void everyOctetIsStoredOnceOverSavepointsAndOtherParallelism() throws Exception {
    Inventory nation = InventoryLoader.load(DEMO_NATION);
    try (Standalone system = new Standalone(options(), nation, System.out::println)) {
      system.start();
      StoredFlows store = new StoredFlows(system.clickHouse());
      Path truth = data.resolve("truth");
      Simulator simulator =
          new Simulator(
              SimulatorConfig.builder(nation, new InetSocketAddress("127.0.0.1", system.udpPort()))
                  .recordsPerSecond(RECORDS_PER_SECOND)
                  .duration(LONGEST)
                  .seed(7)
                  .truthDirectory(truth)
                  .listMessages()
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
      awaitMore(store);
      system.rescale(2);
      awaitMore(store);
      system.rescale(1);
      awaitMore(store);
      simulator.stop();
      traffic.get(1, TimeUnit.MINUTES);
      system.drain();

      SentMessages sent = SentMessages.read(truth);
      Audit audit =
          Audit.of(
              sent, PublishedFlows.read(system.kafkaBootstrapServers(), nation), store.totals());
      System.out.println(audit.figures());
      assertThat(audit.findings()).isEmpty();
      assertThat(audit.difference()).isZero();
      assertThat(audit.figures())
          .containsEntry("records_stored", sent.records())
          .containsEntry("octets_stored", sent.octetsScaled())
          .containsEntry("records_lost_before_kafka", 0L);
    }
  }

  /** Waits until more is stored than now. */
  private static void awaitMore(StoredFlows store) throws Exception {
    long before = store.records();
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> store.records() > before + RECORDS_PER_SECOND);
  }

  private StandaloneOptions options() {
    return new StandaloneOptions(
        data,
        DEMO_NATION,
        "127.0.0.1",
        1,
        StandaloneOptions.Ports.ANY,
        2_000,
        1,
        2,
        null,
        null,
        null);
  }
}
