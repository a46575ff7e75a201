package org.ipv6flow.benchmarks.decode;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
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
 * From a datagram in native memory to columns, everything included: header, session, sets, fields,
 * facts, times, sampling, counters, sequence numbers.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar DatagramBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DatagramBenchmark {

  private static final int FRAME_FLAGS =
      FlowFlags.FRAME_SECTION | FlowFlags.ROUTING_HEADER | FlowFlags.SRV6;

  private final LoopbackDecoder decoder = new LoopbackDecoder();
  private final ByteBuf ipv6 = learn(Datagrams.ipv6());
  private final ByteBuf ipv4 = learn(Datagrams.ipv4());
  private final ByteBuf reducedSizes = learn(Datagrams.reducedSizes());
  private final ByteBuf variableLength = learn(Datagrams.variableLength());
  private final ByteBuf frames = learn(Datagrams.frames());
  private final ByteBuf options = learn(Datagrams.options());
  private final ByteBuf manySets = learn(Datagrams.manySets());

  private ByteBuf learn(Datagrams.Pair pair) {
    decoder.decode(LoopbackDecoder.received(pair.template()));
    return LoopbackDecoder.received(pair.data());
  }

  /** Proves that each benchmark decodes what it says. */
  @Setup
  public void setUp() {
    FlowColumns c = decoder.batch;
    c.clear();
    require(decodeIpv6() == Datagrams.IPV6_RECORDS, "IPv6 records");
    require(c.octets[3] == 67 && c.sourcePort[3] == 443, "octets and ports");
    require(c.ipVersion[3] == 6 && c.sourcePrefixLength[3] == 32, "version");
    requireOctets(64, Datagrams.IPV4_RECORDS, this::decodeIpv4, 4);
    requireOctets(64, Datagrams.REDUCED_RECORDS, this::decodeReducedSizes, 6);
    requireOctets(64, Datagrams.VARIABLE_RECORDS, this::decodeVariableLength, 4);
    requireOctets(100, Datagrams.FRAMES, this::decodeFrames, 6);
    require(c.innerIpVersion[3] == 4 && c.flags[3] == FRAME_FLAGS, "inside of the frame");
    requireOctets(100, Datagrams.SETS, this::decodeManySets, 0);
    long before = decoder.count(Counter.OPTIONS_RECORDS);
    decodeOptions();
    require(
        decoder.count(Counter.OPTIONS_RECORDS) - before == Datagrams.OPTIONS_RECORDS, "options");
    decoder.requireNothingDropped();
  }

  @Benchmark
  @OperationsPerInvocation(Datagrams.IPV6_RECORDS)
  public int decodeIpv6() {
    return decode(ipv6);
  }

  @Benchmark
  @OperationsPerInvocation(Datagrams.IPV4_RECORDS)
  public int decodeIpv4() {
    return decode(ipv4);
  }

  @Benchmark
  @OperationsPerInvocation(Datagrams.REDUCED_RECORDS)
  public int decodeReducedSizes() {
    return decode(reducedSizes);
  }

  @Benchmark
  @OperationsPerInvocation(Datagrams.VARIABLE_RECORDS)
  public int decodeVariableLength() {
    return decode(variableLength);
  }

  /** The headers of a sampled packet: Ethernet, VLAN, IPv6, segment routing, an inner packet. */
  @Benchmark
  @OperationsPerInvocation(Datagrams.FRAMES)
  public int decodeFrames() {
    return decode(frames);
  }

  @Benchmark
  @OperationsPerInvocation(Datagrams.OPTIONS_RECORDS)
  public int decodeOptions() {
    return decode(options);
  }

  /** Per set: a header, a session, a template to be found, and a record of two fields. */
  @Benchmark
  @OperationsPerInvocation(Datagrams.SETS)
  public int decodeManySets() {
    return decode(manySets);
  }

  private int decode(ByteBuf datagram) {
    decoder.decode(datagram);
    return decoder.batch.recordCount;
  }

  private void requireOctets(int first, int records, Runnable decode, int version) {
    FlowColumns c = decoder.batch;
    c.clear();
    decode.run();
    require(c.recordCount == records, "records: " + c.recordCount);
    require(c.octets[0] == first, "octets: " + c.octets[0]);
    require(c.ipVersion[records - 1] == version, "version: " + c.ipVersion[records - 1]);
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalStateException("not what was sent: " + what);
    }
  }
}
