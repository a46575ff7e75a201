package org.ipv6flow.console.explore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What is wrong with a filter, and where. */
public record FilterError(String message, int offset, int length, List<String> suggestions) {

  public FilterError {
    suggestions = List.copyOf(suggestions);
  }

  /** As the API says it, with line and column from 1. */
  public ObjectNode json(String filter) {
    String before = filter.substring(0, Math.min(offset, filter.length()));
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("message", message);
    node.put("offset", offset);
    node.put("length", length);
    node.put("line", 1 + (int) before.chars().filter(c -> c == '\n').count());
    node.put("column", before.length() - before.lastIndexOf('\n'));
    suggestions.forEach(node.putArray("suggestions")::add);
    return node;
  }
}
