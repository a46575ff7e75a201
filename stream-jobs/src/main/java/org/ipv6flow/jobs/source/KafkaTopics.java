package org.ipv6flow.jobs.source;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.ipv6flow.jobs.config.KafkaConfig;
import org.ipv6flow.schema.topic.Topics;

/** The topics the job reads, and the one to which it gives back what it could not read. */
public final class KafkaTopics {

  private static final String REASON_HEADER = "reason";
  private static final String FETCH_MIN_BYTES = Integer.toString(512 << 10);
  private static final String FETCH_MAX_WAIT_MILLIS = "250";

  /** What comes of a partition in that time at a million records a second, and more. */
  private static final String PARTITION_FETCH_BYTES = Integer.toString(4 << 20);

  private final KafkaConfig config;

  public KafkaTopics(KafkaConfig config) {
    this.config = config;
  }

  public Source<byte[], ?, ?> flows() {
    return source(Topics.FLOWS);
  }

  public Source<byte[], ?, ?> exporterStatus() {
    return source(Topics.EXPORTER_STATUS);
  }

  /** Always from the beginning, unless a checkpoint says where: the topic is compacted. */
  public Source<byte[], ?, ?> inventories() {
    return builder(Topics.INVENTORY).setStartingOffsets(OffsetsInitializer.earliest()).build();
  }

  /**
   * At least once: after a failure a dead letter may be there twice, which harms nobody who reads
   * it.
   */
  public Sink<Tuple2<String, byte[]>> deadLetters() {
    Properties properties = new Properties();
    properties.putAll(config.properties());
    return KafkaSink.<Tuple2<String, byte[]>>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new DeadLetterSchema())
        .build();
  }

  /** Without a checkpoint, from where the group last was, and else from the beginning. */
  private KafkaSource<byte[]> source(String topic) {
    return builder(topic)
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .build();
  }

  private KafkaSourceBuilder<byte[]> builder(String topic) {
    Properties properties = new Properties();
    // The consumers of two splits would register the same names.
    properties.put("register.consumer.metrics", "false");
    // One fetch for each few batches would cost the broker more than the batches themselves.
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_MIN_BYTES);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MAX_WAIT_MILLIS);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
    properties.putAll(config.properties());
    return KafkaSource.<byte[]>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setGroupId(config.groupId())
        .setClientIdPrefix(config.groupId() + "-" + topic)
        .setTopics(topic)
        .setValueOnlyDeserializer(new OctetsSchema())
        .setProperties(properties);
  }

  /** The octets as they came, the reason as a header. */
  private static final class DeadLetterSchema
      implements KafkaRecordSerializationSchema<Tuple2<String, byte[]>> {

    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        Tuple2<String, byte[]> letter, KafkaSinkContext context, Long timestamp) {
      List<Header> headers =
          List.of(new RecordHeader(REASON_HEADER, letter.f0.getBytes(StandardCharsets.UTF_8)));
      return new ProducerRecord<>(Topics.DEAD_LETTERS, null, null, null, letter.f1, headers);
    }
  }
}
