package org.ipv6flow.console.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes changes to a topic as JSON, keyed by the alert's id. */
final class KafkaListener implements AlertListener {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaListener.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_BLOCK_MILLIS = 2_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;

  KafkaListener(AlertSettings.Kafka settings) {
    Map<String, Object> properties = new HashMap<>(settings.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "ipv6flow-alerts");
    properties.putIfAbsent(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    // A Kafka that is away must not keep the evaluation.
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    topic = settings.topic();
    ensureTopic(properties);
  }

  /** Brokers may not make topics on their own. */
  private void ensureTopic(Map<String, Object> properties) {
    Map<String, Object> ofAdmin = new HashMap<>(properties);
    ofAdmin.keySet().removeIf(name -> !AdminClientConfig.configNames().contains(name));
    try (Admin admin = Admin.create(ofAdmin)) {
      admin
          .createTopics(
              List.of(new NewTopic(topic, Optional.of(1), Optional.empty())),
              new CreateTopicsOptions().timeoutMs((int) CLOSE_TIMEOUT.toMillis()))
          .all()
          .get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        LOG.warn("topic {} cannot be made: {}", topic, String.valueOf(e.getCause()));
      }
    } catch (TimeoutException e) {
      LOG.warn("topic {} cannot be made: no answer", topic);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void changed(Alert alert) {
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topic,
                  alert.id().getBytes(StandardCharsets.UTF_8),
                  alert.json().toString().getBytes(StandardCharsets.UTF_8)),
              (written, failure) -> {
                if (failure != null) {
                  LOG.warn(
                      "topic {}: alert {} was not written: {}",
                      topic,
                      alert.id(),
                      failure.getMessage());
                }
              });
    } catch (KafkaException e) {
      LOG.warn("topic {}: alert {} was not written: {}", topic, alert.id(), e.getMessage());
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
