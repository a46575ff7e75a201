package org.ipv6flow.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ipv6flow.jobs.active.PseudonymKey;
import org.ipv6flow.jobs.aggregate.Outputs;
import org.ipv6flow.jobs.flows.FlowSampling;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobConfigTest {

  private static final String LEAST =
      """
      jobs:
        kafka:
          bootstrap-servers: 127.0.0.1:9092
        clickhouse:
          url: http://127.0.0.1:8123
        inventory: inventory
        checkpoint:
          directory: checkpoints
      """;

  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path directory;

  @Test
  void whatIsLeftOutHasItsDefault() throws Exception {
    JobConfig config = JobConfig.load(file(LEAST));

    assertThat(config.kafka().groupId()).isEqualTo("ipv6flow-traffic");
    assertThat(config.kafka().properties()).isEmpty();
    assertThat(config.clickHouse().database()).isEqualTo("ipv6flow");
    assertThat(config.clickHouse().user()).isEqualTo("default");
    assertThat(config.checkpoint().interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.parallelism()).isEqualTo(1);
    assertThat(config.activeTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.maxLateness()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void outputsAreOnUnlessTheyNeedASecret() throws Exception {
    JobConfig config = JobConfig.load(file(LEAST));

    assertThat(config.outputs()).isEqualTo(Outputs.DEFAULT);
    assertThat(config.outputs().pseudonymKey()).isNull();
    assertThat(config.rememberedMessages()).isEqualTo(131_072);
  }

  @Test
  void everyOutputIsRead() throws Exception {
    JobConfig config =
        JobConfig.load(
            file(
                LEAST
                    + """
                      outputs:
                        as-pairs: 5
                        organisations: false
                        services: false
                        flows:
                          one-in: 10
                          ipv4-prefix-length: 16
                          ipv6-prefix-length: 32
                        active-prefixes:
                          key: a secret of some length
                      remembered-messages: 7
                    """));

    assertThat(config.outputs())
        .isEqualTo(
            new Outputs(
                5,
                false,
                false,
                new FlowSampling(10, 16, 32),
                PseudonymKey.of("a secret of some length")));
    assertThat(config.rememberedMessages()).isEqualTo(7);
  }

  @Test
  void aKeyThatCanBeGuessedIsAFindingThatDoesNotSayIt() throws Exception {
    Path file =
        file(
            LEAST
                + """
                  outputs:
                    active-prefixes:
                      key: hunter2
                """);

    assertThatThrownBy(() -> JobConfig.load(file))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("a key of 7 characters (expected: at least 16)")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void pathsAreRelativeToTheFile() throws Exception {
    JobConfig config = JobConfig.load(file(LEAST));

    assertThat(config.inventory()).isEqualTo(directory.resolve("inventory"));
    assertThat(config.checkpoint().directory())
        .isEqualTo(directory.resolve("checkpoints").toUri().toString());
  }

  @Test
  void everySettingIsRead() throws Exception {
    JobConfig config =
        JobConfig.load(
            file(
                """
                jobs:
                  kafka:
                    bootstrap-servers: kafka-1:9092,kafka-2:9092
                    group-id: group
                    properties:
                      security.protocol: SSL
                      fetch.max.bytes: 1048576
                  clickhouse:
                    url: https://clickhouse:8443
                    database: flows
                    user: writer
                    password: secret
                  inventory: /etc/ipv6flow/inventory
                  checkpoint:
                    interval-millis: 10000
                    directory: s3://bucket/checkpoints
                  parallelism: 4
                  active-timeout-seconds: 30
                  max-lateness-hours: 24
                """));

    assertThat(config.kafka())
        .isEqualTo(
            new KafkaConfig(
                "kafka-1:9092,kafka-2:9092",
                "group",
                Map.of("security.protocol", "SSL", "fetch.max.bytes", "1048576")));
    assertThat(config.clickHouse().url()).hasToString("https://clickhouse:8443");
    assertThat(config.clickHouse().database()).isEqualTo("flows");
    assertThat(config.clickHouse().user()).isEqualTo("writer");
    assertThat(config.clickHouse().password()).isEqualTo("secret");
    assertThat(config.inventory()).isEqualTo(Path.of("/etc/ipv6flow/inventory"));
    assertThat(config.checkpoint())
        .isEqualTo(new CheckpointConfig(Duration.ofSeconds(10), "s3://bucket/checkpoints"));
    assertThat(config.parallelism()).isEqualTo(4);
    assertThat(config.activeTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.maxLateness()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void anUnknownKeyIsNamedWithItsLine() throws IOException {
    Path file = file(LEAST + "  paralelism: 2\n");

    assertThatThrownBy(() -> JobConfig.load(file))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(file + ":9: unknown key 'paralelism'");
  }

  @Test
  void aMissingKeyIsNamed() throws IOException {
    Path file = file(LEAST.replace("    bootstrap-servers: 127.0.0.1:9092\n", "    group-id: x\n"));

    assertThatThrownBy(() -> JobConfig.load(file))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("'bootstrap-servers' is missing");
  }

  @Test
  void anAddressThatIsNoUrlIsNamedWithItsLine() throws IOException {
    Path file = file(LEAST.replace("http://127.0.0.1:8123", "\"http://click house\""));

    assertThatThrownBy(() -> JobConfig.load(file))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(file + ":5: http://click house (expected: http://host:port)");
  }

  @Test
  void thePasswordIsNotPrinted() throws Exception {
    assertThat(JobConfig.load(file(LEAST)).clickHouse())
        .hasToString("http://127.0.0.1:8123/ipv6flow");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("jobs.yaml"), yaml);
  }
}
