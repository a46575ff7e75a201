package org.ipv6flow.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ipv6flow.console.access.Principal;
import org.ipv6flow.console.access.Role;
import org.ipv6flow.console.alerts.Alert;
import org.ipv6flow.console.alerts.AlertService;
import org.ipv6flow.console.alerts.Silence;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.TimeRange;
import org.ipv6flow.console.query.Times;

/** Alerts and what people answer to them. */
final class AlertEndpoints implements EndpointGroup {

  private static final List<String> STATES =
      List.of("firing", "acknowledged", "silenced", "resolved");

  /** Columns of the evidence that name an operator. */
  private static final List<String> OPERATORS = List.of("from_operator", "to_operator", "operator");

  private final AlertService alerts;
  private final Times times;

  AlertEndpoints(AlertService alerts, Times times) {
    this.alerts = alerts;
    this.times = times;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("listAlerts", "/alerts", this::list),
        Endpoint.get("getAlert", "/alerts/{alert}", this::get),
        new Endpoint("acknowledgeAlert", "POST", "/alerts/{alert}/acknowledge", this::acknowledge),
        Endpoint.get("listSilences", "/silences", this::silences),
        new Endpoint("createSilence", "POST", "/silences", this::silence),
        new Endpoint("deleteSilence", "DELETE", "/silences/{silence}", this::unsilence));
  }

  private Answer list(Call call) throws Problem, ClickHouseException {
    TimeRange range = times.range(call.parameters(), "now-7d", Instant.now());
    String state = call.parameters().text("state").orElse(null);
    if (state != null && !STATES.contains(state)) {
      throw Problem.parameter(
          "state", "'%s' is none (expected: %s)".formatted(state, String.join(", ", STATES)));
    }
    String rule = call.parameters().text("rule").orElse(null);
    call.parameters().requireAllRead();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("alerts");
    int firing = 0;
    for (Alert alert : alerts.list(state, rule, range.from(), range.until())) {
      if (isVisible(alert, call.principal())) {
        ObjectNode json = alert.json();
        firing += json.path("state").asText().equals("firing") ? 1 : 0;
        list.add(json);
      }
    }
    answer.put("firing", firing);
    return Answers.json(answer);
  }

  private Answer get(Call call) throws Problem, ClickHouseException {
    call.parameters().requireAllRead();
    Alert alert = alerts.find(call.pathValue("alert"));
    if (alert == null || !isVisible(alert, call.principal())) {
      throw none();
    }
    return Answers.json(alert.json());
  }

  private Answer acknowledge(Call call) throws Problem, ClickHouseException {
    Alert alert =
        alerts.acknowledge(
            call.pathValue("alert"),
            call.principal().user(),
            call.body().path("note").isTextual() ? call.body().path("note").asText() : null);
    if (alert == null) {
      throw none();
    }
    return Answers.json(alert.json());
  }

  private Answer silences(Call call) throws Problem {
    call.parameters().requireAllRead();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("silences");
    alerts.silences().forEach(silence -> list.add(silence.json()));
    return Answers.json(answer);
  }

  private Answer silence(Call call) throws Problem, ClickHouseException {
    JsonNode body = call.body();
    Map<String, String> subject = new TreeMap<>();
    body.path("subject")
        .properties()
        .forEach(part -> subject.put(part.getKey(), part.getValue().asText()));
    Instant until;
    try {
      until = OffsetDateTime.parse(body.path("until").asText()).toInstant();
    } catch (DateTimeException e) {
      throw Problem.of(
          Problem.Kind.BAD_BODY,
          "until: '%s' is no time (expected: RFC 3339)".formatted(body.path("until").asText()));
    }
    if (!until.isAfter(Instant.now())) {
      throw Problem.of(Problem.Kind.BAD_BODY, "until: %s is over".formatted(until));
    }
    Silence silence =
        alerts.silence(
            body.path("rule").isTextual() ? body.path("rule").asText() : null,
            subject,
            until,
            body.path("reason").asText(),
            call.principal().user());
    return Answers.json(silence.json()).withStatus(201);
  }

  private Answer unsilence(Call call) throws Problem, ClickHouseException {
    if (!alerts.unsilence(call.pathValue("silence"))) {
      throw Problem.of(Problem.Kind.NOT_FOUND, "there is no such silence (see: /api/v1/silences)");
    }
    return Answer.noContent();
  }

  /** An operator's staff sees what concerns its links and exporters. */
  private static boolean isVisible(Alert alert, Principal who) {
    if (who.role() != Role.OPERATOR) {
      return true;
    }
    JsonNode columns = alert.evidence().path("columns");
    return OPERATORS.stream().anyMatch(name -> columns.path(name).asText().equals(who.operator()));
  }

  private static Problem none() {
    return Problem.of(Problem.Kind.NOT_FOUND, "there is no such alert (see: /api/v1/alerts)");
  }
}
