package org.ipv6flow.collector.session;

import java.util.Arrays;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.sampling.StatedSampling;

/**
 * One observation domain as seen by one event loop: its counters, beside the state that all loops
 * share.
 *
 * <p>Written by the loop's thread; counters, clock and state may be read by any.
 */
public final class DomainSession {

  /** Messages whose clock the median is taken of. */
  private static final int CLOCK_SAMPLES = 15;

  /** The protocol whose messages do not say how long their exporter has been up. */
  private static final int IPFIX = 10;

  private final ObservationDomain domain;
  private final StatedSampling samplingOverride;
  private final DecodeCounters counters = new DecodeCounters();
  private final DecodeCounters totals;
  private final long[] clockOffsets = new long[CLOCK_SAMPLES];
  private int clockSamples;
  private volatile long lastReceivedMillis;
  private boolean malformed;

  DomainSession(ObservationDomain domain, StatedSampling samplingOverride, DecodeCounters totals) {
    this.domain = domain;
    this.samplingOverride = samplingOverride;
    this.totals = totals;
  }

  public ObservationDomain domain() {
    return domain;
  }

  public DecodeCounters counters() {
    return counters;
  }

  /** What the operator states about the exporter's sampling. */
  public StatedSampling samplingOverride() {
    return samplingOverride;
  }

  /** Adds to the domain's counter and to the decoder's total. */
  public void count(Counter counter, long count) {
    if (count != 0) {
      counters.add(counter, count);
      totals.add(counter, count);
    }
  }

  /** Adds to the domain's drops and to the decoder's total. */
  public void drop(DropReason reason, long count) {
    if (count != 0) {
      counters.drop(reason, count);
      totals.drop(reason, count);
      malformed |= reason.isMalformed();
    }
  }

  /** Whether something malformed was dropped since the last call. */
  public boolean takeMalformed() {
    boolean taken = malformed;
    malformed = false;
    return taken;
  }

  /** Takes note of a message's clocks, before its sets are read. */
  public void onMessage(ExportMessage message) {
    clockOffsets[Math.floorMod(clockSamples++, CLOCK_SAMPLES)] =
        message.exportTimeMillis - message.receiveTimeMillis;
    lastReceivedMillis = message.receiveTimeMillis;
    if (message.protocolVersion != IPFIX) {
      domain.clocks(message, this);
    }
  }

  /** Follows the sequence numbers, after a message's sets were read. */
  public void onSequence(ExportMessage message, MessageUnits units) {
    domain.sequence(message, units, this);
  }

  /** Some of a message's records are published before the rest is decoded. */
  public void onPart(ExportMessage message, int dataRecords, MessageUnits units) {
    domain.partly(message, dataRecords, units);
  }

  /** The connection on which this domain was heard has ended. */
  public void closeConnection(int connection) {
    domain.closeConnection(connection, this);
  }

  /** Gives up what has waited too long. */
  public void expire(long nowMillis, DecoderLimits limits) {
    expireHeld(nowMillis - limits.maxHoldTime().toMillis());
    domain.expireTemplates(nowMillis, limits);
    domain.closeGaps(nowMillis - SequenceTracker.REORDER_MILLIS, this);
  }

  /** Gives up everything that waits. */
  public void close() {
    expireHeld(Long.MAX_VALUE);
    domain.closeGaps(Long.MAX_VALUE, this);
  }

  private void expireHeld(long receivedBeforeMillis) {
    heldExpired(domain.expireHeld(receivedBeforeMillis));
  }

  /** Data sets were given up whose template did not come. */
  void heldExpired(int expired) {
    count(Counter.HELD_SETS_EXPIRED, expired);
    drop(DropReason.TEMPLATE_UNKNOWN, expired);
  }

  /** When the last message was received, in milliseconds since the epoch; 0 before the first. */
  public long lastReceivedMillis() {
    return lastReceivedMillis;
  }

  /** Exporter's clock minus the receiver's, median of the last messages. */
  long clockOffsetMillis() {
    // Read while the loop writes: a torn view of the last few offsets still has a fair median.
    long[] sorted =
        Arrays.copyOf(
            clockOffsets, clockSamples < 0 ? CLOCK_SAMPLES : Math.min(clockSamples, CLOCK_SAMPLES));
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
