package org.ipv6flow.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.ipv6flow.console.clickhouse.Sql;
import org.junit.jupiter.api.Test;

/** Who gets in, and as whom. */
class AccessTest {

  private final Moving clock = new Moving();

  @Test
  void aPasswordIsKeptAsItsHash() {
    PasswordHash hash = PasswordHash.of("correct horse battery".toCharArray());

    assertThat(hash.toString()).startsWith("pbkdf2-sha256$600000$").doesNotContain("horse");
    PasswordHash read = PasswordHash.parse(hash.toString());
    assertThat(read.matches("correct horse battery".toCharArray())).isTrue();
    assertThat(read.matches("correct horse".toCharArray())).isFalse();
    assertThatThrownBy(() -> PasswordHash.parse("plain")).hasMessageContaining("no password hash");
    assertThatThrownBy(() -> PasswordHash.parse(hash.toString().replace("$600000$", "$1000$")))
        .hasMessageContaining("1000 rounds");
  }

  @Test
  void tenFailuresLockForAQuarterOfAnHour() {
    LoginLock lock = new LoginLock(clock);
    for (int i = 0; i < 9; i++) {
      lock.failed("user lin");
    }
    assertThat(lock.lockedSeconds("user lin")).isZero();
    lock.failed("user lin");

    assertThat(lock.lockedSeconds("user lin")).isEqualTo(900);
    assertThat(lock.lockedSeconds("user wang")).isZero();
    clock.advance(Duration.ofMinutes(16));
    assertThat(lock.lockedSeconds("user lin")).isZero();
  }

  @Test
  void aRateFillsAgain() {
    RateLimit limit = new RateLimit(clock, 60);
    for (int i = 0; i < 60; i++) {
      assertThat(limit.take("a")).isZero();
    }
    assertThat(limit.take("a")).isEqualTo(1);
    assertThat(limit.take("b")).isZero();
    clock.advance(Duration.ofSeconds(2));
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isPositive();
  }

  @Test
  void aSessionEndsAfterAnHourOfSilenceAndAfterTwelveHours() {
    Sessions sessions = new Sessions(clock);
    Sessions.Session session = sessions.begin(null);
    clock.advance(Duration.ofMinutes(59));
    assertThat(sessions.find(session.id())).isNotNull();
    clock.advance(Duration.ofMinutes(61));
    assertThat(sessions.find(session.id())).isNull();
    Sessions.Session busy = sessions.begin(null);
    for (int i = 0; i < 24; i++) {
      clock.advance(Duration.ofMinutes(30));
      sessions.find(busy.id());
    }
    clock.advance(Duration.ofMinutes(1));
    assertThat(sessions.find(busy.id())).isNull();
    assertThat(sessions.find("made up")).isNull();
  }

  @Test
  void headersAreBelievedFromTrustedProxiesAlone() throws Exception {
    Gate gate = new Gate(false, Set.of(InetAddress.getByName("10.0.0.1")));
    Map<String, String> headers = Map.of(Gate.USER_HEADER, "lin", Gate.ROLE_HEADER, "admin");

    assertThat(gate.who("10.0.0.1", headers::get, null))
        .contains(new Principal("lin", Role.ADMIN, null));
    assertThat(gate.who("10.0.0.2", headers::get, null)).isEmpty();
    assertThat(gate.who("10.0.0.1", Map.of(Gate.USER_HEADER, "lin")::get, null)).isEmpty();
    // An operator without a name would see either nothing or everything.
    assertThat(
            gate.who(
                "10.0.0.1",
                Map.of(Gate.USER_HEADER, "lin", Gate.ROLE_HEADER, "operator")::get,
                null))
        .isEmpty();
  }

  @Test
  void rowsOfNobodyAreSeenByNobody() {
    for (Role role : Role.values()) {
      Principal who = new Principal("x", role, role == Role.OPERATOR ? "A" : null);
      assertThat(RowScope.NOBODY.predicate(who, new Sql())).as(role.label()).isEqualTo("0");
    }
  }

  @Test
  void devicesAndLinksAreNotForTheRegulator() {
    Principal regulator = new Principal("x", Role.REGULATOR, null);

    assertThat(RowScope.DEVICE.predicate(regulator, new Sql())).isEqualTo("0");
    assertThat(RowScope.LINK.predicate(regulator, new Sql())).isEqualTo("0");
    assertThat(Access.dimensions(Role.REGULATOR))
        .doesNotContain("link", "node_pair", "operator_path");
  }

  /** A clock that is moved by hand. */
  private static final class Moving extends Clock {

    private Instant now = Instant.parse("2026-11-26T00:00:00Z");

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
