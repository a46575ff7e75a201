package org.ipv6flow.jobs.reissue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBinaryBuffer;
import org.ipv6flow.jobs.clickhouse.StoreClient;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.rows.RowSums;
import org.ipv6flow.schema.topic.Topics;

/**
 * Replays a time of Kafka into a new issue of the minutes concerned.
 *
 * <p>What is published is never changed: an issue is the difference to what was published before
 * it, minute by minute, and counts once its row in {@code reissues} is there, which is written
 * last. An issue that was interrupted leaves rows that nobody reads.
 */
public final class Reissue {

  /** A batch's time is that of its first record; one is filled for far less than this. */
  private static final Duration BATCH_LENGTH = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration STALL = Duration.ofSeconds(60);
  private static final int MAX_ROWS_PER_INSERT = 200_000;
  private static final int SUMS_BYTES = 6 * Long.BYTES;

  private final JobConfig config;
  private final StoreClient store;

  public Reissue(JobConfig config) {
    this.config = config;
    store = new StoreClient(config.clickHouse());
  }

  /** What the numbers would be, and what they are. Publishes nothing. */
  public Difference compute(ReissueRequest request) throws IOException, InterruptedException {
    TrafficReplay replay =
        new TrafficReplay(
            request,
            new TimeLimits(config.activeTimeout().toMillis(), config.maxLateness().toMillis()),
            config.rememberedMessages());
    replay(request, replay);
    return Difference.between(published(request), replay.minutes());
  }

  /**
   * Makes a difference the newest issue.
   *
   * @return its name
   */
  public String publish(ReissueRequest request, Difference difference)
      throws IOException, InterruptedException {
    String issue = UUID.randomUUID().toString();
    RowBinaryBuffer rows = new RowBinaryBuffer();
    RowDelta row = new RowDelta();
    for (int i = 0; i < difference.corrections().size(); i++) {
      difference.corrections().get(i, row);
      rows.string(issue.getBytes(StandardCharsets.UTF_8));
      rows.octets(row.key, 0, row.keyLength);
      rows.uint64(row.octets);
      rows.uint64(row.packets);
      rows.uint64(row.observedOctets);
      rows.uint64(row.observedPackets);
      rows.uint64(row.records);
      rows.float64(row.octetsVariance);
      rows.endRow();
      if (rows.rows() == MAX_ROWS_PER_INSERT) {
        store.insert(rows.take(ClickHouseTable.LINK_TRAFFIC_CORRECTIONS), issue + "-" + i);
      }
    }
    if (rows.rows() > 0) {
      store.insert(rows.take(ClickHouseTable.LINK_TRAFFIC_CORRECTIONS), issue + "-last");
    }
    rows.string(issue.getBytes(StandardCharsets.UTF_8));
    rows.uint64(Instant.now().toEpochMilli());
    rows.uint32(request.from().getEpochSecond());
    rows.uint32(request.until().getEpochSecond());
    rows.string(versions(request).getBytes(StandardCharsets.UTF_8));
    rows.string(
        new TreeMap<>(request.samplingIntervals()).toString().getBytes(StandardCharsets.UTF_8));
    rows.string(request.reason().getBytes(StandardCharsets.UTF_8));
    rows.uint64(difference.recordsAfter());
    rows.endRow();
    store.insert(rows.take(ClickHouseTable.REISSUES), issue);
    return issue;
  }

  private static String versions(ReissueRequest request) {
    return String.join(
        ", ", request.inventories().stream().map(inventory -> inventory.version()).toList());
  }

  /** Link traffic of the minutes as the newest issue has it; keys are encoded as in inserts. */
  private RowSums published(ReissueRequest request) throws IOException, InterruptedException {
    byte[] octets =
        store.query(
            """
            SELECT bucket, link, direction, ip_version, traffic_class, toInt64(sum(octets)),
                toInt64(sum(packets)), toInt64(sum(observed_octets)),
                toInt64(sum(observed_packets)), toInt64(sum(records)), sum(octets_variance)
            FROM link_traffic_1m_current
            WHERE bucket >= toDateTime(%d, 'UTC') AND bucket < toDateTime(%d, 'UTC')
            GROUP BY bucket, link, direction, ip_version, traffic_class
            FORMAT RowBinary
            """
                .formatted(request.from().getEpochSecond(), request.until().getEpochSecond()));
    RowSums sums = new RowSums(ClickHouseTable.LINK_TRAFFIC);
    RowDelta row = new RowDelta();
    int at = 0;
    while (at < octets.length) {
      // Bucket, length of the link (below 128), link, direction, IP version, class.
      row.table = ClickHouseTable.LINK_TRAFFIC;
      row.keyLength = Integer.BYTES + 1 + octets[at + Integer.BYTES] + 3;
      System.arraycopy(octets, at, row.key, 0, row.keyLength);
      ByteBuffer values =
          ByteBuffer.wrap(octets, at + row.keyLength, SUMS_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      row.octets = values.getLong();
      row.packets = values.getLong();
      row.observedOctets = values.getLong();
      row.observedPackets = values.getLong();
      row.records = values.getLong();
      row.octetsVariance = values.getDouble();
      sums.add(row);
      at += row.keyLength + SUMS_BYTES;
    }
    return sums;
  }

  private void replay(ReissueRequest request, TrafficReplay replay) throws IOException {
    Properties properties = new Properties();
    properties.putAll(config.kafka().properties());
    properties.put("bootstrap.servers", config.kafka().bootstrapServers());
    properties.put("default.api.timeout.ms", "15000");
    properties.put("max.partition.fetch.bytes", Integer.toString(8 << 20));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.FLOWS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      Map<TopicPartition, Long> ends =
          offsets(consumer, partitions, request.until().plus(request.margin()));
      Map<TopicPartition, Long> starts =
          offsets(consumer, partitions, request.from().minus(BATCH_LENGTH));
      requireHeld(request, consumer, partitions, starts);
      consumer.assign(partitions);
      starts.forEach(consumer::seek);
      read(consumer, ends, replay);
    } catch (KafkaException e) {
      throw new IOException(
          "Kafka at %s: %s".formatted(config.kafka().bootstrapServers(), e.getMessage()), e);
    }
  }

  /** Half of a time would be published as all of it. */
  private static void requireHeld(
      ReissueRequest request,
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> starts)
      throws IOException {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long begin = first.getOrDefault(partition, 0L);
      // From offset 0 on, nothing has been deleted.
      if (begin > 0 && starts.getOrDefault(partition, 0L) <= begin) {
        throw new IOException(
            "Kafka no longer holds what was received at %s (partition %d begins later)"
                .formatted(request.from(), partition.partition()));
      }
    }
  }

  private static Map<TopicPartition, Long> offsets(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Instant time) {
    Map<TopicPartition, Long> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, time.toEpochMilli()));
    Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
        consumer.offsetsForTimes(wanted).entrySet()) {
      if (found.getValue() != null) {
        offsets.put(found.getKey(), found.getValue().offset());
      }
    }
    return offsets;
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, TrafficReplay replay)
      throws IOException {
    long lastProgress = System.nanoTime();
    while (true) {
      boolean isDone = true;
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        if (consumer.position(end.getKey()) >= end.getValue()) {
          consumer.pause(List.of(end.getKey()));
        } else {
          isDone = false;
        }
      }
      if (isDone) {
        return;
      }
      boolean isProgress = false;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        isProgress = true;
        long end = ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
        if (record.offset() < end && record.value() != null) {
          replay.add(record.value());
        }
      }
      if (isProgress) {
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > STALL.toNanos()) {
        throw new IOException("Kafka sends nothing for %d s".formatted(STALL.toSeconds()));
      }
    }
  }
}
