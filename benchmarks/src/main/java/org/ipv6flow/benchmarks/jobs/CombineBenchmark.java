package org.ipv6flow.benchmarks.jobs;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.jobs.active.PseudonymKey;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaKind;
import org.ipv6flow.jobs.aggregate.DeltaTable;
import org.ipv6flow.jobs.aggregate.FlowAggregator;
import org.ipv6flow.jobs.aggregate.Outputs;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.deduplication.MessageDeduplicator;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.flows.FlowSampling;
import org.ipv6flow.jobs.network.NetworkHistory;
import org.ipv6flow.jobs.rows.KeyColumns;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.schema.flow.FlowBatchDecoder;
import org.ipv6flow.schema.flow.FlowBatchEncoder;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.MalformedBatchException;
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
 * The combiner's inner loop: a batch of Kafka to sums, attributed, classified, estimated and
 * spread; and what each part of it costs.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jobs.Combine -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CombineBenchmark {

  private static final int BATCHES = 64;
  private static final int RECORDS = FlowColumns.DEFAULT_CAPACITY;

  /** Sums leave about as often as with a checkpoint of five seconds at 100 000 records a second. */
  private static final int BATCHES_PER_FLUSH = 1_000;

  /** Or when there are so many, as in the operator. */
  private static final int MAX_SUMS = 1 << 17;

  private final byte[][] encoded = new byte[BATCHES][];
  private final FlowBatchDecoder decoder = new FlowBatchDecoder();
  private final FlowColumns columns = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);
  private final FlowColumns[] decoded = new FlowColumns[BATCHES];
  private final Names names = new Names();
  private final NetworkHistory history = new NetworkHistory(List.of(Nation.inventory()), names);
  private final FlowAggregator linkTraffic = aggregator(Outputs.NONE);
  private final FlowAggregator everything =
      aggregator(
          new Outputs(
              Outputs.DEFAULT_AS_PAIRS,
              true,
              true,
              FlowSampling.DEFAULT,
              PseudonymKey.of("of this benchmark")));
  private final MessageDeduplicator deduplicator =
      new MessageDeduplicator(MessageDeduplicator.DEFAULT_MESSAGES);
  private final KeyColumns keyColumns = new KeyColumns(names);
  private final Delta delta = new Delta();
  private final RowDelta rowDelta = new RowDelta();
  private int next;
  private int sequence;
  private long rows;

  /** Fills batches and proves that their records are all attributed. */
  @Setup
  public void setUp() throws MalformedBatchException {
    FlowBatchEncoder encoder = new FlowBatchEncoder("benchmark");
    FlowColumns filled = new FlowColumns(RECORDS);
    for (int i = 0; i < BATCHES; i++) {
      encoded[i] = encoder.toByteArray(Nation.fill(filled, i));
      decoded[i] = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);
      decoder.decode(encoded[i], 0, encoded[i].length, decoded[i]);
    }
    everything();
    if (everything.counts().attributedRecords != RECORDS) {
      throw new IllegalStateException("not all records are attributed");
    }
  }

  /** Rows that were emitted so far, per record: the shuffle carries sums. */
  double rowsPerRecord() {
    return (double) rows / everything.counts().records;
  }

  /** Without decoding: attribution, classification, estimate, spreading, one table. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int linkTrafficAlone() {
    linkTraffic.add(decoded[next++ & BATCHES - 1]);
    flushNowAndThen(linkTraffic);
    return next;
  }

  /** The same with every output. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int everyOutput() {
    everything.add(decoded[next++ & BATCHES - 1]);
    flushNowAndThen(everything);
    return next;
  }

  /** What the operator does with a Kafka record: decode, deduplicate, add up, every output. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int everything() throws MalformedBatchException {
    byte[] batch = encoded[next++ & BATCHES - 1];
    decoder.decode(batch, 0, batch.length, columns);
    everything.begin(columns);
    int from = 0;
    for (int message = 0; message < columns.messageCount; message++) {
      columns.messageSequenceNumber[message] = ++sequence;
      int to = from + columns.messageRecordCount[message];
      if (!deduplicator.isRepeated(columns, message, from, to)) {
        everything.addMessage(columns, message, from, to);
      }
      from = to;
    }
    everything.end();
    flushNowAndThen(everything);
    return next;
  }

  /** Decoding alone, the floor. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int decoding() throws MalformedBatchException {
    byte[] batch = encoded[next++ & BATCHES - 1];
    decoder.decode(batch, 0, batch.length, columns);
    return columns.recordCount;
  }

  /** Finding out which messages were counted before. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int deduplication() {
    FlowColumns batch = decoded[next++ & BATCHES - 1];
    int repeated = 0;
    int from = 0;
    for (int message = 0; message < batch.messageCount; message++) {
      batch.messageSequenceNumber[message] = ++sequence;
      int to = from + batch.messageRecordCount[message];
      repeated += deduplicator.isRepeated(batch, message, from, to) ? 1 : 0;
      from = to;
    }
    return repeated;
  }

  private void flushNowAndThen(FlowAggregator aggregator) {
    if (next % BATCHES_PER_FLUSH != 0 && aggregator.size() < MAX_SUMS) {
      return;
    }
    for (DeltaTable table : aggregator.tables()) {
      for (int at = table.next(0, delta); at >= 0; at = table.next(at, delta)) {
        keyColumns.write(delta, rowDelta);
        rows++;
      }
      table.clear();
    }
    rows += aggregator.flowSamples().take().rows();
    if (aggregator.activePrefixes() != null) {
      rows += aggregator.activePrefixes().take().rows();
    }
  }

  /** Keys that the tables of every output hold. */
  int keys() {
    return everything.table(DeltaKind.AS_TRAFFIC).size() + everything.size();
  }

  private FlowAggregator aggregator(Outputs outputs) {
    return new FlowAggregator(history, new TimeLimits(60_000, 72 * 3_600_000L), outputs, names);
  }
}
