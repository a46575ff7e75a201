package org.ipv6flow.jobs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingDelayTest {

  private static final long NOW = 1_800_000_000_000L;

  private final ReadingDelay delay = new ReadingDelay("Combine (1/2)");

  @Test
  void isTheAgeOfTheNewestBatchThatWasRead() {
    assertThat(delay.newestBatchAgeMillis(NOW)).isZero();

    delay.read(NOW - 5_000, NOW);
    delay.read(NOW - 9_000, NOW);

    assertThat(delay.newestBatchAgeMillis(NOW)).isEqualTo(5_000);
    assertThat(delay.newestBatchAgeMillis(NOW + 700)).isEqualTo(5_700);
  }

  @Test
  void isBehindUntilItHasCaughtUp() {
    delay.read(NOW - 59_000, NOW);
    assertThat(delay.isBehind()).isFalse();

    delay.read(NOW - 600_000, NOW);
    assertThat(delay.isBehind()).isTrue();

    delay.read(NOW - 30_000, NOW);
    assertThat(delay.isBehind()).isTrue();

    delay.read(NOW - 9_000, NOW);
    assertThat(delay.isBehind()).isFalse();
  }
}
