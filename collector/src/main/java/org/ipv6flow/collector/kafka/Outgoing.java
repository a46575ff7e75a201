package org.ipv6flow.collector.kafka;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.ipv6flow.schema.topic.Topics;

/**
 * What is to become a Kafka record.
 *
 * @param shard decides the partition; negative: the key does
 */
record Outgoing(
    String topic, int shard, long timestampMillis, byte[] key, byte[] value, List<Header> headers) {

  static Outgoing batch(
      int shard, long timestampMillis, byte[] key, byte[] batch, List<Header> headers) {
    return new Outgoing(Topics.FLOWS, shard, timestampMillis, key, batch, headers);
  }

  static Outgoing status(long timestampMillis, byte[] key, byte[] status, List<Header> headers) {
    return new Outgoing(Topics.EXPORTER_STATUS, -1, timestampMillis, key, status, headers);
  }

  int bytes() {
    return key.length + value.length;
  }

  Outgoing copy() {
    return new Outgoing(topic, shard, timestampMillis, key, value.clone(), headers);
  }

  ProducerRecord<byte[], byte[]> toRecord(int partitions) {
    return new ProducerRecord<>(
        topic, shard < 0 ? null : shard % partitions, timestampMillis, key, value, headers);
  }
}
