package org.ipv6flow.console.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.console.clickhouse.ClickHouseClient;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.clickhouse.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the rules that are due, keeps what changed and tells it. */
final class AlertEvaluator {

  private static final Logger LOG = LoggerFactory.getLogger(AlertEvaluator.class);

  private final List<AlertRule> rules;
  private final AlertSettings settings;
  private final ClickHouseClient clickHouse;
  private final AlertStore store;
  private final AlertBook book;
  private final List<AlertListener> listeners;
  private final Clock clock;
  private final Map<String, Instant> due = new HashMap<>();
  private boolean isRestored;

  AlertEvaluator(
      List<AlertRule> rules,
      AlertSettings settings,
      ClickHouseClient clickHouse,
      AlertStore store,
      AlertBook book,
      List<AlertListener> listeners,
      Clock clock) {
    this.rules = rules.stream().filter(rule -> !settings.disabled().contains(rule.id())).toList();
    this.settings = settings;
    this.clickHouse = clickHouse;
    this.store = store;
    this.book = book;
    this.listeners = List.copyOf(listeners);
    this.clock = clock;
  }

  /** One round. What cannot be asked now stays as it is, and is asked again. */
  synchronized void evaluate() {
    Instant now = clock.instant();
    Instant at;
    try {
      if (!isRestored) {
        book.restore(store.open(), store.silences(now));
        isRestored = true;
      }
      at = storedUntil(now);
    } catch (ClickHouseException e) {
      LOG.warn("alerts cannot be evaluated: {}", e.getMessage());
      return;
    }
    for (AlertRule rule : rules) {
      if (now.isBefore(due.getOrDefault(rule.id(), Instant.EPOCH))) {
        continue;
      }
      try {
        if (at != null) {
          evaluate(rule, at, now);
        }
        due.put(rule.id(), now.plus(rule.every()));
      } catch (ClickHouseException e) {
        LOG.warn("alert rule {} cannot be evaluated: {}", rule.id(), e.getMessage());
      }
    }
  }

  private void evaluate(AlertRule rule, Instant at, Instant now) throws ClickHouseException {
    double threshold = settings.threshold(rule);
    Statement statement = rule.statement(at, now, threshold);
    List<Finding> findings = findings(rule, statement, clickHouse.query(statement));
    List<Alert> changed = book.apply(rule, threshold, findings, now);
    store.add(changed);
    for (Alert alert : changed) {
      boolean isTold =
          alert.state() == AlertState.FIRING
              || (alert.state() == AlertState.RESOLVED && alert.firedAt() != null);
      if (isTold && alert.silencedBy() == null) {
        listeners.forEach(listener -> listener.changed(alert));
      }
    }
  }

  private static List<Finding> findings(AlertRule rule, Statement statement, QueryResult result) {
    List<Finding> findings = new ArrayList<>();
    for (int row = 0; row < result.rows(); row++) {
      ObjectNode evidence = JsonNodeFactory.instance.objectNode();
      evidence.put("definition", rule.definition());
      evidence.put("sql", statement.sql());
      ObjectNode parameters = evidence.putObject("parameters");
      statement.parameters().forEach(parameters::put);
      ObjectNode columns = evidence.putObject("columns");
      for (QueryResult.Column column : result.columns()) {
        if (!column.name().equals("subject")) {
          columns.set(column.name(), result.value(column.name(), row));
        }
      }
      findings.add(
          new Finding(
              AlertStore.subject(result.value("subject", row)),
              result.value("value", row).asDouble(),
              AlertStore.number(result.value("error95", row)),
              AlertStore.number(result.value("coverage", row)),
              evidence));
    }
    return findings;
  }

  /**
   * The minute up to which both flows and exporters' status are stored: what lies after it is on
   * its way, and looks like a fall. Null if nothing was ever stored.
   */
  private @Nullable Instant storedUntil(Instant now) throws ClickHouseException {
    QueryResult watermark =
        clickHouse.query(
            Statement.of(
                "SELECT least(flows_stored_until, status_stored_until) AS stored_until FROM"
                    + " watermark"));
    JsonNode stored = watermark.value("stored_until", 0);
    if (!stored.isTextual()) {
      return null;
    }
    Instant until = Instant.parse(stored.asText());
    if (until.getEpochSecond() < 86_400) {
      return null;
    }
    return (until.isBefore(now) ? until : now).truncatedTo(ChronoUnit.MINUTES);
  }
}
