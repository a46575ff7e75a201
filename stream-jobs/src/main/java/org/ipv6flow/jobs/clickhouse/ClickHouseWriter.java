package org.ipv6flow.jobs.clickhouse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;

/**
 * Collects the rows of a checkpoint, table by table, and turns them into committables before its
 * barrier. Writes nothing to ClickHouse itself, and keeps no state: what was not in a completed
 * checkpoint is computed again from Kafka.
 */
final class ClickHouseWriter implements CommittingSinkWriter<RowBlock, InsertCommittable> {

  /**
   * Rows of one insert. Below max_insert_block_size (1 048 449), so that an insert is one block and
   * is taken or dropped as a whole.
   */
  static final int MAX_ROWS_PER_INSERT = 250_000;

  private static final int MAX_BYTES_PER_INSERT = 32 << 20;

  /** Differs for every incarnation of every subtask, so that no two inserts share a token. */
  private final String incarnation = UUID.randomUUID().toString();

  private final Map<ClickHouseTable, List<RowBlock>> open = new EnumMap<>(ClickHouseTable.class);
  private final List<InsertCommittable> full = new ArrayList<>();
  private long inserts;

  @Override
  public void write(RowBlock block, Context context) {
    if (block.rows() == 0) {
      return;
    }
    List<RowBlock> blocks = open.computeIfAbsent(block.table(), table -> new ArrayList<>());
    int rows = blocks.stream().mapToInt(RowBlock::rows).sum();
    int bytes = blocks.stream().mapToInt(collected -> collected.data().length).sum();
    if (rows + block.rows() > MAX_ROWS_PER_INSERT
        || bytes + block.data().length > MAX_BYTES_PER_INSERT) {
      close(block.table(), blocks);
    }
    blocks.add(block);
  }

  /** Rows leave with {@link #prepareCommit} only: before the commit nothing may be visible. */
  @Override
  public void flush(boolean isEndOfInput) {}

  @Override
  public Collection<InsertCommittable> prepareCommit() {
    open.forEach(this::close);
    List<InsertCommittable> prepared = List.copyOf(full);
    full.clear();
    return prepared;
  }

  @Override
  public void close() {}

  private void close(ClickHouseTable table, List<RowBlock> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    int rows = blocks.stream().mapToInt(RowBlock::rows).sum();
    byte[] data = new byte[blocks.stream().mapToInt(block -> block.data().length).sum()];
    int position = 0;
    for (RowBlock block : blocks) {
      System.arraycopy(block.data(), 0, data, position, block.data().length);
      position += block.data().length;
    }
    blocks.clear();
    String token = "%s-%d-%s".formatted(incarnation, inserts++, table.tableName());
    full.add(InsertCommittable.of(new RowBlock(table, rows, data), token));
  }
}
