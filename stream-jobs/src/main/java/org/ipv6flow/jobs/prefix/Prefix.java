package org.ipv6flow.jobs.prefix;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.ipv6flow.schema.flow.FlowColumns;

/**
 * An address prefix in 128 bits; IPv4 prefixes are IPv4-mapped, so that 10.0.0.0/8 has length 104.
 *
 * @param high bits 0 to 63, those after the length being 0
 * @param low bits 64 to 127
 * @param length 0 to 128
 */
public record Prefix(long high, long low, int length) {

  private static final int IPV4_OCTETS = 4;
  private static final int IPV4_MAPPED_BITS = 96;

  public Prefix {
    if (length < 0 || length > 128) {
      throw new IllegalArgumentException("prefix length %d (expected: 0 to 128)".formatted(length));
    }
    high &= highMask(length);
    low &= lowMask(length);
  }

  /**
   * Reads "2001:db8::/32", "10.0.0.0/8", or an address alone as its host prefix.
   *
   * @throws IllegalArgumentException if the text is no prefix
   */
  public static Prefix parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    // Only literals: a name would be looked up.
    if (!address.matches("[0-9a-fA-F:.]+") || address.matches("[0-9]*")) {
      throw new IllegalArgumentException("prefix %s (expected: address/length)".formatted(text));
    }
    try {
      byte[] octets = InetAddress.getByName(address).getAddress();
      // IPv4-mapped literals come back as four octets too; their length counts from ::.
      boolean isDotted = address.indexOf(':') < 0;
      int bits = isDotted ? 32 : 128;
      int length = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (length < 0 || length > bits) {
        throw new IllegalArgumentException(
            "prefix %s: length %d (expected: 0 to %d)".formatted(text, length, bits));
      }
      int lengthIn128 = isDotted ? length + IPV4_MAPPED_BITS : length;
      if (octets.length == IPV4_OCTETS) {
        long mapped = FlowColumns.IPV4_MAPPED_PREFIX | bigEndian(octets, 0, IPV4_OCTETS);
        return new Prefix(0, mapped, lengthIn128);
      }
      return new Prefix(bigEndian(octets, 0, 8), bigEndian(octets, 8, 8), lengthIn128);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException("prefix %s (expected: address/length)".formatted(text), e);
    }
  }

  public boolean contains(long addressHigh, long addressLow) {
    return (addressHigh & highMask(length)) == high && (addressLow & lowMask(length)) == low;
  }

  public long lastHigh() {
    return high | ~highMask(length);
  }

  public long lastLow() {
    return low | ~lowMask(length);
  }

  private static long highMask(int length) {
    return length == 0 ? 0 : -1L << Math.max(0, 64 - length);
  }

  private static long lowMask(int length) {
    return length <= 64 ? 0 : -1L << (128 - length);
  }

  private static long bigEndian(byte[] octets, int offset, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | octets[offset + i] & 0xFF;
    }
    return value;
  }
}
