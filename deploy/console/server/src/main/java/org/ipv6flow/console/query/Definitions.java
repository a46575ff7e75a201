package org.ipv6flow.console.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.Queries;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.clickhouse.Statement;

/** The register of definitions, as the database holds it. */
public final class Definitions {

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final List<String> FIELDS =
      List.of("version", "column", "unit", "population", "direction", "formula", "source");

  private final Queries clickHouse;
  private final Clock clock;
  private Map<String, ObjectNode> newest = Map.of();
  private Instant read = Instant.EPOCH;

  public Definitions(Queries clickHouse, Clock clock) {
    this.clickHouse = clickHouse;
    this.clock = clock;
  }

  /**
   * References to definitions by id, for the meta data of an answer. An id ending in {@code @1} is
   * of that version.
   */
  public ArrayNode references(List<String> ids) throws ClickHouseException {
    Map<String, ObjectNode> all = all();
    ArrayNode references = JsonNodeFactory.instance.arrayNode();
    for (String id : ids) {
      ObjectNode definition = all.get(id);
      if (definition != null) {
        references.add(definition.deepCopy());
      }
    }
    return references;
  }

  private synchronized Map<String, ObjectNode> all() throws ClickHouseException {
    if (read.isAfter(clock.instant().minus(KEPT))) {
      return newest;
    }
    QueryResult result =
        clickHouse.query(
            Statement.of("SELECT * FROM definitions FINAL ORDER BY definition, version"));
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    for (int row = 0; row < result.rows(); row++) {
      ObjectNode definition = JsonNodeFactory.instance.objectNode();
      definition.put("id", result.text("definition", row));
      for (String field : FIELDS) {
        JsonNode value = result.value(field, row);
        definition.set(field, value);
      }
      all.put(result.text("definition", row), definition);
    }
    newest = all;
    read = clock.instant();
    return newest;
  }
}
