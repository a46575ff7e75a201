package org.ipv6flow.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ipv6flow.standalone.kafka.EmbeddedKafka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes arrive at a real topic, keyed by their alert, in their order. */
class KafkaListenerIT {

  @Test
  void changesArriveAtTheTopic(@TempDir Path directory) throws Exception {
    EmbeddedKafka.Place place =
        EmbeddedKafka.Place.of(directory.resolve("kafka"), directory.resolve("logs"), 0);
    java.nio.file.Files.createDirectories(directory.resolve("kafka"));
    java.nio.file.Files.createDirectories(directory.resolve("logs"));
    EmbeddedKafka kafka = EmbeddedKafka.start(place);
    try {
      try (KafkaListener listener =
          new KafkaListener(
              new AlertSettings.Kafka(place.bootstrapServers(), "alerts", Map.of()))) {
        listener.changed(alert(AlertState.FIRING));
        listener.changed(alert(AlertState.RESOLVED));
      }

      List<ConsumerRecord<byte[], byte[]>> records = read(place.bootstrapServers(), 2);

      assertThat(records)
          .allSatisfy(
              record ->
                  assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("a1"));
      JsonNode first = new ObjectMapper().readTree(records.get(0).value());
      assertThat(first.path("state").asText()).isEqualTo("firing");
      assertThat(first.path("subject").path("link").asText()).isEqualTo("L1");
      assertThat(first.path("summaryZh").asText()).isEqualTo("摘要");
      assertThat(new ObjectMapper().readTree(records.get(1).value()).path("state").asText())
          .isEqualTo("resolved");
    } finally {
      kafka.stop();
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String servers, int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", servers,
                "group.id", "test",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("alerts"));
      while (records.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    assertThat(records).hasSize(count);
    return records;
  }

  private static Alert alert(AlertState state) {
    Instant at = Instant.parse("2026-11-01T00:00:00Z");
    return new Alert(
        "a1",
        "link_saturation",
        "critical",
        state,
        Map.of("link", "L1"),
        "summary",
        "摘要",
        at,
        at,
        at,
        state == AlertState.RESOLVED ? at : null,
        0.95,
        0.9,
        0.001,
        1.0,
        "fraction",
        JsonNodeFactory.instance.objectNode(),
        null,
        null,
        null,
        null);
  }
}
