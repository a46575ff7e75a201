package org.ipv6flow.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.schema.flow.FlowColumns;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two collectors that receive the same messages must send them to the same partitions: the job
 * counts a message once where both copies come to one of its subtasks.
 */
class PartitionOfExporterTest {

  private static final long NOW = 1_795_000_000_000L;
  private static final long IPV4 = FlowColumns.IPV4_MAPPED_PREFIX | 0x7F12_0000L;

  @ParameterizedTest
  @CsvSource({"4, 4, 4", "4, 1, 4", "4, 4, 7", "6, 4, 5", "12, 4, 64", "1, 1, 3"})
  void doesNotDependOnACollectorsShards(int partitions, int shards, int shardsOfTheOther) {
    for (int exporter = 0; exporter < 200; exporter++) {
      for (int domain : new int[] {0, 1, 65_536}) {
        assertThat(partition(partitions, shards, IPV4 + exporter, domain))
            .as("exporter %d, domain %d", exporter, domain)
            .isEqualTo(partition(partitions, shardsOfTheOther, IPV4 + exporter, domain));
      }
    }
  }

  /** Where a record of an exporter and domain goes. */
  private static int partition(int partitions, int shards, long exporterLow, int domain) {
    PublisherConfig config =
        new PublisherConfig("unused", "none", 1 << 22, shards, 16, 50, partitions, Map.of());
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    FlowPublisher publisher = new FlowPublisher(config, null, producer, partitions);
    ShardBatches batches = new ShardBatches("collector", config, publisher::shards, publisher);
    FlowColumns batch = batches.batch(0, exporterLow, domain);
    batch.recordCount++;
    batch.addMessage(batch.sourceIndex(0, exporterLow, domain), 1, 0, NOW, NOW);
    batches.flushAll();
    ProducerRecord<byte[], byte[]> record = producer.history().get(0);
    return record.partition();
  }
}
