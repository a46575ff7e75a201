package org.ipv6flow.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From found to fired to resolved, and what people do to it meanwhile. */
class AlertBookTest {

  private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
  private static final AlertRule RULE =
      new AlertRule(
          "rule",
          "warning",
          "definition",
          "fraction",
          0.5,
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          "{link} at {value}",
          "{link} 为 {value}",
          "SELECT 1");

  private final AlertBook book = new AlertBook();

  @Test
  void firesOnceItWasFoundForAsLongAsTheRuleWaits() {
    assertThat(round(0, "L1"))
        .singleElement()
        .extracting(Alert::state)
        .isEqualTo(AlertState.PENDING);
    assertThat(round(4, "L1")).isEmpty();
    assertThat(round(5, "L1"))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.FIRING);
              assertThat(alert.startedAt()).isEqualTo(BEGIN);
              assertThat(alert.firedAt()).isEqualTo(BEGIN.plusSeconds(300));
              assertThat(alert.summary()).isEqualTo("L1 at 75.0 %");
              assertThat(alert.summaryZh()).isEqualTo("L1 为 75.0 %");
            });
    assertThat(round(6, "L1")).isEmpty();
  }

  @Test
  void whatIsGoneBeforeItFiredIsOverAtOnce() {
    round(0, "L1");

    assertThat(round(1))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.RESOLVED);
              assertThat(alert.firedAt()).isNull();
            });
    assertThat(book.open()).isEmpty();
  }

  /** A number that swings around its threshold does not fire again and again. */
  @Test
  void isResolvedOnlyOnceItWasMissedForAsLong() {
    round(0, "L1");
    String id = round(5, "L1").get(0).id();
    assertThat(round(6)).isEmpty();
    assertThat(round(8, "L1")).isEmpty();
    assertThat(round(9)).isEmpty();
    assertThat(round(13)).isEmpty();

    assertThat(round(14))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.RESOLVED);
              assertThat(alert.id()).isEqualTo(id);
              assertThat(alert.endedAt()).isEqualTo(BEGIN.plusSeconds(14 * 60));
            });
    assertThat(round(20, "L1")).singleElement().extracting(Alert::id).isNotEqualTo(id);
  }

  @Test
  void eachSubjectIsAnAlertOfItsOwn() {
    round(0, "L1");

    assertThat(round(5, "L1", "L2")).hasSize(2);
    assertThat(book.open()).hasSize(2);
  }

  @Test
  void silenceCoversWhatItNamesUntilItEnds() {
    round(0, "L1", "L2");
    Instant now = BEGIN.plusSeconds(60);
    Silence silence =
        new Silence("s1", "rule", Map.of("link", "L1"), now.plusSeconds(600), "work", "me", now);
    book.silence(silence, now);

    List<Alert> fired = round(5, "L1", "L2");

    assertThat(fired).hasSize(2);
    assertThat(fired)
        .filteredOn(alert -> alert.silencedBy() != null)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.subject()).containsEntry("link", "L1");
              assertThat(alert.shownState()).isEqualTo("silenced");
            });
    round(20, "L1", "L2");
    assertThat(book.open()).allMatch(alert -> alert.silencedBy() == null);
    assertThat(book.silences(BEGIN.plusSeconds(1200))).isEmpty();
  }

  @Test
  void acknowledgementStaysUntilItIsOver() {
    round(0, "L1");
    Alert fired = round(5, "L1").get(0);

    assertThat(book.acknowledge("another", "me", null, BEGIN)).isNull();
    Alert acknowledged = book.acknowledge(fired.id(), "me", "on it", BEGIN.plusSeconds(301));
    assertThat(acknowledged).isNotNull();
    round(6, "L1");

    assertThat(book.open())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.shownState()).isEqualTo("acknowledged");
              assertThat(alert.note()).isEqualTo("on it");
            });
  }

  private List<Alert> round(int minute, String... links) {
    return book.apply(
        RULE,
        0.5,
        List.of(links).stream()
            .map(
                link ->
                    new Finding(
                        Map.of("link", link),
                        0.75,
                        0.01,
                        1.0,
                        JsonNodeFactory.instance.objectNode()))
            .toList(),
        BEGIN.plus(Duration.ofMinutes(minute)));
  }
}
