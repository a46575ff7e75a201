package org.ipv6flow.collector.decode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ipv6flow.collector.capture.CaptureReader;
import org.ipv6flow.collector.capture.CapturedDatagram;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.netflow5.Netflow5Header;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecodeCounters;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.schema.flow.FlowColumns;

/**
 * Decodes the export packets in a capture file with the decoder of the live collector.
 *
 * <p>Each file begins with empty state. The receive time is the time of capture, never the wall
 * clock, so that a capture always decodes to the same.
 */
public final class CaptureDecoder {

  /** In the summary's drops: the file ends inside a frame. */
  private static final String CAPTURE_TRUNCATED = "capture_truncated";

  private final DecoderLimits limits;

  private CaptureDecoder(DecoderLimits limits) {
    this.limits = limits;
  }

  /** Drops data sets whose template has not come before them. */
  public static CaptureDecoder inOrder() {
    return new CaptureDecoder(DecoderLimits.defaults().withoutHolding());
  }

  /** Holds data sets whose template is unknown until it comes, however late in the file. */
  public static CaptureDecoder holdingUnknown() {
    return new CaptureDecoder(DecoderLimits.defaults().withUnboundedHoldTime());
  }

  /**
   * Decodes a capture and counts what is in it.
   *
   * @throws org.ipv6flow.collector.capture.NotACaptureException if the file is no capture
   * @throws IOException if it cannot be read
   */
  public CaptureSummary summarize(Path file) throws IOException {
    SummaryListener listener = new SummaryListener();
    Discarding sink = new Discarding();
    ExportDecoder decoder = new ExportDecoder(new DecoderState(limits), sink, listener);
    boolean truncated = decode(file, decoder);
    return summary(file, decoder, listener, truncated);
  }

  /**
   * Decodes a capture and passes every data record of flows to a consumer, as a JSON object.
   *
   * @throws IOException if the file cannot be read or is no capture, or from the consumer
   */
  public void list(Path file, FlowRecordConsumer consumer) throws IOException {
    JsonListener listener = new JsonListener(consumer);
    decode(file, new ExportDecoder(new DecoderState(limits), new Discarding(), listener));
    listener.rethrow();
  }

  private static boolean decode(Path file, ExportDecoder decoder) throws IOException {
    try (CaptureReader capture = CaptureReader.open(file)) {
      CapturedDatagram datagram = new CapturedDatagram();
      while (capture.next(datagram)) {
        ByteBuf payload = Unpooled.wrappedBuffer(datagram.data, datagram.offset, datagram.length);
        decoder.decode(
            payload,
            datagram.sourceHigh,
            datagram.sourceLow,
            datagram.sourcePort,
            datagram.timeMillis);
      }
      decoder.close();
      return capture.isTruncated();
    }
  }

  private static CaptureSummary summary(
      Path file, ExportDecoder decoder, SummaryListener listener, boolean truncated) {
    DecodeCounters totals = decoder.totals();
    Map<String, Long> dropped = new LinkedHashMap<>();
    for (DropReason reason : DropReason.values()) {
      long count = totals.dropped(reason);
      if (count != 0) {
        dropped.put(reason.label(), count);
      }
    }
    if (truncated) {
      dropped.put(CAPTURE_TRUNCATED, 1L);
    }
    long netflow5Packets = netflow5(decoder, Counter.DATAGRAMS_DECODED);
    return new CaptureSummary(
        file.toString(),
        totals.value(Counter.DATAGRAMS_DECODED) - netflow5Packets,
        totals.value(Counter.TEMPLATE_RECORDS),
        totals.value(Counter.OPTIONS_TEMPLATE_RECORDS),
        totals.value(Counter.DATA_RECORDS) - netflow5(decoder, Counter.DATA_RECORDS),
        totals.value(Counter.OPTIONS_RECORDS),
        totals.dropped(DropReason.TEMPLATE_UNKNOWN) + totals.dropped(DropReason.HOLD_LIMIT),
        listener.ipv4(),
        listener.ipv6(),
        listener.noIp(),
        listener.frames(),
        listener.netflow5(netflow5Packets),
        listener.sampling(),
        dropped);
  }

  private static long netflow5(ExportDecoder decoder, Counter counter) {
    return decoder.sessions().stream()
        .filter(session -> session.domain().protocolVersion() == Netflow5Header.VERSION)
        .mapToLong(session -> session.counters().value(counter))
        .sum();
  }

  /** Takes batches and forgets them: the listener has seen the records. */
  private static final class Discarding implements BatchSink {
    private final FlowColumns columns = new FlowColumns(FlowColumns.DEFAULT_CAPACITY);

    @Override
    public FlowColumns batch(long exporterHigh, long exporterLow, int observationDomainId) {
      return columns;
    }

    @Override
    public void flush(FlowColumns batch) {
      batch.clear();
    }
  }
}
