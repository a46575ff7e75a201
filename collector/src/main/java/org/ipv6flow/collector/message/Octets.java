package org.ipv6flow.collector.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads big-endian integers of any length from an array. */
public final class Octets {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Octets() {}

  public static int u8(byte[] data, int position) {
    return data[position] & 0xFF;
  }

  public static int u16(byte[] data, int position) {
    return (short) SHORT.get(data, position) & 0xFFFF;
  }

  public static int i32(byte[] data, int position) {
    return (int) INT.get(data, position);
  }

  public static long u32(byte[] data, int position) {
    return (int) INT.get(data, position) & 0xFFFF_FFFFL;
  }

  public static long i64(byte[] data, int position) {
    return (long) LONG.get(data, position);
  }

  /**
   * An unsigned integer of any length (reduced-size encoding, RFC 7011 section 6.2).
   *
   * <p>Exporters also send more octets than the type has; the low eight count, the others are
   * leading zeros. No octets at all are 0.
   */
  public static long unsigned(byte[] data, int position, int length) {
    return switch (length) {
      case 1 -> u8(data, position);
      case 2 -> u16(data, position);
      case 4 -> u32(data, position);
      case 8 -> i64(data, position);
      default -> ofOddLength(data, position, length);
    };
  }

  private static long ofOddLength(byte[] data, int position, int length) {
    long value = 0;
    int end = position + length;
    for (int at = Math.max(position, end - Long.BYTES); at < end; at++) {
      value = value << Byte.SIZE | u8(data, at);
    }
    return value;
  }
}
