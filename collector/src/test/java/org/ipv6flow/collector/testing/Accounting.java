package org.ipv6flow.collector.testing;

import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.message.DropReason.Level;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecodeCounters;

/** The relations of {@link Counter}: everything received is decoded, or dropped for a reason. */
public final class Accounting {

  private static final DropReason[] REASONS = DropReason.values();

  private Accounting() {}

  /**
   * Throws if something is not accounted for.
   *
   * @throws AssertionError saying what
   */
  public static void check(DecodeCounters c) {
    equal("datagrams", c.value(Counter.DATAGRAMS), decodedDatagrams(c));
    equal("sets", c.value(Counter.SETS), setsOfAnyOutcome(c));
    equal(
        "data records",
        c.value(Counter.DATA_RECORDS),
        c.value(Counter.TRAFFIC_RECORDS)
            + dropped(c, Level.RECORD)
            - c.dropped(DropReason.RECORD_TRUNCATED));
    equal(
        "flow records by sampling",
        c.value(Counter.FLOW_RECORDS),
        c.value(Counter.SAMPLING_KNOWN_RECORDS) + c.value(Counter.SAMPLING_UNKNOWN_RECORDS));
    equal("flow records by IP version", c.value(Counter.FLOW_RECORDS), versions(c));
  }

  private static long decodedDatagrams(DecodeCounters c) {
    return c.value(Counter.DATAGRAMS_DECODED) + dropped(c, Level.DATAGRAM);
  }

  private static long setsOfAnyOutcome(DecodeCounters c) {
    return c.value(Counter.TEMPLATE_SETS)
        + c.value(Counter.OPTIONS_TEMPLATE_SETS)
        + c.value(Counter.DATA_SETS)
        + dropped(c, Level.SET)
        + held(c);
  }

  private static long versions(DecodeCounters c) {
    return c.value(Counter.IP_VERSION_BY_ELEMENT)
        + c.value(Counter.IP_VERSION_BY_ADDRESS)
        + c.value(Counter.IP_VERSION_BY_FRAME)
        + c.value(Counter.IP_VERSION_BY_TEMPLATE)
        + c.value(Counter.IP_VERSION_UNKNOWN);
  }

  /** Sets that wait for their template. */
  public static long held(DecodeCounters c) {
    return c.value(Counter.HELD_SETS)
        - c.value(Counter.HELD_SETS_DECODED)
        - c.value(Counter.HELD_SETS_EXPIRED);
  }

  /** The same as {@link DecodeCounters#dropped(Level)}, without an array for each call. */
  public static long dropped(DecodeCounters c, Level level) {
    long sum = 0;
    for (DropReason reason : REASONS) {
      if (reason.level() == level) {
        sum += c.dropped(reason);
      }
    }
    return sum;
  }

  private static void equal(String what, long received, long accounted) {
    if (received != accounted) {
      throw new AssertionError(
          "%s: %d received, %d accounted for".formatted(what, received, accounted));
    }
  }
}
