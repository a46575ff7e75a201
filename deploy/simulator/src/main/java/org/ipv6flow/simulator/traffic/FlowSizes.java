package org.ipv6flow.simulator.traffic;

import java.util.SplittableRandom;

/**
 * How many sampled packets a flow record has. At the sampling intervals of a backbone most flows
 * are hit once.
 */
final class FlowSizes {

  /** Records of 1, 2, 3 … sampled packets, in 64ths. */
  private static final int[] WEIGHTS = {35, 14, 7, 3, 2, 1, 1, 1};

  private static final int DRAWS = 64;
  private static final byte[] BY_DRAW = new byte[DRAWS];

  /** Above this the expected number of records grows linearly. */
  private static final int TABLE_SIZE = 256;

  private static final double[] EXPECTED_RECORDS = new double[TABLE_SIZE + 1];
  static final double MEAN;

  static {
    int at = 0;
    int packets = 0;
    for (int size = 1; size <= WEIGHTS.length; size++) {
      for (int i = 0; i < WEIGHTS[size - 1]; i++) {
        BY_DRAW[at++] = (byte) size;
        packets += size;
      }
    }
    MEAN = (double) packets / DRAWS;
    for (int left = 1; left <= TABLE_SIZE; left++) {
      double expected = 1;
      for (int size : BY_DRAW) {
        expected += EXPECTED_RECORDS[Math.max(0, left - size)] / DRAWS;
      }
      EXPECTED_RECORDS[left] = expected;
    }
  }

  private FlowSizes() {}

  static int draw(SplittableRandom random) {
    return BY_DRAW[random.nextInt(DRAWS)];
  }

  /** Into how many records so many packets go, the last record taking what is left. */
  static double expectedRecords(double packets) {
    if (packets >= TABLE_SIZE) {
      return EXPECTED_RECORDS[TABLE_SIZE] + (packets - TABLE_SIZE) / MEAN;
    }
    int below = (int) packets;
    double step = EXPECTED_RECORDS[below + 1] - EXPECTED_RECORDS[below];
    return EXPECTED_RECORDS[below] + (packets - below) * step;
  }
}
