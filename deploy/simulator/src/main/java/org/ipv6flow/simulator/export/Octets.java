package org.ipv6flow.simulator.export;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order, of any length up to eight octets and beyond. */
final class Octets {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Octets() {}

  /** Writes the low octets of {@code value}, or all of it with zeros in front. */
  static void put(long value, byte[] into, int at, int length) {
    switch (length) {
      case 1 -> into[at] = (byte) value;
      case 2 -> SHORT.set(into, at, (short) value);
      case 4 -> INT.set(into, at, (int) value);
      case 8 -> LONG.set(into, at, value);
      default -> putAny(value, into, at, length);
    }
  }

  static void putLong(long value, byte[] into, int at) {
    LONG.set(into, at, value);
  }

  private static void putAny(long value, byte[] into, int at, int length) {
    long rest = value;
    for (int i = at + length - 1; i >= at; i--) {
      into[i] = (byte) rest;
      rest >>>= 8;
    }
  }
}
