package org.ipv6flow.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.ipv6flow.launcher.Main;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.standalone.Standalone;
import org.ipv6flow.standalone.StandaloneOptions;
import org.ipv6flow.standalone.store.ClickHouseAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Existing engines take the place of the embedded ones by their addresses alone. One system is
 * there as the owner of a Kafka, a ClickHouse and a Flink cluster without a job; the demo runs on
 * those.
 */
class ExistingEnginesIT {

  private static final Path DEMO_NATION = Path.of("../inventory/demo-nation");
  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path data;

  @Test
  void demoRunsOnExistingKafkaClickHouseAndFlink() throws Exception {
    try (Standalone owner =
        new Standalone(options(), InventoryLoader.load(DEMO_NATION), System.out::println)) {
      owner.start();
      owner.stopReceiving();
      cancelJobs(owner.flinkUrl());

      Path json = data.resolve("demo.json");
      Path log = data.resolve("demo.log");
      ProcessBuilder demo =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Duser.timezone=UTC",
                  "--add-opens=java.base/java.util=ALL-UNNAMED",
                  "-Dipv6flow.home=" + Path.of("..").toAbsolutePath().normalize(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "demo",
                  "--duration=20s",
                  "--rate=5000",
                  "--inventory=" + DEMO_NATION,
                  "--json=" + json)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      demo.environment().put("KAFKA_BOOTSTRAP_SERVERS", owner.kafkaBootstrapServers());
      demo.environment().put("CLICKHOUSE_URL", withLogin(owner.clickHouse()));
      demo.environment().put("FLINK_REST_ADDRESS", owner.flinkUrl());
      Process process = demo.start();
      try {
        assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }

      String output = Files.readString(log);
      assertThat(process.exitValue()).as(output).isZero();
      assertThat(output)
          .contains("kafka: " + owner.kafkaBootstrapServers())
          .contains("clickhouse: " + owner.clickHouse());
      JsonNode result = JSON.readTree(json.toFile());
      assertThat(result.get("records_stored").asLong())
          .isPositive()
          .isEqualTo(result.get("records_sent").asLong());
      JsonNode cpu = result.get("cpu_seconds");
      assertThat(List.of(cpu.get("kafka"), cpu.get("clickhouse"), cpu.get("flink")))
          .as("engines started by the demo")
          .allSatisfy(seconds -> assertThat(seconds.asDouble()).isZero());
      assertThat(jobs(owner.flinkUrl())).as("the job goes on").contains("RUNNING");
    }
  }

  private static String withLogin(ClickHouseAddress address) {
    return address.url().replace("://", "://%s:%s@".formatted(address.user(), address.password()));
  }

  private static void cancelJobs(String flink) throws Exception {
    JsonNode jobs = JSON.readTree(get(flink + "/jobs")).get("jobs");
    for (JsonNode job : jobs) {
      send(
          HttpRequest.newBuilder(URI.create(flink + "/jobs/" + job.get("id").asText()))
              .method("PATCH", HttpRequest.BodyPublishers.noBody())
              .build());
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> jobs(flink).stream().allMatch("CANCELED"::equals));
  }

  private static List<String> jobs(String flink) throws Exception {
    return JSON.readTree(get(flink + "/jobs")).get("jobs").findValuesAsText("status");
  }

  private static String get(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private StandaloneOptions options() {
    return new StandaloneOptions(
        data,
        DEMO_NATION,
        "127.0.0.1",
        1,
        StandaloneOptions.Ports.ANY,
        2_000,
        1,
        1,
        null,
        null,
        null);
  }
}
