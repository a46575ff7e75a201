package org.ipv6flow.collector.template;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The layout of data records that an exporter announced.
 *
 * @param protocolVersion 5, 9 or 10; in 9 the scope fields of options are scope types, not elements
 * @param kind whether its data records are flows or options data
 * @param scopeFieldCount the leading fields that say what options data is about; 0 for flows
 */
public record Template(
    int protocolVersion,
    int templateId,
    Kind kind,
    int scopeFieldCount,
    List<FieldSpecifier> fields) {

  /** What the data records of a template are. */
  public enum Kind {
    FLOW,
    OPTIONS
  }

  public Template {
    fields = List.copyOf(fields);
  }

  /** Octets of the shortest record; 0 if no field has any, in which case there are no records. */
  public int minRecordOctets() {
    int octets = 0;
    for (FieldSpecifier field : fields) {
      octets += field.minOctets();
    }
    return octets;
  }

  public boolean hasVariableLength() {
    for (FieldSpecifier field : fields) {
      if (field.isVariableLength()) {
        return true;
      }
    }
    return false;
  }

  /** Indices of the fields that can have octets: those of none cost nothing in a record. */
  public int[] fieldsWithOctets() {
    return IntStream.range(0, fields.size()).filter(i -> fields.get(i).length() > 0).toArray();
  }

  /** Whether field {@code index} is a NetFlow v9 scope type instead of an element. */
  public boolean isV9Scope(int index) {
    return protocolVersion == 9 && index < scopeFieldCount;
  }
}
