package org.ipv6flow.collector.sampling;

import org.ipv6flow.schema.flow.SamplingProvenance;

/**
 * The sampling intervals that one observation domain announced in options data, by scope.
 *
 * <p>Immutable, so that decoding threads read it without locks; a change makes a new one. Intervals
 * are the N of "1 in N"; 0 is unknown.
 */
public final class SamplingRates {

  public static final SamplingRates NONE =
      new SamplingRates(
          LongDoubleMap.EMPTY, LongDoubleMap.EMPTY, LongDoubleMap.EMPTY, LongDoubleMap.EMPTY, 0);

  /** More entries of one scope than any router has; beyond it new ones are not learned. */
  private static final int MAX_ENTRIES = 4_096;

  private final LongDoubleMap samplers;
  private final LongDoubleMap templates;
  private final LongDoubleMap interfaces;
  private final LongDoubleMap lineCards;
  private final double system;

  private SamplingRates(
      LongDoubleMap samplers,
      LongDoubleMap templates,
      LongDoubleMap interfaces,
      LongDoubleMap lineCards,
      double system) {
    this.samplers = samplers;
    this.templates = templates;
    this.interfaces = interfaces;
    this.lineCards = lineCards;
    this.system = system;
  }

  /** These rates with one more or changed; the same object if nothing changes. */
  public SamplingRates with(SamplingScope scope, double interval) {
    if (interval == get(scope)) {
      return this;
    }
    return switch (scope.provenance()) {
      case SAMPLER ->
          new SamplingRates(
              with(samplers, scope.id(), interval), templates, interfaces, lineCards, system);
      case TEMPLATE ->
          new SamplingRates(
              samplers, with(templates, scope.id(), interval), interfaces, lineCards, system);
      case INTERFACE ->
          new SamplingRates(
              samplers,
              templates,
              with(interfaces, interfaceKey(scope.id(), scope.direction()), interval),
              lineCards,
              system);
      case LINE_CARD ->
          new SamplingRates(
              samplers, templates, interfaces, with(lineCards, scope.id(), interval), system);
      default -> new SamplingRates(samplers, templates, interfaces, lineCards, interval);
    };
  }

  /** The interval announced for exactly this scope; 0 if none was. */
  public double get(SamplingScope scope) {
    return switch (scope.provenance()) {
      case SAMPLER -> samplers.get(scope.id());
      case TEMPLATE -> templates.get(scope.id());
      case INTERFACE -> interfaces.get(interfaceKey(scope.id(), scope.direction()));
      case LINE_CARD -> lineCards.get(scope.id());
      default -> system;
    };
  }

  public double ofSampler(long samplerId) {
    return samplers.get(samplerId);
  }

  public double ofTemplate(int templateId) {
    return templates.get(templateId);
  }

  /** Of the interface where packets came in: announced for that direction, or for both. */
  public double ofIngressInterface(long interfaceIndex) {
    return ofInterface(interfaceIndex, SamplingScope.INGRESS);
  }

  public double ofEgressInterface(long interfaceIndex) {
    return ofInterface(interfaceIndex, SamplingScope.EGRESS);
  }

  private double ofInterface(long interfaceIndex, int direction) {
    double interval = interfaces.get(interfaceKey(interfaceIndex, direction));
    return interval != 0
        ? interval
        : interfaces.get(interfaceKey(interfaceIndex, SamplingScope.BOTH));
  }

  public double ofLineCard(long lineCardId) {
    return lineCards.get(lineCardId);
  }

  public double ofSystem() {
    return system;
  }

  public boolean hasInterfaces() {
    return interfaces.size() != 0;
  }

  public boolean hasLineCards() {
    return lineCards.size() != 0;
  }

  /** Calls {@code consumer} for every interval known. */
  public void forEach(Consumer consumer) {
    each(samplers, SamplingProvenance.SAMPLER, consumer);
    each(templates, SamplingProvenance.TEMPLATE, consumer);
    for (int i = 0; i < interfaces.size(); i++) {
      long key = interfaces.key(i);
      consumer.accept(
          new SamplingScope(SamplingProvenance.INTERFACE, key >>> 2, (int) (key & 3)),
          interfaces.value(i));
    }
    each(lineCards, SamplingProvenance.LINE_CARD, consumer);
    if (system != 0) {
      consumer.accept(SamplingScope.SYSTEM, system);
    }
  }

  private static void each(LongDoubleMap map, SamplingProvenance provenance, Consumer consumer) {
    for (int i = 0; i < map.size(); i++) {
      consumer.accept(new SamplingScope(provenance, map.key(i), SamplingScope.BOTH), map.value(i));
    }
  }

  private static LongDoubleMap with(LongDoubleMap map, long key, double interval) {
    return map.size() >= MAX_ENTRIES && map.get(key) == 0 ? map : map.with(key, interval);
  }

  private static long interfaceKey(long interfaceIndex, int direction) {
    return interfaceIndex << 2 | direction;
  }

  /** Takes one announced interval. */
  @FunctionalInterface
  public interface Consumer {
    void accept(SamplingScope scope, double interval);
  }
}
