package org.ipv6flow.simulator.export;

/** What has been sent. Sums of many exporters may share one. */
public final class SessionCounters {

  public long messages;
  public long flowRecords;
  public long optionsRecords;

  /** Σ IE 1 as observed. */
  public long observedOctets;

  /** Σ N · IE 1: what a collector that knows every sampling interval must estimate. */
  public long scaledOctets;

  /** Adds what another has counted. */
  public void add(SessionCounters other) {
    messages += other.messages;
    flowRecords += other.flowRecords;
    optionsRecords += other.optionsRecords;
    observedOctets += other.observedOctets;
    scaledOctets += other.scaledOctets;
  }
}
