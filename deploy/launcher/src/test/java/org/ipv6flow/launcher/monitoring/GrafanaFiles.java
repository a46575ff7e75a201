package org.ipv6flow.launcher.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The dashboards and alert rules of deploy/grafana. */
final class GrafanaFiles {

  static final Path DIRECTORY = Path.of("../grafana");

  /** Of the official plugin. */
  static final String CLICKHOUSE = "grafana-clickhouse-datasource";

  private static final ObjectMapper JSON = new ObjectMapper();

  private GrafanaFiles() {}

  /** A dashboard and the file it is in. */
  record Dashboard(Path file, JsonNode content) {

    String uid() {
      return content.path("uid").asText();
    }

    List<JsonNode> panels() {
      List<JsonNode> panels = new ArrayList<>();
      content.path("panels").forEach(panels::add);
      return panels;
    }

    List<JsonNode> variables() {
      List<JsonNode> variables = new ArrayList<>();
      content.path("templating").path("list").forEach(variables::add);
      return variables;
    }

    @Override
    public String toString() {
      return uid();
    }
  }

  /** A query of a panel. */
  record Target(Dashboard dashboard, JsonNode panel, JsonNode content) {

    boolean isSql() {
      return content.has("rawSql");
    }

    @Override
    public String toString() {
      return dashboard.uid() + ": " + panel.path("title").asText();
    }
  }

  static List<Dashboard> dashboards() throws IOException {
    List<Dashboard> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.walk(DIRECTORY.resolve("dashboards"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        dashboards.add(new Dashboard(file, JSON.readTree(file.toFile())));
      }
    }
    return dashboards;
  }

  static List<Target> targets() throws IOException {
    List<Target> targets = new ArrayList<>();
    for (Dashboard dashboard : dashboards()) {
      for (JsonNode panel : dashboard.panels()) {
        for (JsonNode target : panel.path("targets")) {
          targets.add(new Target(dashboard, panel, target));
        }
      }
    }
    return targets;
  }

  /** The rules of the provisioned alert groups. */
  static List<JsonNode> alertRules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode group :
        RuleFiles.yaml(DIRECTORY.resolve("provisioning/alerting/ipv6flow.yaml")).path("groups")) {
      group.path("rules").forEach(rules::add);
    }
    return rules;
  }
}
