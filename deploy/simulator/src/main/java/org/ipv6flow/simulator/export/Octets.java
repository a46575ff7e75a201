package org.ipv6flow.simulator.export;

/** Numbers in network byte order, of any length up to eight octets and beyond. */
final class Octets {

  private Octets() {}

  /** Writes the low octets of {@code value}, or all of it with zeros in front. */
  static void put(long value, byte[] into, int at, int length) {
    long rest = value;
    for (int i = at + length - 1; i >= at; i--) {
      into[i] = (byte) rest;
      rest >>>= 8;
    }
  }
}
