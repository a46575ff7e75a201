package org.ipv6flow.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.schema.inventory.Meter;
import org.ipv6flow.schema.inventory.PrimaryObservation;
import org.ipv6flow.schema.v1.FlowBatch;
import org.ipv6flow.schema.v1.Sampling;
import org.ipv6flow.schema.v1.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One message of two records of 100 octets, 1 packet, sampled 1 in 1000: 200 000 octets. */
class AuditTest {

  private static final int INTERVAL = 1_000;

  private final SentMessages sent = new SentMessages();
  private Inventory nation;
  private PrimaryObservation primary;
  private Exporter exporter;
  private PublishedFlows published;

  @BeforeEach
  void setUp() throws Exception {
    nation = InventoryLoader.load(Path.of("../inventory/demo-nation"));
    primary =
        nation.primaryObservations().stream()
            .filter(observation -> observation.meter() == Meter.INGRESS)
            .findFirst()
            .orElseThrow();
    exporter = nation.exporter(primary.exporterId()).orElseThrow();
    published = new PublishedFlows(nation);
    sent.add(key(5), new SentMessages.Message(9, 2, 200_000));
  }

  @Test
  void findsNothingWhenEveryLevelHoldsWhatWasSent() throws Exception {
    published.add(batch(5, 2, INTERVAL));

    Audit audit = Audit.of(sent, published, stored(2, 200));

    assertThat(audit.findings()).isEmpty();
    assertThat(audit.difference()).isZero();
    assertThat(audit.figures())
        .containsEntry("records_sent", 2L)
        .containsEntry("octets_stored", 200_000L)
        .containsEntry("records_lost_before_kafka", 0L);
  }

  @Test
  void countsWhatDidNotReachKafkaAsLost() {
    Audit audit = Audit.of(sent, published, stored(0, 0, counted(0, 1)));

    assertThat(audit.difference()).isZero();
    assertThat(audit.figures())
        .containsEntry("records_lost_before_kafka", 2L)
        .containsEntry("octets_lost_before_kafka", 200_000L)
        .containsEntry("v9_messages_lost_before_kafka", 1L);
  }

  @Test
  void countsTheRestOfAMessageThatReachedKafkaInPart() throws Exception {
    published.add(batch(5, 1, INTERVAL));

    Audit audit = Audit.of(sent, published, stored(1, 100));

    assertThat(audit.difference()).isZero();
    assertThat(audit.figures())
        .containsEntry("records_lost_before_kafka", 1L)
        .containsEntry("octets_lost_before_kafka", 100_000L);
  }

  @Test
  void findsLossThatTheCollectorsDidNotCount() {
    assertThat(Audit.of(sent, published, stored(0, 0)).findings())
        .anyMatch(finding -> finding.contains("NetFlow v9 messages: 1 are not in Kafka"));
  }

  @Test
  void findsLossThatTheCollectorsCountedAndIsNone() throws Exception {
    published.add(batch(5, 2, INTERVAL));

    assertThat(Audit.of(sent, published, stored(2, 200, counted(0, 1))).difference()).isOne();
    assertThat(Audit.of(sent, published, stored(2, 200, counted(3, 0))).difference()).isEqualTo(3);
  }

  /** RFC 7011 section 3.1: options records are counted too, and leave no trace in Kafka. */
  @Test
  void allowsForOptionsRecordsBesideWhatIsMissing() throws Exception {
    SentMessages ipfix = new SentMessages();
    ipfix.add(key(5), new SentMessages.Message(10, 2, 200_000));
    ipfix.add(key(10), new SentMessages.Message(10, 2, 200_000));
    published.add(batch(5, 2, INTERVAL));

    assertThat(Audit.of(ipfix, published, stored(2, 200, counted(1, 0))).difference()).isOne();
    for (int count = 2; count <= 5; count++) {
      assertThat(Audit.of(ipfix, published, stored(2, 200, counted(count, 0))).difference())
          .isZero();
    }
    assertThat(Audit.of(ipfix, published, stored(2, 200, counted(6, 0))).difference()).isOne();
  }

  @Test
  void findsWhatIsInKafkaAndNotStored() throws Exception {
    published.add(batch(5, 2, INTERVAL));

    assertThat(Audit.of(sent, published, stored(1, 100)).difference()).isPositive();
  }

  @Test
  void findsWhatIsStoredTwice() throws Exception {
    published.add(batch(5, 2, INTERVAL));

    assertThat(Audit.of(sent, published, stored(4, 400)).difference()).isPositive();
  }

  @Test
  void findsASingleOctet() throws Exception {
    published.add(batch(5, 2, INTERVAL));

    assertThat(Audit.of(sent, published, stored(2, 201)).difference()).isPositive();
  }

  @Test
  void findsALevelOfTheRollUpThatDiffers() throws Exception {
    published.add(batch(5, 2, INTERVAL));
    StoredFlows.Totals stored = stored(2, 200);
    stored.links().put("link_traffic_1h", Map.of());

    assertThat(Audit.of(sent, published, stored).findings())
        .singleElement()
        .asString()
        .startsWith("link_traffic_1h");
  }

  @Test
  void findsAMessageThatIsTwiceInKafka() throws Exception {
    published.add(batch(5, 2, INTERVAL));
    published.add(batch(5, 2, INTERVAL));

    assertThat(Audit.of(sent, published, stored(4, 400)).findings())
        .anyMatch(finding -> finding.contains("2 records sent, 4 in Kafka"));
  }

  @Test
  void findsAMessageThatWasNeverSent() throws Exception {
    published.add(batch(5, 2, INTERVAL));
    published.add(batch(6, 2, INTERVAL));

    assertThat(Audit.of(sent, published, stored(4, 400)).findings())
        .anyMatch(finding -> finding.contains("never sent"));
  }

  @Test
  void findsOctetsThatTheCollectorDecodedWrongly() throws Exception {
    published.add(batch(5, 2, 2 * INTERVAL));

    assertThat(Audit.of(sent, published, stored(2, 200)).findings())
        .anyMatch(finding -> finding.contains("200,000 octets sent, 400,000 in Kafka"));
  }

  @Test
  void accountsForRecordsOfUnknownSamplingApart() throws Exception {
    published.add(batch(5, 2, 0));
    Sums unscaled = sums(2, 200, 0);
    StoredFlows.Totals stored =
        new StoredFlows.Totals(
            stored(0, 0).links(), Map.of("sampling_unknown", unscaled), counted(0, 0));

    Audit audit = Audit.of(sent, published, stored);

    assertThat(audit.difference()).isZero();
    assertThat(audit.figures())
        .containsEntry("records_sampling_unknown", 2L)
        .containsEntry("octets_sampling_unknown", 200_000L);
  }

  private MessageKey key(long sequence) {
    return new MessageKey(exporter.address(), 7, sequence);
  }

  private FlowBatch batch(int sequence, int records, int interval) throws Exception {
    byte[] mapped =
        ByteBuffer.allocate(16)
            .putShort(10, (short) -1)
            .put(12, InetAddress.getByName(exporter.address()).getAddress())
            .array();
    FlowBatch.Builder batch =
        FlowBatch.newBuilder()
            .setRecordCount(records)
            .addSources(
                Source.newBuilder()
                    .setExporterAddress(ByteString.copyFrom(mapped))
                    .setObservationDomainId(7))
            .addSamplings(Sampling.newBuilder())
            .addSamplings(Sampling.newBuilder().setInterval(INTERVAL))
            .addSamplings(Sampling.newBuilder().setInterval(2 * INTERVAL))
            .addMessageRecordCount(records)
            .addMessageSequenceNumber(sequence)
            .setIpVersion(octets(records, 6))
            .setDirection(octets(records, Meter.INGRESS.code()))
            .setSamplingIndex(octets(records, interval / INTERVAL));
    for (int i = 0; i < records; i++) {
      batch.addOctets(100).addPackets(1).addIngressInterface((int) primary.interfaceIndex());
    }
    return batch.build();
  }

  private static ByteString octets(int count, int value) {
    return ByteString.copyFrom(new byte[] {(byte) value, (byte) value}, 0, count);
  }

  private static StoredFlows.CountedLoss counted(long ipfixRecords, long v9Messages) {
    return new StoredFlows.CountedLoss(ipfixRecords, v9Messages, 0, 0);
  }

  private StoredFlows.Totals stored(long records, long observedOctets) {
    return stored(records, observedOctets, counted(0, 0));
  }

  private StoredFlows.Totals stored(
      long records, long observedOctets, StoredFlows.CountedLoss counted) {
    LinkCell cell = new LinkCell(primary.linkId(), primary.direction().label(), 6);
    Map<String, Map<LinkCell, Sums>> levels = new HashMap<>();
    for (String level : StoredFlows.LEVELS) {
      levels.put(
          level, records == 0 ? Map.of() : Map.of(cell, sums(records, observedOctets, INTERVAL)));
    }
    return new StoredFlows.Totals(levels, Map.of(), counted);
  }

  private static Sums sums(long records, long observedOctets, long interval) {
    Sums sums = new Sums();
    sums.records = records;
    sums.observedOctets = observedOctets;
    sums.observedPackets = records;
    sums.octets = observedOctets * interval;
    sums.packets = records * interval;
    return sums;
  }
}
