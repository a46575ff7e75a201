package org.ipv6flow.benchmarks.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplateBenchmarkTest {

  @Test
  void everyBenchmarkComputesWhatItClaims() {
    TemplateBenchmark benchmark = new TemplateBenchmark();
    benchmark.setUp();

    assertThat(benchmark.readTemplate().fields()).hasSize(25);
    assertThat(benchmark.readAndCompile().recordOctets()).isEqualTo(118);
  }
}
