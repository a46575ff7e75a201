package org.ipv6flow.collector.session;

import java.time.Duration;

/**
 * Bounds on state that grows with network input, and the times after which it is given up.
 *
 * @param maxExporters exporter addresses with state
 * @param maxDomainsPerExporter observation domains of one exporter, per protocol
 * @param maxTemplatesPerDomain templates and options templates of one domain
 * @param maxFieldsPerTemplate fields of one template, scope fields included
 * @param maxTemplateFieldsPerExporter fields of all templates of one exporter, those of each UDP
 *     source port by themselves
 * @param maxTemplateFields the same, all exporters together; a field takes about 100 octets
 * @param holdUnknownSets whether data sets wait for their template
 * @param maxHeldOctetsPerExporter octets of data sets that wait for their template; each set counts
 *     for 128 more, which it takes in memory
 * @param maxHeldOctets the same, all exporters together
 * @param maxHoldTime how long a data set waits
 * @param minTemplateLifetime templates expire after three refresh intervals, but not before this
 * @param maxClockDifference beyond this an exporter's times are not believed
 */
public record DecoderLimits(
    int maxExporters,
    int maxDomainsPerExporter,
    int maxTemplatesPerDomain,
    int maxFieldsPerTemplate,
    int maxTemplateFieldsPerExporter,
    long maxTemplateFields,
    boolean holdUnknownSets,
    int maxHeldOctetsPerExporter,
    long maxHeldOctets,
    Duration maxHoldTime,
    Duration minTemplateLifetime,
    Duration maxClockDifference) {

  /** What the live collector uses unless told otherwise. */
  public static DecoderLimits defaults() {
    return new DecoderLimits(
        65_536,
        1_024,
        1_024,
        512,
        1 << 16,
        1 << 20,
        true,
        1 << 20,
        64 << 20,
        Duration.ofSeconds(60),
        Duration.ofMinutes(30),
        Duration.ofMinutes(10));
  }

  /** The same, but data sets of unknown templates are dropped at once. */
  public DecoderLimits withoutHolding() {
    return new DecoderLimits(
        maxExporters,
        maxDomainsPerExporter,
        maxTemplatesPerDomain,
        maxFieldsPerTemplate,
        maxTemplateFieldsPerExporter,
        maxTemplateFields,
        false,
        maxHeldOctetsPerExporter,
        maxHeldOctets,
        maxHoldTime,
        minTemplateLifetime,
        maxClockDifference);
  }

  /** The same, but data sets wait for their template as long as it takes: for finite input. */
  public DecoderLimits withUnboundedHoldTime() {
    return new DecoderLimits(
        maxExporters,
        maxDomainsPerExporter,
        maxTemplatesPerDomain,
        maxFieldsPerTemplate,
        maxTemplateFieldsPerExporter,
        maxTemplateFields,
        true,
        256 << 20,
        256 << 20,
        Duration.ofDays(36_500),
        minTemplateLifetime,
        maxClockDifference);
  }
}
