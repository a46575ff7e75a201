package org.ipv6flow.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions of browsers: who logged in, and the token that writes must show. In memory. */
public final class Sessions {

  public static final String COOKIE = "ipv6flow_session";

  private static final Duration IDLE = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final int MOST = 10_000;
  private static final int TOKEN_BYTES = 32;

  /**
   * One of them.
   *
   * @param principal null as long as nobody logged in
   */
  public record Session(
      String id, String csrfToken, @Nullable Principal principal, Instant begun, Instant seen) {

    /** Whether a request shows the token; in constant time. */
    public boolean accepts(String token) {
      return MessageDigest.isEqual(
          csrfToken.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
  }

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> sessions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST;
        }
      };

  public Sessions(Clock clock) {
    this.clock = clock;
  }

  /** The session of a cookie; null if there is none, or it is too old. */
  public synchronized @Nullable Session find(@Nullable String id) {
    Session session = id == null ? null : sessions.get(id);
    if (session == null) {
      return null;
    }
    Instant now = clock.instant();
    if (session.seen().plus(IDLE).isBefore(now) || session.begun().plus(LONGEST).isBefore(now)) {
      sessions.remove(session.id());
      return null;
    }
    Session seen =
        new Session(session.id(), session.csrfToken(), session.principal(), session.begun(), now);
    sessions.put(seen.id(), seen);
    return seen;
  }

  /** A new session; a login always gets a new one, so that nobody can prepare its id. */
  public synchronized Session begin(@Nullable Principal principal) {
    Instant now = clock.instant();
    Session session = new Session(token(), token(), principal, now, now);
    sessions.put(session.id(), session);
    return session;
  }

  public synchronized void end(@Nullable String id) {
    if (id != null) {
      sessions.remove(id);
    }
  }

  private String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
