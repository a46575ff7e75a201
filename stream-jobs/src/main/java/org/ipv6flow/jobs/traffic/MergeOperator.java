package org.ipv6flow.jobs.traffic;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.rows.HeldRows;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.rows.RowSums;
import org.ipv6flow.jobs.rows.RowWriter;

/**
 * Adds up what the combiners send of one key, and turns it into rows ahead of a checkpoint barrier.
 * It sees all of a key, so that a checkpoint writes one row for it.
 *
 * <p>Rows of link traffic leave with every barrier and are no state. Those that are told apart
 * further are held until their bucket is over; till then they are state, which any subtask may take
 * over: sums in two places still add up.
 */
@SuppressWarnings("NullAway.Init") // Flink opens an operator before anything else.
final class MergeOperator extends AbstractStreamOperator<RowBlock>
    implements OneInputStreamOperator<RowDelta, RowBlock>, BoundedOneInput {

  private static final ListStateDescriptor<byte[]> HELD_ROWS =
      new ListStateDescriptor<>("held-rows", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final long serialVersionUID = 1L;

  private final TrafficSettings settings;

  private transient Map<ClickHouseTable, RowSums> open;
  private transient HeldRows held;
  private transient ListState<byte[]> heldState;
  private transient RowWriter writer;
  private transient int openRows;

  MergeOperator(TrafficSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    open = new EnumMap<>(ClickHouseTable.class);
    held = new HeldRows(settings.outputs().asPairs());
    writer = new RowWriter();
    heldState = context.getOperatorStateStore().getListState(HELD_ROWS);
    for (byte[] state : heldState.get()) {
      held.restore(state);
    }
  }

  @Override
  public void processElement(StreamRecord<RowDelta> element) {
    RowDelta delta = element.getValue();
    if (HeldRows.holds(delta.table)) {
      held.add(delta, now());
      return;
    }
    RowSums rows = open.computeIfAbsent(delta.table, RowSums::new);
    int before = rows.size();
    rows.add(delta);
    openRows += rows.size() - before;
    if (openRows >= CombineOperator.MAX_SUMS) {
      flush();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
    held.takeDue(now(), this::write);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    heldState.update(held.state());
  }

  @Override
  public void endInput() {
    flush();
    held.takeAll(this::write);
  }

  @Override
  public void finish() throws Exception {
    flush();
    held.takeAll(this::write);
    super.finish();
  }

  private void flush() {
    for (RowSums rows : open.values()) {
      write(rows);
      rows.clear();
    }
    openRows = 0;
  }

  private void write(RowSums rows) {
    writer.write(rows, block -> output.collect(new StreamRecord<>(block)));
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
