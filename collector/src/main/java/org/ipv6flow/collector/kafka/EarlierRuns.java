package org.ipv6flow.collector.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.session.DeliveryLedger;
import org.ipv6flow.schema.flow.FlowBatchDecoder;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.MalformedBatchException;
import org.ipv6flow.schema.topic.Topics;
import org.ipv6flow.schema.v1.ExporterStatus;

/**
 * Finds what earlier runs of a collector had sent to Kafka without learning that it arrived.
 *
 * <p>What a killed process had handed to its socket may be appended after the next run has begun:
 * so it is looked for until nothing new of it has come for a while.
 */
final class EarlierRuns {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final long MAX_ANSWER_NANOS = Duration.ofSeconds(1).toNanos();

  /** A batch may have been begun before the run's own clock reading. */
  private static final long CLOCK_SLACK_MILLIS = 10_000;

  private final PublisherConfig config;
  private final DeliveryLedger ledger;
  private final Duration quiet;
  private final FlowBatchDecoder decoder = new FlowBatchDecoder();
  private final FlowColumns columns = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);

  /**
   * @param quiet how long nothing of an earlier run must have come
   */
  EarlierRuns(PublisherConfig config, DeliveryLedger ledger, Duration quiet) {
    this.config = config;
    this.ledger = ledger;
    this.quiet = quiet;
  }

  /**
   * Reads what may be of earlier runs, until their end.
   *
   * @return the losses that are known then
   * @throws org.apache.kafka.common.KafkaException if Kafka refuses or does not answer
   */
  List<DeliveryLedger.Owed> settle() {
    if (ledger.isSettled()) {
      return ledger.settle();
    }
    ledger.beginSearch();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
      Map<TopicPartition, Long> starts = new HashMap<>();
      starts(consumer, Topics.FLOWS, ledger::flowsFrom, ledger.flowsSinceMillis(), starts);
      starts(
          consumer,
          Topics.EXPORTER_STATUS,
          ledger::statusesFrom,
          ledger.statusesSinceMillis(),
          starts);
      consumer.assign(starts.keySet());
      starts.forEach(consumer::seek);
      readToEnd(consumer);
    }
    return ledger.settle();
  }

  private void readToEnd(KafkaConsumer<byte[], byte[]> consumer) {
    Set<TopicPartition> partitions = consumer.assignment();
    long quietSince = System.nanoTime();
    Map<TopicPartition, Long> ends = Map.of();
    long endsRead = quietSince;
    boolean reached = partitions.isEmpty();
    while (!reached || endsRead - quietSince < quiet.toNanos()) {
      long begun = System.nanoTime();
      if (reached) {
        ends = consumer.endOffsets(partitions);
        endsRead = System.nanoTime();
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (isOfEarlierRun(record)) {
          quietSince = System.nanoTime();
        }
      }
      reached =
          ends.entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
      if (System.nanoTime() - begun > MAX_ANSWER_NANOS) {
        // A broker that stalls has not yet appended all that was sent to it either.
        quietSince = System.nanoTime();
      }
    }
  }

  private static void starts(
      KafkaConsumer<byte[], byte[]> consumer,
      String topic,
      IntToLongFunction from,
      long sinceMillis,
      Map<TopicPartition, Long> starts) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo info : consumer.partitionsFor(topic)) {
      partitions.add(new TopicPartition(topic, info.partition()));
    }
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndTimestamp> times = Map.of();
    if (sinceMillis != 0) {
      Map<TopicPartition, Long> since = new HashMap<>();
      partitions.forEach(
          partition -> since.put(partition, Math.max(sinceMillis - CLOCK_SLACK_MILLIS, 0)));
      times = consumer.offsetsForTimes(since);
    }
    for (TopicPartition partition : partitions) {
      long end = ends.getOrDefault(partition, 0L);
      long start = from.applyAsLong(partition.partition());
      if (sinceMillis != 0) {
        OffsetAndTimestamp at = times.get(partition);
        long since = at == null ? end : at.offset();
        start = start < 0 ? since : Math.min(start, since);
      }
      if (start >= 0) {
        // The topic may have been made anew, or its oldest part deleted.
        starts.put(partition, Math.max(first.getOrDefault(partition, 0L), Math.min(start, end)));
      }
    }
  }

  private boolean isOfEarlierRun(ConsumerRecord<byte[], byte[]> record) {
    RunHeader run = RunHeader.of(record.headers());
    if (run == null || run.instance() != ledger.instance() || run.run() >= ledger.run()) {
      return false;
    }
    if (record.topic().equals(Topics.FLOWS)) {
      readBatch(record, run);
    } else {
      readStatus(record, run);
    }
    return true;
  }

  private void readBatch(ConsumerRecord<byte[], byte[]> record, RunHeader run) {
    try {
      decoder.decode(record.value(), 0, record.value().length, columns);
    } catch (MalformedBatchException e) {
      throw new IllegalStateException("a batch of our own: " + e.getMessage(), e);
    }
    for (int i = 0; i < columns.messageCount; i++) {
      int source = columns.messageSource[i];
      ledger.foundFlows(
          record.partition(),
          record.offset(),
          run.run(),
          columns.sourceExporterHigh[source],
          columns.sourceExporterLow[source],
          columns.sourceDomain[source],
          columns.messageRecordCount[i],
          i == 0 && run.continuesMessage() ? 0 : 1);
    }
  }

  private void readStatus(ConsumerRecord<byte[], byte[]> record, RunHeader run) {
    Losses losses;
    try {
      losses = Losses.of(ExporterStatus.parseFrom(record.value()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a status of our own: " + e.getMessage(), e);
    }
    ledger.foundStatus(
        record.partition(),
        record.offset(),
        run.run(),
        losses.exporterHigh(),
        losses.exporterLow(),
        losses.observationDomainId(),
        losses.lostRecords(),
        losses.lostMessages(),
        losses.droppedRecords(),
        losses.killedRecords());
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
