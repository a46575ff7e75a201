package org.ipv6flow.console.explore;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address prefix as the store compares it: IPv4 is IPv4-mapped IPv6.
 *
 * @param address textual IPv6, the prefix's first address
 * @param length of 128 bits
 */
record PrefixText(String address, int length) {

  private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final int V6_BITS = 128;
  private static final int MAPPED_BITS = 96;

  static Optional<PrefixText> parse(String text) {
    String[] parts = text.split("/", -1);
    // A literal alone: a name would be looked up.
    if (parts.length > 2 || !LITERAL.matcher(parts[0]).matches() || isNoLiteral(parts[0])) {
      return Optional.empty();
    }
    boolean isV4 = !parts[0].contains(":");
    try {
      InetAddress parsed = InetAddress.getByName(parts[0]);
      int bits = isV4 ? 32 : V6_BITS;
      int length = bits;
      if (parts.length == 2) {
        if (!parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > bits) {
          return Optional.empty();
        }
        length = Integer.parseInt(parts[1]);
      }
      return Optional.of(
          isV4
              ? new PrefixText("::ffff:" + parsed.getHostAddress(), length + MAPPED_BITS)
              : new PrefixText(parsed.getHostAddress(), length));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static boolean isNoLiteral(String text) {
    return !text.contains(":") && !text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  }

  String cidr() {
    return address + "/" + length;
  }
}
