package org.ipv6flow.launcher.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.embedded.clickhouse.ChdbLibrary;
import org.ipv6flow.embedded.clickhouse.EmbeddedClickHouse;
import org.ipv6flow.launcher.monitoring.GrafanaFiles.Dashboard;
import org.ipv6flow.launcher.monitoring.GrafanaFiles.Target;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every dashboard and alert runs on the real engine, with the demo nation's
 * inventory and a day of made-up traffic of it and one a week before, and gives what its panel
 * draws.
 */
class DashboardSqlIT {

  private static final Path DEMO_NATION = Path.of("../inventory/demo-nation");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The end of the time range: what is stored ends a little before. */
  private static final Instant UNTIL = Instant.now().truncatedTo(ChronoUnit.MINUTES);

  private static EmbeddedClickHouse engine;

  @BeforeAll
  static void fill(@TempDir Path data) throws Exception {
    assumeTrue(
        ChdbLibrary.obstacle().isEmpty(),
        () -> "no ClickHouse engine here: " + ChdbLibrary.obstacle().orElse(""));
    engine = EmbeddedClickHouse.builder().dataDir(data).start();
    try (Connection connection = DriverManager.getConnection(engine.jdbcUrl());
        Statement statement = connection.createStatement()) {
      new Migrator(connection, Map.of()).apply();
      InventoryTables.publish(connection, "ipv6flow", InventoryLoader.load(DEMO_NATION));
      for (String insert : MadeTraffic.inserts(UNTIL, Duration.ofDays(1))) {
        statement.execute(insert);
      }
    }
  }

  @AfterAll
  static void stop() {
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void everyPanelGetsWhatItDraws() throws Exception {
    List<String> faults = new ArrayList<>();
    for (Dashboard dashboard : GrafanaFiles.dashboards()) {
      Map<String, List<String>> variables = variables(dashboard);
      for (JsonNode panel : dashboard.panels()) {
        for (JsonNode query : panel.path("targets")) {
          Target target = new Target(dashboard, panel, query);
          if (target.isSql()) {
            check(target, variables, faults);
          }
        }
      }
    }

    assertThat(faults).isEmpty();
  }

  @Test
  void everyAlertGetsLabelsAndANumber() throws Exception {
    for (JsonNode rule : GrafanaFiles.alertRules()) {
      JsonNode query = rule.path("data").get(0);
      Instant from = UNTIL.minusSeconds(query.path("relativeTimeRange").path("from").asLong());

      JsonNode answer =
          ask(
              GrafanaMacros.expand(
                  query.path("model").path("rawSql").asText(), from, UNTIL, Map.of()));

      List<String> types = types(answer);
      assertThat(answer.path("rows").asInt()).as(rule.path("title").asText()).isPositive();
      assertThat(isNumber(types.get(types.size() - 1))).isTrue();
      assertThat(types.subList(0, types.size() - 1)).allMatch(type -> type.contains("String"));
    }
  }

  private static void check(Target target, Map<String, List<String>> variables, List<String> faults)
      throws IOException, InterruptedException {
    Instant from =
        UNTIL.minus(span(target.dashboard().content().path("time").path("from").asText()));
    JsonNode answer;
    try {
      answer =
          ask(
              GrafanaMacros.expand(
                  target.content().path("rawSql").asText(), from, UNTIL, variables));
    } catch (IllegalArgumentException | IllegalStateException e) {
      faults.add(target + ": " + e.getMessage());
      return;
    }
    List<String> types = types(answer);
    if (answer.path("rows").asInt() == 0) {
      faults.add(target + ": no rows");
    }
    if (types.stream().noneMatch(DashboardSqlIT::isNumber)) {
      faults.add(target + ": no number among " + types);
    }
    if (target.panel().path("type").asText().equals("timeseries")
        && !types.get(0).startsWith("DateTime")) {
      faults.add(target + ": begins with " + types.get(0) + " (expected: a time)");
    }
  }

  /** All values of those of which several can be chosen, the first of the others. */
  private static Map<String, List<String>> variables(Dashboard dashboard)
      throws IOException, InterruptedException {
    Map<String, List<String>> values = new HashMap<>();
    for (JsonNode variable : dashboard.variables()) {
      String name = variable.path("name").asText();
      switch (variable.path("type").asText()) {
        case "custom" -> values.put(name, List.of(variable.path("current").path("value").asText()));
        case "query" -> {
          List<String> members = new ArrayList<>();
          String sql = GrafanaMacros.expand(variable.path("query").asText(), UNTIL, UNTIL, values);
          ask(sql).path("data").forEach(row -> members.add(row.get(0).asText()));
          assertThat(members).as(dashboard + ": " + name).isNotEmpty();
          values.put(
              name, variable.path("includeAll").asBoolean() ? members : members.subList(0, 1));
        }
        default -> {}
      }
    }
    return values;
  }

  /** As {@code now-7d}. */
  private static Duration span(String from) {
    int number = Integer.parseInt(from.substring("now-".length(), from.length() - 1));
    return from.endsWith("d") ? Duration.ofDays(number) : Duration.ofHours(number);
  }

  private static boolean isNumber(String type) {
    return type.matches("(Nullable\\()?(U?Int|Float|Decimal).*");
  }

  private static List<String> types(JsonNode answer) {
    return answer.path("meta").findValuesAsText("type");
  }

  /** In the database that the data source names. */
  private static JsonNode ask(String sql) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            engine.httpUrl() + "/?database=ipv6flow&default_format=JSONCompact"))
                    .POST(HttpRequest.BodyPublishers.ofString(sql))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.body().strip() + "\n" + sql);
    }
    return JSON.readTree(response.body());
  }
}
