package org.ipv6flow.collector.kafka;

/** Where full batches go: {@link FlowPublisher}, or a test. */
@FunctionalInterface
public interface BatchPublisher {

  /**
   * Takes an encoded batch, without waiting and without failing.
   *
   * @param shard decides the partition
   * @param timestampMillis the receiver's clock when the batch was begun
   * @param batch the caller's again when the call returns
   * @param contents whose records are lost if the batch does not arrive; the publisher's until it
   *     releases it
   */
  void send(
      int shard, long timestampMillis, byte[] batch, int records, LostRecords.Contents contents);
}
