package org.ipv6flow.jobs.config;

import java.util.Map;

/**
 * Which Kafka the job reads ({@code jobs.kafka.*}).
 *
 * @param properties passed on to every consumer and producer, such as security settings
 */
public record KafkaConfig(String bootstrapServers, String groupId, Map<String, String> properties) {

  public KafkaConfig {
    properties = Map.copyOf(properties);
  }
}
