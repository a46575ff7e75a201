package org.ipv6flow.console.clickhouse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A SELECT with placeholders {@code {name:Type}} and their values, which ClickHouse binds.
 *
 * @param sql of constants of this program alone; whatever a user said is in {@code parameters}
 * @param parameters by name, as text
 */
public record Statement(String sql, Map<String, String> parameters) {

  public Statement {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  public static Statement of(String sql) {
    return new Statement(sql, Map.of());
  }
}
