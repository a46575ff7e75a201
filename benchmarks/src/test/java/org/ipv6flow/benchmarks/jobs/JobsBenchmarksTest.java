package org.ipv6flow.benchmarks.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
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
    assertThat(benchmark.estimate()).isPositive();
    assertThat(benchmark.spreading()).isPositive();
  }

  @Test
  void merging() throws Exception {
    MergeBenchmark benchmark = new MergeBenchmark();
    benchmark.setUp();

    assertThat(benchmark.linkTraffic()).isEqualTo(1);
    assertThat(benchmark.heldRows()).isPositive();
    assertThat(benchmark.shuffle()).isPositive();
    assertThat(benchmark.write()).isEqualTo(256);
  }

  /** The same on every machine: the traffic is simulated from a seed, by its own clock. */
  @Test
  void rowsPerFlowAtTheLoadThatThePathMustBear() throws Exception {
    RowsPerFlow count =
        RowsPerFlow.count(
            Path.of("../deploy/inventory/demo-nation"), 500_000, Duration.ofSeconds(8));

    assertThat(count.unattributedRecords()).isZero();
    assertThat(count.records()).isBetween(3_600_000L, 4_400_000L);
    assertThat(count.rowsPerFlow()).isBetween(0.0005, 0.02);
    assertThat(count.rows().get(ClickHouseTable.LINK_TRAFFIC)).isPositive();
  }
}
