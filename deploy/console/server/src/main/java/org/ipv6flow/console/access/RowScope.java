package org.ipv6flow.console.access;

import org.ipv6flow.console.clickhouse.Sql;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a view belong to somebody, by the columns that say so; each gives the condition
 * under which a role sees a row. The rows are called {@code rows} in the statement.
 */
public enum RowScope {
  /** Not decided yet: nobody sees any. */
  NOBODY,
  /** Definitions, targets, published figures: the same for all. */
  PUBLIC,
  /** Columns dimension, member, direction. */
  POPULATION,
  /** Columns dimension and member: capacities, which rest on no traffic. */
  CAPACITY,
  /** Column link. */
  LINK,
  /** Columns from_operator and to_operator. */
  OPERATOR_PATH,
  /** Columns a_operator and b_operator. */
  PARTIES,
  /** Column operator, with a row of all. */
  OPERATOR,
  /** Exporters, interfaces, what they sent: devices and addresses. */
  DEVICE;

  /**
   * The condition, or null if there is none.
   *
   * @param sql takes the values that the condition needs
   */
  public @Nullable String predicate(Principal who, Sql sql) {
    return switch (who.role()) {
      case NOC, PLANNER, ADMIN -> this == NOBODY ? "0" : null;
      case AUDITOR -> this == PUBLIC || this == OPERATOR ? null : "0";
      case REGULATOR -> regulator(sql);
      case OPERATOR -> operator(sql.bind("scope_operator", String.valueOf(who.operator())));
    };
  }

  private @Nullable String regulator(Sql sql) {
    return switch (this) {
      case PUBLIC, OPERATOR_PATH, OPERATOR -> null;
      case POPULATION, CAPACITY ->
          "has(%s, rows.dimension)"
              .formatted(sql.bind("scope_dimensions", Access.dimensions(Role.REGULATOR)));
      default -> "0";
    };
  }

  private @Nullable String operator(String own) {
    return switch (this) {
      case PUBLIC -> null;
      case POPULATION, CAPACITY ->
          """
          (rows.dimension = 'operator' AND rows.member = %1$s
            OR rows.dimension = 'operator_pair' AND has(splitByChar('-', rows.member), %1$s)
            OR rows.dimension = 'operator_path' AND has(splitByChar('>', rows.member), %1$s)
            OR rows.dimension = 'node_pair'
              AND has(splitByChar('-', splitByChar(':', rows.member)[2]), %1$s)
            OR rows.dimension = 'link' AND rows.member IN (%2$s))\
          """
              .formatted(own, links(own));
      case LINK -> "rows.link IN (%s)".formatted(links(own));
      case OPERATOR_PATH -> "(rows.from_operator = %1$s OR rows.to_operator = %1$s)".formatted(own);
      case PARTIES -> "(rows.a_operator = %1$s OR rows.b_operator = %1$s)".formatted(own);
      case OPERATOR -> "rows.operator = %s".formatted(own);
      case DEVICE, NOBODY -> "0";
    };
  }

  private static String links(String own) {
    return "SELECT own.link FROM current_links AS own WHERE own.a_operator = %1$s OR own.b_operator = %1$s"
        .formatted(own);
  }
}
