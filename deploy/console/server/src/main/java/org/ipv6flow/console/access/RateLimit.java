package org.ipv6flow.console.access;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bucket of tokens for each caller, which fills again over a minute. */
public final class RateLimit {

  private static final int MOST = 20_000;
  private static final double MILLIS_A_MINUTE = 60_000;

  private record Bucket(double tokens, long millis) {}

  private final Clock clock;
  private final int perMinute;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST;
        }
      };

  public RateLimit(Clock clock, int perMinute) {
    this.clock = clock;
    this.perMinute = perMinute;
  }

  public int perMinute() {
    return perMinute;
  }

  /** Takes a token; seconds to wait for one if there is none, else 0. */
  public synchronized int take(String caller) {
    long now = clock.millis();
    Bucket bucket = buckets.getOrDefault(caller, new Bucket(perMinute, now));
    double tokens =
        Math.min(
            perMinute, bucket.tokens() + (now - bucket.millis()) * perMinute / MILLIS_A_MINUTE);
    if (tokens < 1) {
      return (int) Math.ceil((1 - tokens) * MILLIS_A_MINUTE / perMinute / 1_000);
    }
    buckets.put(caller, new Bucket(tokens - 1, now));
    return 0;
  }
}
