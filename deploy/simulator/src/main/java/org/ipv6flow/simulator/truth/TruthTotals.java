package org.ipv6flow.simulator.truth;

/** Octets that really were carried, over all links and buckets. */
public record TruthTotals(long octets, long octetsV4, long octetsV6, long octetsNativeV6) {}
