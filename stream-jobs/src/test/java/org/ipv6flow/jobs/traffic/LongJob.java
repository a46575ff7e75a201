package org.ipv6flow.jobs.traffic;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.ExecutionConfig.ClosureCleanerLevel;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.ipv6flow.jobs.clickhouse.ClickHouseSink;
import org.ipv6flow.jobs.testing.FlowBatchBuilder;
import org.ipv6flow.jobs.testing.InsertEndpoint;
import org.ipv6flow.jobs.testing.TestInventory;
import org.ipv6flow.schema.inventory.PublishedInventory;
import org.jspecify.annotations.Nullable;

/**
 * The topology over batches that need every kind of state, if it is stopped amid them: {@link
 * #BATCHES} of one collector, then the first {@link #REPEATED} of them again from another one. An
 * inventory is published that the job does not begin with.
 *
 * <p>Savepoints made with this are kept: what it feeds must not change.
 */
final class LongJob {

  static final int BATCHES = 300;
  static final int REPEATED = 100;

  private static final int RECORDS_PER_BATCH = 20;
  private static final int PARALLELISM = 2;
  private static final int MILLIS_BETWEEN_BATCHES = 400;

  private LongJob() {}

  /**
   * @param savepoint from which it goes on; null to begin
   * @param batchesPerSecond which it is fed
   */
  static StreamExecutionEnvironment of(
      InsertEndpoint clickHouse, @Nullable Path savepoint, int batchesPerSecond) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    settings.set(PipelineOptions.CLOSURE_CLEANER_LEVEL, ClosureCleanerLevel.NONE);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    // Everything that is inserted before the savepoint is so by the savepoint itself.
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
    if (savepoint != null) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    environment.setParallelism(PARALLELISM);
    ClickHouseSink sink = new ClickHouseSink(clickHouse.endpoint());
    new TrafficTopology(
            List.of(new PublishedInventory(0, TestInventory.create())), Operators.SETTINGS)
        .build(
            generate(environment, "batches", LongJob::batch, BATCHES + REPEATED, batchesPerSecond)
                .setParallelism(1),
            generate(environment, "inventories", i -> inventory(), 1, 1).setParallelism(1),
            generate(environment, "status", i -> new byte[0], 1, 1).setParallelism(1),
            sink,
            sink,
            new Nowhere());
    return environment;
  }

  /** What one collector's records come to, when everything is sampled 1 in 3. */
  static long octets() {
    long sum = 0;
    for (int index = 0; index < BATCHES; index++) {
      for (long octets : octetsOf(index)) {
        sum += 3 * octets;
      }
    }
    return sum;
  }

  static long records() {
    return (long) BATCHES * RECORDS_PER_BATCH;
  }

  /** Interface 1 of CT's router carries another link from the middle of the batches on. */
  private static byte[] inventory() {
    Instant from = Instant.ofEpochMilli(receivedMillis(BATCHES / 2));
    return new PublishedInventory(1, TestInventory.withAnotherLinkFrom(from)).encode();
  }

  private static long receivedMillis(long batch) {
    return FlowBatchBuilder.NOW + batch * MILLIS_BETWEEN_BATCHES;
  }

  private static byte[] batch(long index) {
    long batch = index % BATCHES;
    long received = receivedMillis(batch);
    FlowBatchBuilder builder = new FlowBatchBuilder().received(received);
    for (long octets : octetsOf(batch)) {
      builder.record(
          octets % 2 == 0 ? TestInventory.CT_ROUTER : TestInventory.CU_ROUTER,
          record ->
              record
                  .octets(octets)
                  .sampledOneIn(3)
                  .ingress((int) (octets % 5))
                  .between(received - octets % 40_000, received));
    }
    return builder.encode(index < BATCHES ? "collector-1" : "collector-2");
  }

  private static long[] octetsOf(long batch) {
    return new Random(batch).longs(RECORDS_PER_BATCH, 1, 1_000_000).toArray();
  }

  private static SingleOutputStreamOperator<byte[]> generate(
      StreamExecutionEnvironment environment,
      String uid,
      GeneratorFunction<Long, byte[]> generator,
      int count,
      int perSecond) {
    return environment
        .fromSource(
            new DataGeneratorSource<>(
                generator,
                count,
                RateLimiterStrategy.perSecond(perSecond),
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO),
            WatermarkStrategy.noWatermarks(),
            uid)
        .uid(uid);
  }

  /** For dead letters, of which there is one: the status record that is none. */
  private static final class Nowhere implements Sink<Tuple2<String, byte[]>> {

    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<Tuple2<String, byte[]>> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(Tuple2<String, byte[]> letter, Context writeContext) {}

        @Override
        public void flush(boolean isEndOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
