package org.ipv6flow.collector.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.ipv6flow.collector.message.DropReason;

/**
 * A set of counters that only grow.
 *
 * <p>One thread adds, any thread reads: an addition is a plain store made visible in time, not an
 * atomic instruction. Readers who want the counts of an interval subtract two readings.
 */
public final class DecodeCounters {

  private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] values = new long[Counter.COUNT + DropReason.COUNT];

  public long value(Counter counter) {
    return (long) VALUES.getOpaque(values, counter.index());
  }

  public long dropped(DropReason reason) {
    return (long) VALUES.getOpaque(values, Counter.COUNT + reason.index());
  }

  /** Drops of one level, for any reason. */
  public long dropped(DropReason.Level level) {
    long sum = 0;
    for (DropReason reason : DropReason.values()) {
      if (reason.level() == level) {
        sum += dropped(reason);
      }
    }
    return sum;
  }

  /** Only the thread that decodes may call this. */
  public void add(Counter counter, long count) {
    add(counter.index(), count);
  }

  /** Only the thread that decodes may call this. */
  public void drop(DropReason reason, long count) {
    add(Counter.COUNT + reason.index(), count);
  }

  private void add(int index, long count) {
    VALUES.setOpaque(values, index, values[index] + count);
  }
}
