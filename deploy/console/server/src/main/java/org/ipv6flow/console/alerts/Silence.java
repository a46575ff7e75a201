package org.ipv6flow.console.alerts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Until when alerts are not told.
 *
 * @param rule null for all
 * @param subject alerts whose subject has these parts
 */
public record Silence(
    String id,
    @Nullable String rule,
    Map<String, String> subject,
    Instant until,
    String reason,
    String createdBy,
    Instant createdAt) {

  boolean covers(Alert alert, Instant now) {
    return now.isBefore(until)
        && (rule == null || rule.equals(alert.rule()))
        && alert.subject().entrySet().containsAll(subject.entrySet());
  }

  Silence endingAt(Instant end) {
    return new Silence(id, rule, subject, end, reason, createdBy, createdAt);
  }

  /** As in the API. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", id);
    node.put("rule", rule);
    ObjectNode about = node.putObject("subject");
    new TreeMap<>(subject).forEach(about::put);
    node.put("until", until.toString());
    node.put("reason", reason);
    node.put("createdBy", createdBy);
    node.put("createdAt", createdAt.toString());
    return node;
  }
}
