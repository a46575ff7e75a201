package org.ipv6flow.benchmarks.peers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipv6flow.standalone.collector.CollectorProcess;
import org.ipv6flow.standalone.kafka.EmbeddedKafka;

/** The collector as {@code standalone} starts it, and a broker whose CPU is not counted. */
final class Ours implements Peer {

  private static final String ACKNOWLEDGED = "collector_kafka_records_total ";

  private final EmbeddedKafka kafka;
  private final CollectorProcess collector;
  private final HttpClient http = HttpClient.newHttpClient();

  private Ours(EmbeddedKafka kafka, CollectorProcess collector) {
    this.kafka = kafka;
    this.collector = collector;
  }

  static Ours start(Path directory, int receiveBufferBytes) throws Exception {
    Path logs = directory.resolve("log");
    EmbeddedKafka.Place place = EmbeddedKafka.Place.of(directory.resolve("kafka"), logs, 0);
    EmbeddedKafka kafka = EmbeddedKafka.start(place);
    Path settings =
        Files.writeString(
            directory.resolve("collector.yaml"),
            """
            collector:
              listen:
                - address: 127.0.0.1
                  port: 0
                  receive-buffer-bytes: %d
              admin:
                address: 127.0.0.1
                port: 0
              kafka:
                bootstrap-servers: "%s"
            """
                .formatted(receiveBufferBytes, place.bootstrapServers()));
    try {
      return new Ours(kafka, CollectorProcess.start(settings, logs));
    } catch (Exception e) {
      kafka.stop();
      throw e;
    }
  }

  @Override
  public String name() {
    return "ipv6flow";
  }

  @Override
  public String doing() {
    return "decode, encode, lz4, Kafka acknowledged";
  }

  @Override
  public long pid() {
    return collector.pid();
  }

  @Override
  public int udpPort() {
    return collector.udpPort();
  }

  @Override
  public long recordsOut() throws IOException, InterruptedException {
    URI metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(collector.adminPort()));
    String page =
        http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    return page.lines()
        .filter(line -> line.startsWith(ACKNOWLEDGED))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(ACKNOWLEDGED.length())))
        .findFirst()
        .orElseThrow(() -> new IOException("no " + ACKNOWLEDGED + "at " + metrics));
  }

  @Override
  public void close() throws InterruptedException {
    collector.stop();
    kafka.stop();
  }
}
