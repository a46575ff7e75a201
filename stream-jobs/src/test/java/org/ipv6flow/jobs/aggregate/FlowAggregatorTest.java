package org.ipv6flow.jobs.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.ipv6flow.jobs.dictionary.Area;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.dictionary.Party;
import org.ipv6flow.jobs.network.NetworkHistory;
import org.ipv6flow.jobs.services.Services;
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
  private final Names names = new Names();
  private final FlowAggregator aggregator =
      new FlowAggregator(
          new NetworkHistory(List.of(inventory), names),
          new TimeLimits(30_000, 72 * HOUR),
          Outputs.DEFAULT,
          names);

  @Test
  void aRecordOfAPrimaryObservationCountsForItsLinkDirectionVersionAndClass() {
    add(CT, record -> record.sampledOneIn(1000).octets(1500).packets(2));

    Delta sums = onlyLinkTraffic();
    assertThat(names.links().name(LinkTrafficKey.link(sums.key0))).isEqualTo("LINK-1");
    assertThat(LinkTrafficKey.directionCode(sums.key0)).isEqualTo(LinkDirection.B_TO_A.code());
    assertThat(LinkTrafficKey.ipVersion(sums.key0)).isEqualTo((byte) 6);
    assertThat(LinkTrafficKey.classCode(sums.key0)).isEqualTo(TrafficClass.V6_NATIVE.code());
    assertThat(sums.kind.bucketEpochSeconds(sums.key0)).isEqualTo(NOW / 1000);
    assertThat(sums.octets).isEqualTo(1_500_000);
    assertThat(sums.packets).isEqualTo(2_000);
    assertThat(sums.observedOctets).isEqualTo(1_500);
    assertThat(sums.observedPackets).isEqualTo(2);
    assertThat(sums.records).isEqualTo(1);
    assertThat(sums.octetsVariance).isCloseTo(1000.0 * 999 * 1500 * 1500 / 2, within(1e-3));
  }

  /** Records are added up some hundred at a time: none may be left over, or counted twice. */
  @ParameterizedTest
  @ValueSource(ints = {511, 512, 513, 1_024, 1_300})
  void everyRecordOfALargeBatchCountsOnceInEveryTable(int records) {
    FlowBatchBuilder batch = new FlowBatchBuilder();
    for (int i = 0; i < records; i++) {
      long octets = 100 + i;
      batch.record(CT, record -> record.octets(octets).between(NOW - octets * 30, NOW));
    }

    aggregator.add(batch.build());

    long octets = LongStream.range(0, records).map(i -> 100 + i).sum();
    assertThat(totals(DeltaKind.LINK_TRAFFIC)).containsExactly(octets, records);
    assertThat(totals(DeltaKind.AS_TRAFFIC)).containsExactly(octets, records);
    assertThat(totals(DeltaKind.SERVICE_TRAFFIC)).containsExactly(octets, records);
    // Once for its source, and once for its destination.
    assertThat(totals(DeltaKind.ORGANISATION_TRAFFIC)).containsExactly(2 * octets, 2L * records);
  }

  /** Octets and records. */
  private long[] totals(DeltaKind kind) {
    Delta delta = new Delta();
    long octets = 0;
    long records = 0;
    DeltaTable table = aggregator.table(kind);
    for (int at = table.next(0, delta); at >= 0; at = table.next(at, delta)) {
      octets += delta.octets;
      records += delta.records;
    }
    return new long[] {octets, records};
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
            record.as(random.nextInt(5), random.nextInt(5)).ports(random.nextInt(9), 443);
            record.from(random.nextBoolean() ? "240e:1:1::1" : "2408:8001::1");
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
    assertHasTheTotalsOfLinkTraffic(DeltaKind.AS_TRAFFIC, delta -> true);
    assertHasTheTotalsOfLinkTraffic(
        DeltaKind.ORGANISATION_TRAFFIC,
        delta -> LinkTrafficKey.classCode(delta.key1) == Side.SOURCE.code());
    assertHasTheTotalsOfLinkTraffic(
        DeltaKind.ORGANISATION_TRAFFIC,
        delta -> LinkTrafficKey.classCode(delta.key1) == Side.DESTINATION.code());
    assertHasTheTotalsOfLinkTraffic(DeltaKind.SERVICE_TRAFFIC, delta -> true);
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

  @Test
  void aRecordCountsForItsPairOfAs() {
    add(CT, record -> record.as(64_500, -1).octets(7));

    Delta sums = only(DeltaKind.AS_TRAFFIC);
    assertThat(sums.key0 >>> 32).isEqualTo(64_500);
    assertThat((int) sums.key0).isEqualTo(-1);
    assertThat(sums.octets).isEqualTo(7);
  }

  /** A prefix goes before an AS number, the pool before the operator's allocation. */
  @Test
  void aRecordCountsOnceForThePartyAndAreaAtEachOfItsSides() {
    add(CT, record -> record.from("240e:1:1::1").to("2408:8001::1").as(64_500, 64_501).octets(7));

    List<Delta> sums = content(aggregator.table(DeltaKind.ORGANISATION_TRAFFIC));
    assertThat(sums).hasSize(2).allMatch(delta -> delta.octets == 7 && delta.records == 1);
    Delta source = side(sums, Side.SOURCE);
    assertThat(names.parties().name((int) (source.key0 >>> 32)))
        .isEqualTo(new Party("CLOUD-1", "cloud", ""));
    assertThat(names.areas().name((int) source.key0))
        .isEqualTo(new Area("CT", "Beijing", "east", "5g"));
    Delta destination = side(sums, Side.DESTINATION);
    assertThat(names.parties().name((int) (destination.key0 >>> 32)))
        .isEqualTo(new Party("CDN-1", "cdn", "video"));
    assertThat(names.areas().name((int) destination.key0)).isEqualTo(new Area("CU", "", "", ""));
  }

  @Test
  void aRecordCountsForItsProtocolAndService() {
    add(CT, record -> record.protocol(17).ports(40_000, 443));

    Delta sums = only(DeltaKind.SERVICE_TRAFFIC);
    assertThat(sums.key0 >>> 32).isEqualTo(17);
    assertThat(Services.label((byte) sums.key0)).isEqualTo("quic");
  }

  /** Not counted, and compared with what is. */
  @Test
  void aSecondObserverOfALinkIsACrossCheck() {
    add(CU, record -> record.ingress(4).octets(7).sampledOneIn(10));

    Delta sums = only(DeltaKind.CROSS_CHECK);
    assertThat(sums.key1).isEqualTo(CU);
    assertThat(sums.key2).isEqualTo(4);
    assertThat(names.links().name(LinkTrafficKey.link(sums.key3))).isEqualTo("LINK-3");
    assertThat(LinkTrafficKey.directionCode(sums.key3)).isEqualTo(LinkDirection.A_TO_B.code());
    assertThat(LinkTrafficKey.classCode(sums.key3)).isEqualTo(CrossCheckMeter.INGRESS.code());
    assertThat(sums.octets).isEqualTo(70);
    assertReason(onlyUnattributed(), UnattributedReason.NOT_PRIMARY);
  }

  @Test
  void whatTheCoreSendsToALinkIsACrossCheckOfItsOppositeDirection() {
    add(CT, record -> record.ingress(100).leaving(1).octets(7));

    Delta sums = only(DeltaKind.CROSS_CHECK);
    assertThat(names.links().name(LinkTrafficKey.link(sums.key3))).isEqualTo("LINK-1");
    assertThat(LinkTrafficKey.directionCode(sums.key3)).isEqualTo(LinkDirection.A_TO_B.code());
    assertThat(LinkTrafficKey.classCode(sums.key3)).isEqualTo(CrossCheckMeter.CORE.code());
    assertReason(onlyUnattributed(), UnattributedReason.INTERNAL_INTERFACE);
  }

  /** RFC 7270 IE 89: what the router dropped did not cross the link. */
  @Test
  void droppedPacketsAreNoCrossCheck() {
    add(CU, record -> record.ingress(4).forwardingStatus(0x80));

    assertThat(content(aggregator.table(DeltaKind.CROSS_CHECK))).isEmpty();
  }

  @Test
  void aRecordIsAttributedByTheInventoryOfItsOwnTime() {
    Names ownNames = new Names();
    FlowAggregator following =
        new FlowAggregator(
            new NetworkHistory(List.of(inventory), ownNames),
            new TimeLimits(30_000, 72 * HOUR),
            Outputs.NONE,
            ownNames);
    following.follow(
        new NetworkHistory(
            List.of(TestInventory.withAnotherLinkFrom(Instant.ofEpochMilli(NOW - HOUR)), inventory),
            ownNames));
    FlowBatchBuilder builder = new FlowBatchBuilder();
    for (long ago : new long[] {0, HOUR, HOUR + 1, 2 * HOUR, 1}) {
      builder.record(CT, record -> record.between(NOW - ago, NOW - ago).octets(1));
    }

    following.add(builder.build());

    Map<String, Long> octets = new HashMap<>();
    for (Delta delta : content(following.table(DeltaKind.LINK_TRAFFIC))) {
      octets.merge(ownNames.links().name(LinkTrafficKey.link(delta.key0)), delta.octets, Long::sum);
    }
    assertThat(octets).isEqualTo(Map.of("LINK-1", 2L, "LINK-9", 3L));
  }

  private Delta only(DeltaKind kind) {
    List<Delta> sums = content(aggregator.table(kind));
    assertThat(sums).hasSize(1);
    return sums.get(0);
  }

  private static Delta side(List<Delta> sums, Side side) {
    return sums.stream()
        .filter(delta -> LinkTrafficKey.classCode(delta.key1) == side.code())
        .findFirst()
        .orElseThrow();
  }

  /** Per link direction, IP version and bucket, and in every sum. */
  private void assertHasTheTotalsOfLinkTraffic(DeltaKind kind, Predicate<Delta> which) {
    Map<Long, List<Long>> expected = new HashMap<>();
    for (Delta delta : linkTraffic()) {
      merge(expected, delta, delta.key0, kind.bucketMillis() / 10_000);
    }
    Map<Long, List<Long>> actual = new HashMap<>();
    content(aggregator.table(kind)).stream()
        .filter(which)
        .forEach(delta -> merge(actual, delta, delta.key1, 1));
    assertThat(actual).isEqualTo(expected);
  }

  private static void merge(Map<Long, List<Long>> sums, Delta delta, long key, long buckets) {
    long withoutClass = key & ~(0x3FL << 29) & ~0x1FFF_FFFFL | LinkTrafficKey.bucket(key) / buckets;
    sums.merge(
        withoutClass,
        List.of(delta.octets, delta.packets, delta.observedOctets, delta.observedPackets),
        (one, other) -> {
          List<Long> sum = new ArrayList<>();
          for (int i = 0; i < one.size(); i++) {
            sum.add(one.get(i) + other.get(i));
          }
          return sum;
        });
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
    return sums.kind.bucketEpochSeconds(sums.key0) - NOW / 1000;
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
    return content(aggregator.table(DeltaKind.LINK_TRAFFIC));
  }

  private List<Delta> unattributed() {
    return content(aggregator.table(DeltaKind.UNATTRIBUTED));
  }

  private static List<Delta> content(DeltaTable table) {
    List<Delta> content = new ArrayList<>();
    Delta into = new Delta();
    for (int at = table.next(0, into); at >= 0; at = table.next(at, into)) {
      content.add(into);
      into = new Delta();
    }
    content.sort(Comparator.comparingLong(delta -> delta.key0));
    return content;
  }
}
