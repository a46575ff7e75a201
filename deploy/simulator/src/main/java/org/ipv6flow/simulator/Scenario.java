package org.ipv6flow.simulator;

import java.time.Duration;
import org.ipv6flow.simulator.network.Impairments;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong on request.
 *
 * @param impairments of the network between exporters and collector
 * @param samplingOptionsDelay after the start, for which exporters do not announce sampling
 * @param skewedExporter id of the exporter whose clock is wrong; null for none
 * @param clockSkew how much that clock is ahead
 * @param restartedExporter id of the exporter that restarts once; null for none
 * @param restartAfter when it does so, after the start
 */
public record Scenario(
    Impairments impairments,
    Duration samplingOptionsDelay,
    @Nullable String skewedExporter,
    Duration clockSkew,
    @Nullable String restartedExporter,
    Duration restartAfter) {

  public static final Scenario NOTHING =
      new Scenario(Impairments.NONE, Duration.ZERO, null, Duration.ZERO, null, Duration.ZERO);

  public Scenario withImpairments(Impairments impairments) {
    return new Scenario(
        impairments,
        samplingOptionsDelay,
        skewedExporter,
        clockSkew,
        restartedExporter,
        restartAfter);
  }

  public Scenario withSamplingOptionsDelay(Duration delay) {
    return new Scenario(
        impairments, delay, skewedExporter, clockSkew, restartedExporter, restartAfter);
  }

  public Scenario withClockSkew(String exporterId, Duration skew) {
    return new Scenario(
        impairments, samplingOptionsDelay, exporterId, skew, restartedExporter, restartAfter);
  }

  public Scenario withRestart(String exporterId, Duration after) {
    return new Scenario(
        impairments, samplingOptionsDelay, skewedExporter, clockSkew, exporterId, after);
  }
}
