package org.ipv6flow.standalone.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.config.YamlFile;
import org.ipv6flow.standalone.StandaloneOptions;
import org.jspecify.annotations.Nullable;

/** Reads {@code standalone.yaml}; {@code standalone.schema.json} describes each key. */
public final class StandaloneConfig {

  private static final String SCHEMA = "/org/ipv6flow/standalone/config/standalone.schema.json";

  private static final int DEFAULT_UDP_PORT = 4739;
  private static final int DEFAULT_ADMIN_PORT = 8081;
  private static final int DEFAULT_KAFKA_PORT = 9092;
  private static final int DEFAULT_CLICKHOUSE_PORT = 8123;
  private static final int DEFAULT_FLINK_PORT = 8082;
  private static final int DEFAULT_FLINK_METRICS_PORT = 9249;
  private static final int DEFAULT_CONSOLE_PORT = 8080;
  private static final int DEFAULT_CHECKPOINT_INTERVAL_MILLIS = 5_000;

  private StandaloneConfig() {}

  /** Reads and checks a file; relative paths in it are relative to its directory. */
  public static StandaloneOptions load(Path file) throws InvalidConfigException {
    YamlFile yaml = YamlFile.read(file, SCHEMA);
    JsonNode settings = yaml.root().path("standalone");
    JsonNode listen = settings.path("listen");
    JsonNode ports = settings.path("ports");
    JsonNode job = settings.path("job");
    return new StandaloneOptions(
        resolve(file, settings.path("data").asText()),
        resolve(file, settings.path("inventory").asText()),
        listen.path("address").asText("::"),
        listen.path("sockets").asInt(1),
        new StandaloneOptions.Ports(
            listen.path("port").asInt(DEFAULT_UDP_PORT),
            ports.path("collector-admin").asInt(DEFAULT_ADMIN_PORT),
            ports.path("kafka").asInt(DEFAULT_KAFKA_PORT),
            ports.path("clickhouse").asInt(DEFAULT_CLICKHOUSE_PORT),
            ports.path("flink").asInt(DEFAULT_FLINK_PORT),
            ports.path("flink-metrics").asInt(DEFAULT_FLINK_METRICS_PORT),
            ports.path("console").asInt(DEFAULT_CONSOLE_PORT)),
        job.path("checkpoint-interval-millis").asInt(DEFAULT_CHECKPOINT_INTERVAL_MILLIS),
        job.path("parallelism").asInt(1),
        job.path("task-managers").asInt(0),
        external(settings.path("kafka-bootstrap-servers"), "KAFKA_BOOTSTRAP_SERVERS"),
        external(settings.path("clickhouse-url"), "CLICKHOUSE_URL"),
        external(settings.path("flink-rest-address"), "FLINK_REST_ADDRESS"));
  }

  /** An existing engine: from the file, else from the environment, else none. */
  public static @Nullable String external(JsonNode setting, String environmentVariable) {
    String value = setting.asText("");
    if (value.isBlank()) {
      value = System.getenv().getOrDefault(environmentVariable, "");
    }
    return value.isBlank() ? null : value;
  }

  private static Path resolve(Path file, String path) {
    return file.toAbsolutePath().resolveSibling(path).normalize();
  }
}
