package org.ipv6flow.schema.inventory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads literal addresses and prefixes; never asks a name server. */
final class Prefixes {

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

  // Exact, because the class library takes what it cannot parse for a host name and asks for it.
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private Prefixes() {}

  /** 4 or 16 octets of a literal address; null if it is none. */
  static byte @Nullable [] address(String literal) {
    if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
      return null;
    }
    try {
      byte[] octets = InetAddress.getByName(literal).getAddress();
      boolean mapped = octets.length == 4 && literal.indexOf(':') >= 0;
      return mapped ? mapped(octets) : octets;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** The class library turns ::ffff:a.b.c.d into a.b.c.d; a prefix means what it says. */
  private static byte[] mapped(byte[] ipv4) {
    byte[] octets = new byte[16];
    octets[10] = (byte) 0xFF;
    octets[11] = (byte) 0xFF;
    System.arraycopy(ipv4, 0, octets, 12, ipv4.length);
    return octets;
  }

  /** What is wrong with a prefix; null if nothing is. */
  static @Nullable String problem(String prefix) {
    int slash = prefix.indexOf('/');
    byte[] address = address(slash < 0 ? prefix : prefix.substring(0, slash));
    String length = prefix.substring(slash + 1);
    if (slash < 0 || address == null || !length.matches("\\d{1,3}")) {
      return "'%s' is no prefix (expected: address/length)".formatted(prefix);
    }
    int bits = Integer.parseInt(length);
    if (bits > address.length * Byte.SIZE) {
      return "'%s': length %d (expected: at most %d)"
          .formatted(prefix, bits, address.length * Byte.SIZE);
    }
    for (int bit = bits; bit < address.length * Byte.SIZE; bit++) {
      if ((address[bit / Byte.SIZE] >> (7 - bit % Byte.SIZE) & 1) != 0) {
        return "'%s' has bits set beyond its length (expected: zeros)".formatted(prefix);
      }
    }
    return null;
  }
}
