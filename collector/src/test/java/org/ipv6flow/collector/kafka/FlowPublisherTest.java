package org.ipv6flow.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.topic.Topics;
import org.ipv6flow.schema.v1.ExporterStatus;
import org.junit.jupiter.api.Test;

/** What becomes of a batch that Kafka takes, refuses or never answers for. */
class FlowPublisherTest {

  private static final int PARTITIONS = 4;

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final FlowPublisher publisher =
      new FlowPublisher(
          new PublisherConfig("unused", "none", 1 << 22, 8, 512, 50, PARTITIONS, Map.of()),
          null,
          producer,
          PARTITIONS);

  @Test
  void sendsAShardToAlwaysTheSamePartition() {
    send(6, 2);

    ProducerRecord<byte[], byte[]> record = producer.history().get(0);
    assertThat(record.topic()).isEqualTo(Topics.FLOWS);
    assertThat(record.partition()).isEqualTo(6 % PARTITIONS);
    assertThat(record.key()).containsExactly(0, 0, 0, 6);
    assertThat(record.timestamp()).isEqualTo(1_795_000_000_000L);
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void sendsStatusKeyedByAddressAndDomain() {
    publisher.send(
        ExporterStatus.newBuilder()
            .setExporterAddress(ByteString.copyFrom(new byte[16]))
            .setObservationDomainId(258)
            .setIntervalEndMillis(20_000)
            .build(),
        status -> {});

    ProducerRecord<byte[], byte[]> record = producer.history().get(0);
    assertThat(record.topic()).isEqualTo(Topics.EXPORTER_STATUS);
    assertThat(record.key()).hasSize(20).endsWith(0, 0, 1, 2);
    assertThat(record.timestamp()).isEqualTo(20_000);
  }

  @Test
  void countsWhatKafkaAcknowledged() {
    send(0, 7);
    producer.completeNext();

    assertThat(publisher.recordsSent()).isEqualTo(7);
    assertThat(publisher.batchesSent()).isEqualTo(1);
    assertThat(publisher.octetsSent()).isEqualTo(3);
    assertThat(publisher.trouble()).isNull();
    assertThat(publisher.lost().take()).isEmpty();
  }

  @Test
  void countsRecordsAsLostWhenThereIsNoMemoryForThem() {
    send(0, 7);
    producer.errorNext(new BufferExhaustedException("Failed to allocate 100 bytes"));

    assertThat(publisher.lost().total(PublishDrop.PUBLISH_MEMORY_FULL)).isEqualTo(7);
    assertThat(publisher.lost().total(PublishDrop.PUBLISH_FAILED)).isZero();
    assertThat(publisher.batchesFailed()).isEqualTo(1);
    assertThat(publisher.recordsSent()).isZero();
    assertThat(publisher.trouble()).contains("Failed to allocate 100 bytes");
  }

  @Test
  void countsRecordsAsLostWhenKafkaDoesNotAnswerInTime() {
    send(0, 7);
    producer.errorNext(new TimeoutException("Expiring 1 record(s)"));

    assertThat(publisher.lost().total(PublishDrop.PUBLISH_FAILED)).isEqualTo(7);
    assertThat(publisher.lost().total(PublishDrop.PUBLISH_MEMORY_FULL)).isZero();
  }

  /** A fatal error is thrown where others are called back: the event loop must not see it. */
  @Test
  void countsRecordsAsLostWhenTheProducerThrows() {
    producer.sendException = new KafkaException("fatal");

    send(0, 7);

    assertThat(publisher.lost().total(PublishDrop.PUBLISH_FAILED)).isEqualTo(7);
    assertThat(publisher.awaitDelivery(Duration.ZERO)).isTrue();
  }

  @Test
  void deliversAgainAfterAFailure() {
    send(0, 1);
    producer.errorNext(new TimeoutException("late"));
    send(0, 1);
    producer.completeNext();

    assertThat(publisher.trouble()).isNull();
  }

  @Test
  void waitsForWhatIsUnderWayAndNoLongerThanAllowed() {
    send(0, 1);

    assertThat(publisher.awaitDelivery(Duration.ofMillis(5))).isFalse();
    producer.completeNext();
    assertThat(publisher.awaitDelivery(Duration.ofMillis(5))).isTrue();
  }

  @Test
  void givesAStatusBackThatKafkaDoesNotTake() {
    List<ExporterStatus> back = new ArrayList<>();
    ExporterStatus status = ExporterStatus.newBuilder().setLostRecords(7).build();
    publisher.send(status, back::add);
    producer.errorNext(new TimeoutException("late"));

    assertThat(back).containsExactly(status);
  }

  private void send(int shard, int records) {
    FlowColumns columns = new FlowColumns(16);
    columns.addMessage(columns.sourceIndex(0, 1, 0), records, 0, 0, 0);
    publisher.send(
        shard, 1_795_000_000_000L, new byte[] {1, 2, 3}, records, new ContentsPool().take(columns));
  }
}
