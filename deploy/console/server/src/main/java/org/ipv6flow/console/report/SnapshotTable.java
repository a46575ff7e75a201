package org.ipv6flow.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of a snapshot: named columns, rows of values. */
final class SnapshotTable {

  private final String id;
  private final JsonNode content;
  private final Map<String, Integer> positions = new LinkedHashMap<>();

  SnapshotTable(String id, JsonNode content) {
    this.id = id;
    this.content = content;
    int position = 0;
    for (JsonNode column : content.path("columns")) {
      positions.put(column.path("name").asText(), position++);
    }
  }

  /** A row, by name of the column. */
  final class Row {

    private final JsonNode values;

    private Row(JsonNode values) {
      this.values = values;
    }

    JsonNode get(String column) {
      Integer position = positions.get(column);
      if (position == null) {
        throw new IllegalArgumentException("%s has no column %s".formatted(id, column));
      }
      return values.path(position);
    }

    String text(String column) {
      return get(column).asText();
    }

    boolean is(String column, String value) {
      return text(column).equals(value);
    }

    JsonNode at(int position) {
      return values.path(position);
    }
  }

  String id() {
    return id;
  }

  List<String> columns() {
    return List.copyOf(positions.keySet());
  }

  /** Type in the API: string, integer, number, boolean, date, time. */
  String type(String column) {
    Integer position = positions.get(column);
    return position == null ? "" : content.path("columns").path(position).path("type").asText();
  }

  String unit(String column) {
    Integer position = positions.get(column);
    return position == null ? "" : content.path("columns").path(position).path("unit").asText();
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    content.path("rows").forEach(row -> rows.add(new Row(row)));
    return rows;
  }

  /** Rows whose columns have these values: column, value, column, value … */
  List<Row> rows(String... columnsAndValues) {
    return rows().stream()
        .filter(
            row -> {
              for (int i = 0; i < columnsAndValues.length; i += 2) {
                if (!row.is(columnsAndValues[i], columnsAndValues[i + 1])) {
                  return false;
                }
              }
              return true;
            })
        .toList();
  }

  /** A value of the first such row; missing without one. */
  JsonNode value(String column, String... columnsAndValues) {
    List<Row> rows = rows(columnsAndValues);
    return rows.isEmpty() ? MissingNode.getInstance() : rows.get(0).get(column);
  }
}
