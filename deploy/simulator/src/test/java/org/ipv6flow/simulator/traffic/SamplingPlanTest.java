package org.ipv6flow.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingPlanTest {

  @ParameterizedTest
  @ValueSource(doubles = {100, 2_000, 100_000, 1_000_000})
  void intervalsGiveTheRateAskedFor(double recordsPerSecond) {
    List<MeteredExporter> exporters =
        List.of(exporter(1_000, 300), exporter(32_768, 100), exporter(8_192, 1_200));
    SamplingPlan plan = SamplingPlan.of(exporters, 0, 60_000);

    long[] intervals = plan.intervals(recordsPerSecond);

    assertThat(plan.recordsPerSecond(intervals))
        .isCloseTo(recordsPerSecond, within(recordsPerSecond * 0.1));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 7", "1000, 1024", "1100, 1024", "1500, 1536", "65535, 65536"})
  void hardwareSamplersHaveRoundBinaryIntervals(long wanted, long rounded) {
    assertThat(SamplingPlan.roundBinary(wanted)).isEqualTo(rounded);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "99, 99", "104, 100", "1994, 2000", "30499, 30000"})
  void othersHaveRoundDecimalIntervals(long wanted, long rounded) {
    assertThat(SamplingPlan.roundDecimal(wanted)).isEqualTo(rounded);
  }

  @Test
  void expectedRecordsAreThoseDrawn() {
    SplittableRandom random = new SplittableRandom(5);
    for (int packets : new int[] {1, 2, 5, 40, 1_000}) {
      int rounds = 20_000;
      long records = 0;
      for (int i = 0; i < rounds; i++) {
        for (int left = packets; left > 0; left -= FlowSizes.draw(random)) {
          records++;
        }
      }
      double mean = (double) records / rounds;
      assertThat(FlowSizes.expectedRecords(packets)).isCloseTo(mean, within(mean * 0.01));
    }
  }

  private static MeteredExporter exporter(long interval, long gigabits) {
    return new MeteredExporter(
        interval, List.of(LinkTraffic.draw(gigabits * 1_000_000_000L, true, gigabits)));
  }
}
