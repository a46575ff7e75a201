package org.ipv6flow.jobs.reissue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ipv6flow.schema.inventory.Inventory;

/**
 * What to make again, and by what.
 *
 * @param from start of the first minute
 * @param until end of the last minute
 * @param inventories that hold, one after the other
 * @param samplingIntervals N of 1 in N by exporter's id: whatever its records say
 * @param margin records that were received so long after the end still belong to it
 * @param reason for those who read the numbers
 */
public record ReissueRequest(
    Instant from,
    Instant until,
    List<Inventory> inventories,
    Map<String, Double> samplingIntervals,
    Duration margin,
    String reason) {

  private static final long SECONDS_PER_MINUTE = 60;

  /** Sums of a day are a few hundred megabytes for a nation. */
  public static final Duration MAX_LENGTH = Duration.ofHours(24);

  public ReissueRequest {
    inventories = List.copyOf(inventories);
    samplingIntervals = Map.copyOf(samplingIntervals);
    if (from.getEpochSecond() % SECONDS_PER_MINUTE != 0
        || until.getEpochSecond() % SECONDS_PER_MINUTE != 0
        || from.getNano() != 0
        || until.getNano() != 0) {
      throw new IllegalArgumentException(
          "from %s until %s (expected: full minutes)".formatted(from, until));
    }
    if (!from.isBefore(until) || Duration.between(from, until).compareTo(MAX_LENGTH) > 0) {
      throw new IllegalArgumentException(
          "from %s until %s (expected: later than from, by at most %d h)"
              .formatted(from, until, MAX_LENGTH.toHours()));
    }
    samplingIntervals.forEach(
        (exporter, interval) -> {
          if (!(interval >= 1) || Double.isInfinite(interval)) {
            throw new IllegalArgumentException(
                "sampling interval %s of %s (expected: 1 or more)".formatted(interval, exporter));
          }
        });
  }
}
