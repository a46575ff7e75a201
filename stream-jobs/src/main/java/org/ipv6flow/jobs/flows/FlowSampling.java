package org.ipv6flow.jobs.flows;

import java.io.Serializable;

/**
 * Which flow records are kept as rows, and how much of their addresses.
 *
 * @param oneIn one of so many attributed records is kept; 0: none
 * @param ipv4PrefixLength bits of IPv4 addresses that are kept (RFC 6235 §4.1.1 truncation)
 * @param ipv6PrefixLength bits of IPv6 addresses that are kept
 */
public record FlowSampling(int oneIn, int ipv4PrefixLength, int ipv6PrefixLength)
    implements Serializable {

  /** Sites, not households: /24 and /48. */
  public static final FlowSampling DEFAULT = new FlowSampling(1_000, 24, 48);

  public static final FlowSampling NONE = new FlowSampling(0, 24, 48);

  public FlowSampling {
    if (oneIn < 0
        || ipv4PrefixLength < 0
        || ipv4PrefixLength > 32
        || ipv6PrefixLength < 0
        || ipv6PrefixLength > 128) {
      throw new IllegalArgumentException(
          "one in %d, /%d and /%d (expected: 0 or more, 0 to 32 and 0 to 128)"
              .formatted(oneIn, ipv4PrefixLength, ipv6PrefixLength));
    }
  }
}
