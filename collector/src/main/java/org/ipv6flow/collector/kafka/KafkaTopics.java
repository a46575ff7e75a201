package org.ipv6flow.collector.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.schema.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics that are not there yet, with the broker's own replication. */
public final class KafkaTopics {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Waits for an answer of Kafka. */
  @FunctionalInterface
  interface Wait {
    /**
     * @throws TimeoutException if it does not come in time
     */
    <T> T result(Future<T> answer, Duration atMost)
        throws InterruptedException, ExecutionException, TimeoutException;
  }

  private final Admin admin;
  private final Wait wait;

  private KafkaTopics(Admin admin, Wait wait) {
    this.admin = admin;
    this.wait = wait;
  }

  /**
   * Makes what is missing of the flows, exporter status and dead letter topics.
   *
   * @throws StartupException if the brokers cannot be reached, or refuse
   */
  public static void ensure(PublisherConfig config) throws StartupException {
    ensure(
        config,
        new Wait() {
          @Override
          public <T> T result(Future<T> answer, Duration atMost)
              throws InterruptedException, ExecutionException, TimeoutException {
            return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
          }
        });
  }

  static void ensure(PublisherConfig config, Wait wait) throws StartupException {
    Properties settings = new Properties();
    settings.putAll(config.properties());
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    Map<String, Integer> partitions =
        Map.of(
            Topics.FLOWS, config.partitions(), Topics.EXPORTER_STATUS, 1, Topics.DEAD_LETTERS, 1);
    try {
      Admin admin = Admin.create(settings);
      try {
        new KafkaTopics(admin, wait).createMissing(partitions);
      } finally {
        // Would otherwise wait a minute for brokers that do not answer.
        admin.close(Duration.ZERO);
      }
    } catch (TimeoutException e) {
      throw new StartupException(
          "Kafka at %s does not answer within %d s"
              .formatted(config.bootstrapServers(), TIMEOUT.toSeconds()));
    } catch (ExecutionException e) {
      throw new StartupException(
          "Kafka at %s: %s".formatted(config.bootstrapServers(), rootMessage(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while waiting for Kafka");
    } catch (RuntimeException e) {
      throw new StartupException(
          "Kafka at %s: %s".formatted(config.bootstrapServers(), rootMessage(e)));
    }
  }

  private void createMissing(Map<String, Integer> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> existing = result(admin.listTopics().names());
    List<NewTopic> missing = new ArrayList<>();
    partitions.forEach(
        (topic, count) -> {
          if (!existing.contains(topic)) {
            missing.add(new NewTopic(topic, Optional.of(count), Optional.empty()));
          }
        });
    for (NewTopic topic : missing) {
      create(topic);
    }
  }

  private void create(NewTopic topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      result(admin.createTopics(List.of(topic)).all());
      LOG.info("Made topic {} with {} partitions", topic.name(), topic.numPartitions());
    } catch (ExecutionException e) {
      // Another collector was faster.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private <T> T result(KafkaFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    return wait.result(answer.toCompletionStage().toCompletableFuture(), TIMEOUT);
  }

  static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
