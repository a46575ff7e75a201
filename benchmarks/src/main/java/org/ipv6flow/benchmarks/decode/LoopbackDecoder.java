package org.ipv6flow.benchmarks.decode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.ipv6flow.collector.decode.BatchSink;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;

/** The whole decoder with one batch, which is emptied when it is full. */
public final class LoopbackDecoder implements BatchSink {

  final FlowColumns batch = new FlowColumns(FlowColumns.DEFAULT_CAPACITY);
  private final ExportDecoder decoder =
      new ExportDecoder(new DecoderState(DecoderLimits.defaults()), this);

  /** A datagram in memory outside of the heap, where a transport puts it. */
  static ByteBuf received(byte[] datagram) {
    return Unpooled.directBuffer(datagram.length).writeBytes(datagram);
  }

  void decode(ByteBuf datagram) {
    decoder.decode(datagram, 0, TestCollector.EXPORTER_LOW, 1, TestCollector.NOW_MILLIS);
  }

  long count(Counter counter) {
    return decoder.totals().value(counter);
  }

  /** Stops a benchmark that would measure how fast datagrams are refused. */
  void requireNothingDropped() {
    for (DropReason reason : DropReason.values()) {
      if (decoder.totals().dropped(reason) != 0) {
        throw new IllegalStateException("dropped: " + reason);
      }
    }
  }

  @Override
  public FlowColumns batch(long exporterHigh, long exporterLow, int observationDomainId) {
    return batch;
  }

  @Override
  public void flush(FlowColumns full) {
    full.clear();
  }
}
