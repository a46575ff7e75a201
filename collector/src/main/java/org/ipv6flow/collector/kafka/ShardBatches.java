package org.ipv6flow.collector.kafka;

import java.util.function.IntSupplier;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.decode.BatchSink;
import org.ipv6flow.schema.flow.FlowBatchEncoder;
import org.ipv6flow.schema.flow.FlowColumns;

/**
 * The batches one event loop fills side by side, one per shard.
 *
 * <p>An exporter's domain always goes to the same shard, and a shard to one partition, so that the
 * stream job finds what belongs to one link in few places. Few shards, so that batches are full
 * soon: with 4 and 100 000 records a second a batch of 512 is open for 20 ms. Not thread-safe.
 */
public final class ShardBatches implements BatchSink {

  private final BatchPublisher publisher;
  private final FlowBatchEncoder encoder;
  private final ContentsPool contents = new ContentsPool();
  private final PublisherConfig config;
  private final IntSupplier shards;
  private FlowColumns[] batches;
  private long nowMillis;
  private long sequence;

  public ShardBatches(String collectorId, PublisherConfig config, BatchPublisher publisher) {
    this(collectorId, config, config::shards, publisher);
  }

  /**
   * @param shards how many there should be; may change
   */
  public ShardBatches(
      String collectorId, PublisherConfig config, IntSupplier shards, BatchPublisher publisher) {
    this.publisher = publisher;
    this.config = config;
    this.shards = shards;
    encoder = new FlowBatchEncoder(collectorId);
    batches = newBatches(shards.getAsInt());
  }

  private FlowColumns[] newBatches(int count) {
    FlowColumns[] empty = new FlowColumns[count];
    for (int i = 0; i < count; i++) {
      empty[i] = new FlowColumns(config.batchRecords());
    }
    return empty;
  }

  /** Tells the time, in milliseconds since the epoch; to be called before datagrams are decoded. */
  public void now(long nowMillis) {
    this.nowMillis = nowMillis;
  }

  @Override
  public FlowColumns batch(long exporterHigh, long exporterLow, int observationDomainId) {
    FlowColumns batch = batches[shard(exporterHigh, exporterLow, observationDomainId)];
    if (batch.isEmpty()) {
      batch.baseTimeMillis = nowMillis;
    }
    return batch;
  }

  @Override
  public void flush(FlowColumns batch) {
    for (int shard = 0; shard < batches.length; shard++) {
      if (batches[shard] == batch) {
        publish(shard);
      }
    }
  }

  /** Publishes batches that have waited long enough to be filled. */
  public void flushOld(long nowMillis) {
    if (shards.getAsInt() != batches.length) {
      flushAll();
      batches = newBatches(shards.getAsInt());
    }
    for (int shard = 0; shard < batches.length; shard++) {
      if (nowMillis - batches[shard].baseTimeMillis >= config.lingerMillis()) {
        publish(shard);
      }
    }
  }

  /** Publishes whatever there is. */
  public void flushAll() {
    for (int shard = 0; shard < batches.length; shard++) {
      publish(shard);
    }
  }

  private void publish(int shard) {
    FlowColumns batch = batches[shard];
    if (batch.isEmpty()) {
      return;
    }
    batch.batchSequence = sequence++;
    publisher.send(
        shard,
        batch.baseTimeMillis,
        encoder.toReusedArray(batch),
        batch.recordCount,
        contents.take(batch));
    batch.clear();
    batch.baseTimeMillis = nowMillis;
  }

  private int shard(long high, long low, int domain) {
    long mixed = (high * 31 + low) * 31 + domain;
    mixed ^= mixed >>> 32;
    mixed *= 0x9E37_79B9_7F4A_7C15L;
    return (int) Long.remainderUnsigned(mixed >>> 16, batches.length);
  }
}
