package org.ipv6flow.standalone.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.ipv6flow.schema.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the traffic job is behind what was published.
 *
 * <p>The job tells Kafka its offsets when a checkpoint is complete, so what this calls done is in a
 * checkpoint, and will be inserted whatever happens.
 */
public final class JobProgress implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JobProgress.class);
  private static final long POLL_MILLIS = 250;

  private final Admin admin;
  private final String groupId;

  public JobProgress(String bootstrapServers, String groupId) {
    Properties settings = new Properties();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    admin = Admin.create(settings);
    this.groupId = groupId;
  }

  /** Kafka records, that is batches and status, that are published and in no checkpoint yet. */
  public long behind() throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (TopicDescription topic :
        admin
            .describeTopics(List.of(Topics.FLOWS, Topics.EXPORTER_STATUS))
            .allTopicNames()
            .get()
            .values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  partitions.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.latest()));
    }
    Map<TopicPartition, Long> ends =
        admin.listOffsets(partitions).all().get().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    Map<TopicPartition, OffsetAndMetadata> done =
        admin.listConsumerGroupOffsets(groupId).partitionsToOffsetAndMetadata().get();
    long behind = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      OffsetAndMetadata offset = done.get(end.getKey());
      behind += end.getValue() - (offset == null ? 0 : offset.offset());
    }
    return behind;
  }

  /**
   * Waits until everything published is in a checkpoint.
   *
   * @return whether it was in time
   */
  public boolean awaitDone(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (behind() == 0) {
          return true;
        }
      } catch (ExecutionException e) {
        LOG.debug("Progress of the job is not known now", e);
      }
      Thread.sleep(POLL_MILLIS);
    }
    return false;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
