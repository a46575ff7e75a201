package org.ipv6flow.launcher.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ipv6flow.launcher.monitoring.RuleFiles.Rule;
import org.junit.jupiter.api.Test;

/** The rules are valid, do what they say, and read metrics that are documented. */
class PrometheusRulesTest {

  private static final Path SCENARIOS = Path.of("tests/alerts_test.yaml");
  private static final Path REFERENCE = Path.of("../../docs/reference");

  @Test
  void promtoolFindsNoFault() throws Exception {
    List<String> files = new ArrayList<>(List.of("check", "rules"));
    for (Path file : RuleFiles.files()) {
      files.add(RuleFiles.DIRECTORY.relativize(file).toString());
    }

    promtool(files.toArray(new String[0]));
    promtool("check", "config", "prometheus.yml");
  }

  /** Each scenario names the alerts that fire in it, and thereby all that do not. */
  @Test
  void alertsFireInTheirScenariosAndInNoOther() throws Exception {
    promtool("test", "rules", SCENARIOS.toString());
  }

  @Test
  void everyAlertHasAScenarioInWhichItFires() throws IOException {
    String scenarios = Files.readString(RuleFiles.DIRECTORY.resolve(SCENARIOS));

    assertThat(RuleFiles.rules())
        .filteredOn(Rule::isAlert)
        .hasSizeGreaterThan(20)
        // A promise about 30 days takes 30 days to break.
        .filteredOn(rule -> !rule.name().equals("FreshnessMissed"))
        .allSatisfy(
            rule -> assertThat(scenarios).contains("alertname=\"%s\"".formatted(rule.name())));
  }

  @Test
  void everyAlertIsExplained() throws IOException {
    String page = Files.readString(REFERENCE.resolve("alerts.md"));

    assertThat(RuleFiles.rules())
        .filteredOn(Rule::isAlert)
        .allSatisfy(rule -> assertThat(page).contains("| `" + rule.name() + "` |"))
        .allSatisfy(rule -> assertThat(rule.labels()).containsKeys("severity", "component"));
  }

  /** Flink's metrics are documented by their last part, Flink's own ones by Flink. */
  @Test
  void metricsOfTheCollectorAreDocumented() throws IOException {
    String page = Files.readString(REFERENCE.resolve("metrics.md"));
    Set<String> names = new TreeSet<>();
    for (Rule rule : RuleFiles.rules()) {
      names.addAll(PromQl.metrics(rule.expression()));
    }

    assertThat(names)
        .filteredOn(name -> name.startsWith("collector_"))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(page).contains("`" + name));
  }

  @Test
  void metricsOfAnExpressionAreFound() {
    assertThat(
            PromQl.metrics(
                """
                sum by (instance, reason) (increase(a_total{reason!="b_total"}[5m])) > 0
                or time() - max(c:d:rate5m offset 1w) / 1e9 > bool 2 and on (e) clamp_min(f_g, 1e-9)
                """))
        .containsExactly("a_total", "c:d:rate5m", "f_g");
  }

  private static void promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(RuleFiles.DIRECTORY.toFile())
            .redirectErrorStream(true);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      assumeTrue(false, "promtool (Debian: prometheus) is not here: " + e.getMessage());
      return;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
