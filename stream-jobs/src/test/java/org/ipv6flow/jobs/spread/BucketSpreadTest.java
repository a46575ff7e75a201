package org.ipv6flow.jobs.spread;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketSpreadTest {

  @Test
  void bucketsAreTenSecondsWideAndStartOnTheClock() {
    assertThat(BucketSpread.bucketOf(0)).isZero();
    assertThat(BucketSpread.bucketOf(9_999)).isZero();
    assertThat(BucketSpread.bucketOf(10_000)).isEqualTo(1);
  }

  @Test
  void anEndOnABucketsStartDoesNotReachIntoIt() {
    assertThat(BucketSpread.lastBucketOf(5_000, 20_000)).isEqualTo(1);
    assertThat(BucketSpread.lastBucketOf(5_000, 20_001)).isEqualTo(2);
  }

  @Test
  void aRecordOfNoDurationLiesInTheBucketOfItsInstant() {
    assertThat(BucketSpread.lastBucketOf(20_000, 20_000)).isEqualTo(2);
  }

  /** RFC 7015 §5.1.1: proportional to the overlap. */
  @Test
  void thePartOfATotalIsProportionalToTheOverlap() {
    assertThat(BucketSpread.cumulative(600, 5_000, 30_000)).isEqualTo(100);
    assertThat(BucketSpread.cumulative(600, 15_000, 30_000)).isEqualTo(300);
    assertThat(BucketSpread.cumulative(600, 30_000, 30_000)).isEqualTo(600);
  }

  /** {@link BigInteger} is the model: slow, and known to be right. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithBigInteger(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long total = anyTotal(random);
      long duration = 1 + (long) (random.nextDouble() * (BucketSpread.MAX_DURATION_MILLIS - 1));
      long elapsed = (long) (random.nextDouble() * (duration + 1));

      long part = BucketSpread.cumulative(total, elapsed, duration);

      BigInteger expected =
          BigInteger.valueOf(total)
              .multiply(BigInteger.valueOf(elapsed))
              .divide(BigInteger.valueOf(duration));
      assertThat(BigInteger.valueOf(part))
          .as("seed %d: %d × %d / %d", seed, total, elapsed, duration)
          .isEqualTo(expected);
    }
  }

  @Test
  void theExtremesFitIn64Bits() {
    long duration = BucketSpread.MAX_DURATION_MILLIS;

    assertThat(BucketSpread.cumulative(Long.MAX_VALUE, duration, duration))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(BucketSpread.cumulative(Long.MAX_VALUE, 0, duration)).isZero();
    assertThat(BucketSpread.cumulative(Long.MAX_VALUE, duration - 1, duration))
        .isEqualTo(
            BigInteger.valueOf(Long.MAX_VALUE)
                .multiply(BigInteger.valueOf(duration - 1))
                .divide(BigInteger.valueOf(duration))
                .longValueExact());
  }

  private static long anyTotal(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(10);
      case 1 -> random.nextInt(Integer.MAX_VALUE);
      case 2 -> Long.MAX_VALUE - random.nextInt(10);
      default -> random.nextLong() & Long.MAX_VALUE;
    };
  }
}
