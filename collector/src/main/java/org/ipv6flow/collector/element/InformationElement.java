package org.ipv6flow.collector.element;

/**
 * An Information Element as registered, at IANA or by an enterprise.
 *
 * @param enterpriseNumber 0 for those registered at IANA
 * @param semantics "deltaCounter", "identifier" and so on; empty if none are registered
 * @param units "octets", "milliseconds" and so on; empty if it has none
 */
public record InformationElement(
    long enterpriseNumber, int id, String name, DataType type, String semantics, String units) {}
