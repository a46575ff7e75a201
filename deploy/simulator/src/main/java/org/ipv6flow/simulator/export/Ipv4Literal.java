package org.ipv6flow.simulator.export;

/** Reads dotted IPv4 addresses without asking a name server. */
final class Ipv4Literal {

  private Ipv4Literal() {}

  static long parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException(
          "exporter address " + text + " (expected: an IPv4 address)");
    }
    long value = 0;
    for (String part : parts) {
      value = value << 8 | Integer.parseInt(part);
    }
    return value;
  }
}
