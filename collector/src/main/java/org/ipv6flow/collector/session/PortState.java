package org.ipv6flow.collector.session;

/**
 * What a port leaves behind in its {@link Slot}.
 *
 * @param expected the sequence number that continues what was received
 * @param missingRecords lost so far, and possibly lost, by all runs of the collector
 * @param upTimeMillis of the exporter (v9), at its last message
 * @param bootMillis 0 if not known
 * @param flowRecords flow records decoded, by all runs
 * @param flowMessages messages they came in
 */
record PortState(
    int expected,
    boolean started,
    boolean expectedKnown,
    SequenceMode mode,
    long missingRecords,
    long missingMessages,
    long lastMillis,
    long upTimeMillis,
    long bootMillis,
    long flowRecords,
    long flowMessages) {

  private static final int NUMBER = 0;
  private static final int MISSING_RECORDS = 1;
  private static final int MISSING_MESSAGES = 2;
  private static final int LAST_MILLIS = 3;
  private static final int UP_TIME = 4;
  private static final int BOOT = 5;
  private static final int FLOW_RECORDS = 6;
  private static final int FLOW_MESSAGES = 7;

  private static final long STARTED = 1L << 32;
  private static final long EXPECTED_KNOWN = 1L << 33;
  private static final int MODE_SHIFT = 40;

  static PortState read(Slot slot) {
    long number = slot.value(NUMBER);
    int mode = (int) (number >>> MODE_SHIFT) & 0xFF;
    return new PortState(
        (int) number,
        (number & STARTED) != 0,
        (number & EXPECTED_KNOWN) != 0,
        SequenceMode.of(Math.min(mode, SequenceMode.COUNT - 1)),
        slot.value(MISSING_RECORDS),
        slot.value(MISSING_MESSAGES),
        slot.value(LAST_MILLIS),
        slot.value(UP_TIME),
        slot.value(BOOT),
        slot.value(FLOW_RECORDS),
        slot.value(FLOW_MESSAGES));
  }

  /** Stores a state; without an object of it, since this happens at every message. */
  static void store(
      Slot slot,
      int expected,
      boolean started,
      boolean expectedKnown,
      SequenceMode mode,
      long missingRecords,
      long missingMessages,
      long lastMillis,
      long upTimeMillis,
      long bootMillis,
      long flowRecords,
      long flowMessages) {
    slot.store(
        Integer.toUnsignedLong(expected)
            | (started ? STARTED : 0)
            | (expectedKnown ? EXPECTED_KNOWN : 0)
            | (long) mode.ordinal() << MODE_SHIFT,
        missingRecords,
        missingMessages,
        lastMillis,
        upTimeMillis,
        bootMillis,
        flowRecords,
        flowMessages);
  }
}
