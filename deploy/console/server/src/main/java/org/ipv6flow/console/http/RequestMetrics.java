package org.ipv6flow.console.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts and times answers by operation and status. */
public final class RequestMetrics {

  private final MeterRegistry registry;

  public RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void answered(String operation, int status, double millis) {
    Timer.builder("console.requests")
        .description("Answers of the API by operation and status")
        .tag("operation", operation)
        .tag("status", Integer.toString(status))
        .serviceLevelObjectives(
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5))
        .register(registry)
        .record((long) (millis * 1_000), TimeUnit.MICROSECONDS);
  }
}
