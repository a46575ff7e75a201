package org.ipv6flow.schema.inventory;

import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Capacity of one direction of a link in a period.
 *
 * @param from first day
 * @param until first day on which it no longer holds; null when it still does
 * @param members links of the bundle in service
 */
public record LinkCapacity(
    LocalDate from, @Nullable LocalDate until, long bitsPerSecond, int members)
    implements Serializable {

  public boolean isInForceOn(LocalDate day) {
    return !day.isBefore(from) && (until == null || day.isBefore(until));
  }
}
