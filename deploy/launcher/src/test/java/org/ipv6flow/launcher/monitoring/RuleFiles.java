package org.ipv6flow.launcher.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The rules of deploy/prometheus. */
final class RuleFiles {

  static final Path DIRECTORY = Path.of("../prometheus");

  private RuleFiles() {}

  /**
   * A rule.
   *
   * @param name of the alert, or of the series that is recorded
   */
  record Rule(
      Path file, boolean isAlert, String name, String expression, Map<String, String> labels) {}

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY.resolve("rules"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static List<Rule> rules() throws IOException {
    List<Rule> rules = new ArrayList<>();
    for (Path file : files()) {
      for (JsonNode group : yaml(file).path("groups")) {
        for (JsonNode rule : group.path("rules")) {
          boolean isAlert = rule.has("alert");
          Map<String, String> labels = new TreeMap<>();
          rule.path("labels")
              .properties()
              .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
          rules.add(
              new Rule(
                  file,
                  isAlert,
                  rule.path(isAlert ? "alert" : "record").asText(),
                  rule.path("expr").asText(),
                  labels));
        }
      }
    }
    return rules;
  }

  static JsonNode yaml(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      Object content = new Yaml().load(reader);
      return new ObjectMapper().valueToTree(content);
    }
  }

  /** Names of the recorded series. */
  static Set<String> recorded() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Rule rule : rules()) {
      if (!rule.isAlert()) {
        names.add(rule.name());
      }
    }
    return names;
  }
}
