package org.ipv6flow.collector.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.ipv6flow.schema.flow.FlowColumns;

/** Addresses as two 64-bit halves, IPv4 as IPv4-mapped. */
public final class Addresses {

  private Addresses() {}

  public static long high(InetAddress address) {
    return address instanceof Inet4Address ? 0 : ByteBuffer.wrap(address.getAddress()).getLong();
  }

  public static long low(InetAddress address) {
    if (address instanceof Inet4Address) {
      // Documented to be the address itself; saves the copy that getAddress() makes.
      return FlowColumns.IPV4_MAPPED_PREFIX | Integer.toUnsignedLong(address.hashCode());
    }
    return ByteBuffer.wrap(address.getAddress()).getLong(Long.BYTES);
  }
}
