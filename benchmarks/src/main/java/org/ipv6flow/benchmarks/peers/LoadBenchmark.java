package org.ipv6flow.benchmarks.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.kafka.LostRecords;
import org.ipv6flow.collector.kafka.ShardBatches;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.Simulator;
import org.ipv6flow.simulator.SimulatorConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What {@code peers/run} sends, without sockets and Kafka: the datagrams of the demo nation's
 * exporters in six styles, mixed, each seen once in a while only. Times are per datagram of some 19
 * records, copying it into place included.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar LoadBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
public class LoadBenchmark {

  private static final int RECORDS_PER_SECOND = 100_000;
  private static final int SECONDS = 2;
  private static final int MAX_DATAGRAM_OCTETS = 65_535;

  /** As large as the blocks of Kafka's producer. */
  private static final int BLOCK_OCTETS = 64 << 10;

  /** What is done to an encoded batch. */
  @Param({"none", "lz4"})
  public String compression = "none";

  private final ByteBuffer message = ByteBuffer.allocate(MAX_DATAGRAM_OCTETS);
  private final ByteBuf datagram = Unpooled.directBuffer(MAX_DATAGRAM_OCTETS);
  private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
  private final byte[] compressed = new byte[compressor.maxCompressedLength(BLOCK_OCTETS)];
  private final ShardBatches batches =
      new ShardBatches(
          "benchmark",
          new PublisherConfig("unused", "lz4", 1, 4, FlowColumns.DEFAULT_CAPACITY, 50, 4, Map.of()),
          this::compress);
  private final ExportDecoder decoder =
      new ExportDecoder(new DecoderState(DecoderLimits.defaults()), batches);
  private RecordedLoad load = RecordedLoad.NOTHING;
  private int next;
  private int round;
  private long octets;

  /** Proves that a round decodes to as many records as there are. */
  @Setup
  public void setUp() throws Exception {
    Path nation = Path.of("deploy/inventory/demo-nation");
    load = record(Files.isDirectory(nation) ? nation : Path.of("..").resolve(nation));
    long records = 0;
    for (int i = 0; i < load.messages(); i++) {
      records += load.records(i);
      decodeDatagram();
    }
    if (records == 0 || decoder.totals().value(Counter.FLOW_RECORDS) != records || octets == 0) {
      throw new IllegalStateException("not as many records as were sent");
    }
  }

  private static RecordedLoad record(Path inventory) throws Exception {
    Path capture = Files.createTempFile("load", ".pcap");
    InetSocketAddress unused = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    try {
      new Simulator(
              SimulatorConfig.builder(InventoryLoader.load(inventory), unused)
                  .captureFile(capture)
                  .recordsPerSecond(RECORDS_PER_SECOND)
                  .duration(Duration.ofSeconds(SECONDS))
                  .asFastAsPossible()
                  .build())
          .run();
      return RecordedLoad.read(capture);
    } finally {
      Files.delete(capture);
    }
  }

  @Benchmark
  public long decodeDatagram() {
    load.put(next, round, message);
    datagram.clear().writeBytes(message);
    int exporter = load.exporter(next);
    decoder.decode(datagram, 0, exporter + 1, exporter, System.currentTimeMillis());
    if (++next == load.messages()) {
      next = 0;
      round++;
    }
    return octets;
  }

  private void compress(
      int shard, long timestampMillis, byte[] batch, int records, LostRecords.Contents contents) {
    if (compression.equals("lz4")) {
      for (int from = 0; from < batch.length; from += BLOCK_OCTETS) {
        int length = Math.min(BLOCK_OCTETS, batch.length - from);
        octets += compressor.compress(batch, from, length, compressed, 0);
      }
    } else {
      octets += batch.length;
    }
    contents.release();
  }
}
