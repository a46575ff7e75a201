package org.ipv6flow.console.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What alerts and where it is told ({@code alerts} of console.yaml).
 *
 * @param thresholds by rule, in the rule's unit; rules that are not in it have their default
 * @param disabled rules that are not evaluated
 * @param kafka null for none
 * @param webhook null for none
 */
public record AlertSettings(
    Map<String, Double> thresholds,
    java.util.Set<String> disabled,
    @Nullable Kafka kafka,
    @Nullable Webhook webhook) {

  /** Defaults, and nobody is told. */
  public static final AlertSettings DEFAULT =
      new AlertSettings(Map.of(), java.util.Set.of(), null, null);

  private static final String DEFAULT_TOPIC = "alerts";

  /** A topic that gets every change, keyed by the alert's id. */
  public record Kafka(String bootstrapServers, String topic, Map<String, String> properties) {

    public Kafka {
      properties = Map.copyOf(properties);
    }
  }

  /**
   * Where changes are posted.
   *
   * @param secret file of the key that signs the body; null for no signature
   */
  public record Webhook(String url, @Nullable Path secret) {}

  public AlertSettings {
    thresholds = Map.copyOf(thresholds);
    disabled = java.util.Set.copyOf(disabled);
  }

  public double threshold(AlertRule rule) {
    return thresholds.getOrDefault(rule.id(), rule.threshold());
  }

  /**
   * Reads the section {@code alerts}, which a schema has been applied to.
   *
   * @param directory paths are relative to it
   */
  public static AlertSettings of(JsonNode node, Path directory) {
    Map<String, Double> thresholds = new HashMap<>();
    java.util.Set<String> disabled = new java.util.HashSet<>();
    node.path("rules")
        .properties()
        .forEach(
            rule -> {
              if (rule.getValue().has("threshold")) {
                thresholds.put(rule.getKey(), rule.getValue().path("threshold").asDouble());
              }
              if (!rule.getValue().path("enabled").asBoolean(true)) {
                disabled.add(rule.getKey());
              }
            });
    Kafka kafka = null;
    if (node.path("kafka").has("bootstrap-servers")) {
      Map<String, String> properties = new TreeMap<>();
      node.path("kafka")
          .path("properties")
          .properties()
          .forEach(property -> properties.put(property.getKey(), property.getValue().asText()));
      kafka =
          new Kafka(
              node.path("kafka").path("bootstrap-servers").asText(),
              node.path("kafka").path("topic").asText(DEFAULT_TOPIC),
              properties);
    }
    Webhook webhook = null;
    if (node.path("webhook").has("url")) {
      String secret = node.path("webhook").path("secret-file").asText("");
      webhook =
          new Webhook(
              node.path("webhook").path("url").asText(),
              secret.isEmpty() ? null : directory.resolve(secret));
    }
    return new AlertSettings(thresholds, disabled, kafka, webhook);
  }
}
