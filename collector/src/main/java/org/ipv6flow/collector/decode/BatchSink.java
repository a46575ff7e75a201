package org.ipv6flow.collector.decode;

import org.ipv6flow.schema.flow.FlowColumns;

/**
 * Where an {@link ExportDecoder} puts flow records: the owner of the batches.
 *
 * <p>Called by the decoder's own thread only. A batch may hold records of many exporters; the sink
 * decides which share one, so that it can choose the partition.
 */
public interface BatchSink {

  /**
   * The batch to append the exporter's records to.
   *
   * <p>May be full; the decoder then calls {@link #flush} and asks again. Rows at and after {@link
   * FlowColumns#recordCount} must be all zeros, as {@link FlowColumns#clear} leaves them.
   */
  FlowColumns batch(long exporterHigh, long exporterLow, int observationDomainId);

  /**
   * Takes the records out of a batch that has no room left, or no room for another sampling
   * interval. Afterwards {@link #batch} returns one that is empty: this one, cleared, or another.
   */
  void flush(FlowColumns batch);
}
