package org.ipv6flow.collector.capture;

/**
 * One UDP datagram of a capture; reused from one to the next.
 *
 * <p>Its payload is valid until the next datagram is read. Addresses are two 64-bit halves, IPv4 as
 * IPv4-mapped.
 */
public final class CapturedDatagram {

  /** When it was captured, in milliseconds since the epoch. */
  public long timeMillis;

  public long sourceHigh;
  public long sourceLow;
  public int sourcePort;
  public long destinationHigh;
  public long destinationLow;
  public int destinationPort;

  /** Holds the payload from {@link #offset} on. */
  public byte[] data = new byte[0];

  public int offset;

  /** Octets of payload that were captured. */
  public int length;
}
