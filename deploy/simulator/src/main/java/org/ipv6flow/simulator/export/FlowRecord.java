package org.ipv6flow.simulator.export;

/**
 * A flow as a router's cache holds it: what was sampled of it, unscaled.
 *
 * <p>Fields are plain and the object is reused for every flow, because a million pass each second.
 */
public final class FlowRecord {

  public boolean ipv6;

  /** IPv4 addresses are the low 32 bits of the low half. */
  public long sourceHigh;

  public long sourceLow;
  public long destinationHigh;
  public long destinationLow;

  public int sourcePort;
  public int destinationPort;
  public int protocol;
  public int tcpFlags;
  public int classOfService;
  public int flowLabel;

  public long sourceAs;
  public long destinationAs;

  public long ingressInterface;
  public long egressInterface;

  /** IE 61: 0 metered on ingress, 1 metered on egress. */
  public int direction;

  public long octets;
  public long packets;

  /** Times of the first and the last sampled packet, milliseconds since the epoch, true time. */
  public long firstMillis;

  public long lastMillis;
}
