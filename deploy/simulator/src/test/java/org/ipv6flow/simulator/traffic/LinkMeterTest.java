package org.ipv6flow.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.simulator.DemoNation;
import org.ipv6flow.simulator.export.FlowRecord;
import org.ipv6flow.simulator.sampling.PacketSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkMeterTest {

  private static final long START = 1_795_531_230_000L;
  private static final int TICK_MILLIS = 100;
  private static final double NORMAL_95 = 1.96;

  /** Below this the normal distribution is a poor model of a count, whatever the sampler. */
  private static final long LEAST_PACKETS = 30;

  private final Inventory inventory;

  LinkMeterTest() throws Exception {
    inventory = DemoNation.load();
  }

  /** What is known of a link direction, class and bucket: truth and estimate. */
  private static final class Cell {
    long octets;
    long packets;
    double estimate;
    double variance;
    long sampledPackets;
  }

  private record Key(String link, String direction, TrafficClass trafficClass, long bucket) {}

  /**
   * Horvitz-Thompson: the variance is estimated by Σ N(N−1)·octets²/packets over records, so 95
   * percent of the estimates of random samplers are within 1.96 standard errors.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void estimatesOfRandomSamplersAreWithinTheirErrorNineteenTimesInTwenty(long seed) {
    Map<Key, Cell> cells = new HashMap<>();
    for (MeteredRouter router : routers(seed, 30_000)) {
      if (router.exporter().samplingAlgorithm().equals("random")) {
        for (LinkMeter meter : router.meters()) {
          play(meter, router.samplingInterval(), 4, cells);
        }
      }
    }

    List<Cell> enough =
        cells.values().stream().filter(cell -> cell.sampledPackets >= LEAST_PACKETS).toList();
    long within = enough.stream().filter(LinkMeterTest::isWithinError).count();

    assertThat(enough).hasSizeGreaterThan(400);
    assertThat((double) within / enough.size()).isBetween(0.93, 0.99);
  }

  /** A sampler by count knows the number of packets better than chance; it is never worse. */
  @Test
  void estimatesOfCountSamplersAreWithinTheirErrorAtLeastAsOften() {
    Map<Key, Cell> cells = new HashMap<>();
    for (MeteredRouter router : routers(4, 30_000)) {
      if (router.exporter().samplingAlgorithm().equals("fixed")) {
        for (LinkMeter meter : router.meters()) {
          play(meter, router.samplingInterval(), 4, cells);
        }
      }
    }

    List<Cell> enough =
        cells.values().stream().filter(cell -> cell.sampledPackets >= LEAST_PACKETS).toList();
    long within = enough.stream().filter(LinkMeterTest::isWithinError).count();

    assertThat(enough).hasSizeGreaterThan(800);
    assertThat((double) within / enough.size()).isGreaterThan(0.95);
  }

  @Test
  void samplingEveryPacketGivesTheTruthItself() {
    LinkMeter meter = meterOfSmallLink(1);
    Map<Key, Cell> cells = new HashMap<>();

    play(meter, 1, 1, cells);

    assertThat(cells).isNotEmpty();
    cells
        .values()
        .forEach(
            cell -> {
              assertThat(cell.sampledPackets).isEqualTo(cell.packets);
              assertThat(cell.estimate).isEqualTo(cell.octets);
            });
  }

  @Test
  void loadIsBetweenAFifthAndThreeFifthsOfCapacity() {
    for (MeteredRouter router : routers(6, 5_000)) {
      for (LinkMeter meter : router.meters()) {
        Map<Key, Cell> cells = new HashMap<>();
        play(meter, router.samplingInterval(), 1, cells);
        long octets = cells.values().stream().mapToLong(cell -> cell.octets).sum();
        long capacity =
            inventory
                .link(meter.observation().linkId())
                .orElseThrow()
                .capacities()
                .get(0)
                .bitsPerSecond();
        assertThat(octets * 8 / 10.0 / capacity).isBetween(0.19, 0.62);
      }
    }
  }

  @Test
  void linksWithoutIpv6CarryNone() {
    Set<String> withIpv6 = new HashSet<>();
    Set<String> all = new HashSet<>();
    for (MeteredRouter router : routers(7, 5_000)) {
      for (LinkMeter meter : router.meters()) {
        Map<Key, Cell> cells = new HashMap<>();
        play(meter, router.samplingInterval(), 1, cells);
        all.add(meter.observation().linkId());
        if (cells.keySet().stream().anyMatch(key -> key.trafficClass().code() >= 30)) {
          withIpv6.add(meter.observation().linkId());
        }
      }
    }

    assertThat(all).hasSameSizeAs(inventory.links());
    assertThat(all)
        .allSatisfy(
            id ->
                assertThat(withIpv6.contains(id))
                    .isEqualTo(inventory.link(id).orElseThrow().ipv6EnabledOn() != null));
  }

  /** Stopped amid a bucket, the truth is of the time before; within five standard errors. */
  @Test
  void stoppedEarlyItTellsTheTruthAboutWhatPassed() {
    double estimate = 0;
    double truth = 0;
    double variance = 0;
    for (MeteredRouter router : routers(8, 50_000)) {
      for (LinkMeter meter : router.meters()) {
        Map<Key, Cell> cells = new HashMap<>();
        long stop = START + 3_700;
        meter.open(START, START + LinkMeter.BUCKET_MILLIS);
        Cell sampled = new Cell();
        for (long now = START; now < stop; now += TICK_MILLIS) {
          meter.tick(now, TICK_MILLIS, flow -> add(flow, router.samplingInterval(), sampled));
        }
        meter.close(
            stop,
            flow -> add(flow, router.samplingInterval(), sampled),
            (link, direction, trafficClass, bucket, octets, packets) ->
                cells.computeIfAbsent(
                            new Key(link, direction.label(), trafficClass, bucket), k -> new Cell())
                        .octets +=
                    octets);
        meter.finish(flow -> add(flow, router.samplingInterval(), sampled));
        estimate += sampled.estimate;
        variance += sampled.variance;
        truth += cells.values().stream().mapToLong(cell -> cell.octets).sum();
      }
    }

    assertThat(Math.abs(estimate - truth)).isLessThan(5 * Math.sqrt(variance));
    assertThat(Math.sqrt(variance) / truth).isLessThan(0.01);
  }

  /** Records lie within the bucket, but for the long flows; these end by the active timeout. */
  @Test
  void recordsAreNoLongerThanTheActiveTimeout() {
    MeteredRouter router = routers(9, 50_000).get(0);
    LinkMeter meter = router.meters().get(0);
    int[] acrossBuckets = {0};
    long end = START + 12 * LinkMeter.BUCKET_MILLIS;

    for (long bucket = START; bucket < end; bucket += LinkMeter.BUCKET_MILLIS) {
      playBucket(
          meter,
          bucket,
          flow -> {
            assertThat(flow.firstMillis).isBetween(START, flow.lastMillis);
            assertThat(flow.lastMillis).isLessThan(end);
            assertThat(flow.lastMillis - flow.firstMillis).isLessThanOrEqualTo(60_000);
            if (flow.firstMillis / LinkMeter.BUCKET_MILLIS
                != flow.lastMillis / LinkMeter.BUCKET_MILLIS) {
              acrossBuckets[0]++;
              assertThat(flow.packets).isGreaterThan(1);
            }
          },
          (link, direction, trafficClass, start, octets, packets) -> {});
    }

    assertThat(acrossBuckets[0]).isBetween(2, 10);
  }

  private List<MeteredRouter> routers(long seed, double recordsPerSecond) {
    return new NationalNetwork(inventory, seed, START).routers(recordsPerSecond, START + 60_000);
  }

  private LinkMeter meterOfSmallLink(long interval) {
    LinkTraffic traffic = LinkTraffic.draw(10_000_000, true, 3);
    LinkMeter any = routers(5, 20_000).get(0).meters().get(0);
    FlowKeys keys =
        new FlowKeys(OperatorAddresses.of(inventory, "CT"), OperatorAddresses.of(inventory, "CU"));
    return new LinkMeter(
        any.observation(),
        traffic,
        keys,
        PacketSampler.of("fixed", interval),
        new MeterSettings(2_001, 60_000, new SplittableRandom(1)));
  }

  private static void play(LinkMeter meter, long interval, int buckets, Map<Key, Cell> cells) {
    String link = meter.observation().linkId();
    String direction = meter.observation().direction().label();
    for (int i = 0; i < buckets; i++) {
      long start = START + i * LinkMeter.BUCKET_MILLIS;
      playBucket(
          meter,
          start,
          flow -> spread(flow, interval, link, direction, cells),
          (l, d, trafficClass, bucket, octets, packets) -> {
            Cell cell =
                cells.computeIfAbsent(
                    new Key(link, direction, trafficClass, bucket), k -> new Cell());
            cell.octets += octets;
            cell.packets += packets;
          });
    }
    meter.finish(flow -> spread(flow, interval, link, direction, cells));
  }

  private static void playBucket(LinkMeter meter, long start, FlowOutput flows, TruthOutput truth) {
    long end = start + LinkMeter.BUCKET_MILLIS;
    meter.open(start, end);
    for (long now = start; now < end; now += TICK_MILLIS) {
      meter.tick(now, TICK_MILLIS, flows);
    }
    meter.close(end, flows, truth);
  }

  /** As the stream job does: in proportion to the overlap with each bucket. */
  private static void spread(
      FlowRecord flow, long interval, String link, String direction, Map<Key, Cell> cells) {
    TrafficClass trafficClass = ClassOfRecord.of(flow);
    long width = flow.lastMillis - flow.firstMillis + 1;
    long at = flow.firstMillis;
    while (at <= flow.lastMillis) {
      long bucket = at / LinkMeter.BUCKET_MILLIS * LinkMeter.BUCKET_MILLIS;
      long until = Math.min(flow.lastMillis + 1, bucket + LinkMeter.BUCKET_MILLIS);
      double part = (double) (until - at) / width;
      Cell cell =
          cells.computeIfAbsent(new Key(link, direction, trafficClass, bucket), k -> new Cell());
      add(flow, interval, part, cell);
      at = until;
    }
  }

  private static void add(FlowRecord flow, long interval, Cell cell) {
    add(flow, interval, 1, cell);
  }

  private static void add(FlowRecord flow, long interval, double part, Cell cell) {
    cell.estimate += part * flow.octets * interval;
    cell.variance += part * interval * (interval - 1.0) * flow.octets * flow.octets / flow.packets;
    cell.sampledPackets += Math.round(part * flow.packets);
  }

  private static boolean isWithinError(Cell cell) {
    return Math.abs(cell.estimate - cell.octets) <= NORMAL_95 * Math.sqrt(cell.variance);
  }
}
