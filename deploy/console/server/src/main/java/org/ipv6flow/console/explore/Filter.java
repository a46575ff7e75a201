package org.ipv6flow.console.explore;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A filter that was read. */
public sealed interface Filter {

  /** All of it hold. */
  record And(List<Filter> parts) implements Filter {}

  /** One of it holds. */
  record Or(List<Filter> parts) implements Filter {}

  /** It does not hold. */
  record Not(Filter part) implements Filter {}

  /**
   * A field compared with values.
   *
   * @param operator {@code =}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=}, {@code
   *     IN}, {@code NOT IN}, {@code LIKE}, {@code NOT LIKE}, {@code ILIKE}, {@code NOT ILIKE},
   *     {@code <<} or {@code !<<}
   */
  record Comparison(Field field, String operator, List<String> values) implements Filter {}

  /** Fields it names. */
  default Set<Field> fields() {
    Set<Field> fields = new LinkedHashSet<>();
    if (this instanceof And and) {
      and.parts().forEach(part -> fields.addAll(part.fields()));
    } else if (this instanceof Or or) {
      or.parts().forEach(part -> fields.addAll(part.fields()));
    } else if (this instanceof Not not) {
      fields.addAll(not.part().fields());
    } else if (this instanceof Comparison comparison) {
      fields.add(comparison.field());
    }
    return fields;
  }

  /** The same in one spelling. */
  default String text() {
    if (this instanceof And and) {
      return and.parts().stream()
          .map(part -> part instanceof Or ? "(" + part.text() + ")" : part.text())
          .collect(Collectors.joining(" AND "));
    }
    if (this instanceof Or or) {
      return or.parts().stream().map(Filter::text).collect(Collectors.joining(" OR "));
    }
    if (this instanceof Not not) {
      return "NOT (" + not.part().text() + ")";
    }
    Comparison comparison = (Comparison) this;
    List<String> values =
        comparison.values().stream()
            .map(
                value ->
                    value.matches("[A-Za-z0-9_][A-Za-z0-9_.:/-]*")
                        ? value
                        : '"' + value.replace("\"", "\"\"") + '"')
            .toList();
    return comparison.operator().endsWith("IN")
        ? "%s %s (%s)"
            .formatted(comparison.field().name(), comparison.operator(), String.join(", ", values))
        : "%s %s %s".formatted(comparison.field().name(), comparison.operator(), values.get(0));
  }
}
