package org.ipv6flow.benchmarks.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every benchmark runs, and measures what it says. */
class JobsBenchmarksTest {

  @Test
  void combining() throws Exception {
    CombineBenchmark benchmark = new CombineBenchmark();
    benchmark.setUp();

    assertThat(benchmark.deduplication()).isZero();
    assertThat(benchmark.decoding()).isEqualTo(512);
    benchmark.linkTrafficAlone();
    for (int i = 0; i < 2_000; i++) {
      benchmark.everything();
    }
    benchmark.everyOutput();

    assertThat(benchmark.keys()).isPositive();
    assertThat(benchmark.rowsPerRecord()).isBetween(0.001, 0.2);
  }

  @Test
  void lookingUp() {
    LookupBenchmark benchmark = new LookupBenchmark();
    benchmark.setUp();

    assertThat(benchmark.attribution()).isPositive();
    assertThat(benchmark.bothAddresses()).isPositive();
    assertThat(benchmark.classification()).isPositive();
    assertThat(benchmark.service()).isPositive();
    assertThat(benchmark.spreading()).isPositive();
  }

  @Test
  void merging() {
    MergeBenchmark benchmark = new MergeBenchmark();
    benchmark.setUp();

    assertThat(benchmark.linkTraffic()).isEqualTo(1);
    assertThat(benchmark.heldRows()).isPositive();
  }
}
