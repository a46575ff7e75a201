package org.ipv6flow.benchmarks.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaTable;
import org.ipv6flow.jobs.aggregate.FlowAggregator;
import org.ipv6flow.jobs.aggregate.Outputs;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.network.NetworkHistory;
import org.ipv6flow.jobs.rows.HeldRows;
import org.ipv6flow.jobs.rows.KeyColumns;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.rows.RowDeltaSerializer;
import org.ipv6flow.jobs.rows.RowSums;
import org.ipv6flow.jobs.rows.RowWriter;
import org.ipv6flow.schema.flow.FlowColumns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What happens to a sum on its way from a combiner to a row: it crosses the shuffle, is merged, and
 * is written. Times are per sum, of which there are far fewer than records.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jobs.Merge -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MergeBenchmark {

  private static final int ROWS = 256;

  private final List<RowDelta> sums = new ArrayList<>();
  private final List<RowDelta> heldSums = new ArrayList<>();
  private final RowSums rows = new RowSums(ClickHouseTable.LINK_TRAFFIC);
  private final HeldRows held = new HeldRows(Outputs.DEFAULT_AS_PAIRS);
  private final DataOutputSerializer shuffled = new DataOutputSerializer(256);
  private final DataInputDeserializer received = new DataInputDeserializer();
  private final RowDelta arrived = new RowDelta();
  private final RowSums full = new RowSums(ClickHouseTable.LINK_TRAFFIC);
  private final RowWriter writer = new RowWriter();
  private int written;
  private int next;

  /** Sums as combiners send them. */
  @Setup
  public void setUp() {
    Names names = new Names();
    FlowAggregator aggregator =
        new FlowAggregator(
            new NetworkHistory(List.of(Nation.inventory()), names),
            new TimeLimits(60_000, 72 * 3_600_000L),
            Outputs.DEFAULT,
            names);
    for (int i = 0; i < 32; i++) {
      aggregator.add(Nation.fill(new FlowColumns(FlowColumns.DEFAULT_CAPACITY), i));
    }
    KeyColumns keys = new KeyColumns(names);
    Delta delta = new Delta();
    RowDelta row = new RowDelta();
    for (DeltaTable table : aggregator.tables()) {
      for (int at = table.next(0, delta); at >= 0; at = table.next(at, delta)) {
        keys.write(delta, row);
        RowDelta copy = new RowDelta();
        copy.set(row);
        if (copy.table == ClickHouseTable.LINK_TRAFFIC) {
          sums.add(copy);
        } else if (HeldRows.holds(copy.table)) {
          heldSums.add(copy);
        }
      }
    }
    if (sums.size() < ROWS || heldSums.isEmpty()) {
      throw new IllegalStateException("too few sums to merge: " + sums.size());
    }
    sums.subList(0, ROWS).forEach(full::add);
    if (full.size() != ROWS) {
      throw new IllegalStateException("sums of one key");
    }
  }

  /** To octets and back, as between two tasks. */
  @Benchmark
  public long shuffle() throws IOException {
    shuffled.clear();
    RowDeltaSerializer.INSTANCE.serialize(sums.get(next++ % sums.size()), shuffled);
    received.setBuffer(shuffled.getSharedBuffer(), 0, shuffled.length());
    return RowDeltaSerializer.INSTANCE.deserialize(arrived, received).octets;
  }

  /** Merged sums of a checkpoint to a block of rows, per row. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int write() {
    written = 0;
    writer.write(full, block -> written += block.rows());
    return written;
  }

  @Benchmark
  public int linkTraffic() {
    rows.add(sums.get(next++ % sums.size()));
    return rows.size();
  }

  @Benchmark
  public int heldRows() {
    held.add(heldSums.get(next++ % heldSums.size()), 0);
    return next;
  }
}
