package org.ipv6flow.console.clickhouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A result by columns. Numbers have the digits that ClickHouse wrote.
 *
 * @param data an array for each column
 */
public record QueryResult(
    Statement statement, List<Column> columns, ObjectNode data, int rows, double millis) {

  /**
   * A column of the result.
   *
   * @param type of ClickHouse, such as {@code Nullable(Float64)}
   */
  public record Column(String name, String type) {}

  public QueryResult {
    columns = List.copyOf(columns);
  }

  public JsonNode value(String column, int row) {
    return data.path(column).path(row);
  }

  public String text(String column, int row) {
    return value(column, row).asText();
  }
}
