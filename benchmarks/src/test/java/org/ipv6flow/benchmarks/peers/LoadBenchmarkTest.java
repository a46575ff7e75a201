package org.ipv6flow.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadBenchmarkTest {

  @Test
  void decodesAndCompressesEveryRecord() throws Exception {
    LoadBenchmark benchmark = new LoadBenchmark();
    benchmark.compression = "lz4";
    benchmark.setUp();

    assertThat(benchmark.decodeDatagram()).isPositive();
  }
}
