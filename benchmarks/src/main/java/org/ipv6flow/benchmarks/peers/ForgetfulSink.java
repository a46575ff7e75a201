package org.ipv6flow.benchmarks.peers;

import org.ipv6flow.collector.decode.BatchSink;
import org.ipv6flow.schema.flow.FlowColumns;

/** One batch, emptied whenever it is full. */
final class ForgetfulSink implements BatchSink {

  private final FlowColumns batch = new FlowColumns(FlowColumns.DEFAULT_CAPACITY);

  @Override
  public FlowColumns batch(long exporterHigh, long exporterLow, int observationDomainId) {
    return batch;
  }

  @Override
  public void flush(FlowColumns full) {
    full.clear();
  }
}
