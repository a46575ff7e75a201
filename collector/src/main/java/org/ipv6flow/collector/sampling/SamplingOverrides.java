package org.ipv6flow.collector.sampling;

/** Sampling intervals that the operator states for exporters that announce none. */
@FunctionalInterface
public interface SamplingOverrides {

  SamplingOverrides NONE = (exporterHigh, exporterLow, observationDomainId) -> 0;

  /** The N of "1 in N"; 0 if nothing is stated. */
  double interval(long exporterHigh, long exporterLow, int observationDomainId);
}
