package org.ipv6flow.collector.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.schema.topic.Topics;
import org.ipv6flow.schema.v1.ExporterStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches and status to Kafka without ever making its callers wait; thread-safe.
 *
 * <p>The producer is idempotent: a batch is stored once however often it had to be sent. What waits
 * for Kafka is bounded; a batch that does not fit is dropped at once, and every batch that does not
 * arrive is counted per exporter in {@link LostRecords}.
 */
public final class FlowPublisher implements BatchPublisher, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FlowPublisher.class);

  /** A stall of Kafka is sat out this long, as far as the memory lasts. */
  private static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(10);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /** Fewer, larger requests: at 5 ms the producer's thread took four times the CPU. */
  private static final int LINGER_MILLIS = 50;

  private static final int BATCH_BYTES = 512 << 10;
  private static final int MAX_REQUEST_BYTES = 4 << 20;
  private static final long DELIVERY_POLL_NANOS = Duration.ofMillis(1).toNanos();

  /** Metadata of an idle topic must not be forgotten: sending cannot wait for it. */
  private static final long METADATA_MAX_IDLE_MILLIS = Duration.ofDays(3_650).toMillis();

  private static final long LOG_INTERVAL_NANOS = Duration.ofSeconds(30).toNanos();

  private final PublisherConfig config;
  private final LostRecords lost = new LostRecords();
  private final LongAdder batchesSent = new LongAdder();
  private final LongAdder recordsSent = new LongAdder();
  private final LongAdder octetsSent = new LongAdder();
  private final LongAdder batchesFailed = new LongAdder();
  private @Nullable Producer<byte[], byte[]> producer;
  private final AtomicLong inFlight = new AtomicLong();
  private int partitions = 1;
  private volatile boolean delivering = true;
  private volatile long lastLogNanos = System.nanoTime() - LOG_INTERVAL_NANOS;

  public FlowPublisher(PublisherConfig config) {
    this.config = config;
  }

  /** A publisher that is started, with a producer of its own kind. */
  FlowPublisher(PublisherConfig config, Producer<byte[], byte[]> producer, int partitions) {
    this.config = config;
    this.producer = producer;
    this.partitions = partitions;
  }

  /** Makes the topics if need be, and learns how many partitions there are. */
  public void start() throws StartupException {
    KafkaTopics.ensure(config);
    try {
      // Twice: metadata of both topics must be there before the first send, which cannot wait.
      try (KafkaProducer<byte[], byte[]> patient = new KafkaProducer<>(settings(60_000))) {
        partitions = patient.partitionsFor(Topics.FLOWS).size();
      }
      KafkaProducer<byte[], byte[]> started = new KafkaProducer<>(settings(0));
      producer = started;
      awaitMetadata(started);
    } catch (KafkaException e) {
      throw new StartupException(
          "Kafka at %s: %s".formatted(config.bootstrapServers(), KafkaTopics.rootMessage(e)));
    }
  }

  /**
   * The next multiple of the topic's partitions to as many shards as were configured. With it, an
   * exporter's partition depends on the partitions alone: the job tells messages of two collectors
   * apart from each other only where both come to one partition, however many shards each has.
   */
  public int shards() {
    return (config.shards() + partitions - 1) / partitions * partitions;
  }

  @Override
  public void send(
      int shard, long timestampMillis, byte[] batch, int records, LostRecords.Contents contents) {
    send(
        new ProducerRecord<>(Topics.FLOWS, shard % partitions, timestampMillis, key(shard), batch),
        (metadata, failure) -> onBatchDone(batch.length, records, contents, failure));
  }

  private static byte[] key(int shard) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(shard).array();
  }

  /** Sends the status of an exporter. */
  public void send(ExporterStatus status) {
    byte[] address = status.getExporterAddress().toByteArray();
    byte[] key =
        ByteBuffer.allocate(address.length + Integer.BYTES)
            .put(address)
            .putInt(status.getObservationDomainId())
            .array();
    send(
        new ProducerRecord<>(
            Topics.EXPORTER_STATUS, null, status.getIntervalEndMillis(), key, status.toByteArray()),
        (metadata, failure) -> onDone("status of an exporter", failure));
  }

  private void send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    Producer<byte[], byte[]> target = producer;
    if (target == null) {
      throw new IllegalStateException("not started");
    }
    inFlight.incrementAndGet();
    try {
      target.send(
          record,
          (metadata, failure) -> {
            try {
              callback.onCompletion(metadata, failure);
            } finally {
              inFlight.decrementAndGet();
            }
          });
    } catch (KafkaException e) {
      // A fatal error of the producer, such as a lost authorisation: thrown, not called back.
      inFlight.decrementAndGet();
      callback.onCompletion(null, e);
    }
  }

  public LostRecords lost() {
    return lost;
  }

  /** Whether the last answer of Kafka was a good one. */
  public boolean isDelivering() {
    return delivering;
  }

  public long batchesSent() {
    return batchesSent.sum();
  }

  public long batchesFailed() {
    return batchesFailed.sum();
  }

  public long recordsSent() {
    return recordsSent.sum();
  }

  /** Octets of the batches before compression. */
  public long octetsSent() {
    return octetsSent.sum();
  }

  /**
   * Waits until Kafka has acknowledged everything, or has failed to.
   *
   * @return whether that was so in time
   */
  public boolean awaitDelivery(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (inFlight.get() > 0) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(DELIVERY_POLL_NANOS);
    }
    return true;
  }

  /** Gives up what is not delivered yet; its records are counted as lost. */
  @Override
  public void close() {
    Producer<byte[], byte[]> target = producer;
    if (target != null) {
      target.close(Duration.ZERO);
    }
  }

  private void onBatchDone(
      int octets, int records, LostRecords.Contents contents, @Nullable Exception failure) {
    onDone("batch of flow records", failure);
    if (failure == null) {
      batchesSent.increment();
      recordsSent.add(records);
      octetsSent.add(octets);
    } else {
      batchesFailed.increment();
      boolean full = failure instanceof BufferExhaustedException;
      lost.add(contents, full ? PublishDrop.PUBLISH_MEMORY_FULL : PublishDrop.PUBLISH_FAILED);
    }
    contents.release();
  }

  private void onDone(String what, @Nullable Exception failure) {
    if (failure == null) {
      delivering = true;
      return;
    }
    delivering = false;
    long now = System.nanoTime();
    if (now - lastLogNanos >= LOG_INTERVAL_NANOS) {
      lastLogNanos = now;
      LOG.warn(
          "Kafka at {} did not take a {}: {}. Records that do not arrive are counted as dropped.",
          config.bootstrapServers(),
          what,
          KafkaTopics.rootMessage(failure));
    }
  }

  private static void awaitMetadata(KafkaProducer<byte[], byte[]> producer) {
    long deadline = System.nanoTime() + REQUEST_TIMEOUT.toNanos();
    while (true) {
      try {
        producer.partitionsFor(Topics.FLOWS);
        producer.partitionsFor(Topics.EXPORTER_STATUS);
        return;
      } catch (TimeoutException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  private Properties settings(int maxBlockMillis) {
    Properties settings = new Properties();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, config.compression());
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, config.memoryBytes());
    settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_MAX_IDLE_MILLIS);
    // Starting over from the bootstrap servers forgets the topics, while no broker answers; and
    // sending cannot wait until they are known again. Batches would be dropped with memory free.
    settings.put(
        CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, MetadataRecoveryStrategy.NONE.name);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
    settings.putAll(config.properties());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    // An event loop must never wait: the network does not.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlockMillis);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return settings;
  }
}
