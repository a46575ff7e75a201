package org.ipv6flow.collector.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.session.DeliveryLedger;
import org.ipv6flow.collector.session.KafkaPosition;
import org.ipv6flow.schema.topic.Topics;
import org.ipv6flow.schema.v1.ExporterStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches and status to Kafka without ever making its callers wait; thread-safe.
 *
 * <p>The producer is idempotent: a batch is stored once however often it had to be sent. What waits
 * for Kafka is bounded, be it that Kafka is slow, down, or not there yet at the start; a batch that
 * does not fit is dropped at once, and counted per exporter in {@link LostRecords}.
 */
public final class FlowPublisher implements BatchPublisher, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FlowPublisher.class);

  /**
   * A stall of Kafka is sat out as long as the memory lasts. A batch that is given up after it was
   * sent may have been stored nevertheless, and would be counted as lost.
   */
  private static final Duration DELIVERY_TIMEOUT = Duration.ofDays(7);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /** Fewer, larger requests: at 5 ms the producer's thread took four times the CPU. */
  private static final int LINGER_MILLIS = 50;

  private static final int BATCH_BYTES = 512 << 10;
  private static final int MAX_REQUEST_BYTES = 4 << 20;
  private static final long DELIVERY_POLL_NANOS = Duration.ofMillis(1).toNanos();

  /** Metadata of an idle topic must not be forgotten: sending cannot wait for it. */
  private static final long METADATA_MAX_IDLE_MILLIS = Duration.ofDays(3_650).toMillis();

  private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

  /** Longer than a healthy Kafka takes, and a busy one. */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(15);

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** What a killed process had sent is in Kafka by then; see {@link EarlierRuns}. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final PublisherConfig config;
  private final @Nullable DeliveryLedger ledger;
  private final LostRecords lost = new LostRecords();
  private final Queue<DeliveryLedger.Owed> owed = new ConcurrentLinkedQueue<>();
  private final LongAdder batchesSent = new LongAdder();
  private final LongAdder recordsSent = new LongAdder();
  private final LongAdder octetsSent = new LongAdder();
  private final LongAdder batchesFailed = new LongAdder();
  private final LongAdder recordsGivenUp = new LongAdder();
  private final AtomicLong inFlight = new AtomicLong();
  private final WaitingRecords waiting;
  private final List<Header> headers;
  private final List<Header> continuingHeaders;
  private final Thread connecting = new Thread(this::connect, "kafka-start");
  private volatile @Nullable Producer<byte[], byte[]> producer;
  private volatile int partitions;
  private volatile @Nullable String trouble;
  private volatile boolean closing;

  /** When Kafka last answered, or had nothing more to answer. */
  private volatile long lastAnswerNanos;

  private long lastLogNanos = System.nanoTime() - LOG_INTERVAL_NANOS;

  /**
   * @param ledger where it is kept what became of each record; null for nowhere
   */
  public FlowPublisher(PublisherConfig config, @Nullable DeliveryLedger ledger) {
    this.config = config;
    this.ledger = ledger;
    // The producer has a memory of its own, which takes all of this when there is one.
    waiting = new WaitingRecords(config.memoryBytes() / 2);
    // Until Kafka says how many there are: as many as there were, or as will be made.
    int known = ledger == null ? 0 : ledger.partitions();
    partitions = known > 0 ? known : config.partitions();
    headers = headers(ledger, false);
    continuingHeaders = headers(ledger, true);
    trouble = "Kafka at %s has not answered yet".formatted(config.bootstrapServers());
    connecting.setDaemon(true);
  }

  /** A publisher that is started, with a producer of its own kind. */
  FlowPublisher(
      PublisherConfig config,
      @Nullable DeliveryLedger ledger,
      Producer<byte[], byte[]> producer,
      int partitions) {
    this(config, ledger);
    open(producer, partitions);
  }

  private static List<Header> headers(@Nullable DeliveryLedger ledger, boolean continues) {
    return ledger == null
        ? List.of()
        : new RunHeader(ledger.instance(), ledger.run(), continues).toHeaders();
  }

  /**
   * Starts to look for Kafka; what is sent meanwhile waits.
   *
   * @throws StartupException if the settings cannot be right, wherever Kafka is
   */
  public void start() throws StartupException {
    try {
      new ProducerConfig(settings(0));
    } catch (ConfigException e) {
      throw new StartupException("collector.kafka.properties: " + e.getMessage());
    }
    connecting.start();
  }

  /** Looks for Kafka until it is there, and then for what earlier runs had sent to it. */
  private void connect() {
    try {
      while (!closing && !tryOpen()) {
        Thread.sleep(RETRY.toMillis());
      }
      while (!closing && !trySettle()) {
        Thread.sleep(RETRY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed.
    } catch (RuntimeException e) {
      LOG.error("What earlier runs left under way to Kafka cannot be found out now", e);
    }
  }

  /** Makes the topics if need be, and learns how many partitions there are. */
  private boolean tryOpen() {
    KafkaProducer<byte[], byte[]> started = null;
    try {
      KafkaTopics.ensure(config);
      // Twice: metadata of both topics must be there before the first send, which cannot wait.
      int count;
      try (KafkaProducer<byte[], byte[]> patient =
          new KafkaProducer<>(settings((int) REQUEST_TIMEOUT.toMillis()))) {
        count = patient.partitionsFor(Topics.FLOWS).size();
      }
      started = new KafkaProducer<>(settings(0));
      awaitMetadata(started);
      open(started, count);
      LOG.info("Publishing to Kafka at {}", config.bootstrapServers());
      return true;
    } catch (StartupException | RuntimeException e) {
      if (started != null) {
        started.close(Duration.ZERO);
      }
      if (closing) {
        return false;
      }
      String cause =
          e instanceof StartupException
              ? String.valueOf(e.getMessage())
              : "Kafka at %s: %s".formatted(config.bootstrapServers(), KafkaTopics.rootMessage(e));
      log(
          "%s. Received flow records wait in memory, as far as it lasts; if the address is wrong,"
              + " correct collector.kafka.bootstrap-servers and restart",
          cause);
      trouble = cause;
      return false;
    }
  }

  private void open(Producer<byte[], byte[]> opened, int count) {
    if (ledger != null) {
      ledger.partitions(count);
    }
    partitions = count;
    producer = opened;
    trouble = null;
    WaitingRecords.Waiting next;
    while ((next = waiting.pollOrOpen()) != null) {
      send(opened, next.record(), next.callback());
    }
  }

  private boolean trySettle() {
    DeliveryLedger accounts = ledger;
    if (accounts == null) {
      return true;
    }
    boolean leftNothing = accounts.isSettled();
    try {
      List<DeliveryLedger.Owed> found = new EarlierRuns(config, accounts, QUIET).settle();
      found.forEach(this::owe);
      if (!leftNothing) {
        LOG.info(
            "Earlier runs are settled: {} of the flow records they left under way are lost",
            found.stream().mapToLong(DeliveryLedger.Owed::killedRecords).sum());
      }
      return true;
    } catch (KafkaException e) {
      log("Kafka at %s: %s", config.bootstrapServers(), KafkaTopics.rootMessage(e));
      return false;
    }
  }

  private void owe(DeliveryLedger.Owed due) {
    lose(due, PublishDrop.COLLECTOR_KILLED, due.killedRecords());
    lose(due, PublishDrop.PUBLISH_FAILED, due.droppedRecords());
    if (due.lostRecords() > 0 || due.lostMessages() > 0) {
      owed.add(due);
    }
  }

  private void lose(DeliveryLedger.Owed due, PublishDrop reason, long records) {
    if (records > 0) {
      lost.add(due.exporterHigh(), due.exporterLow(), due.observationDomainId(), reason, records);
    }
  }

  /** Losses of earlier runs that must be told; each once. */
  public List<DeliveryLedger.Owed> takeOwed() {
    List<DeliveryLedger.Owed> taken = new ArrayList<>();
    DeliveryLedger.Owed next;
    while ((next = owed.poll()) != null) {
      taken.add(next);
    }
    return taken;
  }

  /**
   * The next multiple of the topic's partitions to as many shards as were configured. With it, an
   * exporter's partition depends on the partitions alone: the job tells messages of two collectors
   * apart from each other only where both come to one partition, however many shards each has.
   *
   * <p>May change once, when Kafka is there and has other partitions than was thought.
   */
  public int shards() {
    int count = partitions;
    return (config.shards() + count - 1) / count * count;
  }

  @Override
  public void send(
      int shard, long timestampMillis, byte[] batch, int records, LostRecords.Contents contents) {
    int octets = batch.length;
    send(
        Outgoing.batch(
            shard,
            timestampMillis,
            key(shard),
            batch,
            contents.continuesMessage() ? continuingHeaders : headers),
        (metadata, failure) -> onBatchDone(octets, records, contents, metadata, failure));
  }

  private static byte[] key(int shard) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(shard).array();
  }

  /**
   * Sends the status of an exporter.
   *
   * @param onFailure gets it back if Kafka does not take it
   */
  public void send(ExporterStatus status, Consumer<ExporterStatus> onFailure) {
    byte[] address = status.getExporterAddress().toByteArray();
    byte[] key =
        ByteBuffer.allocate(address.length + Integer.BYTES)
            .put(address)
            .putInt(status.getObservationDomainId())
            .array();
    send(
        Outgoing.status(status.getIntervalEndMillis(), key, status.toByteArray(), headers),
        (metadata, failure) -> {
          onDone("status of an exporter", failure);
          if (failure != null) {
            onFailure.accept(status);
          } else {
            told(status, metadata);
          }
        });
  }

  private void send(Outgoing record, Callback callback) {
    if (inFlight.getAndIncrement() == 0) {
      lastAnswerNanos = System.nanoTime();
    }
    Callback counted =
        (metadata, failure) -> {
          try {
            callback.onCompletion(metadata, failure);
          } finally {
            inFlight.decrementAndGet();
          }
        };
    switch (waiting.offer(record, counted)) {
      case WAITS -> {
        // Until there is a producer.
      }
      case FULL ->
          counted.onCompletion(null, new BufferExhaustedException("no memory for what waits"));
      case OPEN -> send(Objects.requireNonNull(producer), record, counted);
    }
  }

  private void send(Producer<byte[], byte[]> target, Outgoing record, Callback callback) {
    try {
      target.send(record.toRecord(partitions), callback);
    } catch (KafkaException e) {
      // A fatal error of the producer, such as a lost authorisation: thrown, not called back.
      callback.onCompletion(null, e);
    }
  }

  public LostRecords lost() {
    return lost;
  }

  /** Why nothing is delivered; null if the last answer of Kafka was a good one, and is not old. */
  public @Nullable String trouble() {
    String known = trouble;
    return known == null ? silence() : known;
  }

  private @Nullable String silence() {
    long silentNanos = System.nanoTime() - lastAnswerNanos;
    if (inFlight.get() == 0 || silentNanos < MAX_SILENCE.toNanos()) {
      return null;
    }
    return "Kafka at %s has not answered for %d s"
        .formatted(config.bootstrapServers(), Duration.ofNanos(silentNanos).toSeconds());
  }

  /** Says in the log that Kafka has fallen silent, if that is so; to be called now and then. */
  public void watch() {
    String silence = producer == null ? null : silence();
    if (silence != null) {
      log("%s. Received flow records wait in memory, as far as it lasts", silence);
    }
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

  /** Whether a later run finds out what became of what is not acknowledged. */
  public boolean hasLedger() {
    return ledger != null;
  }

  /** Flow records that were not acknowledged when the publisher was closed. */
  public long recordsGivenUp() {
    return recordsGivenUp.sum();
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

  /**
   * Waits until it is known what earlier runs left under way, if Kafka is there to say it.
   *
   * @param atMost gives up after this; the next run goes on with it
   */
  public void awaitSettled(Duration atMost) {
    try {
      if (producer != null && trouble() == null) {
        connecting.join(atMost.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Gives up what is not delivered yet. It is left under way in the ledger: some of it may be in
   * Kafka, and the next run finds out. Without a ledger it is counted as lost.
   */
  @Override
  public void close() {
    closing = true;
    connecting.interrupt();
    try {
      connecting.join(REQUEST_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Producer<byte[], byte[]> target = producer;
    if (target != null) {
      target.close(Duration.ZERO);
    }
    WaitingRecords.Waiting next;
    while ((next = waiting.poll()) != null) {
      next.callback().onCompletion(null, new KafkaException("closed before Kafka was there"));
    }
  }

  private void onBatchDone(
      int octets,
      int records,
      LostRecords.Contents contents,
      @Nullable RecordMetadata metadata,
      @Nullable Exception failure) {
    onDone("batch of flow records", failure);
    if (failure == null) {
      batchesSent.increment();
      recordsSent.add(records);
      octetsSent.add(octets);
      stored(contents, metadata);
    } else if (closing) {
      recordsGivenUp.add(records);
      if (ledger == null) {
        lost.add(contents, PublishDrop.PUBLISH_FAILED);
      }
    } else {
      batchesFailed.increment();
      boolean full = failure instanceof BufferExhaustedException;
      lost.add(contents, full ? PublishDrop.PUBLISH_MEMORY_FULL : PublishDrop.PUBLISH_FAILED);
      dropped(contents);
    }
    contents.release();
  }

  private void stored(LostRecords.Contents contents, @Nullable RecordMetadata metadata) {
    DeliveryLedger accounts = ledger;
    if (accounts != null && metadata != null) {
      long position = position(metadata);
      contents.forEach(
          (high, low, domain, records, messages) ->
              accounts.stored(high, low, domain, records, messages, position));
    }
  }

  private void dropped(LostRecords.Contents contents) {
    DeliveryLedger accounts = ledger;
    if (accounts != null) {
      contents.forEach(accounts::dropped);
    }
  }

  private void told(ExporterStatus status, @Nullable RecordMetadata metadata) {
    DeliveryLedger accounts = ledger;
    if (accounts != null && metadata != null) {
      Losses losses = Losses.of(status);
      accounts.told(
          losses.exporterHigh(),
          losses.exporterLow(),
          losses.observationDomainId(),
          losses.lostRecords(),
          losses.lostMessages(),
          losses.droppedRecords(),
          losses.killedRecords(),
          position(metadata));
    }
  }

  /**
   * 0 if Kafka does not say: the batch was a repetition, and it has forgotten where the first is.
   */
  private static long position(RecordMetadata metadata) {
    return metadata.hasOffset() ? KafkaPosition.after(metadata.partition(), metadata.offset()) : 0;
  }

  private void onDone(String what, @Nullable Exception failure) {
    if (failure == null) {
      lastAnswerNanos = System.nanoTime();
      if (trouble != null) {
        trouble = null;
      }
      return;
    }
    if (closing || producer == null) {
      return; // What is wrong with Kafka is known.
    }
    String cause = KafkaTopics.rootMessage(failure);
    trouble = "Kafka at %s did not take a %s: %s".formatted(config.bootstrapServers(), what, cause);
    log(
        "Kafka at %s did not take a %s: %s. Records that do not arrive are counted as dropped",
        config.bootstrapServers(), what, cause);
  }

  /** Says one thing in a while: what is wrong with Kafka is wrong with every batch. */
  private void log(String format, Object... arguments) {
    synchronized (lost) {
      long now = System.nanoTime();
      if (now - lastLogNanos < LOG_INTERVAL_NANOS) {
        return;
      }
      lastLogNanos = now;
    }
    LOG.warn(format.formatted(arguments));
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
