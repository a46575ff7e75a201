package org.ipv6flow.benchmarks.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.MalformedBatchException;
import org.junit.jupiter.api.Test;

class FlowBatchBenchmarkTest {

  @Test
  void everyBenchmarkComputesWhatItClaims() throws MalformedBatchException {
    FlowBatchBenchmark benchmark = new FlowBatchBenchmark();
    benchmark.setUp();

    assertThat(benchmark.encode()).isEqualTo(benchmark.encodedOctets());
    assertThat(benchmark.decode()).isEqualTo(FlowColumns.DEFAULT_CAPACITY);
    assertThat(benchmark.arraycopy()).hasSize(benchmark.encodedOctets());
  }
}
