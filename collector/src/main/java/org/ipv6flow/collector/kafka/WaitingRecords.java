package org.ipv6flow.collector.kafka;

import java.util.ArrayDeque;
import org.apache.kafka.clients.producer.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Kafka records that wait until there is a producer to send them, in their order and up to a limit;
 * thread-safe.
 */
final class WaitingRecords {

  /** Makes a Kafka record, once it is known how many partitions there are. */
  record Waiting(Outgoing record, Callback callback) {}

  /** What became of a record that was offered. */
  enum Outcome {
    WAITS,
    /** There is no room: it is dropped. */
    FULL,
    /** Nothing waits any more: the producer takes it. */
    OPEN
  }

  private final long maxBytes;
  private final ArrayDeque<Waiting> records = new ArrayDeque<>();
  private long bytes;
  private volatile boolean open;

  WaitingRecords(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  Outcome offer(Outgoing record, Callback callback) {
    if (open) {
      return Outcome.OPEN;
    }
    synchronized (this) {
      if (open) {
        return Outcome.OPEN;
      }
      if (bytes + record.bytes() > maxBytes) {
        return Outcome.FULL;
      }
      // A batch's array is its encoder's, which will use it again.
      records.add(new Waiting(record.copy(), callback));
      bytes += record.bytes();
      return Outcome.WAITS;
    }
  }

  /** The record that has waited longest; if there is none, from now on none ever waits. */
  synchronized @Nullable Waiting pollOrOpen() {
    Waiting next = poll();
    open = next == null;
    return next;
  }

  synchronized @Nullable Waiting poll() {
    Waiting next = records.poll();
    if (next != null) {
      bytes -= next.record().bytes();
    }
    return next;
  }
}
