package org.ipv6flow.schema.traffic;

/**
 * What a flow record carries, as far as its fields tell. The first class that matches wins; {@code
 * docs/definitions.md} gives the rules and their sources.
 *
 * <p>{@link #payload} says how the class enters the IPv6 shares: innermost family of the payload.
 */
public enum TrafficClass {
  UNKNOWN(0, "unknown", Payload.UNKNOWN),

  V4_NATIVE(10, "v4_native", Payload.V4),
  /** Reserved IPv4 on an interconnect, private and shared addresses apart. */
  V4_BOGON(11, "v4_bogon", Payload.BOGON),
  /** 6in4, ISATAP: protocol 41. */
  V6_IN_V4(12, "v6_in_v4", Payload.V6),
  /** Protocol 41 through 192.88.99.0/24 (RFC 3068). */
  SIX_TO_FOUR_IN_V4(13, "6to4_in_v4", Payload.V6),
  /** UDP port 3544 (RFC 4380). */
  TEREDO_IN_V4(14, "teredo_in_v4", Payload.V6),
  /** IPIP, GRE, ESP, VXLAN, GENEVE, GTP-U over IPv4. */
  OVERLAY_IN_V4(15, "overlay_in_v4", Payload.UNKNOWN),
  V4_MULTICAST(16, "v4_multicast", Payload.V4),
  /** Protocol 41 from or to an operator's 6rd border relay (RFC 5969). */
  SIX_RD_IN_V4(17, "6rd_in_v4", Payload.V6),
  /** Private addresses on an interconnect (RFC 1918). */
  V4_PRIVATE(18, "v4_private", Payload.BOGON),
  /** Shared addresses of carrier-grade NAT on an interconnect (RFC 6598). */
  V4_SHARED(19, "v4_shared", Payload.BOGON),

  V6_NATIVE(30, "v6_native", Payload.V6),
  V6_MULTICAST(31, "v6_multicast", Payload.V6),
  /** Loopback, link-local, ULA, documentation and other non-global addresses. */
  V6_NONGLOBAL(32, "v6_nonglobal", Payload.BOGON),
  /** Neither 2000::/3 nor any class above. */
  V6_BOGON(33, "v6_bogon", Payload.BOGON),
  SRV6_V4(34, "srv6_v4", Payload.V4),
  SRV6_V6(35, "srv6_v6", Payload.V6),
  SRV6_L2(36, "srv6_l2", Payload.UNKNOWN),
  SRV6_OTHER(37, "srv6_other", Payload.UNKNOWN),
  /** Protocol 4 between addresses of which no more is known (RFC 2473). */
  V4_IN_V6(38, "v4_in_v6", Payload.V4),
  /** Protocol 41 (RFC 2473). */
  V6_IN_V6(39, "v6_in_v6", Payload.V6),
  /** NAT64, 464XLAT: the peer is IPv4. */
  V6_TRANSLATED(40, "v6_translated", Payload.V6),
  /** 2002::/16. */
  SIX_TO_FOUR(41, "6to4", Payload.V6),
  /** 2001::/32. */
  TEREDO(42, "teredo", Payload.V6),
  /** GRE, ESP, VXLAN, GENEVE, GTP-U over IPv6. */
  OVERLAY_IN_V6(43, "overlay_in_v6", Payload.UNKNOWN),
  /** An operator's 6rd prefix, decapsulated (RFC 5969). */
  SIX_RD(44, "6rd", Payload.V6),
  /** An ISATAP interface identifier, decapsulated (RFC 5214). */
  ISATAP(45, "isatap", Payload.V6),
  /** Protocol 4 from or to a DS-Lite AFTR (RFC 6333). */
  DS_LITE(46, "ds_lite", Payload.V4),
  /** Protocol 4 from or to an lwAFTR (RFC 7596). */
  LW4O6(47, "lw4o6", Payload.V4),
  /** Protocol 4 from or to a MAP-E border relay (RFC 7597). */
  MAP_E(48, "map_e", Payload.V4),
  /** Translated by MAP-T (RFC 7599): the peer is IPv4. */
  MAP_T(49, "map_t", Payload.V6);

  /** Family of the innermost packet. */
  public enum Payload {
    V4,
    V6,
    UNKNOWN,
    /** Not valid on an interconnect; excluded from the native share. */
    BOGON
  }

  private static final TrafficClass[] BY_CODE = new TrafficClass[64];

  static {
    for (TrafficClass trafficClass : values()) {
      BY_CODE[trafficClass.code] = trafficClass;
    }
  }

  private final int code;
  private final String label;
  private final Payload payload;

  TrafficClass(int code, String label, Payload payload) {
    this.code = code;
    this.label = label;
    this.payload = payload;
  }

  /** The value of the ClickHouse enum; never changes. */
  public byte code() {
    return (byte) code;
  }

  /** The name in ClickHouse and in the API. */
  public String label() {
    return label;
  }

  public Payload payload() {
    return payload;
  }

  /** The class of a code, {@link #UNKNOWN} if there is none. */
  public static TrafficClass of(byte code) {
    TrafficClass found = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    return found == null ? UNKNOWN : found;
  }
}
