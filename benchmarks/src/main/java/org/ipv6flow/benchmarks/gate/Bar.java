package org.ipv6flow.benchmarks.gate;

import java.util.Map;

/**
 * Something that must hold of one run's results.
 *
 * @param text what it says
 * @param measured the figure it is about
 * @param limit what the figure may be at most
 */
record Bar(String text, double measured, double limit) {

  boolean holds() {
    return measured <= limit;
  }

  /** One benchmark may take so many times as long as another. */
  static Bar atMost(Map<String, Result> results, String benchmark, double times, String floor) {
    return new Bar(
        "%s ≤ %.0f × %s".formatted(benchmark, times, floor),
        nanos(results, benchmark) / nanos(results, floor),
        times);
  }

  /** One benchmark must be so many times faster than another. */
  static Bar faster(Map<String, Result> results, String benchmark, double times, String slower) {
    return new Bar(
        "%s ≥ %.0f × faster than %s (as its inverse)".formatted(benchmark, times, slower),
        nanos(results, benchmark) / nanos(results, slower),
        1 / times);
  }

  /** One benchmark may take so long, on whatever machine: for bars that are given as times. */
  static Bar nanos(Map<String, Result> results, String benchmark, double nanos) {
    return new Bar(
        "%s ≤ %.0f ns per record".formatted(benchmark, nanos), nanos(results, benchmark), nanos);
  }

  static Bar allocates(Map<String, Result> results, String benchmark, double bytes) {
    Result result = results.get(benchmark);
    return new Bar(
        "%s allocates ≤ %.1f B per record".formatted(benchmark, bytes),
        result == null ? Double.NaN : result.bytes(),
        bytes);
  }

  private static double nanos(Map<String, Result> results, String benchmark) {
    Result result = results.get(benchmark);
    return result == null ? Double.NaN : result.nanos();
  }

  /**
   * What a benchmark cost per operation.
   *
   * @param nanos of the fastest iteration
   * @param bytes allocated
   */
  record Result(double nanos, double bytes) {}
}
