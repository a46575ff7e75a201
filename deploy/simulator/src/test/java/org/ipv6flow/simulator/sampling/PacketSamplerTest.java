package org.ipv6flow.simulator.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketSamplerTest {

  private final SplittableRandom random = new SplittableRandom(7);

  /** RFC 5475 section 5.1: selection by count is deterministic; only the mix is not. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 1_000, 1_024})
  void countSamplerTakesEveryNthPacketAcrossCalls(long interval) {
    PacketSampler sampler = PacketSampler.of("fixed", interval);
    long packets = 0;
    long sampled = 0;

    for (int call = 0; call < 500; call++) {
      long[] strata = {random.nextLong(3_000), random.nextLong(50), random.nextLong(70_000)};
      long[] taken = new long[3];
      sampler.sample(strata, taken, random);
      for (int i = 0; i < strata.length; i++) {
        assertThat(taken[i]).isBetween(0L, strata[i]);
        packets += strata[i];
        sampled += taken[i];
      }
      assertThat(sampled).isEqualTo(packets / interval);
    }
  }

  @Test
  void countSamplerSplitsInProportion() {
    PacketSampler sampler = PacketSampler.of("fixed", 1_000);
    long[] taken = new long[2];
    long ofFirst = 0;

    for (int call = 0; call < 1_000; call++) {
      sampler.sample(new long[] {300_000, 700_000}, taken, random);
      ofFirst += taken[0];
    }

    assertThat(ofFirst).isCloseTo(300_000L, within(2_500L));
  }

  /** RFC 5475 section 5.2.2: each packet with the same probability. */
  @Test
  void randomSamplerTakesOneInNOnAverage() {
    PacketSampler sampler = PacketSampler.of("random", 100);
    long[] taken = new long[2];
    long[] sums = new long[2];

    for (int call = 0; call < 2_000; call++) {
      sampler.sample(new long[] {1_000, 100_000}, taken, random);
      sums[0] += taken[0];
      sums[1] += taken[1];
    }

    assertThat(sums[0]).isCloseTo(20_000L, within(710L));
    assertThat(sums[1]).isCloseTo(2_000_000L, within(7_100L));
  }
}
