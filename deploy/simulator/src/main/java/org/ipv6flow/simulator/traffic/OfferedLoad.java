package org.ipv6flow.simulator.traffic;

import java.util.SplittableRandom;

/**
 * What a link direction carries at a time, as a fraction of its capacity: 20 to 60 percent, by the
 * hour of day in China, with slow waves of its own; on days that are busier than others a little
 * more.
 */
final class OfferedLoad {

  static final double LEAST = 0.20;
  static final double MOST = 0.60;
  private static final double LEAST_PEAK = 0.38;

  /** At the quietest hour this much of the busiest one is left. */
  static final double NIGHT = 0.55;

  static final double BUSIEST_HOUR = 21;
  private static final double MILLIS_PER_HOUR = 3_600_000;

  /** China has one time zone and no summer time. */
  private static final double SHANGHAI_OFFSET_HOURS = 8;

  static final double WAVE = 0.03;
  static final double LONG_WAVE_MILLIS = 733_000;
  static final double SHORT_WAVE_MILLIS = 191_000;

  private final double peak;
  private final double longPhase;
  private final double shortPhase;

  OfferedLoad(SplittableRandom random) {
    this.peak = LEAST_PEAK + (MOST - LEAST_PEAK) * random.nextDouble();
    this.longPhase = 2 * Math.PI * random.nextDouble();
    this.shortPhase = 2 * Math.PI * random.nextDouble();
  }

  double peak() {
    return peak;
  }

  double longPhase() {
    return longPhase;
  }

  double shortPhase() {
    return shortPhase;
  }

  double at(long epochMillis) {
    double hour = (epochMillis / MILLIS_PER_HOUR + SHANGHAI_OFFSET_HOURS) % 24;
    double daily = (1 + Math.cos(2 * Math.PI * (hour - BUSIEST_HOUR) / 24)) / 2;
    double waves =
        1
            + WAVE * Math.sin(2 * Math.PI * epochMillis / LONG_WAVE_MILLIS + longPhase)
            + WAVE * Math.sin(2 * Math.PI * epochMillis / SHORT_WAVE_MILLIS + shortPhase);
    double load = peak * (NIGHT + (1 - NIGHT) * daily) * waves;
    return Math.max(LEAST, Math.min(MOST, load)) * DayOfYear.at(epochMillis);
  }
}
