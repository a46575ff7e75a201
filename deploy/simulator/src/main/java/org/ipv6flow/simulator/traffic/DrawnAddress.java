package org.ipv6flow.simulator.traffic;

/**
 * An address as a flow of an operator would have it.
 *
 * @param low for IPv4 the address, in the low 32 bits
 */
public record DrawnAddress(boolean ipv6, long high, long low, long asNumber) {}
