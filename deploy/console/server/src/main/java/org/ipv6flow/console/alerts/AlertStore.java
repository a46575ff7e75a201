package org.ipv6flow.console.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.clickhouse.ClickHouseClient;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.clickhouse.Sql;
import org.ipv6flow.console.clickhouse.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Every change of an alert and every silence as a row in ClickHouse. The newest row of an id is how
 * it is; those before say how it came to be.
 */
final class AlertStore {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_LISTED = 2_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ClickHouseAccount account;
  private final ClickHouseClient clickHouse;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  AlertStore(ClickHouseClient clickHouse) {
    this.clickHouse = clickHouse;
    account = clickHouse.account();
  }

  void add(List<Alert> changes) throws ClickHouseException {
    StringBuilder rows = new StringBuilder();
    for (Alert alert : changes) {
      ObjectNode row = MAPPER.createObjectNode();
      row.put("id", alert.id());
      row.put("rule", alert.rule());
      row.put("severity", alert.severity());
      row.put("state", alert.state().label());
      ObjectNode subject = row.putObject("subject");
      new TreeMap<>(alert.subject()).forEach(subject::put);
      row.put("summary", alert.summary());
      row.put("summary_zh", alert.summaryZh());
      row.put("started_at", millis(alert.startedAt()));
      row.put("changed_at", millis(alert.changedAt()));
      row.put("fired_at", millis(alert.firedAt()));
      row.put("ended_at", millis(alert.endedAt()));
      row.put("value", alert.value());
      row.put("threshold", alert.threshold());
      row.put("error95", alert.error95());
      row.put("coverage", alert.coverage());
      row.put("unit", alert.unit());
      row.put("evidence", alert.evidence().toString());
      row.put("acknowledged_by", alert.acknowledgedBy());
      row.put("acknowledged_at", millis(alert.acknowledgedAt()));
      row.put("note", alert.note());
      row.put("silenced_by", alert.silencedBy());
      rows.append(row).append('\n');
    }
    if (!changes.isEmpty()) {
      insert("alert_changes", rows.toString());
    }
  }

  void add(Silence silence, Instant changedAt) throws ClickHouseException {
    ObjectNode row = MAPPER.createObjectNode();
    row.put("id", silence.id());
    row.put("rule", silence.rule() == null ? "" : silence.rule());
    ObjectNode subject = row.putObject("subject");
    new TreeMap<>(silence.subject()).forEach(subject::put);
    row.put("until", millis(silence.until()));
    row.put("reason", silence.reason());
    row.put("created_by", silence.createdBy());
    row.put("created_at", millis(silence.createdAt()));
    row.put("changed_at", millis(changedAt));
    insert("alert_silences", row + "\n");
  }

  List<Alert> open() throws ClickHouseException {
    return alerts(clickHouse.query(Statement.of("SELECT * FROM alerts WHERE state != 'resolved'")));
  }

  /** Those that were not over before {@code from} and began before {@code until}, newest first. */
  List<Alert> between(Instant from, Instant until) throws ClickHouseException {
    Sql sql = new Sql();
    String begin = sql.bind("from", from);
    String end = sql.bind("until", until);
    sql.add(
        """
        SELECT * FROM alerts
        WHERE started_at < %s AND (ended_at IS NULL OR ended_at >= %s) AND fired_at IS NOT NULL
        ORDER BY started_at DESC, id LIMIT %d
        """
            .formatted(end, begin, MAX_LISTED));
    return alerts(clickHouse.query(sql.statement()));
  }

  @Nullable Alert find(String id) throws ClickHouseException {
    Sql sql = new Sql();
    sql.add("SELECT * FROM alerts WHERE id = " + sql.bind("id", id));
    List<Alert> found = alerts(clickHouse.query(sql.statement()));
    return found.isEmpty() ? null : found.get(0);
  }

  List<Silence> silences(Instant now) throws ClickHouseException {
    Sql sql = new Sql();
    sql.add(
        """
        SELECT * FROM
        (
            SELECT * FROM alert_silences ORDER BY changed_at DESC LIMIT 1 BY id
        )
        WHERE until > %s
        """
            .formatted(sql.bind("now", now)));
    QueryResult result = clickHouse.query(sql.statement());
    List<Silence> silences = new ArrayList<>();
    for (int row = 0; row < result.rows(); row++) {
      String rule = result.text("rule", row);
      silences.add(
          new Silence(
              result.text("id", row),
              rule.isEmpty() ? null : rule,
              subject(result.value("subject", row)),
              Instant.parse(result.text("until", row)),
              result.text("reason", row),
              result.text("created_by", row),
              Instant.parse(result.text("created_at", row))));
    }
    return silences;
  }

  private static List<Alert> alerts(QueryResult result) throws ClickHouseException {
    List<Alert> alerts = new ArrayList<>();
    for (int row = 0; row < result.rows(); row++) {
      alerts.add(
          new Alert(
              result.text("id", row),
              result.text("rule", row),
              result.text("severity", row),
              AlertState.of(result.text("state", row)),
              subject(result.value("subject", row)),
              result.text("summary", row),
              result.text("summary_zh", row),
              Instant.parse(result.text("started_at", row)),
              Instant.parse(result.text("changed_at", row)),
              time(result.value("fired_at", row)),
              time(result.value("ended_at", row)),
              result.value("value", row).asDouble(),
              result.value("threshold", row).asDouble(),
              number(result.value("error95", row)),
              number(result.value("coverage", row)),
              result.text("unit", row),
              evidence(result.text("evidence", row)),
              text(result.value("acknowledged_by", row)),
              time(result.value("acknowledged_at", row)),
              text(result.value("note", row)),
              text(result.value("silenced_by", row))));
    }
    return alerts;
  }

  private static JsonNode evidence(String json) throws ClickHouseException {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ClickHouseException(
          ClickHouseException.Kind.FAILED, 0, "evidence of an alert is no JSON");
    }
  }

  static Map<String, String> subject(JsonNode node) {
    Map<String, String> subject = new TreeMap<>();
    node.properties().forEach(part -> subject.put(part.getKey(), part.getValue().asText()));
    return subject;
  }

  static @Nullable Double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : null;
  }

  private static @Nullable Instant time(JsonNode node) {
    return node.isTextual() ? Instant.parse(node.asText()) : null;
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  /** As ClickHouse reads a DateTime64(3) from JSON: seconds with three decimals. */
  private static @Nullable String millis(@Nullable Instant instant) {
    return instant == null
        ? null
        : "%d.%03d".formatted(instant.getEpochSecond(), instant.getNano() / 1_000_000);
  }

  /** The console reads with a client that cannot write; this is the only statement that does. */
  private void insert(String table, String rows) throws ClickHouseException {
    String query = "INSERT INTO %s FORMAT JSONEachRow".formatted(table);
    String base = account.url().toString();
    URI uri =
        URI.create(
            base
                + (account.url().getRawPath().isEmpty() ? "/" : "")
                + "?database="
                + URLEncoder.encode(account.database(), StandardCharsets.UTF_8)
                + "&async_insert=0&query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("X-ClickHouse-User", account.user())
            .header("X-ClickHouse-Key", account.password())
            .POST(HttpRequest.BodyPublishers.ofString(rows))
            .build();
    try {
      HttpResponse<String> response =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() != 200) {
        throw new ClickHouseException(
            ClickHouseException.Kind.FAILED, 0, table + ": " + response.body().strip());
      }
    } catch (IOException e) {
      throw new ClickHouseException(
          ClickHouseException.Kind.UNREACHABLE, 0, account + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickHouseException(ClickHouseException.Kind.UNREACHABLE, 0, "interrupted");
    }
  }
}
