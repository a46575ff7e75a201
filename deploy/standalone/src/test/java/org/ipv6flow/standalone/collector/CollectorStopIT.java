package org.ipv6flow.standalone.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipv6flow.standalone.kafka.EmbeddedKafka;
import org.ipv6flow.standalone.process.FreePorts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector that is asked to end (SIGTERM) under load. */
class CollectorStopIT {

  private static final Pattern GIVEN_UP =
      Pattern.compile("(\\d+) flow records were not acknowledged by Kafka within 20 s");

  @TempDir private Path directory;
  private EmbeddedKafka.Place place;
  private EmbeddedKafka kafka;
  private int port;
  private Path yaml;

  @BeforeEach
  void start() throws Exception {
    place = EmbeddedKafka.Place.of(directory.resolve("kafka"), directory.resolve("log"), 0);
    kafka = EmbeddedKafka.start(place);
    port = FreePorts.next();
    yaml = CollectorSettings.write(directory, port, place.bootstrapServers());
  }

  @AfterEach
  void stop() throws Exception {
    signal("CONT");
    kafka.stop();
  }

  @Test
  void losesNothingThatItHasReceived() throws Exception {
    try (TestExporter exporter = new TestExporter(port)) {
      CollectorProcess first = CollectorProcess.start(yaml, directory.resolve("log"));
      exporter.announce().begin();
      Thread.sleep(2_000);
      first.stop();
      String log = log();
      CollectorProcess second = CollectorProcess.start(yaml, directory.resolve("log"));
      Thread.sleep(3_000);
      exporter.end();
      second.stop();

      KafkaContents stored = KafkaContents.read(place.bootstrapServers());
      assertThat(log).containsPattern("Stopped; Kafka has \\d+ flow records");
      // What was sent while there was none, or dropped by the kernel, is all that is missing.
      assertThat(stored.dropReasons()).isSubsetOf("socket_buffer_full");
      assertThat(lost(stored)).isEqualTo(missing(exporter.sent(), stored));
    }
  }

  @Test
  void waitsForAKafkaThatDoesNotAnswerAndLeavesTheRestToTheNextStart() throws Exception {
    try (TestExporter exporter = new TestExporter(port)) {
      CollectorProcess first = CollectorProcess.start(yaml, directory.resolve("log"));
      exporter.announce().begin();
      Thread.sleep(1_500);
      signal("STOP");
      Thread.sleep(1_500);
      first.stop();
      Matcher givenUp = GIVEN_UP.matcher(log());
      assertThat(givenUp.find()).as(log()).isTrue();
      assertThat(Long.parseLong(givenUp.group(1))).isPositive();
      signal("CONT");
      CollectorProcess second = CollectorProcess.start(yaml, directory.resolve("log"));
      while (!log().contains("Earlier runs are settled")) {
        Thread.sleep(100);
      }
      exporter.end();
      second.stop();

      KafkaContents stored = KafkaContents.read(place.bootstrapServers());
      assertThat(stored.dropReasons()).isSubsetOf("socket_buffer_full", "collector_killed");
      assertThat(lost(stored)).isEqualTo(missing(exporter.sent(), stored));
    }
  }

  /** By domain: records (IPFIX) or messages (v9). */
  private static Map<Integer, Long> lost(KafkaContents stored) {
    return Map.of(0, stored.lostRecords(0), 1, stored.lostRecords(1), 2, stored.lostMessages(2));
  }

  private static Map<Integer, Long> missing(
      Map<TestExporter.Message, Integer> sent, KafkaContents stored) {
    long[] missing = new long[3];
    sent.forEach(
        (message, records) -> {
          int arrived = stored.flows().getOrDefault(message, 0);
          missing[message.domain()] +=
              message.domain() == TestExporter.NETFLOW_9_DOMAIN
                  ? (arrived == 0 ? 1 : 0)
                  : records - arrived;
        });
    return Map.of(0, missing[0], 1, missing[1], 2, missing[2]);
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("log/collector.log"));
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(kafka.pid()))
        .inheritIO()
        .start()
        .waitFor();
  }
}
