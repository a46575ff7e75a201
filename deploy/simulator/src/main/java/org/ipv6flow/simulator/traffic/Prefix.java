package org.ipv6flow.simulator.traffic;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * An address prefix from which addresses are drawn. IPv4 is in the low 32 bits of the low half.
 *
 * @param length counted in the family's own bits
 */
record Prefix(boolean ipv6, long high, long low, int length) {

  /** Reads {@code 240e::/18} or {@code 1.2.0.0/16}. */
  static Prefix parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!address.matches("[0-9A-Fa-f:.]+")) {
      throw new IllegalArgumentException("prefix " + text + " (expected: ADDRESS/LENGTH)");
    }
    try {
      byte[] octets = InetAddress.getByName(address).getAddress();
      boolean ipv6 = octets.length == 16;
      int length = slash < 0 ? octets.length * 8 : Integer.parseInt(text.substring(slash + 1));
      ByteBuffer buffer = ByteBuffer.wrap(octets);
      return ipv6
          ? new Prefix(true, buffer.getLong(), buffer.getLong(), length)
          : new Prefix(false, 0, buffer.getInt() & 0xffff_ffffL, length);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException("prefix " + text + " (expected: ADDRESS/LENGTH)", e);
    }
  }

  boolean contains(DrawnAddress address) {
    if (address.ipv6() != ipv6) {
      return false;
    }
    if (!ipv6) {
      return length == 0 || (address.low() ^ low) >>> 32 - length == 0;
    }
    if (length <= 64) {
      return length == 0 || (address.high() ^ high) >>> 64 - length == 0;
    }
    return address.high() == high && (address.low() ^ low) >>> 128 - length == 0;
  }

  /** The high half of an address in here. */
  long randomHigh(SplittableRandom random) {
    int free = ipv6 ? Math.max(0, 64 - length) : 0;
    return free == 0 ? high : high | random.nextLong() >>> (64 - free);
  }

  /** The low half of an address in here; for IPv4 the whole address. */
  long randomLow(SplittableRandom random) {
    int free = ipv6 ? Math.min(64, 128 - length) : 32 - length;
    return free == 0 ? low : low | random.nextLong() >>> (64 - free);
  }
}
