package org.ipv6flow.simulator.traffic;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Link;
import org.ipv6flow.schema.inventory.PrimaryObservation;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.simulator.sampling.PacketSampler;

/**
 * The routers of an inventory with the traffic of their links. The same inventory, seed and times
 * give the same traffic.
 */
public final class NationalNetwork {

  /** Where an exporter has no core interface in the inventory. */
  private static final long DEFAULT_CORE_INTERFACE = 2_001;

  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long TRAFFIC_SALT = 0x7472_6166_6669_63L;
  private static final long PACKET_SALT = 0x7061_636b_6574L;

  private final Inventory inventory;
  private final long seed;
  private final long startMillis;
  private final LocalDate day;
  private final Map<String, OperatorAddresses> addresses = new HashMap<>();

  public NationalNetwork(Inventory inventory, long seed, long startMillis) {
    this.inventory = inventory;
    this.seed = seed;
    this.startMillis = startMillis;
    this.day = LocalDate.ofInstant(Instant.ofEpochMilli(startMillis), ZoneOffset.UTC);
  }

  /**
   * The exporters that observe a link in service, with sampling intervals such that together they
   * export {@code recordsPerSecond}.
   *
   * @param recordsPerSecond 0 leaves the intervals of the inventory as they are
   */
  public List<MeteredRouter> routers(double recordsPerSecond, long endMillis) {
    Map<String, List<PrimaryObservation>> byExporter = new HashMap<>();
    for (PrimaryObservation observation : inventory.primaryObservations()) {
      if (capacity(observation) > 0) {
        byExporter
            .computeIfAbsent(observation.exporterId(), id -> new ArrayList<>())
            .add(observation);
      }
    }
    List<Exporter> exporters =
        inventory.exporters().stream().filter(e -> byExporter.containsKey(e.id())).toList();
    List<MeteredExporter> metered = new ArrayList<>();
    for (Exporter exporter : exporters) {
      checkSampling(exporter);
      List<LinkTraffic> links =
          byExporter.getOrDefault(exporter.id(), List.of()).stream().map(this::traffic).toList();
      metered.add(new MeteredExporter(exporter.samplingInterval(), links));
    }
    long[] intervals =
        recordsPerSecond > 0
            ? SamplingPlan.of(metered, startMillis, endMillis).intervals(recordsPerSecond)
            : exporters.stream().mapToLong(Exporter::samplingInterval).toArray();
    List<MeteredRouter> routers = new ArrayList<>();
    for (int i = 0; i < exporters.size(); i++) {
      Exporter exporter = exporters.get(i);
      List<PrimaryObservation> observations = byExporter.getOrDefault(exporter.id(), List.of());
      List<LinkMeter> meters = new ArrayList<>();
      for (int j = 0; j < observations.size(); j++) {
        meters.add(
            meter(exporter, observations.get(j), metered.get(i).links().get(j), intervals[i]));
      }
      routers.add(new MeteredRouter(exporter, intervals[i], meters));
    }
    return routers;
  }

  /** What the links are made to carry, with the sampling intervals that the routers then have. */
  public List<LinkProfile> profiles(double recordsPerSecond, long endMillis) {
    List<LinkProfile> profiles = new ArrayList<>();
    for (MeteredRouter router : routers(recordsPerSecond, endMillis)) {
      for (PrimaryObservation observation : inventory.primaryObservations()) {
        if (observation.exporterId().equals(router.exporter().id()) && capacity(observation) > 0) {
          profiles.add(profile(router, observation));
        }
      }
    }
    return profiles;
  }

  private LinkProfile profile(MeteredRouter router, PrimaryObservation observation) {
    Link link = link(observation);
    LinkTraffic traffic = traffic(observation);
    boolean fromA = observation.direction() == LinkDirection.A_TO_B;
    Map<TrafficClass, List<Stratum>> strata =
        traffic.strata().stream()
            .collect(
                Collectors.groupingBy(
                    Stratum::trafficClass, LinkedHashMap::new, Collectors.toList()));
    return new LinkProfile(
        link,
        observation,
        router.exporter(),
        fromA ? link.aOperatorId() : link.bOperatorId(),
        fromA ? link.bOperatorId() : link.aOperatorId(),
        router.samplingInterval(),
        traffic.capacityBitsPerSecond(),
        traffic.load().peak(),
        traffic.load().longPhase(),
        traffic.load().shortPhase(),
        strata.entrySet().stream()
            .map(entry -> LinkProfile.Part.of(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** Addresses as flows from or to an operator have them. */
  public List<DrawnAddress> drawAddresses(String operatorId, boolean ipv6, int count) {
    OperatorAddresses operator = addressesOf(operatorId);
    SplittableRandom random =
        new SplittableRandom(seed * 31 + operatorId.hashCode() * 2L + (ipv6 ? 1 : 0));
    List<DrawnAddress> drawn = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Prefix prefix = ipv6 ? operator.anyIpv6(random) : operator.anyIpv4(random);
      drawn.add(
          new DrawnAddress(
              ipv6,
              prefix.randomHigh(random),
              prefix.randomLow(random),
              operator.anyAsNumber(random)));
    }
    return drawn;
  }

  /** An operator's AS numbers with their parts of its flows; number 0 if it has none. */
  public Map<Long, Double> asShares(String operatorId) {
    OperatorAddresses operator = addressesOf(operatorId);
    Map<Long, Double> shares = new LinkedHashMap<>();
    for (int i = 0; i < operator.asNumbers().size(); i++) {
      shares.put(operator.asNumbers().get(i), operator.asShare(i));
    }
    return shares.isEmpty() ? Map.of(0L, 1.0) : shares;
  }

  private static void checkSampling(Exporter exporter) {
    if (exporter.samplingInterval() < 1) {
      throw new IllegalArgumentException(
          "exporter "
              + exporter.id()
              + ": sampling-interval "
              + exporter.samplingInterval()
              + " (expected: 1 or more, to be simulated)");
    }
  }

  private LinkTraffic traffic(PrimaryObservation observation) {
    Link link = link(observation);
    return LinkTraffic.draw(
        capacity(observation), link.isIpv6EnabledOn(day), seedOf(observation, TRAFFIC_SALT));
  }

  private LinkMeter meter(
      Exporter exporter, PrimaryObservation observation, LinkTraffic traffic, long interval) {
    Link link = link(observation);
    boolean fromA = observation.direction() == LinkDirection.A_TO_B;
    FlowKeys keys =
        new FlowKeys(
            addressesOf(fromA ? link.aOperatorId() : link.bOperatorId()),
            addressesOf(fromA ? link.bOperatorId() : link.aOperatorId()));
    long core =
        exporter.interfaces().stream()
            .filter(port -> port.role().equals("core"))
            .mapToLong(ExporterInterface::index)
            .findFirst()
            .orElse(DEFAULT_CORE_INTERFACE);
    return new LinkMeter(
        observation,
        traffic,
        keys,
        PacketSampler.of(exporter.samplingAlgorithm(), interval),
        new MeterSettings(
            core,
            exporter.activeTimeoutSeconds() * MILLIS_PER_SECOND,
            new SplittableRandom(seedOf(observation, PACKET_SALT))));
  }

  private OperatorAddresses addressesOf(String operatorId) {
    return addresses.computeIfAbsent(operatorId, id -> OperatorAddresses.of(inventory, id));
  }

  private long seedOf(PrimaryObservation observation, long salt) {
    String name = observation.linkId() + "/" + observation.direction().label();
    return seed * 0x9e37_79b9_7f4a_7c15L + salt * 31 + name.hashCode();
  }

  private long capacity(PrimaryObservation observation) {
    return link(observation).capacityBitsPerSecondOn(day);
  }

  private Link link(PrimaryObservation observation) {
    return inventory
        .link(observation.linkId())
        .orElseThrow(() -> new IllegalArgumentException("no link " + observation.linkId()));
  }
}
