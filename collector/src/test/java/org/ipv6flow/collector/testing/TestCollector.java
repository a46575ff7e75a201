package org.ipv6flow.collector.testing;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.collector.decode.BatchSink;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.sampling.SamplingOverrides;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.schema.flow.FlowColumns;

/**
 * A decoder with a clock that stands still and one batch to append to; full batches are counted and
 * forgotten.
 */
public final class TestCollector implements BatchSink {

  /** The receiver's clock, equal to the exporter's default one. */
  public static final long NOW_MILLIS = 1_700_000_000_000L;

  public static final long EXPORTER_LOW = FlowColumns.IPV4_MAPPED_PREFIX | 0xC000_0201L;
  public static final int PORT = 50_000;

  private final DecoderState state;
  private final ExportDecoder decoder;
  private final FlowColumns batch;
  private final List<Integer> flushedRecordCounts = new ArrayList<>();
  private long nowMillis = NOW_MILLIS;
  private Runnable onFlush = () -> {};

  public TestCollector() {
    this(DecoderLimits.defaults());
  }

  public TestCollector(DecoderLimits limits) {
    this(new DecoderState(limits), FlowColumns.DEFAULT_CAPACITY);
  }

  public TestCollector(SamplingOverrides overrides) {
    this(new DecoderState(DecoderLimits.defaults(), overrides), FlowColumns.DEFAULT_CAPACITY);
  }

  public TestCollector(DecoderState state, int batchCapacity) {
    this.state = state;
    this.decoder = new ExportDecoder(state, this);
    this.batch = new FlowColumns(batchCapacity);
  }

  public TestCollector at(long millis) {
    nowMillis = millis;
    return this;
  }

  /** Does something whenever a full batch is taken. */
  public TestCollector onFlush(Runnable action) {
    onFlush = action;
    return this;
  }

  public TestCollector receive(MessageBuilder message) {
    return receive(message.build());
  }

  public TestCollector receive(byte[] datagram) {
    return receiveFromPort(PORT, datagram);
  }

  public TestCollector receiveFromPort(int sourcePort, byte[] datagram) {
    decoder.decode(Unpooled.wrappedBuffer(datagram), 0, EXPORTER_LOW, sourcePort, nowMillis);
    return this;
  }

  /** Receives from one of many exporters. */
  public TestCollector receiveFromExporter(int exporter, byte[] datagram) {
    decoder.decode(
        Unpooled.wrappedBuffer(datagram), 0, EXPORTER_LOW + 1 + exporter, PORT, nowMillis);
    return this;
  }

  public TestCollector tick() {
    decoder.tick(nowMillis);
    return this;
  }

  /** The records decoded since the batch was last full. */
  public FlowColumns flows() {
    return batch;
  }

  public long count(Counter counter) {
    return decoder.totals().value(counter);
  }

  public long dropped(DropReason reason) {
    return decoder.totals().dropped(reason);
  }

  public ExportDecoder decoder() {
    return decoder;
  }

  public DecoderState state() {
    return state;
  }

  /** Records of each batch that was full. */
  public List<Integer> flushedRecordCounts() {
    return flushedRecordCounts;
  }

  @Override
  public FlowColumns batch(long exporterHigh, long exporterLow, int observationDomainId) {
    return batch;
  }

  @Override
  public void flush(FlowColumns full) {
    flushedRecordCounts.add(full.recordCount);
    onFlush.run();
    full.clear();
  }
}
