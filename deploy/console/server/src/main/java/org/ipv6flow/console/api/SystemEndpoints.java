package org.ipv6flow.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ipv6flow.console.access.Access;
import org.ipv6flow.console.access.Audit;
import org.ipv6flow.console.access.Principal;
import org.ipv6flow.console.access.RowScope;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.clickhouse.Sql;
import org.ipv6flow.console.clickhouse.Statement;
import org.ipv6flow.console.config.ConsoleConfig;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.Data;
import org.ipv6flow.console.query.Freshness;
import org.ipv6flow.console.query.Step;
import org.ipv6flow.console.query.TimeRange;
import org.ipv6flow.console.query.Times;
import org.ipv6flow.console.query.ViewQuery;
import org.jspecify.annotations.Nullable;

/** What the server is and allows, the definitions, the audit log, and openapi.yaml itself. */
final class SystemEndpoints implements EndpointGroup {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final double[] THRESHOLDS = {0.5, 0.7, 0.8, 0.9};
  private static final String OPENAPI = "/org/ipv6flow/console/api/openapi.yaml";

  private final ConsoleConfig config;
  private final String version;
  private final Data data;
  private final Answers answers;
  private final Times times;
  private final Audit audit;
  private final DefinitionTexts texts = new DefinitionTexts();

  SystemEndpoints(
      ConsoleConfig config, String version, Data data, Answers answers, Times times, Audit audit) {
    this.config = config;
    this.version = version;
    this.data = data;
    this.answers = answers;
    this.times = times;
    this.audit = audit;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("getMeta", "/meta", this::meta),
        Endpoint.get("getOpenApi", "/openapi.yaml", call -> openApi()),
        Endpoint.get("listDefinitions", "/definitions", this::definitions),
        Endpoint.get("getDefinition", "/definitions/{definition}", this::definition),
        Endpoint.get("listAudit", "/audit", this::audit));
  }

  private Answer meta(Call call) throws Problem, ClickHouseException {
    call.parameters().requireAllRead();
    Principal who = call.principal();
    Freshness.Look look = data.freshness().look();
    Instant now = data.now();
    ObjectNode meta = JSON.objectNode();
    meta.put("product", "ipv6flow");
    meta.put("version", version);
    meta.put("apiVersion", "1.0.0");
    meta.put("time", now.toString());
    meta.put("timeZone", data.bucketZone().getId());
    meta.put("bucketTimeZone", data.bucketZone().getId());
    put(meta, "asOf", look.asOf());
    put(meta, "finalUntil", look.finalUntil());
    Double delay = look.delaySeconds(now);
    meta.set("dataDelaySeconds", delay == null ? JSON.nullNode() : JSON.numberNode(delay));
    meta.put("synthetic", config.synthetic());
    meta.put("demo", config.demo());
    meta.put("role", who.role().label());
    List.of("json", "csv", "arrow", "xlsx").forEach(meta.putArray("formats")::add);
    Access.dimensions(who.role()).forEach(meta.putArray("dimensions")::add);
    ArrayNode steps = meta.putArray("steps").add("auto");
    Arrays.stream(Step.values())
        .filter(step -> step.seconds() >= Access.shortestStepSeconds(who.role()))
        .map(Step::label)
        .forEach(steps::add);
    ObjectNode limits = meta.putObject("limits");
    limits.put("maxRows", data.maxRows());
    limits.put("maxPoints", Ipv6Endpoints.MAX_POINTS);
    limits.put("maxSeries", QueryEndpoints.MAX_SERIES);
    limits.put("maxExecutionSeconds", config.limits().maxExecution().toSeconds());
    limits.put("requestsPerMinute", config.requestsPerMinute());
    ArrayNode thresholds = meta.putArray("thresholds");
    Arrays.stream(THRESHOLDS).forEach(thresholds::add);
    meta.set(
        "queryFields",
        Access.permits(who.role(), "queryTimeseries") ? QueryEndpoints.fields() : JSON.arrayNode());
    meta.put("inventoryVersion", look.inventoryVersion());
    if (Access.hasMinimumCell(who.role())) {
      meta.put("minimumCell", Data.MINIMUM_CELL_PACKETS);
    } else {
      meta.putNull("minimumCell");
    }
    return Answers.json(meta);
  }

  private static void put(ObjectNode node, String name, @Nullable Instant time) {
    node.put(name, time == null ? null : time.toString());
  }

  /** The file that this API is made by. */
  static byte[] openApiFile() {
    try (InputStream in = SystemEndpoints.class.getResourceAsStream(OPENAPI)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + OPENAPI);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer openApi() {
    byte[] file = openApiFile();
    return Answer.of("application/yaml", file)
        .withHeader("ETag", org.ipv6flow.console.http.Tags.weak(file));
  }

  private Answer definitions(Call call) throws Problem, ClickHouseException {
    return answers.table(
        call,
        ViewQuery.of("definitions")
            .from("SELECT * FROM definitions FINAL")
            .columns(
                "definition version column views arguments unit population direction formula"
                    + " source")
            .scope(RowScope.PUBLIC)
            .orderBy("definition, version"));
  }

  private Answer definition(Call call) throws Problem, ClickHouseException {
    call.parameters().requireAllRead();
    String id = call.pathValue("definition");
    Sql sql = new Sql();
    sql.add("SELECT * FROM definitions FINAL WHERE definition = ")
        .add(sql.bind("definition", id))
        .add(" ORDER BY version");
    QueryResult result = data.clickHouse().query(sql.statement());
    if (result.rows() == 0) {
      throw Problem.of(
          Problem.Kind.NOT_FOUND,
          "there is no definition '%s' (see: /api/v1/definitions)".formatted(id));
    }
    ObjectNode answer = JSON.objectNode();
    answer.put("id", id);
    ArrayNode versions = answer.putArray("versions");
    for (int row = 0; row < result.rows(); row++) {
      ObjectNode one = versions.addObject().put("id", id);
      for (String field :
          List.of("version", "column", "unit", "population", "direction", "formula", "source")) {
        one.set(field, result.value(field, row));
      }
    }
    JsonNode views = result.value("views", result.rows() - 1);
    answer.set("views", views);
    answer.put("text", texts.of(id).orElse(null));
    answer.set("sql", statements(views));
    return Answers.json(answer).withRows(result.rows());
  }

  private ArrayNode statements(JsonNode views) {
    ArrayNode statements = JSON.arrayNode();
    for (JsonNode view : views) {
      try {
        // Names of views come from the register alone.
        if (view.asText().matches("[a-z0-9_]+")) {
          QueryResult shown =
              data.clickHouse().query(Statement.of("SHOW CREATE TABLE " + view.asText()));
          statements
              .addObject()
              .put("view", view.asText())
              .put("statement", shown.data().elements().next().path(0).asText());
        }
      } catch (ClickHouseException e) {
        // A role of the store that may not see statements: the formula says it, too.
        return statements;
      }
    }
    return statements;
  }

  private Answer audit(Call call) throws Problem {
    TimeRange range = times.range(call.parameters(), "now-7d", data.now());
    Optional<String> user = call.parameters().text("user");
    Optional<String> kind = call.parameters().text("kind");
    int limit = call.parameters().integer("limit", 1_000, 1, 10_000);
    call.parameters().requireAllRead();
    List<JsonNode> entries;
    try {
      entries =
          audit.newest(
              entry ->
                  user.map(name -> name.equals(entry.path("user").asText())).orElse(true)
                      && kind.map(name -> name.equals(entry.path("kind").asText())).orElse(true)
                      && isWithin(range, entry.path("time").asText()),
              limit);
    } catch (IOException e) {
      throw Problem.of(Problem.Kind.INTERNAL, "the audit log cannot be read");
    }
    return AuditTable.answer(call, entries, range, data.bucketZone());
  }

  private static boolean isWithin(TimeRange range, String time) {
    Instant instant = Instant.parse(time);
    return !instant.isBefore(range.from()) && instant.isBefore(range.until());
  }
}
