package org.ipv6flow.collector.element;

/**
 * An Information Element as registered.
 *
 * @param semantics "deltaCounter", "identifier" and so on; empty if none are registered
 * @param units "octets", "milliseconds" and so on; empty if it has none
 */
public record InformationElement(
    int id, String name, DataType type, String semantics, String units) {}
