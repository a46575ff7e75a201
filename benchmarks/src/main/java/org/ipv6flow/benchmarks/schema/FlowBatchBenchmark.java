package org.ipv6flow.benchmarks.schema;

import java.util.concurrent.TimeUnit;
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
 * Cost of one flow record on its way into and out of a Kafka record, and of copying its encoded
 * octets, the floor to compare with.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar FlowBatch -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FlowBatchBenchmark {

  private static final int RECORDS = FlowColumns.DEFAULT_CAPACITY;

  private final FlowColumns columns = new FlowColumns(RECORDS);
  private final FlowColumns decoded = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);
  private final FlowBatchEncoder encoder = new FlowBatchEncoder("benchmark");
  private final FlowBatchDecoder decoder = new FlowBatchDecoder();
  private byte[] encoded = new byte[0];
  private byte[] copy = new byte[0];

  /** Fills the batch and proves that decoding gives back what was encoded. */
  @Setup
  public void setUp() throws MalformedBatchException {
    new InterconnectTraffic().fill(columns);
    encoded = encoder.toByteArray(columns);
    copy = new byte[encoded.length];
    decode();
    for (int i = 0; i < RECORDS; i++) {
      if (decoded.octets[i] != columns.octets[i]
          || decoded.sourceAddressLow[i] != columns.sourceAddressLow[i]
          || decoded.lastSwitchedMillis[i] != columns.lastSwitchedMillis[i]) {
        throw new IllegalStateException("record " + i + " is not what was encoded");
      }
    }
  }

  /** Octets of the encoded batch. */
  int encodedOctets() {
    return encoded.length;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int encode() {
    return encoder.encode(columns);
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int decode() throws MalformedBatchException {
    decoder.decode(encoded, 0, encoded.length, decoded);
    return decoded.recordCount;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public byte[] arraycopy() {
    System.arraycopy(encoded, 0, copy, 0, encoded.length);
    return copy;
  }
}
