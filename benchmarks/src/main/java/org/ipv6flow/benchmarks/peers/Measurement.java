package org.ipv6flow.benchmarks.peers;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one peer did with one load.
 *
 * @param records sent to it
 * @param dropped datagrams that the kernel dropped at its socket
 * @param cpuSeconds user and system time of its processes, the kernel's work for them included
 * @param datagramsPerSecond at which the load was really sent
 */
record Measurement(
    long records, long datagrams, long dropped, double cpuSeconds, double datagramsPerSecond) {

  private static final double MILLION = 1e6;

  /** CPU seconds per million records received. */
  double cpuSecondsPerMillion() {
    double received = records * (1.0 - (double) dropped / datagrams);
    return cpuSeconds / received * MILLION;
  }

  static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> value) {
    List<Measurement> sorted = rounds.stream().sorted(Comparator.comparingDouble(value)).toList();
    int middle = sorted.size() / 2;
    double upper = value.applyAsDouble(sorted.get(middle));
    return sorted.size() % 2 == 1
        ? upper
        : (value.applyAsDouble(sorted.get(middle - 1)) + upper) / 2;
  }
}
