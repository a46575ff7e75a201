package org.ipv6flow.console.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ipv6flow.console.clickhouse.QueryResult;

/**
 * Turns rows of (bucket, keys, measures) into a series for each key. A bucket without a row is
 * null, never 0.
 *
 * @param time column of the bucket
 * @param keys columns that tell series apart
 */
public record Series(String time, List<String> keys) {

  private record One(ObjectNode key, Map<String, ArrayNode> values) {}

  /** The answer in JSON. */
  public ObjectNode json(Table table) {
    QueryResult result = table.result();
    Map<String, Integer> places = new TreeMap<>();
    for (int row = 0; row < result.rows(); row++) {
      places.put(result.text(time, row), 0);
    }
    int place = 0;
    for (Map.Entry<String, Integer> bucket : places.entrySet()) {
      bucket.setValue(place++);
    }
    List<String> measures =
        result.columns().stream()
            .map(QueryResult.Column::name)
            .filter(name -> !name.equals(time) && !keys.contains(name))
            .toList();
    Map<List<String>, One> all = new LinkedHashMap<>();
    for (int row = 0; row < result.rows(); row++) {
      int current = row;
      One one =
          all.computeIfAbsent(
              keyTexts(result, row),
              none -> new One(key(result, current), nulls(measures, places.size())));
      int at = places.getOrDefault(result.text(time, row), 0);
      one.values().forEach((measure, values) -> values.set(at, result.value(measure, current)));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("meta", table.meta());
    ArrayNode times = answer.putArray("t");
    places.keySet().forEach(times::add);
    answer.set("columns", table.columns());
    ArrayNode series = answer.putArray("series");
    all.forEach(
        (texts, one) -> {
          ObjectNode node = series.addObject();
          node.set("key", one.key());
          node.put("label", String.join(" ", texts));
          ObjectNode values = node.putObject("values");
          one.values().forEach(values::set);
        });
    return answer;
  }

  private static Map<String, ArrayNode> nulls(List<String> measures, int count) {
    Map<String, ArrayNode> values = new LinkedHashMap<>();
    for (String measure : measures) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(count);
      for (int i = 0; i < count; i++) {
        array.add(NullNode.instance);
      }
      values.put(measure, array);
    }
    return values;
  }

  private List<String> keyTexts(QueryResult result, int row) {
    List<String> texts = new ArrayList<>();
    for (String key : keys) {
      JsonNode value = result.value(key, row);
      if (!value.isMissingNode()) {
        texts.add(value.asText());
      }
    }
    return texts;
  }

  private ObjectNode key(QueryResult result, int row) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    for (String name : keys) {
      JsonNode value = result.value(name, row);
      if (!value.isMissingNode()) {
        key.set(name, value);
      }
    }
    return key;
  }
}
