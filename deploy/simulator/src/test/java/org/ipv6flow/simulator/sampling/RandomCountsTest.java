package org.ipv6flow.simulator.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomCountsTest {

  private static final int DRAWS = 40_000;

  @ParameterizedTest
  @CsvSource({
    "1, 0.3",
    "20, 0.5",
    "20, 0.9",
    "1000, 0.01",
    "1000000, 0.00005",
    "1000000, 0.001",
    "5000000000, 0.0000001",
    "400, 0.7"
  })
  void binomialHasItsMeanAndVariance(long trials, double probability) {
    double mean = trials * probability;

    Moments drawn = draw(random -> RandomCounts.binomial(random, trials, probability));

    assertMoments(drawn, mean, mean * (1 - probability));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 30, 100",
    "90, 30, 100",
    "1000, 40, 100000",
    "1000, 50000, 1000000",
    "200000, 500000, 1000000",
    "900000, 500000, 1000000"
  })
  void hypergeometricHasItsMeanAndVariance(long draws, long marked, long total) {
    double share = (double) marked / total;
    double variance = draws * share * (1 - share) * (total - draws) / (total - 1.0);

    Moments drawn = draw(random -> RandomCounts.hypergeometric(random, draws, marked, total));

    // Where few of many are drawn, the draw is with replacement: a percent more variance.
    assertMoments(drawn, draws * share, variance);
  }

  @Test
  void drawsWithoutReplacementTakeAllWhenAllAreDrawn() {
    SplittableRandom random = new SplittableRandom(1);

    assertThat(RandomCounts.hypergeometric(random, 1_000, 400, 1_000)).isEqualTo(400);
    assertThat(RandomCounts.hypergeometric(random, 400, 1_000, 1_000)).isEqualTo(400);
    assertThat(RandomCounts.hypergeometric(random, 0, 10, 1_000)).isZero();
  }

  @Test
  void certainAndImpossibleTrialsNeedNoChance() {
    SplittableRandom random = new SplittableRandom(1);

    assertThat(RandomCounts.binomial(random, 1_000, 1)).isEqualTo(1_000);
    assertThat(RandomCounts.binomial(random, 1_000, 0)).isZero();
    assertThat(RandomCounts.binomial(random, 0, 0.5)).isZero();
  }

  private record Moments(double mean, double variance) {}

  private static Moments draw(ToLongFunction<SplittableRandom> draw) {
    SplittableRandom random = new SplittableRandom(20_261_124);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double value = draw.applyAsLong(random);
      sum += value;
      squares += value * value;
    }
    double mean = sum / DRAWS;
    return new Moments(mean, squares / DRAWS - mean * mean);
  }

  private static void assertMoments(Moments drawn, double mean, double variance) {
    // Five standard errors of the mean; the variance of such draws is known to a few percent.
    assertThat(drawn.mean).isCloseTo(mean, within(5 * Math.sqrt(variance / DRAWS)));
    assertThat(drawn.variance).isCloseTo(variance, within(variance * 0.06));
  }
}
