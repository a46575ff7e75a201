package org.ipv6flow.collector.template;

/**
 * One field of a template: which element, and how many octets (RFC 7011 section 3.2).
 *
 * @param enterpriseNumber 0 for elements registered at IANA, and for all of NetFlow v9
 * @param elementId the element, without the enterprise bit; in a NetFlow v9 scope the scope type
 * @param length octets on the wire, or {@link #VARIABLE_LENGTH}
 */
public record FieldSpecifier(long enterpriseNumber, int elementId, int length) {

  /** Announces a length in front of each value (RFC 7011 section 7); some v9 exporters use it. */
  public static final int VARIABLE_LENGTH = 65_535;

  public static FieldSpecifier iana(int elementId, int length) {
    return new FieldSpecifier(0, elementId, length);
  }

  public boolean isVariableLength() {
    return length == VARIABLE_LENGTH;
  }

  public boolean isIana(int element) {
    return enterpriseNumber == 0 && elementId == element;
  }

  /** Octets that every value takes at least; a variable length takes one octet itself. */
  int minOctets() {
    return isVariableLength() ? 1 : length;
  }
}
