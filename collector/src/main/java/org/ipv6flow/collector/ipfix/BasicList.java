package org.ipv6flow.collector.ipfix;

import static org.ipv6flow.collector.message.Octets.u16;
import static org.ipv6flow.collector.message.Octets.u32;
import static org.ipv6flow.collector.message.Octets.u8;

import org.ipv6flow.collector.template.FieldSpecifier;
import org.jspecify.annotations.Nullable;

/** The value of a basicList: zero or more values of one element (RFC 6313 section 4.5.1). */
public final class BasicList {

  private static final int SEMANTIC_OCTETS = 1;
  private static final int FIELD_OCTETS = 4;
  private static final int ENTERPRISE_NUMBER_OCTETS = 4;
  private static final int ENTERPRISE_BIT = 0x8000;

  private BasicList() {}

  /** Which element is listed, and how many octets each value takes; null if there is no header. */
  public static @Nullable FieldSpecifier field(byte[] data, int from, int length) {
    int header = headerOctets(data, from, length);
    if (header > length) {
      return null;
    }
    int element = u16(data, from + SEMANTIC_OCTETS);
    int elementLength = u16(data, from + SEMANTIC_OCTETS + 2);
    return (element & ENTERPRISE_BIT) == 0
        ? FieldSpecifier.iana(element, elementLength)
        : new FieldSpecifier(
            u32(data, from + SEMANTIC_OCTETS + FIELD_OCTETS),
            element & ~ENTERPRISE_BIT,
            elementLength);
  }

  /** Octets before the first value; more than {@code length} if the header is cut off. */
  public static int headerOctets(byte[] data, int from, int length) {
    int octets = SEMANTIC_OCTETS + FIELD_OCTETS;
    if (length < octets) {
      return length + 1;
    }
    boolean enterprise = (u8(data, from + SEMANTIC_OCTETS) << 8 & ENTERPRISE_BIT) != 0;
    return octets + (enterprise ? ENTERPRISE_NUMBER_OCTETS : 0);
  }

  /** Whether the list has a value; a list of none is its header alone. */
  public static boolean hasValues(byte[] data, int from, int length) {
    return headerOctets(data, from, length) < length;
  }
}
