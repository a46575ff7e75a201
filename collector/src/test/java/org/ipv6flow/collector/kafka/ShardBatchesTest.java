package org.ipv6flow.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.testing.CapturingPublisher;
import org.ipv6flow.schema.flow.FlowColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardBatchesTest {

  private static final long NOW = 1_795_000_000_000L;
  private static final long IPV4 = FlowColumns.IPV4_MAPPED_PREFIX | 0x7F12_0000L;
  private static final int LINGER_MILLIS = 50;

  private final CapturingPublisher publisher = new CapturingPublisher();

  @Test
  void alwaysGivesADomainTheSameBatch() {
    ShardBatches batches = batches(7, 16);
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      long high = random.nextLong();
      long low = random.nextLong();
      int domain = random.nextInt();

      assertThat(batches.batch(high, low, domain)).isSameAs(batches.batch(high, low, domain));
    }
  }

  /** Exporters are numbered in rows, domains in steps: neither may end up in one shard. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536})
  void spreadsTheDomainsOfNeighbouringExporters(int domainStep) {
    ShardBatches batches = batches(4, 4_096);
    for (int i = 0; i < 400; i++) {
      append(batches, IPV4 + i, domainStep * i);
    }

    batches.flushAll();

    assertThat(publisher.sent())
        .hasSize(4)
        .allSatisfy(sent -> assertThat(sent.records()).isBetween(60, 140));
  }

  @Test
  void publishesAFullBatchWithItsShardAndTheTimeItWasBegun() {
    ShardBatches batches = batches(1, 16);
    batches.now(NOW);
    append(batches, IPV4, 5);
    batches.now(NOW + 20);
    append(batches, IPV4, 5);

    batches.flush(batches.batch(0, IPV4, 5));

    CapturingPublisher.Sent sent = publisher.sent().get(0);
    assertThat(sent.shard()).isZero();
    assertThat(sent.timestampMillis()).isEqualTo(NOW);
    assertThat(sent.columns().recordCount).isEqualTo(2);
    assertThat(sent.columns().baseTimeMillis).isEqualTo(NOW);
    assertThat(batches.batch(0, IPV4, 5).isEmpty()).isTrue();
  }

  @Test
  void numbersTheBatchesOfALoop() {
    ShardBatches batches = batches(2, 16);
    for (int i = 0; i < 3; i++) {
      append(batches, IPV4, 0);
      batches.flushAll();
    }

    assertThat(publisher.sent())
        .extracting(sent -> sent.columns().batchSequence)
        .containsExactly(0L, 1L, 2L);
  }

  @Test
  void publishesABatchThatHasLingered() {
    ShardBatches batches = batches(1, 16);
    batches.now(NOW);
    append(batches, IPV4, 0);

    batches.flushOld(NOW + LINGER_MILLIS - 1);
    assertThat(publisher.sent()).isEmpty();
    batches.flushOld(NOW + LINGER_MILLIS);
    assertThat(publisher.records()).isEqualTo(1);
  }

  /** Kafka was not there at the start, and has other partitions than was thought. */
  @Test
  void changesTheNumberOfShardsAndLosesNothing() {
    AtomicInteger shards = new AtomicInteger(1);
    ShardBatches batches = new ShardBatches("collector-1", config(1, 512), shards::get, publisher);
    for (int i = 0; i < 100; i++) {
      append(batches, IPV4 + i, 0);
    }
    shards.set(4);
    batches.flushOld(NOW);
    for (int i = 0; i < 100; i++) {
      append(batches, IPV4 + i, 0);
    }
    batches.flushAll();

    assertThat(publisher.records()).isEqualTo(200);
    assertThat(publisher.sent()).hasSize(1 + 4);
  }

  @Test
  void publishesNothingWhenThereIsNothing() {
    ShardBatches batches = batches(4, 16);

    batches.flushAll();
    batches.flushOld(NOW);

    assertThat(publisher.sent()).isEmpty();
  }

  @Test
  void tellsWhoseRecordsABatchHolds() {
    ShardBatches batches = batches(1, 64);
    for (int i = 0; i < 3; i++) {
      append(batches, IPV4, 1);
    }
    append(batches, IPV4, 2);
    append(batches, IPV4 + 1, 1);
    batches.flushAll();
    LostRecords lost = new LostRecords();

    lost.add(publisher.sent().get(0).contents(), PublishDrop.PUBLISH_FAILED);

    assertThat(lost.take())
        .containsExactlyInAnyOrder(
            new LostRecords.Loss(0, IPV4, 1, PublishDrop.PUBLISH_FAILED, 3),
            new LostRecords.Loss(0, IPV4, 2, PublishDrop.PUBLISH_FAILED, 1),
            new LostRecords.Loss(0, IPV4 + 1, 1, PublishDrop.PUBLISH_FAILED, 1));
  }

  @Test
  void addsUpLossesByReasonUntilTheyAreTaken() {
    ShardBatches batches = batches(1, 64);
    append(batches, IPV4, 1);
    batches.flushAll();
    LostRecords.Contents one = publisher.sent().get(0).contents();
    LostRecords lost = new LostRecords();

    lost.add(one, PublishDrop.PUBLISH_FAILED);
    lost.add(one, PublishDrop.PUBLISH_FAILED);
    lost.add(one, PublishDrop.PUBLISH_MEMORY_FULL);

    assertThat(lost.take()).extracting(LostRecords.Loss::count).containsExactlyInAnyOrder(2L, 1L);
    assertThat(lost.take()).isEmpty();
    assertThat(lost.total(PublishDrop.PUBLISH_FAILED)).isEqualTo(2);
    assertThat(lost.total(PublishDrop.PUBLISH_MEMORY_FULL)).isEqualTo(1);
  }

  private ShardBatches batches(int shards, int batchRecords) {
    return new ShardBatches("collector-1", config(shards, batchRecords), publisher);
  }

  private static PublisherConfig config(int shards, int batchRecords) {
    return new PublisherConfig(
        "unused", "none", 1 << 22, shards, batchRecords, LINGER_MILLIS, 4, Map.of());
  }

  private static void append(ShardBatches batches, long exporterLow, int domain) {
    FlowColumns batch = batches.batch(0, exporterLow, domain);
    batch.octets[batch.recordCount] = 100;
    batch.recordCount++;
    batch.addMessage(batch.sourceIndex(0, exporterLow, domain), 1, 0, NOW, NOW);
  }
}
