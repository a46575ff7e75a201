package org.ipv6flow.jobs.source;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ipv6flow.jobs.config.KafkaConfig;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.PublishedInventory;
import org.ipv6flow.schema.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic in which inventories are published, and from which running jobs take them
 * over. Of every time of effect the last published is kept.
 */
public final class InventoryTopic {

  private static final Logger LOG = LoggerFactory.getLogger(InventoryTopic.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final TopicPartition PARTITION = new TopicPartition(Topics.INVENTORY, 0);

  private final KafkaConfig config;

  public InventoryTopic(KafkaConfig config) {
    this.config = config;
  }

  /**
   * What a job begins with: the published inventories. If there are none, the given one becomes the
   * first.
   *
   * @throws IOException if Kafka does not answer, or refuses
   */
  public List<PublishedInventory> begin(Inventory ofSettings)
      throws IOException, InterruptedException {
    ensure();
    List<PublishedInventory> published = read();
    if (published.isEmpty()) {
      publish(ofSettings);
      return read();
    }
    boolean isPublished =
        published.stream().anyMatch(known -> known.inventory().equals(ofSettings));
    if (!isPublished) {
      LOG.warn(
          "Inventory {} of the settings is not the published one, which holds",
          ofSettings.version());
    }
    return published;
  }

  /**
   * Publishes an inventory: running jobs attribute by it from now on, for the time from its effect
   * on.
   *
   * @return false if it is published already
   */
  public boolean publish(Inventory inventory) throws IOException, InterruptedException {
    ensure();
    PublishedInventory last = null;
    for (PublishedInventory known : read()) {
      if (known.inventory().effectiveFrom().equals(inventory.effectiveFrom())) {
        last = known;
      }
    }
    if (last != null && last.inventory().equals(inventory)) {
      return false;
    }
    // Later than the last one, whatever this machine's clock says.
    long publishedMillis =
        Math.max(System.currentTimeMillis(), last == null ? 0 : last.publishedMillis() + 1);
    PublishedInventory published = new PublishedInventory(publishedMillis, inventory);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            properties(
                Map.of(
                    "acks", "all",
                    "max.request.size", Integer.toString(32 << 20),
                    "max.block.ms", Long.toString(TIMEOUT.toMillis()))),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(Topics.INVENTORY, 0, published.key(), published.encode()))
          .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw failure(e);
    }
    return true;
  }

  /**
   * The last published inventory of every time of effect; those that cannot be read are left out.
   */
  public List<PublishedInventory> read() throws IOException {
    Map<String, PublishedInventory> byKey = new LinkedHashMap<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            properties(Map.of("default.api.timeout.ms", Long.toString(TIMEOUT.toMillis()))),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      long deadline = System.nanoTime() + TIMEOUT.toNanos();
      while (consumer.position(PARTITION) < end) {
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "Kafka at %s: inventories cannot be read within %d s"
                  .formatted(config.bootstrapServers(), TIMEOUT.toSeconds()));
        }
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          take(record, byKey);
        }
      }
    } catch (KafkaException e) {
      throw failure(e);
    }
    return new ArrayList<>(byKey.values());
  }

  private static void take(
      ConsumerRecord<String, byte[]> record, Map<String, PublishedInventory> byKey) {
    if (record.value() == null) {
      byKey.remove(record.key());
      return;
    }
    try {
      PublishedInventory published = PublishedInventory.decode(record.value());
      byKey.put(published.key(), published);
    } catch (IOException e) {
      LOG.warn(
          "Record {} of {} is no inventory: {}", record.offset(), record.topic(), e.getMessage());
    }
  }

  private void ensure() throws IOException, InterruptedException {
    Admin admin = Admin.create(properties(Map.of()));
    try {
      if (!admin
          .listTopics()
          .names()
          .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
          .contains(Topics.INVENTORY)) {
        NewTopic topic = new NewTopic(Topics.INVENTORY, Optional.of(1), Optional.empty());
        Map<String, String> settings = new HashMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(32 << 20));
        admin
            .createTopics(List.of(topic.configs(settings)))
            .all()
            .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure(e);
      }
    } catch (TimeoutException e) {
      throw failure(e);
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private Properties properties(Map<String, String> ofClient) {
    Properties properties = new Properties();
    properties.putAll(ofClient);
    properties.putAll(config.properties());
    properties.put("bootstrap.servers", config.bootstrapServers());
    return properties;
  }

  private IOException failure(Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    String message =
        cause instanceof TimeoutException || cause.getMessage() == null
            ? "no answer within %d s".formatted(TIMEOUT.toSeconds())
            : cause.getMessage();
    return new IOException("Kafka at %s: %s".formatted(config.bootstrapServers(), message), e);
  }
}
