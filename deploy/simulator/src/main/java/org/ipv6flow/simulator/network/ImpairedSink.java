package org.ipv6flow.simulator.network;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.ipv6flow.simulator.export.DatagramSink;
import org.jspecify.annotations.Nullable;

/** A way to the collector that loses, repeats and reorders messages, and counts what it did. */
public final class ImpairedSink implements DatagramSink {

  private final DatagramSink next;
  private final Impairments impairments;
  private final SplittableRandom random;
  private final ImpairmentCounters counters;

  private @Nullable Held held;

  public ImpairedSink(
      DatagramSink next,
      Impairments impairments,
      SplittableRandom random,
      ImpairmentCounters counters) {
    this.next = next;
    this.impairments = impairments;
    this.random = random;
    this.counters = counters;
  }

  @Override
  public void send(byte[] message, int length, int records, long scaledOctets) {
    if (random.nextDouble() < impairments.loss()) {
      counters.lostMessages++;
      counters.lostRecords += records;
      counters.lostScaledOctets += scaledOctets;
      return;
    }
    if (held == null && random.nextDouble() < impairments.reordering()) {
      counters.reorderedMessages++;
      held = new Held(Arrays.copyOf(message, length), records, scaledOctets);
      return;
    }
    next.send(message, length, records, scaledOctets);
    if (random.nextDouble() < impairments.duplication()) {
      counters.duplicatedMessages++;
      next.send(message, length, records, scaledOctets);
    }
    release();
  }

  @Override
  public void flush() {
    release();
    next.flush();
  }

  private void release() {
    Held late = held;
    if (late != null) {
      held = null;
      next.send(late.message, late.message.length, late.records, late.scaledOctets);
    }
  }

  private static final class Held {
    final byte[] message;
    final int records;
    final long scaledOctets;

    Held(byte[] message, int records, long scaledOctets) {
      this.message = message;
      this.records = records;
      this.scaledOctets = scaledOctets;
    }
  }
}
