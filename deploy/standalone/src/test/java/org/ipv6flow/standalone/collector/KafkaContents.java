package org.ipv6flow.standalone.collector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ipv6flow.schema.flow.FlowBatchDecoder;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.topic.Topics;
import org.ipv6flow.schema.v1.ExporterStatus;
import org.ipv6flow.standalone.collector.TestExporter.Message;

/** What a collector has published, and what it said of losses. */
record KafkaContents(Map<Message, Integer> flows, List<ExporterStatus> statuses) {

  private static final Duration POLL = Duration.ofMillis(200);

  static KafkaContents read(String kafka) throws Exception {
    Map<Message, Integer> flows = new HashMap<>();
    FlowColumns batch = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);
    for (byte[] value : values(kafka, Topics.FLOWS)) {
      new FlowBatchDecoder().decode(value, 0, value.length, batch);
      for (int i = 0; i < batch.messageCount; i++) {
        flows.merge(
            new Message(batch.sourceDomain[batch.messageSource[i]], batch.messageSequenceNumber[i]),
            batch.messageRecordCount[i],
            Integer::sum);
      }
    }
    List<ExporterStatus> statuses = new ArrayList<>();
    for (byte[] value : values(kafka, Topics.EXPORTER_STATUS)) {
      statuses.add(ExporterStatus.parseFrom(value));
    }
    return new KafkaContents(flows, statuses);
  }

  long records() {
    return flows.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** The sum over all statuses of a domain. */
  long lostRecords(int domain) {
    return statuses.stream()
        .filter(status -> status.getObservationDomainId() == domain)
        .mapToLong(ExporterStatus::getLostRecords)
        .sum();
  }

  long lostMessages(int domain) {
    return statuses.stream()
        .filter(status -> status.getObservationDomainId() == domain)
        .mapToLong(ExporterStatus::getLostMessages)
        .sum();
  }

  long dropped(String reason) {
    return statuses.stream().mapToLong(status -> status.getDroppedOrDefault(reason, 0)).sum();
  }

  /** All reasons there are. */
  List<String> dropReasons() {
    return statuses.stream()
        .flatMap(status -> status.getDroppedMap().keySet().stream())
        .distinct()
        .toList();
  }

  private static List<byte[]> values(String kafka, String topic) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
