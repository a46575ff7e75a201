package org.ipv6flow.simulator.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses each exporter's sampling interval so that all of them together export a given number of
 * records a second, while the links stay as full as they are.
 *
 * <p>An exporter's interval grows with the square root of its traffic and of the interval in the
 * inventory: busy routers sample less often, yet no router so rarely that nothing is seen.
 */
final class SamplingPlan {

  private static final double SMALLEST_FACTOR = 1e-9;
  private static final double LARGEST_FACTOR = 1e9;
  private static final int BISECTIONS = 100;
  private static final double BUCKET_SECONDS = LinkMeter.BUCKET_MILLIS / 1_000.0;

  private final List<ExporterLoad> loads;

  private SamplingPlan(List<ExporterLoad> loads) {
    this.loads = loads;
  }

  /** Packets per second of each stratum that an exporter meters, and its own interval. */
  private record ExporterLoad(long ownInterval, double[] packetsPerSecond, double weight) {

    static ExporterLoad of(long ownInterval, double[] packetsPerSecond) {
      double sum = 0;
      for (double packets : packetsPerSecond) {
        sum += packets;
      }
      return new ExporterLoad(ownInterval, packetsPerSecond, Math.sqrt(sum * ownInterval));
    }

    long interval(double factor) {
      long wanted = (long) Math.max(1, Math.min(Integer.MAX_VALUE, factor * weight));
      return Long.bitCount(ownInterval) == 1 ? roundBinary(wanted) : roundDecimal(wanted);
    }

    double recordsPerSecond(long interval) {
      double records = 0;
      for (double packets : packetsPerSecond) {
        double perBucket = packets * BUCKET_SECONDS / interval;
        records += FlowSizes.expectedRecords(perBucket) / BUCKET_SECONDS;
      }
      return records;
    }
  }

  static SamplingPlan of(List<MeteredExporter> exporters, long fromMillis, long untilMillis) {
    List<ExporterLoad> loads = new ArrayList<>();
    for (MeteredExporter exporter : exporters) {
      double[] packets =
          exporter.links().stream()
              .flatMapToDouble(
                  link -> {
                    double octets = link.meanOctetsPerSecond(fromMillis, untilMillis);
                    return link.strata().stream()
                        .mapToDouble(stratum -> octets * stratum.share() / stratum.packetOctets());
                  })
              .toArray();
      loads.add(ExporterLoad.of(exporter.samplingInterval(), packets));
    }
    return new SamplingPlan(loads);
  }

  /** Intervals in the order of the exporters. */
  long[] intervals(double recordsPerSecond) {
    double low = SMALLEST_FACTOR;
    double high = LARGEST_FACTOR;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = Math.sqrt(low * high);
      if (recordsPerSecond(intervalsBy(middle)) > recordsPerSecond) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return intervalsBy(high);
  }

  double recordsPerSecond(long[] intervals) {
    double records = 0;
    for (int i = 0; i < intervals.length; i++) {
      records += loads.get(i).recordsPerSecond(intervals[i]);
    }
    return records;
  }

  private long[] intervalsBy(double factor) {
    return loads.stream().mapToLong(load -> load.interval(factor)).toArray();
  }

  /** To four, five, six or seven times a power of two, as hardware samplers have it. */
  static long roundBinary(long interval) {
    int shift = Math.max(0, 61 - Long.numberOfLeadingZeros(interval));
    return Math.round((double) interval / (1L << shift)) << shift;
  }

  /** To two significant digits. */
  static long roundDecimal(long interval) {
    long unit = 1;
    while (interval / unit >= 100) {
      unit *= 10;
    }
    return Math.round((double) interval / unit) * unit;
  }
}
