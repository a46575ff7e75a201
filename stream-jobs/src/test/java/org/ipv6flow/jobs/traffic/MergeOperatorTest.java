package org.ipv6flow.jobs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaSerializer;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.clickhouse.RowBlockSerializer;
import org.ipv6flow.jobs.testing.FlowBatchBuilder;
import org.ipv6flow.jobs.testing.TestInventory;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.schema.traffic.UnattributedReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MergeOperatorTest {

  private OneInputStreamOperatorTestHarness<Delta, RowBlock> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new MergeOperator(TestInventory.create()),
            delta -> Long.hashCode(delta.key0),
            Types.INT);
    harness.setup(RowBlockSerializer.INSTANCE);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void sumsOfSeveralCombinersBecomeOneRow() throws Exception {
    List<Delta> sums = combined(record -> record.sampledOneIn(100).octets(5).packets(2));
    process(sums);
    process(sums);

    harness.prepareSnapshotPreBarrier(1);

    assertThat(harness.extractOutputValues()).hasSize(1);
    RowBlock block = harness.extractOutputValues().get(0);
    assertThat(block.table()).isEqualTo(ClickHouseTable.LINK_TRAFFIC);
    assertThat(block.rows()).isEqualTo(1);
    assertThat(LinkTrafficRow.of(block))
        .containsExactly(
            new LinkTrafficRow(
                FlowBatchBuilder.NOW / 1000,
                "LINK-1",
                2,
                6,
                TrafficClass.V6_NATIVE.code(),
                1_000,
                400,
                10,
                4,
                2,
                2 * 100.0 * 99 * 25 / 2));
  }

  @Test
  void whatBelongsToNoLinkBecomesARowOfItsOwnTable() throws Exception {
    process(combined(record -> record.ingress(77).sampledOneIn(10).octets(5).packets(2)));

    harness.prepareSnapshotPreBarrier(1);

    RowBlock block = harness.extractOutputValues().get(0);
    assertThat(block.table()).isEqualTo(ClickHouseTable.UNATTRIBUTED);
    assertThat(UnattributedRow.of(block))
        .containsExactly(
            new UnattributedRow(
                FlowBatchBuilder.NOW / 60_000 * 60,
                TestInventory.CT_ROUTER,
                7,
                77,
                1,
                UnattributedReason.UNKNOWN_INTERFACE.code(),
                6,
                50,
                20,
                5,
                2,
                1));
  }

  @Test
  void nothingLeavesBeforeABarrierComesAndNoStateIsKept() throws Exception {
    process(combined(record -> record.octets(5)));
    assertThat(harness.extractOutputValues()).isEmpty();

    harness.prepareSnapshotPreBarrier(1);

    assertThat(harness.extractOutputValues()).hasSize(1);
    assertThat(harness.snapshot(1, 1).getManagedKeyedState()).isEmpty();
  }

  @Test
  void theEndOfTheInputFlushes() throws Exception {
    process(combined(record -> record.octets(5)));

    harness.endInput();

    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  private void process(List<Delta> deltas) throws Exception {
    for (Delta delta : deltas) {
      harness.processElement(new StreamRecord<>(delta));
    }
  }

  private static List<Delta> combined(java.util.function.Consumer<FlowBatchBuilder.Record> change)
      throws Exception {
    try (OneInputStreamOperatorTestHarness<byte[], Delta> combine =
        new OneInputStreamOperatorTestHarness<>(
            new CombineOperator(TestInventory.create(), new TimeLimits(60_000, 72 * 3_600_000L)))) {
      combine.setup(DeltaSerializer.INSTANCE);
      combine.open();
      combine.processElement(
          new StreamRecord<>(
              new FlowBatchBuilder().record(TestInventory.CT_ROUTER, change).encode()));
      combine.endInput();
      return new ArrayList<>(combine.extractOutputValues());
    }
  }
}
