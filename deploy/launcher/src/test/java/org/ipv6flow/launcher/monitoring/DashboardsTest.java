package org.ipv6flow.launcher.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ipv6flow.launcher.monitoring.GrafanaFiles.Dashboard;
import org.ipv6flow.launcher.monitoring.GrafanaFiles.Target;
import org.junit.jupiter.api.Test;

/** What can be known of dashboards without a Grafana: that they are complete and portable. */
class DashboardsTest {

  private static final Set<String> DATA_SOURCE_VARIABLES = Set.of("${ds}", "${prom}");

  @Test
  void everyDashboardIsThereOnce() throws IOException {
    assertThat(GrafanaFiles.dashboards())
        .extracting(Dashboard::uid)
        .containsExactlyInAnyOrder(
            "interconnect-overview",
            "interconnect-link",
            "ipv6-share",
            "ipv6-peers",
            "capacity",
            "data-quality",
            "collector",
            "pipeline",
            "slo");
    assertThat(GrafanaFiles.dashboards())
        .extracting(dashboard -> dashboard.content().path("title").asText())
        .doesNotHaveDuplicates();
    assertThat(GrafanaFiles.dashboards())
        .allSatisfy(
            dashboard -> {
              assertThat(dashboard.content().path("description").asText()).isNotBlank();
              assertThat(dashboard.file().getFileName().toString())
                  .isEqualTo(dashboard.uid() + ".json");
              assertThat(refreshSeconds(dashboard.content().path("refresh").asText()))
                  .isGreaterThanOrEqualTo(30);
            });
  }

  @Test
  void everyPanelSaysWhatItShowsAndInWhichUnit() throws IOException {
    for (Dashboard dashboard : GrafanaFiles.dashboards()) {
      Set<String> titles = new HashSet<>();
      Set<Integer> ids = new HashSet<>();
      for (JsonNode panel : dashboard.panels()) {
        String title = panel.path("title").asText();
        assertThat(titles.add(title)).as(dashboard + ": " + title + " twice").isTrue();
        assertThat(ids.add(panel.path("id").asInt())).isTrue();
        assertThat(panel.path("description").asText()).as(dashboard + ": " + title).isNotBlank();
        assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
            .as(dashboard + ": " + title)
            .isNotBlank();
        assertThat(panel.path("targets")).as(dashboard + ": " + title).isNotEmpty();
      }
    }
  }

  @Test
  void noPanelOverlapsAnother() throws IOException {
    for (Dashboard dashboard : GrafanaFiles.dashboards()) {
      Set<String> cells = new HashSet<>();
      for (JsonNode panel : dashboard.panels()) {
        JsonNode place = panel.path("gridPos");
        assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
        for (int x = 0; x < place.path("w").asInt(); x++) {
          for (int y = 0; y < place.path("h").asInt(); y++) {
            assertThat(
                    cells.add((place.path("x").asInt() + x) + "," + (place.path("y").asInt() + y)))
                .as(dashboard + ": " + panel.path("title").asText())
                .isTrue();
          }
        }
      }
    }
  }

  @Test
  void dataSourcesAreChosenByAVariable() throws IOException {
    for (Target target : GrafanaFiles.targets()) {
      for (JsonNode node : List.of(target.panel(), target.content())) {
        assertThat(node.path("datasource").path("uid").asText())
            .as(target.toString())
            .isIn(DATA_SOURCE_VARIABLES);
      }
    }
    for (Dashboard dashboard : GrafanaFiles.dashboards()) {
      for (JsonNode variable : dashboard.variables()) {
        if (variable.path("type").asText().equals("query")) {
          assertThat(variable.path("datasource").path("uid").asText()).isEqualTo("${ds}");
        }
      }
    }
  }

  /** A panel that says now() ignores the time range that was chosen. */
  @Test
  void noQueryAsksForNow() throws IOException {
    assertThat(GrafanaFiles.targets())
        .filteredOn(Target::isSql)
        .hasSizeGreaterThan(50)
        .allSatisfy(
            target ->
                assertThat(
                        target.content().path("rawSql").asText().toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain("now(")
                    .doesNotContain("today("));
  }

  @Test
  void alertsNameProvisionedDataSources() throws IOException {
    JsonNode provisioned =
        RuleFiles.yaml(GrafanaFiles.DIRECTORY.resolve("provisioning/datasources/ipv6flow.yaml"));
    List<String> uids = provisioned.path("datasources").findValuesAsText("uid");

    assertThat(GrafanaFiles.alertRules())
        .hasSizeGreaterThanOrEqualTo(3)
        .extracting(rule -> rule.path("uid").asText())
        .doesNotHaveDuplicates();
    for (JsonNode rule : GrafanaFiles.alertRules()) {
      assertThat(rule.path("data")).hasSize(3);
      assertThat(rule.path("data").get(0).path("datasourceUid").asText()).isIn(uids);
      assertThat(rule.path("annotations").path("summary").asText())
          .isNotBlank()
          // A dollar would be taken for a variable of the environment.
          .doesNotContain("$");
      assertThat(rule.path("annotations").path("summary_zh").asText()).isNotBlank();
    }
  }

  @Test
  void everyAlertOfGrafanaIsExplained() throws IOException {
    String page = Files.readString(java.nio.file.Path.of("../../docs/reference/alerts.md"));

    assertThat(GrafanaFiles.alertRules())
        .allSatisfy(rule -> assertThat(page).contains("| `" + rule.path("title").asText() + "` |"));
  }

  private static int refreshSeconds(String refresh) {
    int number = Integer.parseInt(refresh.substring(0, refresh.length() - 1));
    return refresh.endsWith("m") ? 60 * number : number;
  }
}
