package org.ipv6flow.jobs.traffic;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig.ClosureCleanerLevel;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.clickhouse.ClickHouseSink;
import org.ipv6flow.jobs.config.CheckpointConfig;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.jobs.source.InventoryTopic;
import org.ipv6flow.jobs.source.KafkaTopics;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.schema.inventory.PublishedInventory;

/** The traffic job: Kafka in, ClickHouse out, every octet counted once. */
public final class TrafficJob {

  public static final String NAME = "ipv6flow traffic";

  private static final Duration CHECKPOINT_TIMEOUT = Duration.ofMinutes(10);
  private static final int RETAINED_CHECKPOINTS = 3;

  private TrafficJob() {}

  /** Submits the job to the cluster this runs in: {@code --config FILE}. */
  public static void main(String[] args) throws Exception {
    if (args.length != 2 || !args[0].equals("--config")) {
      throw new IllegalArgumentException("usage: TrafficJob --config FILE");
    }
    JobConfig config;
    Inventory inventory;
    try {
      config = JobConfig.load(Path.of(args[1]));
      inventory = InventoryLoader.load(config.inventory());
    } catch (InvalidConfigException e) {
      // Flink's REST interface shows the message of what main throws.
      throw new IllegalArgumentException(e.getMessage());
    }
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    build(environment, config, new InventoryTopic(config.kafka()).begin(inventory));
    environment.execute(NAME);
  }

  /**
   * Configures an environment and adds the job to it; the caller executes it.
   *
   * @param inventories what is published so far ({@link InventoryTopic#begin})
   */
  public static void build(
      StreamExecutionEnvironment environment,
      JobConfig config,
      List<PublishedInventory> inventories) {
    environment.configure(settings(config.checkpoint()));
    environment.setParallelism(config.parallelism());
    KafkaTopics topics = new KafkaTopics(config.kafka());
    ClickHouseSink clickHouse = new ClickHouseSink(config.clickHouse());
    TimeLimits limits =
        new TimeLimits(config.activeTimeout().toMillis(), config.maxLateness().toMillis());
    new TrafficTopology(
            inventories, new TrafficSettings(limits, config.outputs(), config.rememberedMessages()))
        .build(
            from(environment, topics.flows(), "Flow batches", "flow-batches"),
            from(environment, topics.inventories(), "Inventories", "inventories").setParallelism(1),
            from(environment, topics.exporterStatus(), "Exporter status", "exporter-status"),
            clickHouse,
            clickHouse,
            topics.deadLetters());
  }

  private static SingleOutputStreamOperator<byte[]> from(
      StreamExecutionEnvironment environment,
      Source<byte[], ?, ?> source,
      String name,
      String uid) {
    return environment.fromSource(source, WatermarkStrategy.noWatermarks(), name).uid(uid);
  }

  private static Configuration settings(CheckpointConfig checkpoint) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    // Nothing here needs cleaning, and the cleaner needs java.util opened to it.
    settings.set(PipelineOptions.CLOSURE_CLEANER_LEVEL, ClosureCleanerLevel.NONE);
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");

    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoint.interval());
    settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, CHECKPOINT_TIMEOUT);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    // Otherwise sums in flight would be state, whose format nobody keeps.
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    settings.set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 1);
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoint.directory());

    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    return settings;
  }
}
