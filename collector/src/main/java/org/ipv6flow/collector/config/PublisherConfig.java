package org.ipv6flow.collector.config;

import java.util.Map;

/**
 * How flow records go to Kafka ({@code collector.kafka}).
 *
 * @param memoryBytes bound on what waits for Kafka
 * @param shards batches that one event loop fills side by side; exporters are spread over them. As
 *     many as {@code FlowPublisher.shards} makes of it
 * @param batchRecords flow records of a full batch
 * @param lingerMillis how long a batch waits to be filled
 * @param partitions of the flows topic, if it must be made
 * @param properties passed on to the producer, such as security settings
 */
public record PublisherConfig(
    String bootstrapServers,
    String compression,
    long memoryBytes,
    int shards,
    int batchRecords,
    int lingerMillis,
    int partitions,
    Map<String, String> properties) {

  public PublisherConfig {
    properties = Map.copyOf(properties);
  }
}
