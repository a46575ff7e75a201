package org.ipv6flow.collector.decode;

import io.netty.buffer.ByteBuf;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecodeCounters;

/**
 * Decodes datagrams of NetFlow v9 and IPFIX exporters into flow columns.
 *
 * <p>One per event loop; not thread-safe, except that counters may be read from any thread. State
 * of exporters is in the {@link DecoderState} that all decoders of a collector share.
 */
public final class ExportDecoder {

  private static final int MIN_DATAGRAM_OCTETS = 4;

  private final DecoderState state;
  private final BatchSink sink;
  private final DecodeCounters totals = new DecodeCounters();

  public ExportDecoder(DecoderState state, BatchSink sink) {
    this.state = state;
    this.sink = sink;
  }

  /**
   * Decodes one datagram; whatever is in it, the outcome is records in the sink's batches and
   * counts, never an exception.
   *
   * @param datagram the UDP payload; its indices are not moved, the caller keeps ownership
   * @param exporterHigh high half of the exporter's address; IPv4 is IPv4-mapped
   * @param receiveTimeMillis when it was received, in milliseconds since the epoch
   */
  public void decode(
      ByteBuf datagram,
      long exporterHigh,
      long exporterLow,
      int sourcePort,
      long receiveTimeMillis) {
    int octets = datagram.readableBytes();
    totals.add(Counter.DATAGRAMS, 1);
    totals.add(Counter.DATAGRAM_OCTETS, octets);
    if (octets < MIN_DATAGRAM_OCTETS) {
      totals.drop(DropReason.DATAGRAM_TOO_SHORT, 1);
      return;
    }
    totals.drop(DropReason.UNSUPPORTED_VERSION, 1);
  }

  /**
   * Gives up what has waited too long: held data sets, expired templates, gaps in sequences. To be
   * called about once a second by the thread that decodes.
   */
  public void tick(long nowMillis) {}

  /** As {@link #tick}, at the end: nothing waits any longer. */
  public void close(long nowMillis) {}

  /** Counts of everything this decoder received; may be read from any thread. */
  public DecodeCounters totals() {
    return totals;
  }
}
