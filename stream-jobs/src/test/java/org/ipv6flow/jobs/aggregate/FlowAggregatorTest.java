package org.ipv6flow.jobs.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.ipv6flow.jobs.attribution.Attribution;
import org.ipv6flow.jobs.attribution.LinkTable;
import org.ipv6flow.jobs.classification.TrafficClassifier;
import org.ipv6flow.jobs.testing.FlowBatchBuilder;
import org.ipv6flow.jobs.testing.FlowBatchBuilder.Record;
import org.ipv6flow.jobs.testing.TestInventory;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.schema.traffic.UnattributedReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowAggregatorTest {

  private static final long NOW = FlowBatchBuilder.NOW;
  private static final long HOUR = 3_600_000;
  private static final long CT = TestInventory.CT_ROUTER;
  private static final long CU = TestInventory.CU_ROUTER;

  private final Inventory inventory = TestInventory.create();
  private final FlowAggregator aggregator =
      new FlowAggregator(
          new Attribution(inventory, new LinkTable(inventory)),
          new TrafficClassifier(inventory.prefixSets()),
          new TimeLimits(30_000, 72 * HOUR));

  @Test
  void aRecordOfAPrimaryObservationCountsForItsLinkDirectionVersionAndClass() {
    add(CT, record -> record.sampledOneIn(1000).octets(1500).packets(2));

    Delta sums = onlyLinkTraffic();
    assertThat(LinkTrafficKey.link(sums.key0)).isZero();
    assertThat(LinkTrafficKey.directionCode(sums.key0)).isEqualTo(LinkDirection.B_TO_A.code());
    assertThat(LinkTrafficKey.ipVersion(sums.key0)).isEqualTo((byte) 6);
    assertThat(LinkTrafficKey.classCode(sums.key0)).isEqualTo(TrafficClass.V6_NATIVE.code());
    assertThat(LinkTrafficKey.bucketEpochSeconds(sums.key0)).isEqualTo(NOW / 1000);
    assertThat(sums.octets).isEqualTo(1_500_000);
    assertThat(sums.packets).isEqualTo(2_000);
    assertThat(sums.observedOctets).isEqualTo(1_500);
    assertThat(sums.observedPackets).isEqualTo(2);
    assertThat(sums.records).isEqualTo(1);
    assertThat(sums.octetsVariance).isCloseTo(1000.0 * 999 * 1500 * 1500 / 2, within(1e-3));
  }

  @Test
  void recordsOfOneKeyAddUp() {
    add(CT, record -> record.octets(10));
    add(CT, record -> record.octets(20));

    assertThat(onlyLinkTraffic().octets).isEqualTo(30);
    assertThat(onlyLinkTraffic().records).isEqualTo(2);
  }

  /** RFC 7015 §5.1.1. */
  @Test
  void aRecordIsSpreadOverItsBucketsInProportionToOverlap() {
    add(
        CT,
        record ->
            record.sampledOneIn(10).octets(3_000).packets(30).between(NOW - 15_000, NOW + 15_000));

    List<Delta> sums = linkTraffic();
    assertThat(sums).extracting(this::bucketSecond).containsExactly(-20L, -10L, 0L, 10L);
    assertThat(sums).extracting(d -> d.octets).containsExactly(5_000L, 10_000L, 10_000L, 5_000L);
    assertThat(sums).extracting(d -> d.packets).containsExactly(50L, 100L, 100L, 50L);
    assertThat(sums).extracting(d -> d.observedOctets).containsExactly(500L, 1000L, 1000L, 500L);
    assertThat(sums).extracting(d -> d.observedPackets).containsExactly(5L, 10L, 10L, 5L);
    assertThat(sums).extracting(d -> d.records).containsExactly(1L, 0L, 0L, 0L);
    double variance = 10.0 * 9 * 3_000 * 3_000 / 30;
    assertThat(sums.get(1).octetsVariance).isCloseTo(variance / 3, within(1e-3));
  }

  /** Duration beyond three active timeouts: domain knowledge of exporters that repeat the start. */
  @Test
  void aRecordFarLongerThanTheActiveTimeoutCountsForTheLastTimeout() {
    add(CT, record -> record.octets(600).between(NOW - 300_000, NOW));

    assertThat(linkTraffic()).extracting(d -> d.octets).containsOnly(100L).hasSize(6);
    assertThat(aggregator.counts().clampedRecords).isEqualTo(1);
  }

  @Test
  void aRecordOfThreeActiveTimeoutsIsLeftAsItIs() {
    add(CT, record -> record.octets(1800).between(NOW - 180_000, NOW));

    assertThat(linkTraffic()).hasSize(18);
    assertThat(aggregator.counts().clampedRecords).isZero();
  }

  @Test
  void anExporterWithoutAnActiveTimeoutHasTheDefault() {
    add(CU, record -> record.octets(600).between(NOW - 300_000, NOW));

    assertThat(linkTraffic()).hasSize(3);
  }

  @Test
  void anEndBeforeTheStartIsAnInstant() {
    add(CT, record -> record.octets(600).between(NOW + 50_000, NOW));

    assertThat(bucketSecond(onlyLinkTraffic())).isZero();
  }

  @ParameterizedTest
  @CsvSource({"64, true", "128, false", "192, false", "0, true", "191, false"})
  void rfc7270DroppedAndConsumedPacketsAreNotCarried(int forwardingStatus, boolean isCarried) {
    add(CT, record -> record.forwardingStatus(forwardingStatus));

    if (isCarried) {
      assertThat(linkTraffic()).hasSize(1);
    } else {
      assertReason(onlyUnattributed(), UnattributedReason.NOT_FORWARDED);
    }
  }

  @Test
  void theCollectorsFlagForPacketsThatWereNotForwardedIsHeeded() {
    add(CT, record -> record.flags(FlowFlags.NOT_FORWARDED));

    assertReason(onlyUnattributed(), UnattributedReason.NOT_FORWARDED);
  }

  @Test
  void octetsOfUnknownSamplingAreNeitherScaledNorCountedAsOneToOne() {
    add(CT, record -> record.samplingUnknown().octets(1500).packets(3));

    Delta sums = onlyUnattributed();
    assertReason(sums, UnattributedReason.SAMPLING_UNKNOWN);
    assertThat(linkTraffic()).isEmpty();
    assertThat(sums.octets).isZero();
    assertThat(sums.packets).isZero();
    assertThat(sums.observedOctets).isEqualTo(1500);
    assertThat(sums.observedPackets).isEqualTo(3);
    assertThat(sums.records).isEqualTo(1);
  }

  @Test
  void anUnattributedRecordKeepsWhereItWasSeen() {
    add(0x0000_FFFF_0101_0101L, record -> record.egress(9).sampledOneIn(100).octets(50));

    Delta sums = onlyUnattributed();
    assertReason(sums, UnattributedReason.UNKNOWN_EXPORTER);
    assertThat(sums.key0).isZero();
    assertThat(sums.key1).isEqualTo(0x0000_FFFF_0101_0101L);
    assertThat(UnattributedKey.observationDomain(sums.key2)).isEqualTo(7);
    assertThat(UnattributedKey.interfaceIndex(sums.key2)).isEqualTo(9);
    assertThat(UnattributedKey.meterCode(sums.key3)).isEqualTo((byte) 2);
    assertThat(UnattributedKey.ipVersion(sums.key3)).isEqualTo((byte) 6);
    assertThat(UnattributedKey.minuteEpochSeconds(sums.key3)).isEqualTo(NOW / 60_000 * 60);
    assertThat(sums.octets).isEqualTo(5_000);
  }

  @ParameterizedTest
  @CsvSource({"0, NO_INTERFACE", "77, UNKNOWN_INTERFACE", "100, INTERNAL_INTERFACE"})
  void interfacesThatCountForNoLinkAreUnattributedWithTheirReason(
      int onInterface, UnattributedReason reason) {
    add(CT, record -> record.ingress(onInterface));

    assertReason(onlyUnattributed(), reason);
  }

  @Test
  void theOtherEndOfALinkIsNotCountedAgain() {
    add(CU, record -> record.ingress(4));

    assertReason(onlyUnattributed(), UnattributedReason.NOT_PRIMARY);
  }

  @Test
  void aRecordMeteredOnTheWayOutIsLookedUpByItsEgressInterface() {
    add(CT, record -> record.ingress(100).egress(2));

    assertThat(LinkTrafficKey.directionCode(onlyLinkTraffic().key0))
        .isEqualTo(LinkDirection.A_TO_B.code());
  }

  @ParameterizedTest
  @ValueSource(longs = {-73 * HOUR, HOUR, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2})
  void timesFarFromTheReceptionAreCountedInItsMinute(long offsetMillis) {
    add(CT, record -> record.between(NOW + offsetMillis, NOW + offsetMillis));

    Delta sums = onlyUnattributed();
    assertReason(sums, UnattributedReason.TIME_OUT_OF_RANGE);
    assertThat(UnattributedKey.minuteEpochSeconds(sums.key3)).isEqualTo(NOW / 60_000 * 60);
  }

  @Test
  void aRecordTwoDaysLateStillCountsForItsOwnBucket() {
    add(CT, record -> record.between(NOW - 48 * HOUR, NOW - 48 * HOUR));

    assertThat(bucketSecond(onlyLinkTraffic())).isEqualTo(-48 * 3600);
  }

  /** Whatever the records: every sum that goes in comes out, in one table or the other. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void everySumIsConservedExactly(long seed) {
    Random random = new Random(seed);
    FlowBatchBuilder builder = new FlowBatchBuilder();
    long[] intervals = {1, 2, 100, 1000, 1024, 10_000, 32_768};
    int records = 1 + random.nextInt(1000);
    long octets = 0;
    long packets = 0;
    long observedOctets = 0;
    long observedPackets = 0;
    for (int i = 0; i < records; i++) {
      long interval = intervals[random.nextInt(intervals.length)];
      // Sums are taken modulo 2^64 on both sides; single estimates stay below 2^63.
      long limit = Long.MAX_VALUE / interval;
      long recordOctets = anyCount(random, limit);
      long recordPackets = anyCount(random, limit);
      boolean isKnown = random.nextInt(5) != 0;
      long last = NOW - (long) (random.nextDouble() * 80 * HOUR) + random.nextInt(30 * 60_000);
      long duration = random.nextInt(4) == 0 ? 0 : random.nextInt(1 + random.nextInt(400_000));
      builder.record(
          random.nextInt(3) == 0 ? 99 : random.nextBoolean() ? CT : CU,
          record -> {
            record.octets(recordOctets).packets(recordPackets);
            record.between(last - duration, last).ingress(random.nextInt(5));
            if (isKnown) {
              record.sampledOneIn(interval);
            } else {
              record.samplingUnknown();
            }
            record.protocol(random.nextInt(256)).forwardingStatus(random.nextInt(256));
          });
      octets += isKnown ? recordOctets * interval : 0;
      packets += isKnown ? recordPackets * interval : 0;
      observedOctets += recordOctets;
      observedPackets += recordPackets;
    }

    aggregator.add(builder.build());

    List<Delta> all = new ArrayList<>(linkTraffic());
    all.addAll(unattributed());
    assertThat(sum(all.stream().mapToLong(d -> d.octets))).isEqualTo(octets);
    assertThat(sum(all.stream().mapToLong(d -> d.packets))).isEqualTo(packets);
    assertThat(sum(all.stream().mapToLong(d -> d.observedOctets))).isEqualTo(observedOctets);
    assertThat(sum(all.stream().mapToLong(d -> d.observedPackets))).isEqualTo(observedPackets);
    assertThat(sum(all.stream().mapToLong(d -> d.records))).isEqualTo(records);
    assertThat(linkTraffic()).isNotEmpty();
    AggregatorCounts counts = aggregator.counts();
    long unattributedRecords = 0;
    for (UnattributedReason reason : UnattributedReason.values()) {
      unattributedRecords += counts.unattributedRecords(reason);
    }
    assertThat(counts.records).isEqualTo(records);
    assertThat(counts.attributedRecords + unattributedRecords).isEqualTo(records);
  }

  @Test
  void countersBeyond63BitsDoNotTurnNegative() {
    add(CT, record -> record.octets(-1).packets(-1).sampledOneIn(1000));

    assertThat(onlyLinkTraffic().octets).isEqualTo(Long.MAX_VALUE);
  }

  private static long anyCount(Random random, long limit) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(2);
      case 1 -> random.nextInt(100_000);
      case 2 -> limit - random.nextInt(10);
      default -> (long) (random.nextDouble() * limit);
    };
  }

  private static long sum(LongStream values) {
    return values.sum();
  }

  private void add(long exporterLow, Consumer<Record> change) {
    FlowColumns batch = new FlowBatchBuilder().record(exporterLow, change).build();
    aggregator.add(batch);
  }

  private long bucketSecond(Delta sums) {
    return LinkTrafficKey.bucketEpochSeconds(sums.key0) - NOW / 1000;
  }

  private Delta onlyLinkTraffic() {
    assertThat(unattributed()).isEmpty();
    assertThat(linkTraffic()).hasSize(1);
    return linkTraffic().get(0);
  }

  private Delta onlyUnattributed() {
    assertThat(linkTraffic()).isEmpty();
    assertThat(unattributed()).hasSize(1);
    return unattributed().get(0);
  }

  private static void assertReason(Delta sums, UnattributedReason reason) {
    assertThat(UnattributedKey.reasonCode(sums.key3)).isEqualTo(reason.code());
  }

  private List<Delta> linkTraffic() {
    return content(aggregator.linkTraffic());
  }

  private List<Delta> unattributed() {
    return content(aggregator.unattributed());
  }

  private static List<Delta> content(DeltaTable table) {
    List<Delta> content = new ArrayList<>();
    Delta into = new Delta();
    for (int at = table.next(0, into); at >= 0; at = table.next(at, into)) {
      content.add(DeltaSerializer.INSTANCE.copy(into));
    }
    content.sort(Comparator.comparingLong(delta -> delta.key0));
    return content;
  }
}
