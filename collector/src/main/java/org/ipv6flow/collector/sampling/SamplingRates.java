package org.ipv6flow.collector.sampling;

import org.ipv6flow.schema.flow.SamplingProvenance;

/**
 * The sampling intervals that one observation domain announced in options data, by scope.
 *
 * <p>Immutable, so that decoding threads read it without locks; a change makes a new one. Intervals
 * are the N of "1 in N"; 0 is unknown. An interval for one IP version comes before one for both,
 * one for a direction of an interface before one for both.
 */
public final class SamplingRates {

  private static final SamplingProvenance[] SCOPES = {
    SamplingProvenance.SAMPLER,
    SamplingProvenance.TEMPLATE,
    SamplingProvenance.INTERFACE,
    SamplingProvenance.LINE_CARD,
    SamplingProvenance.SYSTEM
  };

  public static final SamplingRates NONE =
      new SamplingRates(
          new RateMap[] {
            RateMap.EMPTY, RateMap.EMPTY, RateMap.EMPTY, RateMap.EMPTY, RateMap.EMPTY
          });

  /** More entries of one scope than any router has; beyond it new ones are not learned. */
  private static final int MAX_ENTRIES = 4_096;

  private final RateMap[] maps;
  private final RateMap samplers;
  private final RateMap templates;
  private final RateMap interfaces;
  private final RateMap lineCards;
  private final RateMap system;
  private final boolean hasFamilies;

  private SamplingRates(RateMap[] maps) {
    this.maps = maps;
    samplers = maps[0];
    templates = maps[1];
    interfaces = maps[2];
    lineCards = maps[3];
    system = maps[4];
    boolean families = false;
    for (RateMap map : maps) {
      families |= map.hasFamilies();
    }
    hasFamilies = families;
  }

  /**
   * These rates with one more or changed; the same object if nothing changes.
   *
   * @param exportTimeMillis from when on it applies: when the exporter announced it
   */
  public SamplingRates with(SamplingScope scope, double interval, long exportTimeMillis) {
    int index = index(scope.provenance());
    RateMap map = maps[index];
    long key = RateMap.key(scope.id(), scope.direction(), scope.ipVersion());
    double present = map.get(key);
    if (interval == present || (present == 0 && map.size() >= MAX_ENTRIES)) {
      return this;
    }
    long late = map.since(key) - exportTimeMillis;
    if (present != 0 && late > 0 && late <= RateMap.MAX_LATE_MILLIS) {
      return this;
    }
    RateMap[] changed = maps.clone();
    changed[index] = map.with(key, interval, exportTimeMillis);
    return new SamplingRates(changed);
  }

  /** The interval announced last for exactly this scope; 0 if none was. */
  public double get(SamplingScope scope) {
    return maps[index(scope.provenance())].get(
        RateMap.key(scope.id(), scope.direction(), scope.ipVersion()));
  }

  /** Export time of the last change of exactly this scope. */
  public long since(SamplingScope scope) {
    return maps[index(scope.provenance())].since(
        RateMap.key(scope.id(), scope.direction(), scope.ipVersion()));
  }

  /**
   * Of a sampler or selector. Sampler 0, if none is announced under that number, is the only one
   * there is: Cisco 7600 refers to its sampler so.
   */
  public double ofSampler(long samplerId, int ipVersion, long exportTimeMillis) {
    double interval = of(samplers, samplerId, SamplingScope.BOTH, ipVersion, exportTimeMillis);
    return interval == 0 && samplerId == 0 && samplers.size() == 1
        ? samplers.anyInterval()
        : interval;
  }

  public double ofTemplate(int templateId, int ipVersion, long exportTimeMillis) {
    return of(templates, templateId, SamplingScope.BOTH, ipVersion, exportTimeMillis);
  }

  /** Of the interface where packets came in: announced for that direction, or for both. */
  public double ofIngressInterface(long interfaceIndex, int ipVersion, long exportTimeMillis) {
    return of(interfaces, interfaceIndex, SamplingScope.INGRESS, ipVersion, exportTimeMillis);
  }

  public double ofEgressInterface(long interfaceIndex, int ipVersion, long exportTimeMillis) {
    return of(interfaces, interfaceIndex, SamplingScope.EGRESS, ipVersion, exportTimeMillis);
  }

  public double ofLineCard(long lineCardId, int ipVersion, long exportTimeMillis) {
    return of(lineCards, lineCardId, SamplingScope.BOTH, ipVersion, exportTimeMillis);
  }

  public double ofSystem(int ipVersion, long exportTimeMillis) {
    return of(system, 0, SamplingScope.BOTH, ipVersion, exportTimeMillis);
  }

  /** The narrowest of the entries that apply. */
  private static double of(
      RateMap map, long id, int direction, int ipVersion, long exportTimeMillis) {
    if (map.size() == 0) {
      return 0;
    }
    double interval = 0;
    if (map.hasFamilies() && ipVersion != 0) {
      interval = map.get(RateMap.key(id, direction, ipVersion), exportTimeMillis);
      if (interval == 0 && direction != SamplingScope.BOTH) {
        interval = map.get(RateMap.key(id, SamplingScope.BOTH, ipVersion), exportTimeMillis);
      }
    }
    if (interval == 0) {
      interval = map.get(RateMap.key(id, direction, 0), exportTimeMillis);
    }
    if (interval == 0 && direction != SamplingScope.BOTH) {
      interval = map.get(RateMap.key(id, SamplingScope.BOTH, 0), exportTimeMillis);
    }
    return interval;
  }

  public boolean hasInterfaces() {
    return interfaces.size() != 0;
  }

  public boolean hasLineCards() {
    return lineCards.size() != 0;
  }

  /** Whether an interval was announced for one IP version only. */
  public boolean hasFamilies() {
    return hasFamilies;
  }

  /** Calls {@code consumer} for every interval known. */
  public void forEach(Consumer consumer) {
    for (int kind = 0; kind < SCOPES.length; kind++) {
      for (RateMap.Entry entry : maps[kind].entries()) {
        consumer.accept(
            new SamplingScope(SCOPES[kind], entry.id(), entry.direction(), entry.ipVersion()),
            entry.interval());
      }
    }
  }

  private static int index(SamplingProvenance provenance) {
    return switch (provenance) {
      case SAMPLER -> 0;
      case TEMPLATE -> 1;
      case INTERFACE -> 2;
      case LINE_CARD -> 3;
      default -> 4;
    };
  }

  /** Takes one announced interval. */
  @FunctionalInterface
  public interface Consumer {
    void accept(SamplingScope scope, double interval);
  }
}
