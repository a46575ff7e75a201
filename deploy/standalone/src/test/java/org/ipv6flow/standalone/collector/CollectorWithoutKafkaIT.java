package org.ipv6flow.standalone.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.ipv6flow.standalone.kafka.EmbeddedKafka;
import org.ipv6flow.standalone.process.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector whose Kafka is not there, or comes later, or goes. */
class CollectorWithoutKafkaIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @TempDir private Path directory;

  @Test
  void startsReceivesAndHoldsUntilKafkaComes() throws Exception {
    EmbeddedKafka.Place place =
        EmbeddedKafka.Place.of(directory.resolve("kafka"), directory.resolve("log"), 0);
    int port = FreePorts.next();
    Path yaml = CollectorSettings.write(directory, port, place.bootstrapServers());
    CollectorProcess collector = CollectorProcess.start(yaml, directory.resolve("log"));
    EmbeddedKafka kafka = null;
    try (TestExporter exporter = new TestExporter(port)) {
      exporter.announce().begin();

      await(collector, 503, "not ready: Kafka at %s does not answer within 10 s");
      assertThat(ready(collector).body())
          .isEqualTo(
              "not ready: Kafka at %s does not answer within 10 s\n"
                  .formatted(place.bootstrapServers()));
      assertThat(get(collector, "/healthz").statusCode()).isEqualTo(200);
      assertThat(Files.readAllLines(directory.resolve("log/collector.log")))
          .filteredOn(line -> line.contains("correct collector.kafka.bootstrap-servers"))
          .hasSize(1);

      kafka = EmbeddedKafka.start(place);
      await(collector, 200, "ready");
      exporter.end();
      collector.stop();

      KafkaContents stored = KafkaContents.read(place.bootstrapServers());
      assertThat(stored.flows()).isEqualTo(exporter.sent());
      assertThat(stored.dropReasons()).isEmpty();
    } finally {
      collector.stop();
      if (kafka != null) {
        kafka.stop();
      }
    }
  }

  private static void await(CollectorProcess collector, int status, String body) throws Exception {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    String start = body.substring(0, body.contains("%") ? body.indexOf('%') : body.length());
    HttpResponse<String> answer = ready(collector);
    while (answer.statusCode() != status
        || !answer.body().startsWith(start)
        || answer.body().contains("yet")) {
      assertThat(System.nanoTime()).as(answer.body()).isLessThan(deadline);
      Thread.sleep(100);
      answer = ready(collector);
    }
  }

  private static HttpResponse<String> ready(CollectorProcess collector) throws Exception {
    return get(collector, "/readyz");
  }

  private static HttpResponse<String> get(CollectorProcess collector, String path)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(collector.adminPort(), path));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
