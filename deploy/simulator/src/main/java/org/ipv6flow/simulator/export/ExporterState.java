package org.ipv6flow.simulator.export;

/**
 * What an exporter is and what its clock says. Single-threaded: it belongs to the exporter's thread
 * and changes when the exporter restarts.
 */
final class ExporterState {

  private static final long MILLIS_PER_SECOND = 1_000;

  final long address;
  final long samplingInterval;
  final boolean randomSampling;
  final long clockSkewMillis;

  private long startMillis;
  private long nowMillis;

  /**
   * @param address IPv4 address as a number
   * @param clockSkewMillis how much the exporter's clock is ahead of true time
   * @param startMillis when the exporter started, true time
   */
  ExporterState(
      long address,
      long samplingInterval,
      boolean randomSampling,
      long clockSkewMillis,
      long startMillis) {
    this.address = address;
    this.samplingInterval = samplingInterval;
    this.randomSampling = randomSampling;
    this.clockSkewMillis = clockSkewMillis;
    this.startMillis = startMillis;
    this.nowMillis = startMillis;
  }

  void setNow(long trueMillis) {
    this.nowMillis = trueMillis;
  }

  void restart(long startMillis) {
    this.startMillis = startMillis;
  }

  /** By the exporter's clock. */
  long startMillis() {
    return startMillis + clockSkewMillis;
  }

  /** A true time by the exporter's clock. */
  long exporterMillis(long trueMillis) {
    return trueMillis + clockSkewMillis;
  }

  long exportSeconds() {
    return Math.floorDiv(nowMillis + clockSkewMillis, MILLIS_PER_SECOND);
  }

  /**
   * The up time at the full second of {@link #exportSeconds}. So the start that a collector works
   * out from the two is the same in every message, to the millisecond; with the up time of the
   * sending instant it would waver by a second.
   */
  long upTimeMillis() {
    return exportSeconds() * MILLIS_PER_SECOND - startMillis();
  }
}
