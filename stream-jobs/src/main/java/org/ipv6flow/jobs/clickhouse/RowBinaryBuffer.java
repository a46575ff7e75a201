package org.ipv6flow.jobs.clickhouse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Values in ClickHouse's RowBinary format, in a growing buffer that is reused. Not thread-safe.
 *
 * <p>Integers are little-endian, a String is its length as a varint and its octets, an IPv6 its 16
 * octets in network order, an Enum8 its Int8, a DateTime a UInt32 of epoch seconds.
 */
public final class RowBinaryBuffer {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle NETWORK_ORDER_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int MAX_VARINT_BYTES = 5;

  private byte[] buffer = new byte[1 << 12];
  private int length;
  private int rows;

  public void uint8(int value) {
    require(1);
    buffer[length++] = (byte) value;
  }

  public void uint16(int value) {
    require(Short.BYTES);
    buffer[length++] = (byte) value;
    buffer[length++] = (byte) (value >>> 8);
  }

  public void uint32(long value) {
    require(Integer.BYTES);
    INT.set(buffer, length, (int) value);
    length += Integer.BYTES;
  }

  public void uint64(long value) {
    require(Long.BYTES);
    LONG.set(buffer, length, value);
    length += Long.BYTES;
  }

  public void float64(double value) {
    uint64(Double.doubleToRawLongBits(value));
  }

  public void ipv6(long high, long low) {
    require(2 * Long.BYTES);
    NETWORK_ORDER_LONG.set(buffer, length, high);
    NETWORK_ORDER_LONG.set(buffer, length + Long.BYTES, low);
    length += 2 * Long.BYTES;
  }

  /** Also LowCardinality(String), which RowBinary writes alike. */
  public void string(byte[] utf8) {
    arrayLength(utf8.length);
    octets(utf8, 0, utf8.length);
  }

  /** The start of an Array; its elements follow. */
  public void arrayLength(int elements) {
    require(MAX_VARINT_BYTES);
    int rest = elements;
    while (rest > 0x7F) {
      buffer[length++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
  }

  /** Values that are encoded already. */
  public void octets(byte[] encoded, int offset, int count) {
    require(count);
    System.arraycopy(encoded, offset, buffer, length, count);
    length += count;
  }

  /** Copies what has been written, which is less than a row, into an array; the buffer is empty. */
  public byte[] takeInto(byte[] reuse) {
    byte[] into = reuse.length >= length ? reuse : new byte[Math.max(2 * reuse.length, length)];
    System.arraycopy(buffer, 0, into, 0, length);
    length = 0;
    return into;
  }

  public void endRow() {
    rows++;
  }

  public int rows() {
    return rows;
  }

  /** Octets written so far. */
  public int length() {
    return length;
  }

  /** Takes the rows out: a block of its own, the buffer being empty again. */
  public RowBlock take(ClickHouseTable table) {
    RowBlock block = new RowBlock(table, rows, Arrays.copyOf(buffer, length));
    length = 0;
    rows = 0;
    return block;
  }

  private void require(int bytes) {
    if (buffer.length - length < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
  }
}
