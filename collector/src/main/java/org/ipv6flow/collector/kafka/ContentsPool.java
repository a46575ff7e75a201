package org.ipv6flow.collector.kafka;

import java.util.ArrayDeque;
import org.ipv6flow.schema.flow.FlowColumns;

/**
 * Contents of batches that are not on their way to Kafka at the moment, to be used again;
 * thread-safe, since Kafka's answer comes on another thread than the batch.
 */
final class ContentsPool {

  private final ArrayDeque<LostRecords.Contents> free = new ArrayDeque<>();

  /** What a batch holds, in an object to be {@linkplain LostRecords.Contents#release released}. */
  LostRecords.Contents take(FlowColumns batch) {
    LostRecords.Contents contents;
    synchronized (free) {
      contents = free.pollLast();
    }
    return (contents == null ? new LostRecords.Contents(this) : contents).fill(batch);
  }

  void give(LostRecords.Contents contents) {
    synchronized (free) {
      free.addLast(contents);
    }
  }
}
