package org.ipv6flow.jobs.traffic;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.clickhouse.RowBlockSerializer;
import org.ipv6flow.jobs.quality.StatusRowsOperator;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.rows.RowDeltaSerializer;
import org.ipv6flow.jobs.source.DeadLetter;
import org.ipv6flow.jobs.types.SerializerTypeInfo;
import org.ipv6flow.schema.inventory.PublishedInventory;

/**
 * Flow batches, inventories and exporter status to rows of sums.
 *
 * <p>Knows neither Kafka nor ClickHouse, so that tests run it on a list. The uids name the
 * operators in savepoints: they never change.
 *
 * <pre>
 * flow batches ─── combine ══ by link direction ══ merge ── traffic rows
 * inventories ═══════┘  │└──── flow samples, active prefixes ── sample rows
 *                       └───── dead letters ───┐
 * exporter status ── to rows ──────────────────┴──────────── quality rows
 * </pre>
 */
public final class TrafficTopology {

  private static final SerializerTypeInfo<RowDelta> ROW_DELTA =
      new SerializerTypeInfo<>(RowDelta.class, RowDeltaSerializer.INSTANCE);
  private static final SerializerTypeInfo<RowBlock> ROW_BLOCK =
      new SerializerTypeInfo<>(RowBlock.class, RowBlockSerializer.INSTANCE);

  private final List<PublishedInventory> initialInventories;
  private final TrafficSettings settings;

  /**
   * @param initialInventories hold until others come; at least one
   */
  public TrafficTopology(List<PublishedInventory> initialInventories, TrafficSettings settings) {
    this.initialInventories = List.copyOf(initialInventories);
    this.settings = settings;
  }

  /** Connects the streams to where their results go. */
  public void build(
      DataStream<byte[]> flowBatches,
      DataStream<byte[]> inventories,
      DataStream<byte[]> exporterStatus,
      Sink<RowBlock> trafficRows,
      Sink<RowBlock> qualityRows,
      Sink<Tuple2<String, byte[]>> deadLetters) {
    SingleOutputStreamOperator<RowDelta> combined =
        flowBatches
            .connect(inventories.broadcast())
            .transform(
                "Combine flow records",
                ROW_DELTA,
                new CombineOperator(initialInventories, settings))
            .uid("combine-flow-records");
    combined
        .keyBy(new ByPartition(), Types.INT)
        .transform("Merge sums", ROW_BLOCK, new MergeOperator(settings))
        .uid("merge-sums")
        .sinkTo(trafficRows)
        .name("Traffic")
        .uid("traffic-rows");

    combined
        .getSideOutput(CombineOperator.ROWS)
        .sinkTo(trafficRows)
        .name("Samples")
        .uid("sample-rows");

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
  private static final class ByPartition implements KeySelector<RowDelta, Integer> {

    private static final long serialVersionUID = 1L;

    @Override
    public Integer getKey(RowDelta delta) {
      return delta.partition;
    }
  }
}
