package org.ipv6flow.schema.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A cursor over protobuf octets; every read is checked against the end. Not thread-safe. */
final class WireReader {

  private static final VarHandle LONG_LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MAX_VARINT_OCTETS = 10;

  private byte[] data = new byte[0];
  private int position;
  private int end;

  void reset(byte[] octets, int offset, int length) {
    data = octets;
    position = offset;
    end = offset + length;
  }

  boolean hasRemaining() {
    return position < end;
  }

  int position() {
    return position;
  }

  void position(int newPosition) {
    position = newPosition;
  }

  byte[] data() {
    return data;
  }

  /** Skips octets that are known to follow, and returns a hash of them (FNV-1a). */
  long hash(int octets) {
    long hash = 0xCBF2_9CE4_8422_2325L;
    for (int stop = position + octets; position < stop; position++) {
      hash = (hash ^ data[position] & 0xFF) * 0x100_0000_01B3L;
    }
    return hash;
  }

  long varint() throws MalformedBatchException {
    byte[] in = data;
    int at = position;
    int limit = Math.min(end, at + MAX_VARINT_OCTETS);
    long value = 0;
    int shift = 0;
    while (at < limit) {
      byte octet = in[at++];
      value |= (long) (octet & 0x7F) << shift;
      if (octet >= 0) {
        position = at;
        return value;
      }
      shift += 7;
    }
    throw new MalformedBatchException("unterminated varint at octet " + position);
  }

  /** Reads a length and checks that so many octets follow. */
  int length() throws MalformedBatchException {
    long length = varint();
    if (length < 0 || length > end - position) {
      throw new MalformedBatchException(
          "length %d at octet %d (expected: at most %d)"
              .formatted(length, position, end - position));
    }
    return (int) length;
  }

  long fixed64() throws MalformedBatchException {
    if (end - position < Long.BYTES) {
      throw new MalformedBatchException("truncated fixed64 at octet " + position);
    }
    long value = (long) LONG_LITTLE_ENDIAN.get(data, position);
    position += Long.BYTES;
    return value;
  }

  /** Skips a field of a later version of the schema. */
  void skip(int wireType) throws MalformedBatchException {
    switch (wireType) {
      case WireWriter.WIRE_VARINT -> varint();
      case WireWriter.WIRE_FIXED64 -> fixed64();
      case WireWriter.WIRE_LENGTH_DELIMITED -> {
        int length = length();
        position += length;
      }
      case 5 -> {
        if (end - position < Integer.BYTES) {
          throw new MalformedBatchException("truncated fixed32 at octet " + position);
        }
        position += Integer.BYTES;
      }
      default ->
          throw new MalformedBatchException(
              "wire type %d at octet %d".formatted(wireType, position));
    }
  }

  /** Packed varints as 32-bit values; returns how many entries the column now has. */
  int ints(int[] column, int filled, int octets) throws MalformedBatchException {
    byte[] in = data;
    int at = position;
    int stop = at + octets;
    int count = filled;
    if (octets <= column.length - filled && areSmall(octets)) {
      for (; at < stop; at++) {
        column[count++] = in[at];
      }
      position = at;
      return count;
    }
    while (at < stop) {
      if (count == column.length) {
        throw tooMany(count);
      }
      long ends = at <= end - Long.BYTES ? ends((long) LONG_LITTLE_ENDIAN.get(in, at)) : 0;
      if (ends != 0) {
        column[count++] = (int) value((long) LONG_LITTLE_ENDIAN.get(in, at), ends);
        at += octetsOf(ends);
      } else {
        position = at;
        column[count++] = (int) varint();
        at = position;
      }
    }
    position = at;
    return exactly(stop, count);
  }

  int longs(long[] column, int filled, int octets) throws MalformedBatchException {
    byte[] in = data;
    int at = position;
    int stop = at + octets;
    int count = filled;
    if (octets <= column.length - filled && areSmall(octets)) {
      for (; at < stop; at++) {
        column[count++] = in[at];
      }
      position = at;
      return count;
    }
    while (at < stop) {
      if (count == column.length) {
        throw tooMany(count);
      }
      long ends = at <= end - Long.BYTES ? ends((long) LONG_LITTLE_ENDIAN.get(in, at)) : 0;
      if (ends != 0) {
        column[count++] = value((long) LONG_LITTLE_ENDIAN.get(in, at), ends);
        at += octetsOf(ends);
      } else {
        position = at;
        column[count++] = varint();
        at = position;
      }
    }
    position = at;
    return exactly(stop, count);
  }

  /** Packed zigzag varints. */
  int signedLongs(long[] column, int filled, int octets) throws MalformedBatchException {
    int count = longs(column, filled, octets);
    for (int i = filled; i < count; i++) {
      long value = column[i];
      column[i] = (value >>> 1) ^ -(value & 1);
    }
    return count;
  }

  /** Whether the next octets, which are known to be there, are all varints of their own. */
  private boolean areSmall(int octets) {
    byte[] in = data;
    int at = position;
    int stop = at + octets;
    for (; at <= stop - Long.BYTES; at += Long.BYTES) {
      if (((long) LONG_LITTLE_ENDIAN.get(in, at) & 0x8080_8080_8080_8080L) != 0) {
        return false;
      }
    }
    for (; at < stop; at++) {
      if (in[at] < 0) {
        return false;
      }
    }
    return true;
  }

  // Lengths of varints differ from entry to entry, so that a loop over their octets is mispredicted
  // at nearly every one. Eight octets at once need no branch: a varint ends at the first octet
  // whose high bit is not set, and its groups of seven bits are moved together two by two.

  /** The high bits of those octets of a word that end a varint; 0 if it is longer than the word. */
  private static long ends(long word) {
    return ~word & 0x8080_8080_8080_8080L;
  }

  private static int octetsOf(long ends) {
    return (Long.numberOfTrailingZeros(ends) >>> 3) + 1;
  }

  /** The varint at the start of a word. */
  private static long value(long word, long ends) {
    long groups = word & (ends ^ (ends - 1)) & 0x7F7F_7F7F_7F7F_7F7FL;
    groups = groups & 0x007F_007F_007F_007FL | (groups & 0x7F00_7F00_7F00_7F00L) >>> 1;
    groups = groups & 0x0000_3FFF_0000_3FFFL | (groups & 0x3FFF_0000_3FFF_0000L) >>> 2;
    return groups & 0x0FFF_FFFFL | (groups & 0x0FFF_FFFF_0000_0000L) >>> 4;
  }

  int fixed64s(long[] column, int filled, int octets) throws MalformedBatchException {
    int entries = octets / Long.BYTES;
    if (octets % Long.BYTES != 0 || entries > column.length - filled) {
      throw new MalformedBatchException(
          "fixed64 column of %d octets at octet %d".formatted(octets, position));
    }
    byte[] in = data;
    int at = position;
    for (int i = filled; i < filled + entries; i++) {
      column[i] = (long) LONG_LITTLE_ENDIAN.get(in, at);
      at += Long.BYTES;
    }
    position = at;
    return filled + entries;
  }

  int bytes(byte[] column, int octets) throws MalformedBatchException {
    if (octets > column.length) {
      throw tooMany(octets);
    }
    System.arraycopy(data, position, column, 0, octets);
    position += octets;
    return octets;
  }

  private int exactly(int stop, int count) throws MalformedBatchException {
    if (position != stop) {
      throw new MalformedBatchException("column ends inside a value at octet " + stop);
    }
    return count;
  }

  private MalformedBatchException tooMany(int count) {
    return new MalformedBatchException(
        "column longer than %d entries at octet %d".formatted(count, position));
  }
}
