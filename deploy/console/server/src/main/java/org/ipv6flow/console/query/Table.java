package org.ipv6flow.console.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.ipv6flow.console.clickhouse.QueryResult;

/** A result with its meta data. */
public record Table(ObjectNode meta, QueryResult result) {

  /** What the columns are. */
  public ArrayNode columns() {
    ArrayNode columns = JsonNodeFactory.instance.arrayNode();
    Set<String> names = new HashSet<>();
    result.columns().forEach(column -> names.add(column.name()));
    for (QueryResult.Column column : result.columns()) {
      ObjectNode node = columns.addObject();
      node.put("name", column.name());
      node.put("type", ColumnKind.type(column.type()));
      node.put("unit", ColumnKind.unit(column.name()));
      if (names.contains(column.name() + "_error95")) {
        node.put("error95", column.name() + "_error95");
      }
      meta.path("definitions")
          .forEach(
              definition -> {
                if (definition.path("column").asText().equals(column.name())) {
                  node.set("definition", definition.path("id"));
                }
              });
    }
    return columns;
  }

  /** The answer in JSON: columns as arrays. */
  public ObjectNode json() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("meta", meta);
    answer.put("rows", result.rows());
    answer.set("columns", columns());
    answer.set("data", result.data());
    return answer;
  }
}
