package org.ipv6flow.jobs.classification;

import java.util.Arrays;
import org.ipv6flow.schema.inventory.PrefixKind;
import org.jspecify.annotations.Nullable;

/** What a prefix is; one bit each, so that an address can be of several kinds. */
enum AddressKind {
  /** Addresses of an operator; not needed to classify. */
  OPERATOR(1, PrefixKind.OPERATOR),
  V4_BOGON(1 << 1, PrefixKind.V4_BOGON),
  V6_NONGLOBAL(1 << 2, PrefixKind.V6_NONGLOBAL),
  /** 192.88.99.0/24, RFC 3068. */
  SIX_TO_FOUR_RELAY(1 << 3, PrefixKind.SIXTOFOUR_RELAY),
  /** 2001::/32, RFC 4380. */
  TEREDO(1 << 4, PrefixKind.TEREDO),
  /** 64:ff9b::/96 (RFC 6052), 64:ff9b:1::/48 (RFC 8215), operators' own prefixes. */
  NAT64(1 << 5, PrefixKind.NAT64),
  /** Operators' SRv6 locators, and 5f00::/16 (RFC 9602). */
  SRV6_LOCATOR(1 << 6, PrefixKind.SRV6_LOCATOR),
  /** Of DS-Lite, RFC 6333. */
  AFTR(1 << 7, PrefixKind.AFTR),
  /** IPv4 addresses, RFC 5969. */
  SIX_RD_BORDER_RELAY(1 << 8, PrefixKind.SIXRD_BR),

  /** ff00::/8 and 224.0.0.0/4. */
  MULTICAST(1 << 9, null),
  /** 2002::/16, RFC 3056. */
  SIX_TO_FOUR(1 << 10, null),
  /** 2000::/3, RFC 4291 §2.4 as allocated by IANA. */
  GLOBAL_UNICAST(1 << 11, null),

  /** What operators delegate to 6rd customers, RFC 5969. */
  SIX_RD(1 << 12, PrefixKind.SIXRD_PREFIX),
  LW4O6_AFTR(1 << 13, PrefixKind.LW4O6_AFTR),
  MAP_E_BORDER_RELAY(1 << 14, PrefixKind.MAP_E_BR),
  MAP_T(1 << 15, PrefixKind.MAP_T),
  /** 10/8, 172.16/12 and 192.168/16, RFC 1918. */
  V4_PRIVATE(1 << 16, null),
  /** 100.64.0.0/10, RFC 6598. */
  V4_SHARED(1 << 17, null);

  private final int bit;
  private final @Nullable String inventoryName;

  AddressKind(int bit, @Nullable String inventoryName) {
    this.bit = bit;
    this.inventoryName = inventoryName;
  }

  int bit() {
    return bit;
  }

  /** The kind a prefix set of the inventory names; null if it plays no part in classification. */
  static @Nullable AddressKind ofInventory(String name) {
    return Arrays.stream(values())
        .filter(kind -> name.equals(kind.inventoryName))
        .findFirst()
        .orElse(null);
  }
}
