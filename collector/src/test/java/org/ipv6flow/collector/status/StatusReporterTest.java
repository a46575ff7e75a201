package org.ipv6flow.collector.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.ipv6flow.collector.testing.ExporterStyles.ipv6Message;
import static org.ipv6flow.collector.testing.ExporterStyles.ipv6Template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.decode.ExporterReports;
import org.ipv6flow.collector.kafka.LostRecords;
import org.ipv6flow.collector.kafka.PublishDrop;
import org.ipv6flow.collector.kafka.ShardBatches;
import org.ipv6flow.collector.session.DeliveryLedger;
import org.ipv6flow.collector.testing.CapturingPublisher;
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.v1.ExporterStatus;
import org.junit.jupiter.api.Test;

class StatusReporterTest {

  private static final long START = TestCollector.NOW_MILLIS;

  private final TestCollector collector = new TestCollector();
  private final LostRecords lost = new LostRecords();
  private final AtomicLong socketDrops = new AtomicLong();
  private final List<DeliveryLedger.Owed> owed = new ArrayList<>();
  private boolean kafkaTakes = true;
  private final List<ExporterStatus> published = new ArrayList<>();
  private final StatusReporter reporter =
      new StatusReporter(
          "collector-1",
          new ExporterReports(List.of(collector.decoder())),
          lost,
          () -> owed,
          socketDrops::get,
          this::publish,
          START);

  @Test
  void tellsWhatWasSeenOfAnExporter() {
    collector.receive(ipv6Template(7)).receive(ipv6Message(7, 5));

    ExporterStatus status = reportOne(START + 10_000);

    assertThat(status.getSchemaVersion()).isEqualTo(1);
    assertThat(status.getCollectorId()).isEqualTo("collector-1");
    assertThat(status.getIntervalStartMillis()).isEqualTo(START);
    assertThat(status.getIntervalEndMillis()).isEqualTo(START + 10_000);
    assertThat(status.getExporterAddress().toByteArray())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xC0, 0, 2, 1);
    assertThat(status.getObservationDomainId()).isEqualTo(7);
    assertThat(status.getProtocolVersion()).isEqualTo(10);
    assertThat(status.getDatagrams()).isEqualTo(2);
    assertThat(status.getFlowRecords()).isEqualTo(5);
    assertThat(status.getTemplates()).isEqualTo(1);
    assertThat(status.getLastReceivedMillis()).isEqualTo(START);
  }

  @Test
  void tellsDifferencesSoThatIntervalsAddUp() {
    collector.receive(ipv6Template(7)).receive(ipv6Message(7, 5));
    reportOne(START + 10_000);
    collector.receive(ipv6Message(7, 3));

    ExporterStatus second = reportOne(START + 20_000);

    assertThat(second.getIntervalStartMillis()).isEqualTo(START + 10_000);
    assertThat(second.getDatagrams()).isEqualTo(1);
    assertThat(second.getFlowRecords()).isEqualTo(3);
  }

  @Test
  void isSilentWhenNothingHappened() {
    collector.receive(ipv6Template(7));
    reportOne(START + 10_000);

    assertThat(report(START + 20_000)).isEmpty();
  }

  @Test
  void tellsDropsByReasonBesideWhatDidNotReachKafka() {
    collector
        .receive(ipv6Template(7))
        .receive(MessageBuilder.ipfix(7).set(256, new byte[3]).build());
    lost.add(contents(TestCollector.EXPORTER_LOW, 7, 4), PublishDrop.PUBLISH_MEMORY_FULL);

    ExporterStatus status = reportOne(START + 10_000);

    assertThat(status.getDroppedMap())
        .isEqualTo(Map.of("set_too_short", 1L, "publish_memory_full", 4L));
  }

  /** The records were decoded in an earlier interval. */
  @Test
  void tellsLossesOfAnExporterThatIsSilentNow() {
    lost.add(contents(42, 9, 4), PublishDrop.PUBLISH_FAILED);

    ExporterStatus status = reportOne(START + 10_000);

    assertThat(status.getObservationDomainId()).isEqualTo(9);
    assertThat(status.getDatagrams()).isZero();
    assertThat(status.getDroppedMap()).isEqualTo(Map.of("publish_failed", 4L));
  }

  @Test
  void tellsWhatBelongsToNoExporterOfTheUnspecifiedAddress() {
    socketDrops.set(11);
    collector.receive(new byte[] {0, 7, 0, 0});

    ExporterStatus status = reportOne(START + 10_000);

    assertThat(status.getExporterAddress().toByteArray()).isEqualTo(new byte[16]);
    assertThat(status.getProtocolVersion()).isZero();
    assertThat(status.getDatagrams()).isEqualTo(1);
    assertThat(status.getDroppedMap())
        .isEqualTo(Map.of("unsupported_version", 1L, StatusReporter.SOCKET_BUFFER_FULL, 11L));
  }

  @Test
  void tellsKernelDropsOnce() {
    socketDrops.set(11);
    reportOne(START + 10_000);
    socketDrops.set(14);

    assertThat(reportOne(START + 20_000).getDroppedMap())
        .isEqualTo(Map.of(StatusReporter.SOCKET_BUFFER_FULL, 3L));
  }

  @Test
  void tellsWhatAnEarlierRunOwes() {
    owed.add(new DeliveryLedger.Owed(0, 42, 9, 10, 30, 0, 0, 0));
    owed.add(new DeliveryLedger.Owed(0, 43, 9, 9, 0, 3, 0, 0));

    assertThat(report(START + 10_000))
        .extracting(ExporterStatus::getProtocolVersion, ExporterStatus::getLostRecords)
        .containsExactly(tuple(10, 30L), tuple(9, 0L));
  }

  @Test
  void tellsAgainWhatKafkaDidNotTake() {
    collector.receive(ipv6Template(7)).receive(ipv6Message(7, 5));
    lost.add(contents(TestCollector.EXPORTER_LOW, 7, 4), PublishDrop.PUBLISH_FAILED);
    kafkaTakes = false;
    report(START + 10_000);
    collector.receive(ipv6Message(7, 3));
    kafkaTakes = true;

    ExporterStatus status = reportOne(START + 20_000);

    assertThat(status.getIntervalStartMillis()).isEqualTo(START);
    assertThat(status.getIntervalEndMillis()).isEqualTo(START + 20_000);
    assertThat(status.getDatagrams()).isEqualTo(3);
    assertThat(status.getFlowRecords()).isEqualTo(8);
    assertThat(status.getTemplates()).isEqualTo(1);
    assertThat(status.getDroppedMap()).isEqualTo(Map.of("publish_failed", 4L));
    assertThat(report(START + 30_000)).isEmpty();
  }

  private void publish(ExporterStatus status, Consumer<ExporterStatus> onFailure) {
    published.add(status);
    if (!kafkaTakes) {
      onFailure.accept(status);
    }
  }

  private ExporterStatus reportOne(long nowMillis) {
    List<ExporterStatus> statuses = report(nowMillis);
    assertThat(statuses).hasSize(1);
    return statuses.get(0);
  }

  private List<ExporterStatus> report(long nowMillis) {
    published.clear();
    reporter.report(nowMillis);
    return List.copyOf(published);
  }

  private static LostRecords.Contents contents(long exporterLow, int domain, int records) {
    CapturingPublisher publisher = new CapturingPublisher();
    ShardBatches batches =
        new ShardBatches(
            "c", new PublisherConfig("", "none", 0, 1, 64, 50, 1, Map.of()), publisher);
    FlowColumns batch = batches.batch(0, exporterLow, domain);
    batch.recordCount = records;
    batch.addMessage(batch.sourceIndex(0, exporterLow, domain), records, 0, 0, 0);
    batches.flushAll();
    return publisher.sent().get(0).contents();
  }
}
