package org.ipv6flow.jobs.rows;

import java.util.function.Consumer;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBinaryBuffer;
import org.ipv6flow.jobs.clickhouse.RowBlock;

/** Writes sums as rows: the key columns as they are, then the sums. Not thread-safe. */
public final class RowWriter {

  private static final int MAX_ROWS_PER_BLOCK = 1 << 16;

  private final RowBinaryBuffer buffer = new RowBinaryBuffer();
  private final RowDelta row = new RowDelta();

  /** Writes all rows of a table, in blocks. */
  public void write(RowSums rows, Consumer<RowBlock> to) {
    ClickHouseTable table = rows.table();
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i, row);
      buffer.octets(row.key, 0, row.keyLength);
      buffer.uint64(row.octets);
      buffer.uint64(row.packets);
      buffer.uint64(row.observedOctets);
      buffer.uint64(row.observedPackets);
      buffer.uint64(row.records);
      if (table != ClickHouseTable.UNATTRIBUTED) {
        buffer.float64(row.octetsVariance);
      }
      buffer.endRow();
      if (buffer.rows() == MAX_ROWS_PER_BLOCK) {
        to.accept(buffer.take(table));
      }
    }
    if (buffer.rows() > 0) {
      to.accept(buffer.take(table));
    }
  }
}
