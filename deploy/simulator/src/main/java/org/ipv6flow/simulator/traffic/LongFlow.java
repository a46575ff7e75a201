package org.ipv6flow.simulator.traffic;

import java.util.SplittableRandom;
import org.ipv6flow.simulator.export.FlowRecord;

/**
 * A flow that lasts longer than the active timeout: a router reports it in pieces, each with the
 * packets sampled since the piece before.
 */
final class LongFlow {

  private final FlowRecord piece = new FlowRecord();

  boolean isOpen() {
    return piece.packets > 0;
  }

  /** The flow's key and counts; its key is for the caller to set while it is not open. */
  FlowRecord piece() {
    return piece;
  }

  /** Adds {@code packets} sampled at uniform times from {@code from} to {@code until}. */
  void add(long packets, int packetOctets, long from, long until, SplittableRandom random) {
    if (packets == 0) {
      return;
    }
    long width = until - from;
    // The first and the last of n uniform times; for one packet they are the same.
    long first = from + (long) (width * (1 - Math.pow(random.nextDouble(), 1.0 / packets)));
    long last =
        packets == 1
            ? first
            : first + (long) ((until - first) * Math.pow(random.nextDouble(), 1.0 / (packets - 1)));
    if (!isOpen()) {
      piece.firstMillis = first;
    }
    piece.lastMillis = last;
    piece.packets += packets;
    piece.octets += packets * packetOctets;
  }

  /** Whether another bucket would take the piece over {@code timeoutMillis}. */
  boolean isDue(long timeoutMillis, long bucketMillis) {
    return isOpen() && piece.lastMillis - piece.firstMillis > timeoutMillis - bucketMillis;
  }

  void export(FlowOutput output) {
    if (isOpen()) {
      output.accept(piece);
      piece.packets = 0;
      piece.octets = 0;
    }
  }
}
