package org.ipv6flow.jobs.clickhouse;

import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Row blocks into ClickHouse, exactly once: rows become visible when the checkpoint that covers
 * them is complete, and a repeated commit is dropped by its deduplication token. The tables, and
 * those that materialized views feed from them, need a deduplication window.
 */
public final class ClickHouseSink implements Sink<RowBlock>, SupportsCommitter<InsertCommittable> {

  private static final long serialVersionUID = 1L;

  private final ClickHouseEndpoint endpoint;

  public ClickHouseSink(ClickHouseEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public SinkWriter<RowBlock> createWriter(WriterInitContext context) {
    return new ClickHouseWriter();
  }

  @Override
  public Committer<InsertCommittable> createCommitter(CommitterInitContext context) {
    return new ClickHouseCommitter(endpoint, context.metricGroup());
  }

  @Override
  public SimpleVersionedSerializer<InsertCommittable> getCommittableSerializer() {
    return new InsertCommittableSerializer();
  }
}
