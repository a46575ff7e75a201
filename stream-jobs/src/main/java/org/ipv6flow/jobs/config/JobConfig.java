package org.ipv6flow.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ipv6flow.jobs.active.PseudonymKey;
import org.ipv6flow.jobs.aggregate.Outputs;
import org.ipv6flow.jobs.clickhouse.ClickHouseEndpoint;
import org.ipv6flow.jobs.deduplication.MessageDeduplicator;
import org.ipv6flow.jobs.flows.FlowSampling;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.config.YamlFile;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the stream job ({@code jobs.*}); {@code jobs.schema.json} describes each.
 *
 * @param inventory file or directory of the inventory
 * @param activeTimeout for exporters whose inventory entry gives none
 * @param maxLateness how old a record may be when it is received
 * @param outputs what is made of records besides the traffic of link directions
 * @param rememberedMessages so many export messages are remembered, not to be counted again
 */
public record JobConfig(
    KafkaConfig kafka,
    ClickHouseEndpoint clickHouse,
    Path inventory,
    CheckpointConfig checkpoint,
    int parallelism,
    Duration activeTimeout,
    Duration maxLateness,
    Outputs outputs,
    int rememberedMessages) {

  private static final String SCHEMA = "/org/ipv6flow/jobs/config/jobs.schema.json";

  /** Consumer group whose offsets say how far the job is, unless the settings name another. */
  public static final String DEFAULT_GROUP_ID = "ipv6flow-traffic";

  private static final long DEFAULT_INTERVAL_MILLIS = 5_000;
  private static final int DEFAULT_PARALLELISM = 1;
  private static final long DEFAULT_ACTIVE_TIMEOUT_SECONDS = 60;
  private static final long DEFAULT_MAX_LATENESS_HOURS = 72;

  /** Reads and checks a file; relative paths in it are relative to its directory. */
  public static JobConfig load(Path file) throws InvalidConfigException {
    YamlFile yaml = YamlFile.read(file, SCHEMA);
    JsonNode jobs = yaml.root().path("jobs");
    JsonNode checkpoint = jobs.path("checkpoint");
    return new JobConfig(
        kafka(jobs.path("kafka")),
        clickHouse(yaml, jobs.path("clickhouse")),
        file.toAbsolutePath().resolveSibling(jobs.path("inventory").asText()).normalize(),
        new CheckpointConfig(
            Duration.ofMillis(checkpoint.path("interval-millis").asLong(DEFAULT_INTERVAL_MILLIS)),
            directory(file, checkpoint.path("directory").asText())),
        jobs.path("parallelism").asInt(DEFAULT_PARALLELISM),
        Duration.ofSeconds(
            jobs.path("active-timeout-seconds").asLong(DEFAULT_ACTIVE_TIMEOUT_SECONDS)),
        Duration.ofHours(jobs.path("max-lateness-hours").asLong(DEFAULT_MAX_LATENESS_HOURS)),
        outputs(yaml, jobs.path("outputs")),
        jobs.path("remembered-messages").asInt(MessageDeduplicator.DEFAULT_MESSAGES));
  }

  private static Outputs outputs(YamlFile yaml, JsonNode outputs) throws InvalidConfigException {
    JsonNode flows = outputs.path("flows");
    FlowSampling byDefault = FlowSampling.DEFAULT;
    return new Outputs(
        outputs.path("as-pairs").asInt(Outputs.DEFAULT_AS_PAIRS),
        outputs.path("organisations").asBoolean(true),
        outputs.path("services").asBoolean(true),
        new FlowSampling(
            flows.path("one-in").asInt(byDefault.oneIn()),
            flows.path("ipv4-prefix-length").asInt(byDefault.ipv4PrefixLength()),
            flows.path("ipv6-prefix-length").asInt(byDefault.ipv6PrefixLength())),
        pseudonymKey(yaml, outputs.path("active-prefixes").path("key").asText("")));
  }

  /** An empty key is one that an environment variable did not give: no secret, no pseudonyms. */
  private static @Nullable PseudonymKey pseudonymKey(YamlFile yaml, String secret)
      throws InvalidConfigException {
    try {
      return secret.isEmpty() ? null : PseudonymKey.of(secret);
    } catch (IllegalArgumentException e) {
      throw yaml.error("/jobs/outputs/active-prefixes/key", String.valueOf(e.getMessage()));
    }
  }

  private static KafkaConfig kafka(JsonNode kafka) {
    Map<String, String> properties = new LinkedHashMap<>();
    kafka
        .path("properties")
        .fields()
        .forEachRemaining(entry -> properties.put(entry.getKey(), entry.getValue().asText()));
    return new KafkaConfig(
        kafka.path("bootstrap-servers").asText(),
        kafka.path("group-id").asText(DEFAULT_GROUP_ID),
        properties);
  }

  private static ClickHouseEndpoint clickHouse(YamlFile yaml, JsonNode clickHouse)
      throws InvalidConfigException {
    String url = clickHouse.path("url").asText();
    try {
      return new ClickHouseEndpoint(
          URI.create(url),
          clickHouse.path("database").asText("ipv6flow"),
          clickHouse.path("user").asText("default"),
          clickHouse.path("password").asText(""));
    } catch (IllegalArgumentException e) {
      throw yaml.error("/jobs/clickhouse/url", "%s (expected: http://host:port)".formatted(url));
    }
  }

  /** A URI stays what it is, a path becomes absolute. */
  private static String directory(Path file, String value) {
    return value.contains("://")
        ? value
        : file.toAbsolutePath().resolveSibling(value).normalize().toUri().toString();
  }
}
