package org.ipv6flow.simulator.traffic;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ipv6flow.schema.inventory.Meter;
import org.ipv6flow.schema.inventory.PrimaryObservation;
import org.ipv6flow.simulator.export.FlowRecord;
import org.ipv6flow.simulator.sampling.PacketSampler;
import org.ipv6flow.simulator.sampling.RandomCounts;

/**
 * One link direction where a router meters it: the packets carried, those sampled, and the flow
 * records made of them.
 *
 * <h2>How it works</h2>
 *
 * At the start of a 10 s bucket the packets of each stratum are counted out and the sampler draws
 * how many it takes. Their times are uniform in the bucket: so in each tick of 100 ms a binomial
 * part of those still to come is due. They go into records of one to eight packets, which end in
 * the tick and begin within the bucket. When the simulation stops amid a bucket, the packets not
 * yet due are taken back out of the truth.
 */
public final class LinkMeter {

  public static final long BUCKET_MILLIS = 10_000;

  /** Octets of a stratum vary by this much from bucket to bucket. */
  private static final double VARIATION = 0.02;

  /** Short flows last at most this long. */
  private static final int MAX_SHORT_MILLIS = 3_000;

  /** The part of a stratum's sampled packets that belongs to its long flow. */
  private static final double LONG_FLOW_SHARE = 0.04;

  private static final long MAX_LONG_FLOW_PACKETS = 100;

  private final PrimaryObservation observation;
  private final List<Stratum> strata;
  private final OfferedLoad load;
  private final double octetsPerMilli;
  private final FlowKeys keys;
  private final PacketSampler sampler;
  private final long activeTimeoutMillis;
  private final SplittableRandom random;

  private final FlowRecord flow = new FlowRecord();
  private final LongFlow[] longFlows;
  private final long[] longPackets;
  private final long[] packets;
  private final long[] sampled;

  /** Sampled packets of short flows not yet in a record; and of these, not yet due. */
  private final long[] unrecorded;

  private final long[] pending;

  private long fromMillis;
  private long untilMillis;

  LinkMeter(
      PrimaryObservation observation,
      LinkTraffic traffic,
      FlowKeys keys,
      PacketSampler sampler,
      MeterSettings settings) {
    this.observation = observation;
    this.strata = traffic.strata();
    this.load = traffic.load();
    this.octetsPerMilli = traffic.capacityBitsPerSecond() / 8_000.0;
    this.keys = keys;
    this.sampler = sampler;
    this.activeTimeoutMillis = settings.activeTimeoutMillis();
    this.random = settings.random();
    int size = strata.size();
    this.longFlows = new LongFlow[size];
    Arrays.setAll(longFlows, i -> new LongFlow());
    this.longPackets = new long[size];
    this.packets = new long[size];
    this.sampled = new long[size];
    this.unrecorded = new long[size];
    this.pending = new long[size];
    boolean ingress = observation.meter() == Meter.INGRESS;
    setInterfaces(flow, ingress, observation.interfaceIndex(), settings.coreInterface());
    for (LongFlow longFlow : longFlows) {
      setInterfaces(
          longFlow.piece(), ingress, observation.interfaceIndex(), settings.coreInterface());
    }
  }

  private static void setInterfaces(FlowRecord flow, boolean ingress, long edge, long core) {
    flow.direction = ingress ? 0 : 1;
    flow.ingressInterface = ingress ? edge : core;
    flow.egressInterface = ingress ? core : edge;
  }

  /** Counts out the packets from {@code from} to {@code until}, which are in one bucket. */
  public void open(long from, long until) {
    fromMillis = from;
    untilMillis = until;
    double octets = octetsPerMilli * load.at((from + until) / 2) * (until - from);
    for (int i = 0; i < packets.length; i++) {
      Stratum stratum = strata.get(i);
      double variation = 1 + VARIATION * Math.max(-3, Math.min(3, random.nextGaussian()));
      packets[i] = Math.round(octets * stratum.share() * variation / stratum.packetOctets());
    }
    sampler.sample(packets, sampled, random);
    for (int i = 0; i < packets.length; i++) {
      longPackets[i] =
          strata.get(i).hasLongFlow()
              ? Math.min(MAX_LONG_FLOW_PACKETS, Math.round(sampled[i] * LONG_FLOW_SHARE))
              : 0;
      unrecorded[i] = sampled[i] - longPackets[i];
      pending[i] = unrecorded[i];
    }
  }

  /** Makes the records that end from {@code now} to {@code now + tickMillis}. */
  public void tick(long now, int tickMillis, FlowOutput output) {
    double due = (double) tickMillis / (untilMillis - now);
    for (int i = 0; i < pending.length; i++) {
      pending[i] -= RandomCounts.binomial(random, pending[i], due);
      // A record may take packets that are due a little later: then the next ticks make none.
      while (unrecorded[i] > pending[i]) {
        long size = Math.min(FlowSizes.draw(random), unrecorded[i]);
        unrecorded[i] -= size;
        export(strata.get(i), size, now, tickMillis, output);
      }
    }
  }

  private void export(Stratum stratum, long size, long now, int tickMillis, FlowOutput output) {
    keys.draw(stratum.trafficClass(), flow, random);
    flow.packets = size;
    flow.octets = size * stratum.packetOctets();
    flow.lastMillis = now + random.nextInt(tickMillis);
    flow.firstMillis = flow.lastMillis;
    if (size > 1) {
      long longest = Math.min(MAX_SHORT_MILLIS, flow.lastMillis - fromMillis);
      flow.firstMillis -= random.nextLong(longest + 1);
    }
    output.accept(flow);
  }

  /**
   * Ends the bucket at {@code now}, which is its end unless the simulation stops early, and tells
   * the truth about it.
   */
  public void close(long now, FlowOutput output, TruthOutput truth) {
    double elapsed = (double) (now - fromMillis) / (untilMillis - fromMillis);
    long bucket = Math.floorDiv(fromMillis, BUCKET_MILLIS) * BUCKET_MILLIS;
    long octetsOfClass = 0;
    long packetsOfClass = 0;
    for (int i = 0; i < packets.length; i++) {
      Stratum stratum = strata.get(i);
      long ofLongFlow = RandomCounts.binomial(random, longPackets[i], elapsed);
      addToLongFlow(i, ofLongFlow, now, output);
      long carried =
          (sampled[i] - longPackets[i] - unrecorded[i])
              + ofLongFlow
              + RandomCounts.binomial(random, packets[i] - sampled[i], elapsed);
      octetsOfClass += carried * stratum.packetOctets();
      packetsOfClass += carried;
      boolean lastOfClass =
          i + 1 == packets.length || strata.get(i + 1).trafficClass() != stratum.trafficClass();
      if (lastOfClass) {
        truth.accept(
            observation.linkId(),
            observation.direction(),
            stratum.trafficClass(),
            bucket,
            octetsOfClass,
            packetsOfClass);
        octetsOfClass = 0;
        packetsOfClass = 0;
      }
    }
  }

  private void addToLongFlow(int i, long newPackets, long now, FlowOutput output) {
    LongFlow longFlow = longFlows[i];
    Stratum stratum = strata.get(i);
    if (newPackets > 0 && !longFlow.isOpen()) {
      keys.draw(stratum.trafficClass(), longFlow.piece(), random);
    }
    longFlow.add(newPackets, stratum.packetOctets(), fromMillis, now, random);
    if (longFlow.isDue(activeTimeoutMillis, BUCKET_MILLIS)) {
      longFlow.export(output);
    }
  }

  /** Exports the flows that are still open. */
  public void finish(FlowOutput output) {
    for (LongFlow longFlow : longFlows) {
      longFlow.export(output);
    }
  }

  public PrimaryObservation observation() {
    return observation;
  }
}
