package org.ipv6flow.launcher.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.ipv6flow.launcher.monitoring.RuleFiles.Rule;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.Simulator;
import org.ipv6flow.simulator.SimulatorConfig;
import org.ipv6flow.standalone.Standalone;
import org.ipv6flow.standalone.StandaloneOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rules and dashboards read metrics that the running processes really have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringIT {

  private static final Path DEMO_NATION = Path.of("../inventory/demo-nation");

  /** Made by Prometheus itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

  private static Standalone standalone;
  private static Set<String> scraped = Set.of();

  @BeforeAll
  static void runTheDemoNation(@TempDir Path data) throws Exception {
    Inventory nation = InventoryLoader.load(DEMO_NATION);
    standalone =
        new Standalone(
            new StandaloneOptions(
                data,
                DEMO_NATION,
                "127.0.0.1",
                1,
                StandaloneOptions.Ports.ANY,
                2_000,
                1,
                null,
                null,
                null),
            nation,
            System.out::println);
    standalone.start();
    new Simulator(
            SimulatorConfig.builder(
                    nation, new InetSocketAddress("127.0.0.1", standalone.udpPort()))
                .recordsPerSecond(5_000)
                .duration(Duration.ofSeconds(20))
                .seed(42)
                .build())
        .run();
    // Unattributed records are counted by reason once there are any.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              scraped = scrape();
              return scraped.contains(
                  "flink_taskmanager_job_task_operator_reason_unattributedRecords");
            });
  }

  @AfterAll
  static void stop() throws InterruptedException {
    standalone.close();
  }

  @Test
  void everyMetricOfARuleIsSeenInAScrape() throws IOException {
    Set<String> recorded = RuleFiles.recorded();
    List<Rule> rules = RuleFiles.rules();

    assertThat(scraped).hasSizeGreaterThan(100);
    assertThat(rules)
        .allSatisfy(
            rule ->
                assertThat(PromQl.metrics(rule.expression()))
                    .isNotEmpty()
                    .allMatch(
                        name ->
                            scraped.contains(name)
                                || recorded.contains(name)
                                || OF_PROMETHEUS.contains(name)));
  }

  @Test
  void everyMetricOfADashboardIsSeenInAScrape() throws IOException {
    Set<String> recorded = RuleFiles.recorded();

    assertThat(GrafanaFiles.targets())
        .filteredOn(target -> !target.isSql())
        .hasSizeGreaterThan(30)
        .allSatisfy(
            target -> {
              String expression = target.content().path("expr").asText();
              if (!expression.startsWith("vector(")) {
                assertThat(PromQl.metrics(expression))
                    .isNotEmpty()
                    .allMatch(
                        name ->
                            scraped.contains(name)
                                || recorded.contains(name)
                                || OF_PROMETHEUS.contains(name));
              }
            });
  }

  /** Names of all series of the collector, Flink and ClickHouse. */
  private static Set<String> scrape() throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    for (String url :
        List.of(
            "http://127.0.0.1:%d/metrics".formatted(standalone.adminPort()),
            "http://127.0.0.1:%d/metrics".formatted(standalone.flinkMetricsPort()),
            standalone.clickHouse().url() + "/metrics")) {
      String page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      page.lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
    }
    return names;
  }
}
