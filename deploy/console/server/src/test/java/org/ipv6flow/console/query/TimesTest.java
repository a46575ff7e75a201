package org.ipv6flow.console.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.ipv6flow.console.http.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as people and programs write them; it is 2026-11-26 01:30 in UTC, 09:30 in Beijing. */
class TimesTest {

  private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
  private static final Instant NOW = Instant.parse("2026-11-26T01:30:00Z");

  @ParameterizedTest
  @CsvSource({
    "now, 2026-11-26T01:30:00Z",
    "now-24h, 2026-11-25T01:30:00Z",
    "now/d, 2026-11-25T16:00:00Z",
    "now/M, 2026-10-31T16:00:00Z",
    "now/M-1M, 2026-09-30T16:00:00Z",
    "now-1d/d, 2026-11-24T16:00:00Z",
    "now/w, 2026-11-22T16:00:00Z",
    "now/y, 2025-12-31T16:00:00Z",
    "2026-11-01, 2026-10-31T16:00:00Z",
    "2026-10, 2026-09-30T16:00:00Z",
    "2026-11-01T00:00:00Z, 2026-11-01T00:00:00Z",
    "2026-11-01T08:00:00+08:00, 2026-11-01T00:00:00Z",
    "2026-11-01T08:00:00 08:00, 2026-11-01T00:00:00Z"
  })
  void reads(String text, Instant expected) throws Exception {
    assertThat(Times.parse("from", text, BEIJING, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "now-1x", "2026-13", "2026-02-30", "1", "now--1h"})
  void saysWhatIsExpected(String text) {
    assertThatThrownBy(() -> Times.parse("from", text, BEIJING, NOW))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("is no time (expected: RFC 3339");
  }

  @ParameterizedTest
  @CsvSource({"now-1h, 10s", "now-24h, 5m", "now-7d, 1h", "now-30d, 1h", "now-365d, 1d"})
  void autoTakesTheCoarsestStepThatGivesEnoughPoints(String from, String step) throws Exception {
    TimeRange range = new TimeRange(Times.parse("from", from, BEIJING, NOW), NOW, BEIJING);

    assertThat(Step.choose("auto", List.of(Step.values()), range, NOW, 10_000).label())
        .isEqualTo(step);
  }

  /** Ten-second buckets are kept for three days, minutes for ninety. */
  @Test
  void autoTakesNoBucketsThatAreNotKeptAnyMore() throws Exception {
    Instant past = NOW.minusSeconds(100 * 86_400L);
    TimeRange range = new TimeRange(past, past.plusSeconds(3_600), BEIJING);

    assertThat(Step.choose("auto", List.of(Step.values()), range, NOW, 10_000))
        .isEqualTo(Step.FIVE_MINUTES);
  }

  @Test
  void aStepThatGivesTooManyPointsIsRefused() {
    TimeRange range = new TimeRange(NOW.minusSeconds(86_400 * 30L), NOW, BEIJING);

    assertThatThrownBy(() -> Step.choose("10s", List.of(Step.values()), range, NOW, 10_000))
        .hasMessageContaining("259200 points (at most 10000");
  }
}
