package org.ipv6flow.benchmarks.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatagramBenchmarkTest {

  @Test
  void everyBenchmarkComputesWhatItClaims() {
    DatagramBenchmark benchmark = new DatagramBenchmark();
    benchmark.setUp();

    int before = benchmark.decodeOptions();
    assertThat(benchmark.decodeIpv6() - before).isEqualTo(Datagrams.IPV6_RECORDS);
    assertThat(benchmark.decodeIpv4()).isEqualTo(before + 30);
    assertThat(benchmark.decodeReducedSizes()).isEqualTo(before + 46);
    assertThat(benchmark.decodeVariableLength()).isEqualTo(before + 62);
    assertThat(benchmark.decodeManySets()).isEqualTo(before + 126);
  }
}
