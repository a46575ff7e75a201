package org.ipv6flow.collector.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The place of one port in a {@link SequenceFile}, or of a domain as a whole.
 *
 * <p>Holds two copies of the state and which of them is whole: the process may be killed between
 * any two stores. One writer at a time.
 */
final class SequenceSlot {

  /** Longs of a slot. */
  static final int LONGS = 16;

  /** In place of a port: the slot of the domain as a whole. */
  static final int WHOLE_DOMAIN = -1;

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int EXPORTER_HIGH = 0;
  private static final int EXPORTER_LOW = 1;
  private static final int KEY = 2;
  private static final int CURRENT = 3;
  private static final int FIRST_COPY = 4;
  private static final int COPY_LONGS = 6;

  private static final int NUMBER = 0;
  private static final int MISSING_RECORDS = 1;
  private static final int MISSING_MESSAGES = 2;
  private static final int LAST_MILLIS = 3;
  private static final int UP_TIME = 4;
  private static final int BOOT = 5;

  private static final int REPORTED_RECORDS = 4;
  private static final int REPORTED_MESSAGES = 5;

  private static final long USED = 1L << 63;
  private static final long DOMAIN_SLOT = 1L << 62;
  private static final int VERSION_SHIFT = 48;
  private static final long STARTED = 1L << 32;
  private static final long EXPECTED_KNOWN = 1L << 33;
  private static final int MODE_SHIFT = 40;
  private static final int FLOW_RECORDS_SHIFT = 48;

  private final ByteBuffer memory;
  private final int index;

  SequenceSlot(ByteBuffer memory, int index) {
    this.memory = memory;
    this.index = index;
  }

  /**
   * What a port left behind.
   *
   * @param missingRecords lost so far, and possibly lost
   * @param upTimeMillis of the exporter (v9), at its last message
   * @param bootMillis 0 if not known
   * @param flowSequence number of the last message with flow records
   * @param flowRecords how many it had; 0 if there was none such
   */
  record State(
      int expected,
      boolean started,
      boolean expectedKnown,
      SequenceMode mode,
      long missingRecords,
      long missingMessages,
      long lastMillis,
      long upTimeMillis,
      long bootMillis,
      int flowSequence,
      int flowRecords) {}

  int index() {
    return index;
  }

  boolean isUsed() {
    return (get(KEY) & USED) != 0;
  }

  boolean isWholeDomain() {
    return (get(KEY) & DOMAIN_SLOT) != 0;
  }

  long exporterHigh() {
    return get(EXPORTER_HIGH);
  }

  long exporterLow() {
    return get(EXPORTER_LOW);
  }

  int domainId() {
    return (int) get(KEY);
  }

  int sourcePort() {
    return (int) (get(KEY) >>> Integer.SIZE) & 0xFFFF;
  }

  int protocolVersion() {
    return (int) (get(KEY) >>> VERSION_SHIFT) & 0xFF;
  }

  /** Takes the slot into use; its state is empty. */
  void use(long exporterHigh, long exporterLow, int domainId, int protocolVersion, int sourcePort) {
    set(EXPORTER_HIGH, exporterHigh);
    set(EXPORTER_LOW, exporterLow);
    long key =
        USED
            | (long) protocolVersion << VERSION_SHIFT
            | (sourcePort & 0xFFFFL) << Integer.SIZE
            | domainId & 0xFFFF_FFFFL;
    setRelease(KEY, sourcePort == WHOLE_DOMAIN ? key | DOMAIN_SLOT : key);
  }

  void clear() {
    setRelease(KEY, 0);
    for (int at = CURRENT; at < LONGS; at++) {
      set(at, 0);
    }
  }

  void store(
      int expected,
      boolean started,
      boolean expectedKnown,
      SequenceMode mode,
      long missingRecords,
      long missingMessages,
      long lastMillis,
      long upTimeMillis,
      long bootMillis,
      int flowSequence,
      int flowRecords) {
    long number =
        expected & 0xFFFF_FFFFL
            | (started ? STARTED : 0)
            | (expectedKnown ? EXPECTED_KNOWN : 0)
            | (long) mode.ordinal() << MODE_SHIFT
            | (long) Math.min(flowRecords, 0xFFFF) << FLOW_RECORDS_SHIFT;
    long next = 1 - current();
    int copy = copy(next);
    set(copy + NUMBER, number);
    set(copy + MISSING_RECORDS, missingRecords);
    set(copy + MISSING_MESSAGES, missingMessages);
    set(copy + LAST_MILLIS, lastMillis);
    set(copy + UP_TIME, upTimeMillis & 0xFFFF_FFFFL | (long) flowSequence << Integer.SIZE);
    set(copy + BOOT, bootMillis);
    setRelease(CURRENT, next);
  }

  State state() {
    int copy = copy(current());
    long number = get(copy + NUMBER);
    int mode = (int) (number >>> MODE_SHIFT) & 0xFF;
    return new State(
        (int) number,
        (number & STARTED) != 0,
        (number & EXPECTED_KNOWN) != 0,
        SequenceMode.of(Math.min(mode, SequenceMode.COUNT - 1)),
        get(copy + MISSING_RECORDS),
        get(copy + MISSING_MESSAGES),
        get(copy + LAST_MILLIS),
        get(copy + UP_TIME) & 0xFFFF_FFFFL,
        get(copy + BOOT),
        (int) (get(copy + UP_TIME) >>> Integer.SIZE),
        (int) (number >>> FLOW_RECORDS_SHIFT) & 0xFFFF);
  }

  /** Of a domain: records that are known to be lost and have been reported. */
  long reportedRecords() {
    return get(copy(current()) + REPORTED_RECORDS);
  }

  long reportedMessages() {
    return get(copy(current()) + REPORTED_MESSAGES);
  }

  /** Of a domain: lost on ports that have no slot any more. */
  long retiredRecords() {
    return get(copy(current()) + MISSING_RECORDS);
  }

  long retiredMessages() {
    return get(copy(current()) + MISSING_MESSAGES);
  }

  /** Of a domain: adds what was reported. */
  void addReported(long records, long messages) {
    storeDomain(
        retiredRecords(),
        retiredMessages(),
        reportedRecords() + records,
        reportedMessages() + messages);
  }

  /** Of a domain: takes over what was lost on a port whose slot is released. */
  void addRetired(long records, long messages) {
    storeDomain(
        retiredRecords() + records,
        retiredMessages() + messages,
        reportedRecords(),
        reportedMessages());
  }

  private void storeDomain(
      long retiredRecords, long retiredMessages, long reportedRecords, long reportedMessages) {
    long next = 1 - current();
    int copy = copy(next);
    set(copy + MISSING_RECORDS, retiredRecords);
    set(copy + MISSING_MESSAGES, retiredMessages);
    set(copy + REPORTED_RECORDS, reportedRecords);
    set(copy + REPORTED_MESSAGES, reportedMessages);
    setRelease(CURRENT, next);
  }

  private long current() {
    return get(CURRENT) & 1;
  }

  private static int copy(long which) {
    return FIRST_COPY + (int) which * COPY_LONGS;
  }

  private long get(int at) {
    return (long) LONG.get(memory, offset(at));
  }

  private void set(int at, long value) {
    LONG.set(memory, offset(at), value);
  }

  private void setRelease(int at, long value) {
    LONG.setRelease(memory, offset(at), value);
  }

  private int offset(int at) {
    return (index * LONGS + at) * Long.BYTES;
  }
}
