package org.ipv6flow.schema.flow;

/** Bits of the {@code flags} column. Part of {@code flow.proto}; bits never change meaning. */
public final class FlowFlags {

  /** The exporter's times are implausible; first and last switched are the receive time. */
  public static final int CLOCK_SUSPECT = 1;

  /** The reverse half of a biflow (RFC 5103): keys are already swapped. */
  public static final int BIFLOW_REVERSE = 1 << 1;

  /** A segment routing header or an SRv6 element (IEs 492 to 502) was seen. */
  public static final int SRV6 = 1 << 2;

  /** Any IPv6 routing extension header was seen (IE 64 bit RH, or in a frame section). */
  public static final int ROUTING_HEADER = 1 << 3;

  /** Octets come from the length of a sampled frame, not from IE 1. */
  public static final int FRAME_SECTION = 1 << 4;

  /** Octets come from IE 231 or 232 because IE 1 was absent. */
  public static final int INITIATOR_OCTETS = 1 << 5;

  /** The router dropped or consumed the packets (IE 89, Junos exceptions); not carried traffic. */
  public static final int NOT_FORWARDED = 1 << 6;

  private FlowFlags() {}
}
