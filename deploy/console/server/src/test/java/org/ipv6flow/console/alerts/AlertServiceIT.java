package org.ipv6flow.console.alerts;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.ipv6flow.console.testing.SmallNation;
import org.ipv6flow.console.testing.StoreForTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to alerts, and that all of it outlives the console. */
class AlertServiceIT {

  /** Others have nothing to do with the traffic below. */
  private static final Set<String> ASKED = Set.of("link_saturation");

  private static StoreForTests store;

  private final Instant at =
      Instant.ofEpochSecond(Instant.now().getEpochSecond() / 300 * 300).minus(5, MINUTES);
  private final AtomicLong looks = new AtomicLong();

  /** Goes on by 10 ms with every look. */
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return at.plusSeconds(20).plusMillis(10 * looks.getAndIncrement());
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    store = new StoreForTests(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    if (store != null) {
      store.close();
    }
  }

  @BeforeEach
  void saturate() throws Exception {
    store.clear();
    for (int five = 1; five <= 3; five++) {
      store.load(at.minus(5L * five, MINUTES), "L1", "v6_native", 0.95);
      store.load(at.minus(5L * five, MINUTES), "L2", "v6_native", 0.75);
    }
    store.traffic(at.minusSeconds(10), "L2", "v4_native", 1000, 1);
    store.status(SmallNation.R1, at.minus(16, MINUTES), 16, 0, 0);
  }

  @Test
  void thresholdIsThatOfTheSettings() throws Exception {
    try (AlertService strict = service(0.7)) {
      strict.evaluateNow();

      assertThat(strict.list(null, null, at.minus(1, DAYS), at.plus(1, HOURS)))
          .extracting(alert -> alert.subject().get("link"))
          .containsExactlyInAnyOrder("L1", "L2");
    }
  }

  @Test
  void answersOutliveTheConsole() throws Exception {
    String id;
    try (AlertService service = service(0.9)) {
      service.evaluateNow();
      Alert alert = only(service.list("firing", null, at.minus(1, DAYS), at.plus(1, HOURS)));
      id = alert.id();
      assertThat(service.firing()).isEqualTo(1);

      assertThat(service.acknowledge("unknown", "noc1", null)).isNull();
      service.acknowledge(id, "noc1", "circuit is being upgraded");
      assertThat(service.firing()).isZero();
    }

    try (AlertService restarted = service(0.9)) {
      restarted.evaluateNow();

      Alert alert =
          only(restarted.list("acknowledged", null, at.minus(1, DAYS), at.plus(1, HOURS)));
      assertThat(alert.id()).as("the same occurrence").isEqualTo(id);
      assertThat(alert.acknowledgedBy()).isEqualTo("noc1");
      assertThat(alert.note()).isEqualTo("circuit is being upgraded");
      assertThat(restarted.find(id)).isNotNull();
      assertThat(restarted.find("unknown")).isNull();
    }
  }

  @Test
  void silencesOutliveTheConsoleAndEnd() throws Exception {
    String silence;
    try (AlertService service = service(0.9)) {
      service.evaluateNow();
      silence =
          service
              .silence(
                  "link_saturation", Map.of("link", "L1"), at.plus(1, HOURS), "maintenance", "noc1")
              .id();
      assertThat(only(service.list("silenced", null, at.minus(1, DAYS), at.plus(1, HOURS))).rule())
          .isEqualTo("link_saturation");
    }

    try (AlertService restarted = service(0.9)) {
      restarted.evaluateNow();
      assertThat(restarted.silences()).singleElement().extracting(Silence::id).isEqualTo(silence);
      assertThat(
              only(restarted.list(null, null, at.minus(1, DAYS), at.plus(1, HOURS))).silencedBy())
          .isEqualTo(silence);

      assertThat(restarted.unsilence("unknown")).isFalse();
      assertThat(restarted.unsilence(silence)).isTrue();
      assertThat(restarted.firing()).isEqualTo(1);
    }

    try (AlertService again = service(0.9)) {
      again.evaluateNow();
      assertThat(again.silences()).isEmpty();
    }
  }

  private AlertService service(double threshold) throws Exception {
    Set<String> disabled =
        AlertRules.all().stream()
            .map(AlertRule::id)
            .filter(id -> !ASKED.contains(id))
            .collect(Collectors.toSet());
    return new AlertService(
        store.account(),
        new AlertSettings(Map.of("link_saturation", threshold), disabled, null, null),
        clock);
  }

  private static Alert only(List<Alert> alerts) {
    assertThat(alerts).hasSize(1);
    return alerts.get(0);
  }
}
