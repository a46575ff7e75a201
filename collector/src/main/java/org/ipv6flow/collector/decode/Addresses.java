package org.ipv6flow.collector.decode;

import java.nio.ByteBuffer;

/** Text of addresses that are kept as two 64-bit halves. */
public final class Addresses {

  private static final int IPV6_OCTETS = 16;
  private static final int GROUPS = 8;

  private Addresses() {}

  /** An IPv4-mapped address as IPv4, others as RFC 5952 writes them. */
  public static String text(long high, long low) {
    byte[] octets = ByteBuffer.allocate(IPV6_OCTETS).putLong(high).putLong(low).array();
    if (high == 0 && low >>> 32 == 0xFFFF) {
      return ipv4Text(octets, 12);
    }
    return ipv6Text(octets, 0);
  }

  static String ipv4Text(byte[] octets, int position) {
    return (octets[position] & 0xFF)
        + "."
        + (octets[position + 1] & 0xFF)
        + "."
        + (octets[position + 2] & 0xFF)
        + "."
        + (octets[position + 3] & 0xFF);
  }

  /** The longest run of zero groups becomes "::", the first of equally long ones. */
  static String ipv6Text(byte[] octets, int position) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (octets[position + 2 * i] & 0xFF) << 8 | octets[position + 2 * i + 1] & 0xFF;
    }
    int bestFrom = -1;
    int bestLength = 1;
    for (int from = 0; from < GROUPS; from++) {
      int to = from;
      while (to < GROUPS && groups[to] == 0) {
        to++;
      }
      if (to - from > bestLength) {
        bestFrom = from;
        bestLength = to - from;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == bestFrom) {
        text.append("::");
        i += bestLength - 1;
        continue;
      }
      if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
