package org.ipv6flow.console.explore;

import java.util.List;
import java.util.Set;

/**
 * A field of the filter language, and a dimension if it is groupable.
 *
 * @param columns expressions over {@code rows}, the rows of a family of tables: usually one; two
 *     for a field that means either side
 * @param values of an enumeration; empty else
 * @param families of tables that hold it
 */
public record Field(
    String name,
    String description,
    Type type,
    List<String> columns,
    List<String> values,
    boolean isGroupable,
    Set<Family> families) {

  /** How its values are written. */
  public enum Type {
    STRING,
    INTEGER,
    ENUM,
    /** An AS number, with or without AS before it. */
    AS_NUMBER,
    /** An address prefix. */
    PREFIX
  }

  public Field {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
    families = Set.copyOf(families);
  }
}
