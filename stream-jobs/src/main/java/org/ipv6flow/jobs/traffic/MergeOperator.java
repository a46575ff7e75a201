package org.ipv6flow.jobs.traffic;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaKind;
import org.ipv6flow.jobs.aggregate.DeltaTable;
import org.ipv6flow.jobs.attribution.LinkTable;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBinaryBuffer;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.schema.inventory.Inventory;

/**
 * Adds up what the combiners send of one key, and turns it into rows ahead of every checkpoint
 * barrier. Like them it has no state; unlike them it sees all of a key, so that a checkpoint writes
 * one row for it.
 */
@SuppressWarnings("NullAway.Init") // Flink opens an operator before anything else.
final class MergeOperator extends AbstractStreamOperator<RowBlock>
    implements OneInputStreamOperator<Delta, RowBlock>, BoundedOneInput {

  /** Differs from the combiners' salt; see {@link DeltaTable}. */
  private static final long SALT = 0x5DEE_CE66_D1CE_4E5BL;

  private static final int MAX_ROWS_PER_BLOCK = 1 << 16;
  private static final long serialVersionUID = 1L;

  private final Inventory inventory;

  private transient DeltaTable linkTraffic;
  private transient DeltaTable unattributed;
  private transient LinkTrafficRows linkTrafficRows;
  private transient RowBinaryBuffer buffer;
  private transient Delta sums;

  MergeOperator(Inventory inventory) {
    this.inventory = inventory;
  }

  @Override
  public void open() throws Exception {
    super.open();
    linkTraffic = new DeltaTable(DeltaKind.LINK_TRAFFIC, SALT);
    unattributed = new DeltaTable(DeltaKind.UNATTRIBUTED, SALT);
    linkTrafficRows = new LinkTrafficRows(new LinkTable(inventory));
    buffer = new RowBinaryBuffer();
    sums = new Delta();
  }

  @Override
  public void processElement(StreamRecord<Delta> element) {
    Delta delta = element.getValue();
    (delta.kind == DeltaKind.LINK_TRAFFIC ? linkTraffic : unattributed).add(delta);
    if (linkTraffic.size() + unattributed.size() >= CombineOperator.MAX_SUMS) {
      flush();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void endInput() {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() {
    emit(linkTraffic, ClickHouseTable.LINK_TRAFFIC);
    emit(unattributed, ClickHouseTable.UNATTRIBUTED);
  }

  private void emit(DeltaTable table, ClickHouseTable target) {
    for (int at = table.next(0, sums); at >= 0; at = table.next(at, sums)) {
      if (target == ClickHouseTable.LINK_TRAFFIC) {
        linkTrafficRows.write(sums, buffer);
      } else {
        UnattributedRows.write(sums, buffer);
      }
      if (buffer.rows() == MAX_ROWS_PER_BLOCK) {
        output.collect(new StreamRecord<>(buffer.take(target)));
      }
    }
    table.clear();
    if (buffer.rows() > 0) {
      output.collect(new StreamRecord<>(buffer.take(target)));
    }
  }
}
