package org.ipv6flow.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code ipv6flow chaos}: every kind of process is killed once under load, then
 * ClickHouse is away for a while.
 */
class ChaosIT {

  private static final Path DEMO_NATION = Path.of("../inventory/demo-nation");
  private static final int PARTS = 6;

  @TempDir private Path data;

  @Test
  void everyOctetIsAccountedForAlthoughEveryProcessIsKilled() throws Exception {
    Path json = data.resolve("outcome.json");
    ChaosOptions options =
        new ChaosOptions(
            PARTS, Duration.ofSeconds(20), 42, 5_000, json, data.resolve("data"), DEMO_NATION);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    boolean holds = new Chaos(options, out).run();

    JsonNode outcome = new ObjectMapper().readTree(json.toFile());
    assertThat(outcome.path("difference").asLong()).isZero();
    assertThat(outcome.path("killed").size()).isEqualTo(PARTS);
    assertThat(outcome.path("records_stored").asLong()).isGreaterThan(100_000);
    assertThat(holds).isTrue();
  }
}
