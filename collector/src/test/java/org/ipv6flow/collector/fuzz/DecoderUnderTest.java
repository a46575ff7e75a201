package org.ipv6flow.collector.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.ipv6flow.collector.decode.BatchSink;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.session.DecodeCounters;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.testing.Accounting;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowBatchDecoder;
import org.ipv6flow.schema.flow.FlowBatchEncoder;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.MalformedBatchException;

/**
 * The decoder with all that follows it up to Kafka: every batch must be one that its readers can
 * read.
 */
final class DecoderUnderTest implements BatchSink {

  private static final int MAX_OCTETS = 65_535;

  private final ExportDecoder decoder =
      new ExportDecoder(new DecoderState(DecoderLimits.defaults()), this);
  private final FlowColumns batch = new FlowColumns(FlowColumns.DEFAULT_CAPACITY);
  private final FlowBatchEncoder encoder = new FlowBatchEncoder("fuzz");
  private final FlowBatchDecoder reader = new FlowBatchDecoder();
  private final FlowColumns read = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);
  private final byte[] octets = new byte[MAX_OCTETS];
  private final ByteBuf onHeap = Unpooled.wrappedBuffer(octets);
  private final ByteBuf direct = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(MAX_OCTETS));
  private long published;

  /** Decodes a datagram, now from memory outside of the heap and now from inside. */
  void decode(byte[] datagram, int exporter, int port, long nowMillis) {
    ByteBuf memory;
    if ((nowMillis & 1) == 0) {
      memory = direct.clear().writeBytes(datagram);
    } else {
      System.arraycopy(datagram, 0, octets, 0, datagram.length);
      memory = onHeap.setIndex(0, datagram.length);
    }
    decoder.decode(memory, 0, TestCollector.EXPORTER_LOW + exporter, port, nowMillis);
  }

  ExportDecoder decoder() {
    return decoder;
  }

  DecodeCounters counters() {
    return decoder.totals();
  }

  /** Flow records so far, those in the batch at hand too. */
  long flowRecords() {
    return published + batch.recordCount;
  }

  /** Ends it, and throws if something is left over. */
  void finish() {
    decoder.close();
    flush(batch);
    Accounting.check(counters());
    if (Accounting.held(counters()) != 0) {
      throw new AssertionError("sets are held after the end");
    }
  }

  @Override
  public FlowColumns batch(long exporterHigh, long exporterLow, int observationDomainId) {
    return batch;
  }

  @Override
  public void flush(FlowColumns full) {
    int length = encoder.encode(full);
    try {
      reader.decode(encoder.buffer(), 0, length, read);
    } catch (MalformedBatchException e) {
      throw new AssertionError("a batch that cannot be read", e);
    }
    if (read.recordCount != full.recordCount || read.messageCount != full.messageCount) {
      throw new AssertionError("a batch that reads as another");
    }
    published += full.recordCount;
    full.clear();
  }
}
