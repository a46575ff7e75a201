package org.ipv6flow.standalone.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.standalone.collector.TestExporter.NETFLOW_9_DOMAIN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ipv6flow.standalone.kafka.EmbeddedKafka;
import org.ipv6flow.standalone.process.FreePorts;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A collector that is killed under load and started again: it decodes the first datagram, and what
 * it says is lost is exactly what is not in Kafka — sent while it was down, or in its memory when
 * it was killed.
 */
class CollectorKillIT {

  private static final Duration SETTLED_TIMEOUT = Duration.ofMinutes(1);

  @TempDir private Path directory;

  /**
   * @param stalledMillis how long Kafka has stood still when the kill comes
   * @param goesOnMillis how long after the restart it goes on
   */
  @ParameterizedTest
  @CsvSource({"3000, 0, 0", "2512, 0, 0", "2000, 2500, 0", "2000, 1500, 3000"})
  void lossIsWhatKafkaDoesNotHaveToTheRecord(int killMillis, int stalledMillis, int goesOnMillis)
      throws Exception {
    EmbeddedKafka.Place place =
        EmbeddedKafka.Place.of(directory.resolve("kafka"), directory.resolve("log"), 0);
    EmbeddedKafka kafka = EmbeddedKafka.start(place);
    int port = FreePorts.next();
    Path yaml = CollectorSettings.write(directory, port, place.bootstrapServers());
    try (TestExporter exporter = new TestExporter(port)) {
      CollectorProcess killed = CollectorProcess.start(yaml, directory.resolve("log"));
      exporter.announce().begin();
      Thread.sleep(killMillis);
      if (stalledMillis > 0) {
        signal("STOP", kafka);
        Thread.sleep(stalledMillis);
      }
      ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
      killed.onExit().get();
      Files.move(directory.resolve("log/collector.log"), directory.resolve("log/killed.log"));
      if (goesOnMillis == 0) {
        signal("CONT", kafka);
      }
      CollectorProcess restarted = CollectorProcess.start(yaml, directory.resolve("log"));
      if (goesOnMillis > 0) {
        Thread.sleep(goesOnMillis);
        signal("CONT", kafka);
      }
      awaitSettled();
      exporter.end();
      restarted.stop();

      assertAccounted(exporter.sent(), KafkaContents.read(place.bootstrapServers()));
    } finally {
      signal("CONT", kafka);
      kafka.stop();
    }
  }

  private void assertAccounted(Map<TestExporter.Message, Integer> sent, KafkaContents stored)
      throws IOException {
    String seen = log() + stored.statuses();
    for (int domain = 0; domain <= NETFLOW_9_DOMAIN; domain++) {
      long missingRecords = 0;
      long missingMessages = 0;
      for (Map.Entry<TestExporter.Message, Integer> message : sent.entrySet()) {
        if (message.getKey().domain() == domain) {
          int arrived = stored.flows().getOrDefault(message.getKey(), 0);
          assertThat(arrived).isLessThanOrEqualTo(message.getValue());
          missingRecords += message.getValue() - arrived;
          missingMessages += arrived == 0 ? 1 : 0;
        }
      }
      assertThat(missingRecords).as("of domain %d", domain).isGreaterThan(100);
      if (domain == NETFLOW_9_DOMAIN) {
        assertThat(stored.lostMessages(domain)).as(seen).isEqualTo(missingMessages);
        assertThat(stored.lostRecords(domain)).isZero();
      } else {
        assertThat(stored.lostRecords(domain)).as(seen).isEqualTo(missingRecords);
        assertThat(stored.lostMessages(domain)).isZero();
      }
    }
    // The templates were sent once, to the collector that was killed.
    assertThat(stored.dropReasons()).isSubsetOf("collector_killed", "socket_buffer_full");
    assertThat(stored.statuses()).allSatisfy(status -> assertThat(status.getHeldSets()).isZero());
  }

  private void awaitSettled() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SETTLED_TIMEOUT.toNanos();
    while (!log().contains("Earlier runs are settled")) {
      assertThat(System.nanoTime()).as(log()).isLessThan(deadline);
      Thread.sleep(100);
    }
  }

  private String log() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("log/collector.log"));
    return String.join("\n", lines.stream().filter(line -> !line.startsWith("\t")).toList());
  }

  private static void signal(String name, EmbeddedKafka kafka)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(kafka.pid()))
        .inheritIO()
        .start()
        .waitFor();
  }
}
