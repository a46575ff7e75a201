package org.ipv6flow.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Locks a user or an address after failed logins, so that passwords cannot be tried out. */
public final class LoginLock {

  public static final int FAILURES = 10;
  public static final Duration WINDOW = Duration.ofMinutes(15);

  private static final int MOST = 20_000;

  private final Clock clock;
  private final Map<String, Deque<Instant>> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
          return size() > MOST;
        }
      };

  public LoginLock(Clock clock) {
    this.clock = clock;
  }

  /** Seconds for which it is still locked, or 0. */
  public synchronized int lockedSeconds(String key) {
    Deque<Instant> recent = recent(key);
    if (recent.size() < FAILURES) {
      return 0;
    }
    Instant first = recent.peekFirst();
    return first == null
        ? 0
        : (int) Math.max(1, Duration.between(clock.instant(), first.plus(WINDOW)).toSeconds());
  }

  public synchronized void failed(String key) {
    Deque<Instant> recent = recent(key);
    recent.addLast(clock.instant());
    failures.put(key, recent);
  }

  public synchronized void succeeded(String key) {
    failures.remove(key);
  }

  private Deque<Instant> recent(String key) {
    Deque<Instant> recent = failures.getOrDefault(key, new ArrayDeque<>());
    Instant begin = clock.instant().minus(WINDOW);
    while (!recent.isEmpty() && recent.getFirst().isBefore(begin)) {
      recent.removeFirst();
    }
    return recent;
  }
}
