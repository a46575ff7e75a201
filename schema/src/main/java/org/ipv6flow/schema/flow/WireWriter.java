package org.ipv6flow.schema.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes protobuf fields into a growing array that is reused from batch to batch.
 *
 * <p>Room is made once per batch ({@link #begin}), so the loops below check no bounds of their own.
 * A column's length is not known before it is written: three octets are kept free and filled
 * afterwards with a varint padded to that width, which every protobuf reader accepts.
 */
final class WireWriter {

  static final int WIRE_VARINT = 0;
  static final int WIRE_FIXED64 = 1;
  static final int WIRE_LENGTH_DELIMITED = 2;

  /** A padded length of three octets holds up to 2^21 - 1. */
  private static final int PADDED_LENGTH_OCTETS = 3;

  /** Columns are looked through for other values than 0 so many entries at a time. */
  private static final int BLOCK_ENTRIES = 32;

  private static final VarHandle LONG_LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] buffer = new byte[64 * 1024];
  private int position;

  byte[] buffer() {
    return buffer;
  }

  int position() {
    return position;
  }

  /** Starts a new message of at most {@code maxOctets} octets. */
  void begin(int maxOctets) {
    if (buffer.length < maxOctets) {
      buffer = new byte[maxOctets];
    }
    position = 0;
  }

  void tag(int field, int wireType) {
    position = putVarint(buffer, position, (field << 3) | wireType);
  }

  void varint(long value) {
    position = putVarint(buffer, position, value);
  }

  void varintField(int field, long value) {
    tag(field, WIRE_VARINT);
    varint(value);
  }

  void fixed64(long value) {
    LONG_LITTLE_ENDIAN.set(buffer, position, value);
    position += Long.BYTES;
  }

  void octets(byte[] octets, int count) {
    System.arraycopy(octets, 0, buffer, position, count);
    position += count;
  }

  /** A {@code bytes} column; left out when every octet is 0. */
  void byteColumn(int field, byte[] column, int count) {
    if (isZero(column, count)) {
      return;
    }
    tag(field, WIRE_LENGTH_DELIMITED);
    varint(count);
    octets(column, count);
  }

  /** A packed {@code uint32} column; left out when every entry is 0. */
  void intColumn(int field, int[] column, int count) {
    if (isZero(column, count)) {
      return;
    }
    intColumnAlways(field, column, count);
  }

  /** A packed {@code uint32} column, present even when every entry is 0. */
  void intColumnAlways(int field, int[] column, int count) {
    int start = beginColumn(field);
    byte[] out = buffer;
    int at = start;
    for (int i = 0; i < count; i++) {
      at = putVarint32(out, at, column[i]);
    }
    endColumn(start, at);
  }

  /** A packed {@code uint64} column; left out when every entry is 0. */
  void longColumn(int field, long[] column, int count) {
    if (isZero(column, count)) {
      return;
    }
    int start = beginColumn(field);
    byte[] out = buffer;
    int at = start;
    for (int i = 0; i < count; i++) {
      at = putVarint(out, at, column[i]);
    }
    endColumn(start, at);
  }

  /** A packed {@code sint64} column of {@code column[i] - base}, zigzag. */
  void deltaColumn(int field, long[] column, long base, int count) {
    int start = beginColumn(field);
    byte[] out = buffer;
    int at = start;
    for (int i = 0; i < count; i++) {
      long delta = column[i] - base;
      at = putVarint(out, at, (delta << 1) ^ (delta >> 63));
    }
    endColumn(start, at);
  }

  /** A packed {@code uint64} column of {@code to[i] - from[i]}, negative differences as 0. */
  void differenceColumn(int field, long[] from, long[] to, int count) {
    int start = beginColumn(field);
    byte[] out = buffer;
    int at = start;
    for (int i = 0; i < count; i++) {
      at = putVarint(out, at, Math.max(0, to[i] - from[i]));
    }
    endColumn(start, at);
  }

  /** A packed {@code fixed64} column; left out when every entry is 0. */
  void fixed64Column(int field, long[] column, int count) {
    if (isZero(column, count)) {
      return;
    }
    tag(field, WIRE_LENGTH_DELIMITED);
    varint((long) count * Long.BYTES);
    byte[] out = buffer;
    int at = position;
    for (int i = 0; i < count; i++) {
      LONG_LITTLE_ENDIAN.set(out, at, column[i]);
      at += Long.BYTES;
    }
    position = at;
  }

  /**
   * A {@code bytes} field of zeros up to {@code end}, which is at least {@value
   * #PADDED_LENGTH_OCTETS} and the tag's octets away.
   */
  void padding(int field, int end) {
    if (buffer.length < end) {
      buffer = Arrays.copyOf(buffer, end);
    }
    int start = beginColumn(field);
    Arrays.fill(buffer, start, end, (byte) 0);
    endColumn(start, end);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(buffer, position);
  }

  private int beginColumn(int field) {
    tag(field, WIRE_LENGTH_DELIMITED);
    return position + PADDED_LENGTH_OCTETS;
  }

  private void endColumn(int start, int end) {
    int length = end - start;
    buffer[start - 3] = (byte) (length | 0x80);
    buffer[start - 2] = (byte) ((length >>> 7) | 0x80);
    buffer[start - 1] = (byte) (length >>> 14);
    position = end;
  }

  private static int putVarint(byte[] out, int position, long value) {
    if (value >>> Integer.SIZE == 0) {
      return putVarint32(out, position, (int) value);
    }
    int at = position;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[at++] = (byte) rest;
    return at;
  }

  /**
   * An unsigned value of 32 bits, without a branch: ports and AS numbers differ in length from one
   * record to the next, and each wrong guess would cost more than all of this. Eight octets are
   * stored; those beyond the value's own are overwritten by what comes next, for which there is
   * always room.
   */
  private static int putVarint32(byte[] out, int position, int value) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(value | 1);
    int octets = ((bits + 6) * 37) >>> 8; // (bits + 6) / 7, for 1 to 32 bits.
    int halves = (value & 0x3FFF) | ((value & 0x0FFF_C000) << 2);
    int sevens = (halves & 0x007F_007F) | ((halves & 0x3F80_3F80) << 1);
    long spread = (sevens & 0xFFFF_FFFFL) | ((long) (value >>> 28) << Integer.SIZE);
    long continued = 0x80_8080_8080L & ((1L << ((octets - 1) * Byte.SIZE)) - 1);
    LONG_LITTLE_ENDIAN.set(out, position, spread | continued);
    return position + octets;
  }

  private static boolean isZero(byte[] column, int count) {
    int i = 0;
    for (; i + Long.BYTES <= count; i += Long.BYTES) {
      if ((long) LONG_LITTLE_ENDIAN.get(column, i) != 0) {
        return false;
      }
    }
    for (; i < count; i++) {
      if (column[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(int[] column, int count) {
    int from = 0;
    while (from < count) {
      int to = Math.min(from + BLOCK_ENTRIES, count);
      int any = 0;
      for (int i = from; i < to; i++) {
        any |= column[i];
      }
      if (any != 0) {
        return false;
      }
      from = to;
    }
    return true;
  }

  private static boolean isZero(long[] column, int count) {
    int from = 0;
    while (from < count) {
      int to = Math.min(from + BLOCK_ENTRIES, count);
      long any = 0;
      for (int i = from; i < to; i++) {
        any |= column[i];
      }
      if (any != 0) {
        return false;
      }
      from = to;
    }
    return true;
  }
}
