package org.ipv6flow.simulator.export;

/**
 * A field specifier and what goes into the field.
 *
 * @param elementId Information Element; in the scope of a v9 options template, the scope type
 * @param length in octets
 */
record Field(int elementId, int length, Value value) {}
