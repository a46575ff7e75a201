package org.ipv6flow.collector.sampling;

/** What the operator states about the sampling of exporters. */
@FunctionalInterface
public interface SamplingOverrides {

  SamplingOverrides NONE = (exporterHigh, exporterLow, observationDomainId) -> StatedSampling.NONE;

  StatedSampling of(long exporterHigh, long exporterLow, int observationDomainId);
}
