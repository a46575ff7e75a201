package org.ipv6flow.collector.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What became of the connections to TCP ports. */
public final class StreamCounters {

  final AtomicInteger open = new AtomicInteger();
  final LongAdder accepted = new LongAdder();
  final LongAdder tlsFailed = new LongAdder();
  final LongAdder senderRefused = new LongAdder();
  final LongAdder limitRefused = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder truncated = new LongAdder();

  /** Connections now. */
  public int open() {
    return open.get();
  }

  /** Connections that may send, after the TLS handshake if there is one. */
  public long accepted() {
    return accepted.sum();
  }

  /** Handshakes that failed: no certificate, a wrong one, or no TLS at all. */
  public long tlsFailed() {
    return tlsFailed.sum();
  }

  /** From senders that are not allowed. */
  public long senderRefused() {
    return senderRefused.sum();
  }

  /** Beyond the number allowed at a time. */
  public long limitRefused() {
    return limitRefused.sum();
  }

  /** Ended by the collector, for what came was no IPFIX message (RFC 7011 section 10.4). */
  public long malformed() {
    return malformed.sum();
  }

  /** Ended in the middle of a message. */
  public long truncated() {
    return truncated.sum();
  }
}
