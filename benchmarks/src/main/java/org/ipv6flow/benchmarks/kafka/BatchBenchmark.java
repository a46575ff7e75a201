package org.ipv6flow.benchmarks.kafka;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;
import org.ipv6flow.benchmarks.decode.Datagrams;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.kafka.LostRecords;
import org.ipv6flow.collector.kafka.ShardBatches;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowBatchDecoder;
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
 * From whole datagrams to the octets that go to Kafka.
 *
 * <p>{@link #datagramsToCompressedColumns} uses the producer's compressor with arrays that stay;
 * {@link #producersStream} is the producer's own stream around it, which makes two arrays of a
 * block for each Kafka batch.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar BatchBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchBenchmark {

  private static final int DATAGRAMS = 512;

  /** All records of one round of {@link #DATAGRAMS}. */
  static final int RECORDS = DATAGRAMS * Datagrams.IPV6_RECORDS;

  private static final int MAX_BATCH_OCTETS = 256 << 10;

  private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
  private final byte[] compressed = new byte[compressor.maxCompressedLength(MAX_BATCH_OCTETS)];
  private final ShardBatches batches =
      new ShardBatches(
          "benchmark",
          new PublisherConfig("unused", "lz4", 1, 4, FlowColumns.DEFAULT_CAPACITY, 50, 4, Map.of()),
          this::compress);
  private final ExportDecoder decoder =
      new ExportDecoder(new DecoderState(DecoderLimits.defaults()), batches);
  private final List<ByteBuf> datagrams = new ArrayList<>();
  private final List<byte[]> copies = new ArrayList<>();
  private final byte[] copy = new byte[65_535];
  private final List<byte[]> encoded = new ArrayList<>();
  private boolean keepEncoded;
  private long compressedOctets;

  /** Proves that what is compressed holds every record that was sent. */
  @Setup
  public void setUp() throws IOException, MalformedBatchException {
    Datagrams.Pair ipv6 = Datagrams.ipv6();
    decode(Unpooled.wrappedBuffer(ipv6.template()));
    for (int i = 0; i < DATAGRAMS; i++) {
      copies.add(ipv6.data().clone());
      datagrams.add(Unpooled.directBuffer(ipv6.data().length).writeBytes(ipv6.data()));
    }
    keepEncoded = true;
    datagramsToCompressedColumns();
    batches.flushAll();
    keepEncoded = false;
    long records = 0;
    long octets = 0;
    FlowColumns columns = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);
    for (byte[] batch : encoded) {
      new FlowBatchDecoder().decode(batch, 0, batch.length, columns);
      records += columns.recordCount;
      for (int i = 0; i < columns.recordCount; i++) {
        octets += columns.octets[i];
      }
    }
    long sent = decoder.totals().value(Counter.OCTETS);
    if (records != RECORDS || octets != sent || compressedOctets == 0) {
      throw new IllegalStateException(
          "%d records of %d octets (expected: %d, %d)".formatted(records, octets, RECORDS, sent));
    }
    if (producersStream() == 0) {
      throw new IllegalStateException("nothing compressed");
    }
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long copyDatagrams() {
    long sum = 0;
    for (byte[] datagram : copies) {
      System.arraycopy(datagram, 0, copy, 0, datagram.length);
      sum += copy[datagram.length - 1];
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long datagramsToCompressedColumns() {
    for (ByteBuf datagram : datagrams) {
      decode(datagram);
    }
    return compressedOctets;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long compressBatches() {
    long octets = 0;
    for (byte[] batch : encoded) {
      octets += compressor.compress(batch, 0, batch.length, compressed, 0);
    }
    return octets;
  }

  /** The batches as values of one Kafka batch. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int producersStream() throws IOException {
    ByteBufferOutputStream buffer = new ByteBufferOutputStream(compressed.length * 2);
    try (OutputStream stream =
        Compression.lz4().build().wrapForOutput(buffer, RecordBatch.CURRENT_MAGIC_VALUE)) {
      for (byte[] batch : encoded) {
        stream.write(batch, 0, batch.length);
      }
    }
    return buffer.position();
  }

  private void decode(ByteBuf datagram) {
    decoder.decode(datagram, 0, TestCollector.EXPORTER_LOW, 1, TestCollector.NOW_MILLIS);
  }

  private void compress(
      int shard, long timestampMillis, byte[] batch, int records, LostRecords.Contents contents) {
    compressedOctets += compressor.compress(batch, 0, batch.length, compressed, 0);
    if (keepEncoded) {
      encoded.add(batch.clone());
    }
    contents.release();
  }
}
