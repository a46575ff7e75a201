package org.ipv6flow.jobs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.clickhouse.RowBlockSerializer;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.testing.FlowBatchBuilder;
import org.ipv6flow.jobs.testing.TestInventory;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.schema.traffic.UnattributedReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MergeOperatorTest {

  private OneInputStreamOperatorTestHarness<RowDelta, RowBlock> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new MergeOperator(Operators.SETTINGS), delta -> delta.partition, Types.INT);
    harness.setup(RowBlockSerializer.INSTANCE);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void sumsOfSeveralCombinersBecomeOneRow() throws Exception {
    List<RowDelta> sums = combined(record -> record.sampledOneIn(100).octets(5).packets(2));
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
  void linkTrafficLeavesWithABarrier() throws Exception {
    process(combined(record -> record.octets(5)));
    assertThat(harness.extractOutputValues()).isEmpty();

    harness.prepareSnapshotPreBarrier(1);

    assertThat(harness.extractOutputValues())
        .extracting(RowBlock::table)
        .containsExactly(ClickHouseTable.LINK_TRAFFIC);
  }

  @Test
  void whatIsToldApartFurtherIsHeldUntilItsBucketIsOver() throws Exception {
    harness.setProcessingTime(0);
    process(combined(record -> record.octets(5).as(1, 2)));
    harness.prepareSnapshotPreBarrier(1);
    harness.setProcessingTime(100_000);
    process(combined(record -> record.octets(6).as(1, 2)));
    harness.prepareSnapshotPreBarrier(2);
    assertThat(rowsOf(ClickHouseTable.AS_TRAFFIC)).isZero();

    harness.setProcessingTime(150_000);
    harness.prepareSnapshotPreBarrier(3);

    assertThat(rowsOf(ClickHouseTable.AS_TRAFFIC)).isEqualTo(1);
    assertThat(rowsOf(ClickHouseTable.SERVICE_TRAFFIC)).isZero();
    harness.setProcessingTime(390_000);
    harness.prepareSnapshotPreBarrier(4);
    assertThat(rowsOf(ClickHouseTable.AS_TRAFFIC)).isEqualTo(1);
    assertThat(rowsOf(ClickHouseTable.SERVICE_TRAFFIC)).isEqualTo(1);
    assertThat(rowsOf(ClickHouseTable.ORGANISATION_TRAFFIC)).isEqualTo(2);
  }

  @Test
  void whatIsHeldIsRestoredAndLinkTrafficIsNot() throws Exception {
    process(combined(record -> record.octets(5).as(1, 2)));
    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();

    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new MergeOperator(Operators.SETTINGS), delta -> delta.partition, Types.INT);
    harness.setup(RowBlockSerializer.INSTANCE);
    harness.initializeState(state);
    harness.open();
    harness.endInput();

    assertThat(harness.extractOutputValues())
        .extracting(RowBlock::table)
        .containsExactlyInAnyOrder(
            ClickHouseTable.AS_TRAFFIC,
            ClickHouseTable.ORGANISATION_TRAFFIC,
            ClickHouseTable.SERVICE_TRAFFIC);
  }

  private int rowsOf(ClickHouseTable table) {
    return harness.extractOutputValues().stream()
        .filter(block -> block.table() == table)
        .mapToInt(RowBlock::rows)
        .sum();
  }

  @Test
  void theEndOfTheInputFlushes() throws Exception {
    process(combined(record -> record.octets(5)));

    harness.endInput();

    assertThat(harness.extractOutputValues())
        .extracting(RowBlock::table)
        .containsExactlyInAnyOrder(
            ClickHouseTable.LINK_TRAFFIC,
            ClickHouseTable.AS_TRAFFIC,
            ClickHouseTable.ORGANISATION_TRAFFIC,
            ClickHouseTable.SERVICE_TRAFFIC);
  }

  private void process(List<RowDelta> deltas) throws Exception {
    for (RowDelta delta : deltas) {
      harness.processElement(new StreamRecord<>(delta));
    }
  }

  private static List<RowDelta> combined(
      java.util.function.Consumer<FlowBatchBuilder.Record> change) throws Exception {
    return Operators.combined(
        new FlowBatchBuilder().record(TestInventory.CT_ROUTER, change).encode());
  }
}
