package org.ipv6flow.collector.kafka;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.schema.topic.Topics;
import org.ipv6flow.schema.v1.FlowBatch;
import org.ipv6flow.schema.v1.Source;

/**
 * Reads back what an earlier run of this collector published last, so that what it had received and
 * not published when it was killed can be told.
 */
public final class PublishedFlows {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int TIMEOUT_MILLIS = 10_000;

  /** Takes the flow records of one message, or a part of them. */
  @FunctionalInterface
  public interface Consumer {
    void message(
        long exporterHigh, long exporterLow, int observationDomainId, int sequence, int records);
  }

  private final String collectorId;
  private final PublisherConfig config;

  public PublishedFlows(String collectorId, PublisherConfig config) {
    this.collectorId = collectorId;
    this.config = config;
  }

  /**
   * Reads all batches from a time on to the present end of the topic.
   *
   * @param sinceMillis the receiver's clock when a batch was begun
   * @param atMost gives up after this
   * @return whether the end was reached
   * @throws IOException if Kafka refuses
   */
  public boolean read(long sinceMillis, Duration atMost, Consumer consumer) throws IOException {
    long deadline = System.nanoTime() + atMost.toNanos();
    try (KafkaConsumer<byte[], byte[]> topic = new KafkaConsumer<>(settings())) {
      List<TopicPartition> partitions =
          topic.partitionsFor(Topics.FLOWS).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      topic.assign(partitions);
      Map<TopicPartition, Long> ends = topic.endOffsets(partitions);
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, sinceMillis));
      Map<TopicPartition, OffsetAndTimestamp> starts = topic.offsetsForTimes(times);
      for (TopicPartition partition : partitions) {
        OffsetAndTimestamp start = starts.get(partition);
        topic.seek(partition, start == null ? ends.get(partition) : start.offset());
      }
      while (ends.entrySet().stream()
          .anyMatch(end -> topic.position(end.getKey()) < end.getValue())) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        for (ConsumerRecord<byte[], byte[]> record : topic.poll(POLL)) {
          read(record.value(), consumer);
        }
      }
    } catch (KafkaException e) {
      throw new IOException(KafkaTopics.rootMessage(e), e);
    }
    return true;
  }

  private void read(byte[] value, Consumer consumer) {
    FlowBatch batch;
    try {
      batch = FlowBatch.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      return; // Not from a collector.
    }
    if (!batch.getCollectorId().equals(collectorId)) {
      return;
    }
    for (int i = 0; i < batch.getMessageSourceCount(); i++) {
      Source source = batch.getSources(batch.getMessageSource(i));
      ByteString address = source.getExporterAddress();
      consumer.message(
          address.asReadOnlyByteBuffer().getLong(0),
          address.asReadOnlyByteBuffer().getLong(Long.BYTES),
          source.getObservationDomainId(),
          batch.getMessageSequenceNumber(i),
          batch.getMessageRecordCount(i));
    }
  }

  private Properties settings() {
    Properties settings = new Properties();
    // Those of the connection, such as security, are the producer's.
    config
        .properties()
        .forEach(
            (key, value) -> {
              if (ConsumerConfig.configNames().contains(key)) {
                settings.put(key, value);
              }
            });
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return settings;
  }
}
