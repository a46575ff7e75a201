package org.ipv6flow.jobs.traffic;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaKind;
import org.ipv6flow.jobs.aggregate.DeltaSerializer;
import org.ipv6flow.jobs.aggregate.LinkTrafficKey;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.clickhouse.RowBlockSerializer;
import org.ipv6flow.jobs.quality.StatusRowsOperator;
import org.ipv6flow.jobs.source.DeadLetter;
import org.ipv6flow.jobs.types.SerializerTypeInfo;
import org.ipv6flow.schema.inventory.Inventory;

/**
 * Flow batches and exporter status to rows of sums.
 *
 * <p>Knows neither Kafka nor ClickHouse, so that tests run it on a list. The uids name the
 * operators in savepoints: they never change.
 *
 * <pre>
 * flow batches ── combine ══ by link direction ══ merge ── traffic rows
 *                    └──────── dead letters ───┐
 * exporter status ── to rows ──────────────────┴────────── quality rows
 * </pre>
 */
public final class TrafficTopology {

  private static final SerializerTypeInfo<Delta> DELTA =
      new SerializerTypeInfo<>(Delta.class, DeltaSerializer.INSTANCE);
  private static final SerializerTypeInfo<RowBlock> ROW_BLOCK =
      new SerializerTypeInfo<>(RowBlock.class, RowBlockSerializer.INSTANCE);

  private final Inventory inventory;
  private final TimeLimits limits;

  public TrafficTopology(Inventory inventory, TimeLimits limits) {
    this.inventory = inventory;
    this.limits = limits;
  }

  /** Connects the streams to where their results go. */
  public void build(
      DataStream<byte[]> flowBatches,
      DataStream<byte[]> exporterStatus,
      Sink<RowBlock> trafficRows,
      Sink<RowBlock> qualityRows,
      Sink<Tuple2<String, byte[]>> deadLetters) {
    SingleOutputStreamOperator<Delta> combined =
        flowBatches
            .transform("Combine flow records", DELTA, new CombineOperator(inventory, limits))
            .uid("combine-flow-records");
    combined
        .keyBy(new ByLinkDirection(), Types.INT)
        .transform("Merge sums", ROW_BLOCK, new MergeOperator(inventory))
        .uid("merge-sums")
        .sinkTo(trafficRows)
        .name("Traffic")
        .uid("traffic-rows");

    SingleOutputStreamOperator<RowBlock> status =
        exporterStatus
            .transform("To rows", ROW_BLOCK, new StatusRowsOperator())
            .uid("exporter-status-to-rows");
    status.sinkTo(qualityRows).name("Quality").uid("quality-rows");

    combined
        .getSideOutput(DeadLetter.TAG)
        .union(status.getSideOutput(DeadLetter.TAG))
        .sinkTo(deadLetters)
        .name("Dead letters")
        .uid("dead-letters");
  }

  /** Sums of a link direction meet in one subtask; those of no link, wherever their exporter's. */
  private static final class ByLinkDirection implements KeySelector<Delta, Integer> {

    private static final long serialVersionUID = 1L;

    @Override
    public Integer getKey(Delta delta) {
      return delta.kind == DeltaKind.LINK_TRAFFIC
          ? LinkTrafficKey.partition(delta.key0)
          : Long.hashCode(delta.key0 * 31 + delta.key1);
    }
  }
}
