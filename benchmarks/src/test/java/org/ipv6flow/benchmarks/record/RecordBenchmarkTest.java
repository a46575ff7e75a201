package org.ipv6flow.benchmarks.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.ipv6flow.collector.testing.ExporterStyles;
import org.ipv6flow.collector.testing.TestCollector;
import org.junit.jupiter.api.Test;

class RecordBenchmarkTest {

  @Test
  void everyBenchmarkComputesWhatItClaims() {
    RecordBenchmark benchmark = new RecordBenchmark();
    benchmark.setUp();

    assertThat(benchmark.copies())
        .startsWith(ExporterStyles.ipv6Record(0, TestCollector.NOW_MILLIS - 1_000_000).build());
    assertThat(benchmark.columns().octets[3]).isEqualTo(67);
    assertThat(benchmark.objects()).hasSize(RecordBenchmark.RECORDS);
  }
}
