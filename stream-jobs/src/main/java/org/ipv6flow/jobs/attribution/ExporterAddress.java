package org.ipv6flow.jobs.attribution;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.ipv6flow.schema.flow.FlowColumns;

/** An exporter's address as flow batches write it: 128 bits, IPv4 as IPv4-mapped. */
record ExporterAddress(long high, long low) {

  static ExporterAddress parse(String literal) {
    try {
      byte[] octets = InetAddress.getByName(literal).getAddress();
      if (octets.length == 4) {
        return new ExporterAddress(0, FlowColumns.IPV4_MAPPED_PREFIX | bits(octets, 0, 4));
      }
      return new ExporterAddress(bits(octets, 0, 8), bits(octets, 8, 8));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "exporter address %s (expected: an IPv4 or IPv6 address)".formatted(literal), e);
    }
  }

  private static long bits(byte[] octets, int offset, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | octets[offset + i] & 0xFF;
    }
    return value;
  }
}
