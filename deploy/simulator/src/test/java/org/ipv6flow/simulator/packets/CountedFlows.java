package org.ipv6flow.simulator.packets;

import org.ipv6flow.collector.kafka.BatchPublisher;
import org.ipv6flow.collector.kafka.LostRecords;
import org.ipv6flow.schema.flow.FlowBatchDecoder;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.MalformedBatchException;

/** Adds up what would go to Kafka, read as its readers read it; thread-safe. */
final class CountedFlows implements BatchPublisher {

  private final FlowBatchDecoder decoder = new FlowBatchDecoder();
  private final FlowColumns columns = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);
  private final long[] packets = new long[7];
  private final long[] octets = new long[7];

  @Override
  public synchronized void send(
      int shard, long timestampMillis, byte[] batch, int records, LostRecords.Contents contents) {
    try {
      decoder.decode(batch, 0, batch.length, columns);
    } catch (MalformedBatchException e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < columns.recordCount; i++) {
      packets[columns.ipVersion[i]] += columns.packets[i];
      octets[columns.ipVersion[i]] += columns.octets[i];
    }
    contents.release();
  }

  synchronized long packets(int ipVersion) {
    return packets[ipVersion];
  }

  synchronized long octets(int ipVersion) {
    return octets[ipVersion];
  }
}
