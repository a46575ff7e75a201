package org.ipv6flow.collector.sender;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * Addresses with the same leading bits, as two 64-bit halves; IPv4 is IPv4-mapped.
 *
 * @param length leading bits of the 128 that are the same
 */
public record AddressPrefix(long high, long low, int length) {

  private static final long IPV4_MAPPED_PREFIX = 0x0000_FFFF_0000_0000L;
  private static final int IPV4_MAPPED_BITS = 96;
  private static final int BITS = 128;

  /** A literal: a name would be looked up in the DNS. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** One address. */
  public static AddressPrefix of(long high, long low) {
    return new AddressPrefix(high, low, BITS);
  }

  /**
   * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or an address without a length.
   *
   * @throws IllegalArgumentException if it is none of these; the message is for people
   */
  public static AddressPrefix parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    InetAddress address = address(literal, text);
    boolean ipv4 = address instanceof Inet4Address;
    int max = ipv4 ? Integer.SIZE : BITS;
    int length = slash < 0 ? max : length(text.substring(slash + 1), max, text);
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    long high = ipv4 ? 0 : octets.getLong();
    long low = ipv4 ? IPV4_MAPPED_PREFIX | octets.getInt() & 0xFFFF_FFFFL : octets.getLong();
    AddressPrefix prefix = new AddressPrefix(high, low, ipv4 ? IPV4_MAPPED_BITS + length : length);
    if ((high & ~prefix.highMask()) != 0 || (low & ~prefix.lowMask()) != 0) {
      throw new IllegalArgumentException(
          "'%s' has bits set behind its length (expected: zeros there)".formatted(text));
    }
    return prefix;
  }

  boolean isAddress() {
    return length == BITS;
  }

  public boolean contains(long addressHigh, long addressLow) {
    return ((addressHigh ^ high) & highMask()) == 0 && ((addressLow ^ low) & lowMask()) == 0;
  }

  private long highMask() {
    return mask(Math.min(length, Long.SIZE));
  }

  private long lowMask() {
    return mask(Math.max(length - Long.SIZE, 0));
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
  }

  private static InetAddress address(String literal, String text) {
    if (LITERAL.matcher(literal).matches()) {
      try {
        return InetAddress.getByName(literal);
      } catch (UnknownHostException e) {
        // Not a literal after all.
      }
    }
    throw new IllegalArgumentException(
        "'%s' is no prefix (expected: such as 192.0.2.0/24 or 2001:db8::/32)".formatted(text));
  }

  private static int length(String digits, int max, String text) {
    try {
      int length = Integer.parseInt(digits);
      if (length >= 0 && length <= max) {
        return length;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same message.
    }
    throw new IllegalArgumentException(
        "'%s' has no right length (expected: 0 to %d behind the slash)".formatted(text, max));
  }
}
