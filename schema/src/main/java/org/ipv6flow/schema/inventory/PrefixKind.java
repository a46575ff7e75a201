package org.ipv6flow.schema.inventory;

/** What the prefixes of a set mean to the classification of traffic. */
public final class PrefixKind {

  /** Allocations of an operator; the set's name is the operator's id. */
  public static final String OPERATOR = "operator";

  /** IPv4 that must not be seen between operators: private, shared, reserved. */
  public static final String V4_BOGON = "v4-bogon";

  /** IPv6 that is not global unicast: loopback, link-local, ULA, documentation, … */
  public static final String V6_NONGLOBAL = "v6-nonglobal";

  /** 6to4 relays (RFC 3068). */
  public static final String SIXTOFOUR_RELAY = "sixtofour-relay";

  /** Addresses of decapsulated Teredo (RFC 4380). */
  public static final String TEREDO = "teredo";

  /** Prefixes of translators: well-known (RFC 6052), local-use (RFC 8215), operators' own. */
  public static final String NAT64 = "nat64";

  /** SRv6 locators: 5f00::/16 (RFC 9602) and operators' own. */
  public static final String SRV6_LOCATOR = "srv6-locator";

  /** Addresses of DS-Lite AFTRs (RFC 6333). */
  public static final String AFTR = "aftr";

  /** Addresses of lwAFTRs (RFC 7596). */
  public static final String LW4O6_AFTR = "lw4o6-aftr";

  /** MAP-E border relays (RFC 7597). */
  public static final String MAP_E_BR = "map-e-br";

  /** Prefixes of MAP-T: basic and default mapping rules (RFC 7599). */
  public static final String MAP_T = "map-t";

  /** 6rd border relays (RFC 5969). */
  public static final String SIXRD_BR = "sixrd-br";

  /** IPv6 prefixes of which 6rd delegates parts (RFC 5969). */
  public static final String SIXRD_PREFIX = "sixrd-prefix";

  private PrefixKind() {}
}
