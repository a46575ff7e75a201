package org.ipv6flow.benchmarks.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchBenchmarkTest {

  @Test
  void everyBenchmarkComputesWhatItClaims() throws Exception {
    BatchBenchmark benchmark = new BatchBenchmark();
    benchmark.setUp();

    long before = benchmark.datagramsToCompressedColumns();
    assertThat(benchmark.datagramsToCompressedColumns()).isGreaterThan(before);
    long compressed = benchmark.compressBatches();
    assertThat(compressed).isBetween(1L, BatchBenchmark.RECORDS * 100L);
    // The same batches, in frames of the same compressor.
    assertThat((long) benchmark.producersStream())
        .isBetween(compressed / 2, compressed + compressed / 2);
    assertThat(benchmark.copyDatagrams()).isNotZero();
  }
}
