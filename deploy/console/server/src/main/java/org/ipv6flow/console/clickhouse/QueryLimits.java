package org.ipv6flow.console.clickhouse;

import java.time.Duration;

/**
 * What one query may cost.
 *
 * @param maxConcurrent queries at a time, of all users
 */
public record QueryLimits(
    Duration maxExecution, int maxResultRows, long maxMemoryBytes, int maxConcurrent) {

  public static final QueryLimits DEFAULT =
      new QueryLimits(Duration.ofSeconds(30), 201_000, 2L << 30, 8);
}
