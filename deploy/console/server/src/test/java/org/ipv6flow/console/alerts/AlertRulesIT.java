package org.ipv6flow.console.alerts;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.console.testing.SmallNation;
import org.ipv6flow.console.testing.StoreForTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule on the real engine: what makes it fire, what does not, and when it is resolved. */
class AlertRulesIT {

  private static StoreForTests store;

  /** Up to here everything is stored. */
  private final Instant at =
      Instant.ofEpochSecond(Instant.now().getEpochSecond() / 300 * 300).minus(5, MINUTES);

  private final MovingClock clock = new MovingClock(at.plus(20, SECONDS));
  private final AlertBook book = new AlertBook();
  private final List<Alert> told = new ArrayList<>();

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
  void begin() throws Exception {
    quiet();
  }

  /** Nothing but what says that everything is stored up to {@link #at}. */
  private void quiet() throws Exception {
    store.clear();
    store.traffic(at.minus(10, SECONDS), "L2", "v4_native", 1000, 1);
    store.status(SmallNation.R1, at.minus(16, MINUTES), 16, 0, 0);
    store.status(SmallNation.R2, at.minus(16, MINUTES), 16, 0, 0);
  }

  @Test
  void linkIsSaturatedOnceItWasFullForThreeTimesFiveMinutes() throws Exception {
    for (int five = 1; five <= 3; five++) {
      store.load(at.minus(5L * five, MINUTES), "L1", "v6_native", 0.92 + five / 100.0);
    }
    store.load(at.minus(5, MINUTES), "L2", "v4_native", 0.99);
    store.load(at.minus(10, MINUTES), "L2", "v4_native", 0.99);

    evaluate("link_saturation");

    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.subject())
                  .containsEntry("link", "L1")
                  .containsEntry("direction", "a_to_b");
              assertThat(alert.state()).isEqualTo(AlertState.FIRING);
              assertThat(alert.value()).isCloseTo(0.93, within(1e-9));
              assertThat(alert.threshold()).isEqualTo(0.9);
              assertThat(alert.error95()).isZero();
              assertThat(alert.coverage()).isEqualTo(1);
              assertThat(alert.summary())
                  .isEqualTo("L1 a_to_b: at least 93.0 % full for 15 minutes");
              assertThat(alert.evidence().path("definition").asText())
                  .isEqualTo("link_utilisation");
              assertThat(alert.evidence().path("columns").path("bps_v6").asDouble()).isPositive();
              assertThat(alert.evidence().path("sql").asText()).contains("def_link_load_5m_v1");
            });
    resolves("link_saturation", 1);
  }

  @Test
  void percentileOfTheWeekIsTold() throws Exception {
    for (int five = 1; five <= 40; five++) {
      store.load(at.minus(5L * five, MINUTES), "L1", "v6_native", five <= 2 ? 0.99 : 0.85);
      store.load(at.minus(5L * five, MINUTES), "L2", "v6_native", five <= 2 ? 0.99 : 0.6);
    }

    evaluate("link_saturation_p95");

    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.subject()).containsEntry("link", "L1");
              assertThat(alert.value()).isCloseTo(0.85, within(1e-6));
            });
    resolves("link_saturation_p95", 1);
  }

  /** A week before 80 % of IPv4 and 160 % of IPv6; a quarter of IPv6 now, and all of IPv4. */
  @Test
  void ipv6CollapsesOnlyWhileIpv4Holds() throws Exception {
    for (String link : List.of("L1", "L2")) {
      store.load(at.minus(5, MINUTES).minus(7, DAYS), link, "v4_native", 0.2);
      store.load(at.minus(5, MINUTES).minus(7, DAYS), link, "v6_native", 0.4);
      store.load(at.minus(5, MINUTES), link, "v6_native", 0.1);
    }
    store.load(at.minus(5, MINUTES), "L1", "v4_native", 0.2);
    // Of L2 both fell: a cut, not a collapse of IPv6.
    store.load(at.minus(5, MINUTES), "L2", "v4_native", 0.05);

    evaluate("ipv6_collapse");
    assertThat(told).isEmpty();
    assertThat(book.open()).singleElement().extracting(Alert::state).isEqualTo(AlertState.PENDING);
    clock.advance(5);
    evaluate("ipv6_collapse");

    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.subject()).containsEntry("link", "L1");
              assertThat(alert.value()).isCloseTo(0.25, within(1e-6));
              assertThat(alert.coverage()).isEqualTo(1);
            });
    resolves("ipv6_collapse", 1);
  }

  @Test
  void exporterIsSilentUntilItIsHeardAgain() throws Exception {
    store.clear();
    store.traffic(at.minus(10, SECONDS), "L2", "v4_native", 1000, 1);
    store.status(SmallNation.R1, at.minus(10, MINUTES), 10, 0, 0);
    store.status(SmallNation.R2, at.minus(10, MINUTES), 4, 0, 0);

    evaluate("exporter_silent");
    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.subject()).containsEntry("exporter", "R2");
              assertThat(alert.value()).isEqualTo(6);
              assertThat(alert.coverage()).isCloseTo(0.4, within(1e-9));
            });

    store.status(SmallNation.R2, at.minus(1, MINUTES), 1, 0, 0);
    clock.advance(1);
    evaluate("exporter_silent");

    assertThat(told).hasSize(2);
    assertThat(told.get(1).state()).isEqualTo(AlertState.RESOLVED);
    assertThat(told.get(1).id()).isEqualTo(told.get(0).id());
  }

  /** 5 of 105 records; R2 loses as much in one minute of fifteen. */
  @Test
  void lossOfMostMinutesIsTold() throws Exception {
    store.status(SmallNation.R1, at.minus(15, MINUTES), 15, 10, 0);
    store.status(SmallNation.R2, at.minus(3, MINUTES), 1, 100, 0);

    evaluate("loss");
    clock.advance(5);
    evaluate("loss");

    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.subject()).containsEntry("exporter", "R1");
              assertThat(alert.value()).isCloseTo(10 / 210.0, within(1e-9));
            });
    resolves("loss", 1);
  }

  @Test
  void recordsWithoutSamplingIntervalAreTold() throws Exception {
    store.status(SmallNation.R1, at.minus(5, MINUTES), 2, 0, 30);

    evaluate("sampling_unknown");
    clock.advance(5);
    evaluate("sampling_unknown");

    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.subject()).containsEntry("exporter", "R1");
              assertThat(alert.value()).isEqualTo(60);
            });
    resolves("sampling_unknown", 1);
  }

  @Test
  void samplingIntervalThatDoublesIsTold() throws Exception {
    for (String link : List.of("L1", "L2")) {
      store.traffic(at.minus(40, MINUTES), link, "v4_native", 1e9, 1000);
    }
    store.traffic(at.minus(10, MINUTES), "L1", "v4_native", 1e9, 2000);
    store.traffic(at.minus(10, MINUTES), "L2", "v4_native", 2e9, 1000);

    evaluate("sampling_jump");

    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.subject()).containsEntry("link", "L1");
              assertThat(alert.value()).isCloseTo(2, within(1e-6));
            });
    resolves("sampling_jump", 1);
  }

  @Test
  void familiesThatAreSampledDifferentlyAreTold() throws Exception {
    store.traffic(at.minus(10, MINUTES), "L1", "v4_native", 1e9, 1000);
    store.traffic(at.minus(10, MINUTES), "L1", "v6_native", 1e9, 100);
    store.traffic(at.minus(10, MINUTES), "L2", "v4_native", 1e9, 1000);
    store.traffic(at.minus(10, MINUTES), "L2", "v6_native", 5e8, 1000);
    // Of this interface IPv6 has no interval at all, of the other neither has.
    store.unattributed(at.minus(5, MINUTES), SmallNation.R1, "sampling_unknown", 6, 0);
    store.unattributed(at.minus(5, MINUTES), SmallNation.R2, "sampling_unknown", 6, 0);
    store.unattributed(at.minus(5, MINUTES), SmallNation.R2, "sampling_unknown", 4, 0);

    evaluate("one_family_rate");
    clock.advance(5);
    evaluate("one_family_rate");

    assertThat(told)
        .extracting(alert -> alert.subject().get("link"))
        .containsExactlyInAnyOrder("L1", "R1 7");
    assertThat(told.get(0).value()).isCloseTo(10, within(1e-6));
    resolves("one_family_rate", 2);
  }

  /** 4.5e11 octets an hour are 1 Gbit/s. */
  @Test
  void unattributedTrafficThatGrewIsTold() throws Exception {
    store.unattributed(
        at.minus(5, MINUTES), SmallNation.R1, "unknown_interface", 6, 900_000_000_000L);
    store.unattributed(
        at.minus(5, MINUTES), SmallNation.R2, "unknown_interface", 6, 900_000_000_000L);
    store.unattributed(
        at.minus(5, MINUTES).minus(7, DAYS),
        SmallNation.R2,
        "unknown_interface",
        6,
        600_000_000_000L);
    // A second observation rightly belongs to none.
    store.unattributed(at.minus(5, MINUTES), SmallNation.R2, "not_primary", 6, 9_000_000_000_000L);

    evaluate("unattributed_growth");
    clock.advance(15);
    evaluate("unattributed_growth");

    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.subject())
                  .containsEntry("exporter", "R1")
                  .containsEntry("interface", "7");
              assertThat(alert.value()).isCloseTo(2e9, within(1.0));
            });
    resolves("unattributed_growth", 1);
  }

  @Test
  void bogonsAndTunnelsThatSurgeAreTold() throws Exception {
    for (String link : List.of("L1", "L2")) {
      store.traffic(at.minus(5, MINUTES), link, "v4_native", 8e11, 1000);
      store.traffic(at.minus(5, MINUTES), link, "v4_bogon", 1e11, 1000);
      store.traffic(at.minus(5, MINUTES), link, "v6_in_v4", 1e11, 1000);
    }
    // L2 had as much of both a week before.
    store.traffic(at.minus(5, MINUTES).minus(7, DAYS), "L2", "v4_native", 8e11, 1000);
    store.traffic(at.minus(5, MINUTES).minus(7, DAYS), "L2", "v4_bogon", 1e11, 1000);
    store.traffic(at.minus(5, MINUTES).minus(7, DAYS), "L2", "v6_in_v4", 1e11, 1000);

    for (String rule : List.of("bogon_surge", "tunnel_surge")) {
      told.clear();
      evaluate(rule);
      clock.advance(5);
      evaluate(rule);

      assertThat(told)
          .as(rule)
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.subject()).containsEntry("link", "L1");
                assertThat(alert.value()).isCloseTo(0.1, within(1e-6));
              });
    }
    told.clear();
    resolves("bogon_surge", 1);
  }

  /** L1 grows from 50 to 71 % in eight weeks, 3 points a week; L2 stays at 50 %. */
  @Test
  void linkThatRunsOutWithinNinetyDaysIsTold() throws Exception {
    for (int week = 0; week < 8; week++) {
      Instant hour = at.truncatedTo(HOURS).minus(7L * week + 1, DAYS);
      double hourOctets = SmallNation.CAPACITY_BPS / 8 * 3600;
      store.traffic(hour, "L1", "v6_native", (0.71 - 0.03 * week) * hourOctets, 1000);
      store.traffic(hour, "L2", "v6_native", 0.5 * hourOctets, 1000);
    }

    evaluate("capacity_runout");

    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.subject()).containsEntry("link", "L1");
              assertThat(alert.value()).isBetween(18.0, 22.0);
              assertThat(alert.evidence().path("columns").has("reached_earliest")).isTrue();
            });
    resolves("capacity_runout", 1);
  }

  @Test
  void dataThatDoNotComeAreTold() throws Exception {
    clock.advance(2);
    evaluate("pipeline_lag");
    assertThat(book.open()).isEmpty();
    clock.advance(8);
    evaluate("pipeline_lag");
    clock.advance(2);
    evaluate("pipeline_lag");

    assertThat(told)
        .extracting(alert -> alert.subject().get("path"))
        .containsExactlyInAnyOrder("flows", "status");
    assertThat(told).allSatisfy(alert -> assertThat(alert.value()).isGreaterThan(600));
  }

  @Test
  void everyRuleHasAnExplanation() throws Exception {
    String page = java.nio.file.Files.readString(Path.of("../../../docs/reference/alerts.md"));

    assertThat(AlertRules.all())
        .extracting(AlertRule::id)
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(page).contains("| `" + id + "` |"));
  }

  /** What was wrong is no more: after the rule's time it is over, and was kept as a whole life. */
  private void resolves(String rule, int alerts) throws Exception {
    List<Alert> before = List.copyOf(told);
    told.clear();
    store.execute("CREATE TABLE IF NOT EXISTS ipv6flow.kept_changes AS ipv6flow.alert_changes");
    store.execute("TRUNCATE TABLE ipv6flow.kept_changes");
    store.execute("INSERT INTO ipv6flow.kept_changes SELECT * FROM ipv6flow.alert_changes");
    quiet();
    store.execute("INSERT INTO ipv6flow.alert_changes SELECT * FROM ipv6flow.kept_changes");

    clock.advance(400);
    evaluate(rule);
    clock.advance(400);
    evaluate(rule);

    assertThat(told)
        .hasSize(alerts)
        .allSatisfy(alert -> assertThat(alert.state()).isEqualTo(AlertState.RESOLVED));
    assertThat(book.open()).noneMatch(alert -> alert.rule().equals(rule));
    if (!before.isEmpty()) {
      assertThat(
              store.value(
                  "SELECT groupArray(state) FROM (SELECT toString(state) AS state FROM"
                      + " ipv6flow.alert_changes WHERE id = '%s' ORDER BY changed_at, state)"
                          .formatted(before.get(0).id())))
          .contains("firing")
          .contains("resolved");
      assertThat(
              store.value(
                  "SELECT state FROM ipv6flow.alerts WHERE id = '%s'"
                      .formatted(before.get(0).id())))
          .isEqualTo("resolved");
    }
  }

  private void evaluate(String id) {
    AlertRule rule =
        AlertRules.all().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    AlertListener listener = told::add;
    new AlertEvaluator(
            List.of(rule),
            AlertSettings.DEFAULT,
            store.client(),
            new AlertStore(store.client()),
            book,
            List.of(listener),
            clock)
        .evaluate();
  }

  /** Stands still unless it is moved. */
  private static final class MovingClock extends Clock {

    private Instant now;

    private MovingClock(Instant now) {
      this.now = now;
    }

    private void advance(long minutes) {
      now = now.plus(minutes, MINUTES);
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
