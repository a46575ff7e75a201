package org.ipv6flow.collector.sampling;

import org.ipv6flow.schema.flow.SamplingProvenance;

/**
 * What the operator states about the sampling of an exporter.
 *
 * @param rates of the system and of interfaces
 * @param replacesAnnounced whether they apply even where the exporter announces something: routers
 *     are known that announce a wrong number
 */
public record StatedSampling(SamplingRates rates, boolean replacesAnnounced) {

  /** Nothing is stated. */
  public static final StatedSampling NONE = new StatedSampling(SamplingRates.NONE, false);

  /** One interval for all that the exporter meters, where it announces nothing. */
  public static StatedSampling of(double interval) {
    return NONE.with(0, SamplingScope.BOTH, 0, interval);
  }

  /** The same, which even replaces what the exporter announces. */
  public StatedSampling replacingAnnounced() {
    return new StatedSampling(rates, true);
  }

  /**
   * These statements and one more.
   *
   * @param interfaceIndex 0 for all
   * @param direction 0 for both, 1 for ingress, 2 for egress
   * @param ipVersion 4, 6, or 0 for both
   */
  public StatedSampling with(long interfaceIndex, int direction, int ipVersion, double interval) {
    SamplingProvenance scope =
        interfaceIndex == 0 ? SamplingProvenance.SYSTEM : SamplingProvenance.INTERFACE;
    return new StatedSampling(
        rates.with(new SamplingScope(scope, interfaceIndex, direction, ipVersion), interval, 0),
        replacesAnnounced);
  }

  /** Whether an interval depends on the record, and not only on the exporter. */
  public boolean isPerRecord() {
    return rates.hasInterfaces() || rates.hasFamilies();
  }
}
