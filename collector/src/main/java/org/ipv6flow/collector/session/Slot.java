package org.ipv6flow.collector.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A place in a {@link SequenceFile}: whose it is, and a few numbers that change together.
 *
 * <p>Holds two copies of the numbers and which of them is whole: the process may be killed between
 * any two stores. One writer at a time.
 */
final class Slot {

  /** Numbers in a slot. */
  static final int VALUES = 8;

  private static final int KEY_LONGS = 4;

  /** Longs of a slot. */
  static final int LONGS = KEY_LONGS + 2 * VALUES;

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int EXPORTER_HIGH = 0;
  private static final int EXPORTER_LOW = 1;
  private static final int KEY = 2;
  private static final int CURRENT = 3;

  private static final long USED = 1L << 63;
  private static final long ACCOUNT = 1L << 62;
  private static final int VERSION_SHIFT = 48;

  private final ByteBuffer memory;
  private final int index;

  Slot(ByteBuffer memory, int index) {
    this.memory = memory;
    this.index = index;
  }

  int index() {
    return index;
  }

  boolean isUsed() {
    return (get(KEY) & USED) != 0;
  }

  /** Whether it is the {@link DeliveryAccount} of a domain; else it is a port's. */
  boolean isAccount() {
    return (get(KEY) & ACCOUNT) != 0;
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

  /** Takes the slot into use for a port; its numbers are 0. */
  void usePort(
      long exporterHigh, long exporterLow, int domainId, int protocolVersion, int sourcePort) {
    use(exporterHigh, exporterLow, domainId, protocolVersion, (sourcePort & 0xFFFFL) << 32);
  }

  /** Takes the slot into use for the account of a domain; its numbers are 0. */
  void useAccount(long exporterHigh, long exporterLow, int domainId, int protocolVersion) {
    use(exporterHigh, exporterLow, domainId, protocolVersion, ACCOUNT);
  }

  private void use(long exporterHigh, long exporterLow, int domainId, int version, long kind) {
    set(EXPORTER_HIGH, exporterHigh);
    set(EXPORTER_LOW, exporterLow);
    setRelease(
        KEY, USED | kind | (long) version << VERSION_SHIFT | Integer.toUnsignedLong(domainId));
  }

  void clear() {
    setRelease(KEY, 0);
    for (int at = CURRENT; at < LONGS; at++) {
      set(at, 0);
    }
  }

  long value(int number) {
    return get(copy(current()) + number);
  }

  /** Stores all numbers at once: whoever reads them finds these or those of before. */
  void store(long v0, long v1, long v2, long v3, long v4, long v5, long v6, long v7) {
    long next = 1 - current();
    int copy = copy(next);
    set(copy, v0);
    set(copy + 1, v1);
    set(copy + 2, v2);
    set(copy + 3, v3);
    set(copy + 4, v4);
    set(copy + 5, v5);
    set(copy + 6, v6);
    set(copy + 7, v7);
    setRelease(CURRENT, next);
  }

  private long current() {
    return get(CURRENT) & 1;
  }

  private static int copy(long which) {
    return KEY_LONGS + (int) which * VALUES;
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
