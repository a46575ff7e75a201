package org.ipv6flow.console.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ipv6flow.console.clickhouse.Sql;
import org.ipv6flow.console.explore.Filter.And;
import org.ipv6flow.console.explore.Filter.Comparison;
import org.ipv6flow.console.explore.Filter.Not;
import org.ipv6flow.console.explore.Filter.Or;

/** A filter as a condition; every value of it is bound. */
final class FilterSql {

  private final Sql sql;

  FilterSql(Sql sql) {
    this.sql = sql;
  }

  String condition(Filter filter) {
    if (filter instanceof And and) {
      return joined(and.parts(), " AND ");
    }
    if (filter instanceof Or or) {
      return joined(or.parts(), " OR ");
    }
    if (filter instanceof Not not) {
      return "NOT " + condition(not.part());
    }
    Comparison comparison = (Comparison) filter;
    boolean isNegative =
        comparison.operator().startsWith("!") || comparison.operator().startsWith("NOT");
    // Of a field that means either side, "is not" is not on both.
    return comparison.field().columns().stream()
        .map(column -> one(column, comparison))
        .collect(Collectors.joining(isNegative ? " AND " : " OR ", "(", ")"));
  }

  private String joined(List<Filter> parts, String word) {
    return parts.stream().map(this::condition).collect(Collectors.joining(word, "(", ")"));
  }

  private String one(String column, Comparison comparison) {
    String operator = comparison.operator();
    List<String> values = comparison.values();
    return switch (comparison.field().type()) {
      case PREFIX -> prefix(column, operator, values);
      case INTEGER, AS_NUMBER ->
          operator.endsWith("IN")
              ? (operator.startsWith("NOT") ? "NOT " : "")
                  + "has(%s, toString(%s))".formatted(sql.bind(name(), values), column)
              : "%s %s %s"
                  .formatted(column, operator, sql.bind(name(), Long.parseLong(values.get(0))));
      default -> text(column, operator, values);
    };
  }

  private String text(String column, String operator, List<String> values) {
    if (operator.endsWith("IN")) {
      return (operator.startsWith("NOT") ? "NOT " : "")
          + "has(%s, toString(%s))".formatted(sql.bind(name(), values), column);
    }
    return "toString(%s) %s %s".formatted(column, operator, sql.bind(name(), values.get(0)));
  }

  /** An address is one prefix, so = is within. */
  private String prefix(String column, String operator, List<String> values) {
    boolean isNegative = operator.startsWith("!") || operator.startsWith("NOT");
    List<String> within = new ArrayList<>();
    for (String value : values) {
      String cidr = PrefixText.parse(value).map(PrefixText::cidr).orElse("::/128");
      within.add("isIPAddressInRange(toString(%s), %s)".formatted(column, sql.bind(name(), cidr)));
    }
    return (isNegative ? "NOT " : "") + "(" + String.join(" OR ", within) + ")";
  }

  private String name() {
    return sql.fresh("filter");
  }
}
