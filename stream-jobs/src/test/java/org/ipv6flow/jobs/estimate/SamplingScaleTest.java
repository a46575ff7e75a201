package org.ipv6flow.jobs.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.SamplingProvenance;
import org.junit.jupiter.api.Test;

class SamplingScaleTest {

  @Test
  void oneInNSamplingMultipliesByN() {
    assertThat(scaleOf(1000).scale(1_500, 1)).isEqualTo(1_500_000);
  }

  @Test
  void wholeIntervalsAreExactWhereADoubleWouldNotBe() {
    assertThat(scaleOf(1000).scale(9_007_199_254_740_993L, 1))
        .isEqualTo(9_007_199_254_740_993_000L);
  }

  @Test
  void ratiosOfRfc5477AreRoundedPerRecord() {
    assertThat(scaleOf(2.5).scale(3, 1)).isEqualTo(8);
  }

  @Test
  void aSamplingIntervalThatIsUnknownIsNotTakenAsOne() {
    assertThat(scaleOf(1000).isKnown(0)).isFalse();
    assertThat(scaleOf(1000).isKnown(1)).isTrue();
  }

  @Test
  void anIntervalBelowOneIsUnknown() {
    assertThat(scaleOf(0.5).isKnown(1)).isFalse();
  }

  @Test
  void estimatesBeyond64BitsStayAtTheLargest() {
    assertThat(scaleOf(32_768).scale(Long.MAX_VALUE / 2, 1)).isEqualTo(Long.MAX_VALUE);
    assertThat(scaleOf(1).scale(-1, 1)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void withoutSamplingThereIsNoVariance() {
    assertThat(scaleOf(1).octetsVariance(1_500, 1, 1)).isZero();
  }

  /** Phaal and Panchen, Packet Sampling Basics: N(N−1) Σ x² with x the octets of each packet. */
  @Test
  void theVarianceIsNTimesNMinusOneTimesTheSumOfSquares() {
    assertThat(scaleOf(1000).octetsVariance(3_000, 2, 1))
        .isCloseTo(1000.0 * 999 * (1500.0 * 1500 + 1500.0 * 1500), within(1e-3));
  }

  @Test
  void aRecordWithoutAPacketCountIsTakenAsOnePacket() {
    assertThat(scaleOf(10).octetsVariance(100, 0, 1)).isEqualTo(10.0 * 9 * 100 * 100);
  }

  @Test
  void aNewBatchReplacesTheIntervals() {
    SamplingScale scale = scaleOf(1000);
    FlowColumns other = new FlowColumns(1);
    other.samplingIndex(7, SamplingProvenance.RECORD.code());
    scale.load(other);

    assertThat(scale.scale(1, 1)).isEqualTo(7);
  }

  private static SamplingScale scaleOf(double interval) {
    FlowColumns batch = new FlowColumns(1);
    batch.samplingIndex(interval, SamplingProvenance.RECORD.code());
    SamplingScale scale = new SamplingScale();
    scale.load(batch);
    return scale;
  }
}
