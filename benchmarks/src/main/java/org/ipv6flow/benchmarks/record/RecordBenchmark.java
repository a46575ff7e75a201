package org.ipv6flow.benchmarks.record;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.benchmarks.decode.Datagrams;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.record.FlowFacts;
import org.ipv6flow.collector.record.FlowTimes;
import org.ipv6flow.collector.record.RecordDecoder;
import org.ipv6flow.collector.record.RecordPlan;
import org.ipv6flow.collector.record.RecordPlanCompiler;
import org.ipv6flow.collector.record.RecordScratch;
import org.ipv6flow.collector.template.Template;
import org.ipv6flow.collector.testing.ExporterStyles;
import org.ipv6flow.collector.testing.TestCollector;
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
 * The records of one data set, 118 octets in 25 fields each, read three ways: copied record by
 * record, which is the floor; into columns; and into an object each, as most collectors do.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar RecordBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {

  static final int RECORDS = Datagrams.IPV6_RECORDS;

  private static final long MAX_CLOCK_DIFFERENCE_MILLIS = 3_600_000;

  private final byte[] records = Datagrams.ipv6Records();
  private final byte[] copy = new byte[records.length];
  private final int recordOctets = records.length / RECORDS;
  private final RecordPlan plan =
      RecordPlanCompiler.compile(
          new Template(10, 256, Template.Kind.FLOW, 0, List.of(ExporterStyles.ipv6Fields())));
  private final RecordScratch scratch = new RecordScratch();
  private final RecordDecoder decoder = new RecordDecoder(scratch);
  private final FlowFacts facts = new FlowFacts(scratch);
  private final FlowTimes times = new FlowTimes(scratch, MAX_CLOCK_DIFFERENCE_MILLIS);
  private final ExportMessage message = new ExportMessage();
  private final FlowColumns columns = new FlowColumns(FlowColumns.DEFAULT_CAPACITY);
  private final ObjectDecoder objects = new ObjectDecoder(List.of(ExporterStyles.ipv6Fields()));

  /** Proves that columns and objects hold the same. */
  @Setup
  public void setUp() {
    message.protocolVersion = 10;
    message.receiveTimeMillis = TestCollector.NOW_MILLIS;
    message.exportTimeMillis = TestCollector.NOW_MILLIS;
    columns();
    List<ObjectDecoder.Flow> flows = objects();
    for (int i = 0; i < RECORDS; i++) {
      ObjectDecoder.Flow flow = flows.get(i);
      if (columns.octets[i] != flow.octets
          || columns.sourcePort[i] != flow.sourcePort
          || columns.destinationAs[i] != flow.destinationAs
          || columns.ipVersion[i] != 6
          || columns.firstSwitchedMillis[i] != flow.systemInitTime + flow.firstSwitched) {
        throw new IllegalStateException("record " + i + " is not what was sent");
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public byte[] copies() {
    for (int at = 0; at < records.length; at += recordOctets) {
      System.arraycopy(records, at, copy, at, recordOctets);
    }
    return copy;
  }

  /** All that is done to a record but for its sampling: fields, IP version, flags, times. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public FlowColumns columns() {
    decoder.decodeFixed(plan, records, 0, RECORDS, columns, 0);
    facts.complete(plan, columns, 0, RECORDS);
    times.complete(plan, message, 0, columns, 0, RECORDS);
    return columns;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public List<ObjectDecoder.Flow> objects() {
    return objects.decode(records);
  }
}
