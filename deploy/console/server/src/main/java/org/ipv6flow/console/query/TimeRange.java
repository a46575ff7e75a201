package org.ipv6flow.console.query;

import java.time.Instant;
import java.time.ZoneId;

/** A period [from, until), and the time zone in which it was said. */
public record TimeRange(Instant from, Instant until, ZoneId zone) {

  public long seconds() {
    return until.getEpochSecond() - from.getEpochSecond();
  }

  /** The same length, so many seconds earlier. */
  public TimeRange earlier(Instant newFrom, Instant newUntil) {
    return new TimeRange(newFrom, newUntil, zone);
  }
}
