package org.ipv6flow.collector.testing;

import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.collector.kafka.BatchPublisher;
import org.ipv6flow.collector.kafka.LostRecords;
import org.ipv6flow.schema.flow.FlowBatchDecoder;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.MalformedBatchException;

/** Keeps the batches that would go to Kafka; thread-safe. */
public final class CapturingPublisher implements BatchPublisher {

  /** One Kafka record. */
  public record Sent(
      int shard, long timestampMillis, int records, byte[] batch, LostRecords.Contents contents) {

    /** The batch as its readers see it. */
    public FlowColumns columns() {
      FlowColumns columns = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);
      try {
        new FlowBatchDecoder().decode(batch, 0, batch.length, columns);
      } catch (MalformedBatchException e) {
        throw new AssertionError(e);
      }
      return columns;
    }
  }

  private final List<Sent> sent = new ArrayList<>();

  @Override
  public synchronized void send(
      int shard, long timestampMillis, byte[] batch, int records, LostRecords.Contents contents) {
    sent.add(new Sent(shard, timestampMillis, records, batch.clone(), contents));
  }

  public synchronized List<Sent> sent() {
    return List.copyOf(sent);
  }

  public int records() {
    return sent().stream().mapToInt(Sent::records).sum();
  }
}
