package org.ipv6flow.launcher.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreshnessTest {

  private final Freshness freshness = new Freshness();

  /** 1000 records a second are sent for 10 s; every 5 s what was sent until then is stored. */
  @Test
  void everyRecordsDelayIsTheTimeFromBeingSentToBeingStored() {
    for (int second = 0; second <= 10; second++) {
      freshness.sent(second * 1_000L, second * 1_000L);
    }
    freshness.stored(5_000, 5_000, true);
    freshness.stored(10_000, 10_000, true);

    // Records wait from 0 to 5 s, in steps of the samples.
    assertThat(freshness.percentileMillis(0.5)).isEqualTo(2_500);
    assertThat(freshness.percentileMillis(0.99)).isEqualTo(4_500);
  }

  @Test
  void recordsOfTheWarmUpDoNotCount() {
    freshness.sent(0, 0);
    freshness.sent(1_000, 100);
    freshness.sent(2_000, 200);
    freshness.stored(60_000, 100, false);
    freshness.stored(60_000, 200, true);

    assertThat(freshness.percentileMillis(1)).isEqualTo(58_500);
  }

  @Test
  void nothingStoredHasNoDelay() {
    freshness.sent(0, 10);

    assertThat(freshness.percentileMillis(0.5)).isEqualTo(-1);
  }
}
