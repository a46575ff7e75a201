package org.ipv6flow.jobs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.ExecutionConfig.ClosureCleanerLevel;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.ipv6flow.jobs.clickhouse.ClickHouseSink;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.testing.FlowBatchBuilder;
import org.ipv6flow.jobs.testing.InsertEndpoint;
import org.ipv6flow.jobs.testing.InsertEndpoint.Received;
import org.ipv6flow.jobs.testing.TestInventory;
import org.ipv6flow.schema.inventory.PublishedInventory;
import org.ipv6flow.schema.v1.ExporterStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole topology in a Flink cluster of this process, its inserts received over HTTP. */
@Timeout(120)
class TrafficTopologyTest {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final int BATCHES = 200;
  private static final int RECORDS_PER_BATCH = 20;
  private static final Queue<Tuple2<String, byte[]>> DEAD_LETTERS = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger FAILURES = new AtomicInteger();

  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path checkpoints;

  @BeforeEach
  void forget() {
    DEAD_LETTERS.clear();
    FAILURES.set(0);
  }

  @Test
  void everyOctetArrivesOnceThroughFailuresOfTheJobAndOfClickHouse() throws Exception {
    try (InsertEndpoint clickHouse = new InsertEndpoint()) {
      // The first answers get lost: ClickHouse has the rows, and the job does not know.
      clickHouse.refuseNext(500, "0", "lost").refuseNext(503, "0", "lost");
      StreamExecutionEnvironment environment = environment();
      DataStream<byte[]> batches =
          generate(environment, "batches", TrafficTopologyTest::batch, BATCHES)
              .map(new FailOnceACheckpointIsComplete())
              .uid("failing");
      build(environment, batches, generate(environment, "status", i -> status(), 1), clickHouse);

      environment.execute();

      assertThat(FAILURES).hasValue(1);
      Map<String, Received> stored = storedByToken(clickHouse.received());
      long octets = 0;
      long records = 0;
      for (Received insert : stored.values()) {
        if (insert.table().equals(ClickHouseTable.LINK_TRAFFIC.tableName())) {
          for (LinkTrafficRow row :
              LinkTrafficRow.of(new RowBlock(ClickHouseTable.LINK_TRAFFIC, 0, insert.body()))) {
            octets += row.octets();
            records += row.records();
          }
        } else if (insert.table().equals(ClickHouseTable.UNATTRIBUTED.tableName())) {
          for (UnattributedRow row :
              UnattributedRow.of(new RowBlock(ClickHouseTable.UNATTRIBUTED, 0, insert.body()))) {
            octets += row.octets();
            records += row.records();
          }
        }
      }
      assertThat(records).isEqualTo((long) BATCHES * RECORDS_PER_BATCH);
      assertThat(octets).isEqualTo(expectedOctets());
      assertThat(clickHouse.received()).hasSizeGreaterThan(stored.size());
    }
  }

  @Test
  void recordsThatCannotBeReadBecomeDeadLettersAndStatusBecomesRows() throws Exception {
    try (InsertEndpoint clickHouse = new InsertEndpoint()) {
      StreamExecutionEnvironment environment = environment();
      build(
          environment,
          generate(environment, "batches", i -> new byte[] {9, 9}, 3),
          generate(environment, "status", i -> i == 0 ? status() : new byte[] {1}, 2),
          clickHouse);

      environment.execute();

      assertThat(DEAD_LETTERS).extracting(letter -> letter.f0.split(":")[0]).hasSize(4);
      assertThat(DEAD_LETTERS)
          .extracting(letter -> letter.f0.split(":")[0])
          .containsOnly("flow batch", "exporter status");
      assertThat(clickHouse.received())
          .extracting(Received::table)
          .containsExactlyInAnyOrder(
              ClickHouseTable.EXPORTER_QUALITY.tableName(),
              ClickHouseTable.EXPORTER_DROPS.tableName());
    }
  }

  /** As ClickHouse stores them; a repetition must bring the same rows. */
  private static Map<String, Received> storedByToken(List<Received> received) {
    Map<String, Received> stored = new HashMap<>();
    for (Received insert : received) {
      Received earlier = stored.putIfAbsent(insert.token(), insert);
      if (earlier != null) {
        assertThat(insert.body()).as("rows under one token").isEqualTo(earlier.body());
        assertThat(insert.table()).isEqualTo(earlier.table());
      }
    }
    return stored;
  }

  private static void build(
      StreamExecutionEnvironment environment,
      DataStream<byte[]> batches,
      DataStream<byte[]> status,
      InsertEndpoint clickHouse) {
    ClickHouseSink sink = new ClickHouseSink(clickHouse.endpoint());
    DataStream<byte[]> inventories =
        generate(
            environment,
            "inventories",
            i -> new PublishedInventory(1, TestInventory.create()).encode(),
            1);
    new TrafficTopology(Operators.inventories(), Operators.SETTINGS)
        .build(batches, inventories, status, sink, sink, new DeadLetterQueue());
  }

  private StreamExecutionEnvironment environment() {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.CLOSURE_CLEANER_LEVEL, ClosureCleanerLevel.NONE);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    environment.setParallelism(2);
    return environment;
  }

  /** Slow enough to be checkpointed on the way, and replayed from the last checkpoint. */
  private static DataStream<byte[]> generate(
      StreamExecutionEnvironment environment,
      String uid,
      org.apache.flink.connector.datagen.source.GeneratorFunction<Long, byte[]> generator,
      int count) {
    return environment
        .fromSource(
            new DataGeneratorSource<>(
                generator,
                count,
                RateLimiterStrategy.perSecond(100),
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO),
            WatermarkStrategy.noWatermarks(),
            uid)
        .uid(uid);
  }

  private static byte[] batch(long index) {
    FlowBatchBuilder builder = new FlowBatchBuilder();
    for (long octets : octetsOf(index)) {
      int interval = 1 + (int) (octets % 3);
      builder.record(
          octets % 2 == 0 ? TestInventory.CT_ROUTER : TestInventory.CU_ROUTER,
          record ->
              record
                  .octets(octets)
                  .sampledOneIn(interval)
                  .ingress((int) (octets % 5))
                  .between(FlowBatchBuilder.NOW - octets % 40_000, FlowBatchBuilder.NOW));
    }
    return builder.encode();
  }

  private static long expectedOctets() {
    long sum = 0;
    for (long index = 0; index < BATCHES; index++) {
      sum += Arrays.stream(octetsOf(index)).map(octets -> octets * (1 + octets % 3)).sum();
    }
    return sum;
  }

  private static long[] octetsOf(long batch) {
    return new Random(batch).longs(RECORDS_PER_BATCH, 1, 1_000_000).toArray();
  }

  private static byte[] status() {
    return ExporterStatus.newBuilder()
        .setCollectorId("collector-1")
        .setExporterAddress(ByteString.copyFrom(new byte[16]))
        .setIntervalStartMillis(FlowBatchBuilder.NOW)
        .putDropped("truncated", 1)
        .build()
        .toByteArray();
  }

  /** Throws once, when at least one checkpoint has been completed. */
  private static final class FailOnceACheckpointIsComplete
      implements MapFunction<byte[], byte[]>, CheckpointListener {

    private static final long serialVersionUID = 1L;

    private boolean isCheckpointComplete;

    @Override
    public byte[] map(byte[] batch) {
      if (isCheckpointComplete && FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("failure on purpose");
      }
      return batch;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      isCheckpointComplete = true;
    }
  }

  private static final class DeadLetterQueue implements Sink<Tuple2<String, byte[]>> {

    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<Tuple2<String, byte[]>> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(Tuple2<String, byte[]> letter, Context writeContext) {
          DEAD_LETTERS.add(letter);
        }

        @Override
        public void flush(boolean isEndOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
