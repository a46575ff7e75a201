package org.ipv6flow.jobs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.ipv6flow.jobs.aggregate.Outputs;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.source.DeadLetter;
import org.ipv6flow.jobs.testing.FlowBatchBuilder;
import org.ipv6flow.jobs.testing.TestInventory;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.PublishedInventory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CombineOperatorTest {

  private TwoInputStreamOperatorTestHarness<byte[], byte[], RowDelta> harness;

  @BeforeEach
  void open() throws Exception {
    harness = Operators.combine(null);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void nothingLeavesBeforeABarrierComes() throws Exception {
    harness.processElement1(new StreamRecord<>(batch(1, 10)));

    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void everythingLeavesBeforeTheBarrierAndNoSumsAreKept() throws Exception {
    harness.processElement1(new StreamRecord<>(batch(1, 10)));

    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.snapshot(1, 1);

    assertThat(records()).isEqualTo(10);
    assertThat(state.getManagedKeyedState()).isEmpty();
    assertThat(state.getRawOperatorState()).isEmpty();
  }

  @Test
  void whatLeftWithOneBarrierDoesNotLeaveWithTheNext() throws Exception {
    harness.processElement1(new StreamRecord<>(batch(1, 10)));
    harness.prepareSnapshotPreBarrier(1);
    harness.processElement1(new StreamRecord<>(batch(2, 5)));

    harness.prepareSnapshotPreBarrier(2);

    assertThat(records()).isEqualTo(15);
  }

  @Test
  void theEndOfTheInputFlushes() throws Exception {
    harness.processElement1(new StreamRecord<>(batch(1, 10)));

    harness.endInput1();

    assertThat(records()).isEqualTo(10);
  }

  @Test
  void tablesThatGrowTooLargeAreSentEarly() throws Exception {
    int batches = CombineOperator.MAX_SUMS / 1000 + 2;
    for (int b = 0; b < batches; b++) {
      FlowBatchBuilder builder = new FlowBatchBuilder();
      for (int i = 0; i < 1000; i++) {
        // Exporters that nobody knows are the only keys that can be this many.
        builder.record(b * 1000L + i);
      }
      harness.processElement1(new StreamRecord<>(builder.encode()));
    }

    assertThat(harness.getOutput().size()).isGreaterThanOrEqualTo(CombineOperator.MAX_SUMS);
  }

  @Test
  void aMalformedBatchBecomesADeadLetterAndHarmsNoOther() throws Exception {
    byte[] malformed = {(byte) 0xFF, 1, 2, 3};
    harness.processElement1(new StreamRecord<>(batch(1, 3)));
    harness.processElement1(new StreamRecord<>(malformed));
    harness.processElement1(new StreamRecord<>(batch(2, 4)));

    harness.prepareSnapshotPreBarrier(1);

    assertThat(records()).isEqualTo(7);
    Tuple2<String, byte[]> letter = harness.getSideOutput(DeadLetter.TAG).poll().getValue();
    assertThat(letter.f0).startsWith("flow batch: ");
    assertThat(letter.f1).isEqualTo(malformed);
    assertThat(harness.getSideOutput(DeadLetter.TAG)).isEmpty();
  }

  /** A cut between two fields leaves a valid batch: absent columns are zeros (flow.proto). */
  @Test
  void aTruncatedBatchIsCountedWhollyOrNotAtAll() throws Exception {
    harness.close();
    // Otherwise what is left of one would repeat another.
    harness =
        Operators.combine(
            new TrafficSettings(Operators.SETTINGS.timeLimits(), Outputs.DEFAULT, 0), null);
    byte[] whole = batch(1, 50);
    for (int length = 0; length < whole.length; length++) {
      harness.processElement1(new StreamRecord<>(Arrays.copyOf(whole, length)));
    }

    harness.prepareSnapshotPreBarrier(1);

    int deadLetters = harness.getSideOutput(DeadLetter.TAG).size();
    assertThat(deadLetters).isGreaterThan(whole.length / 2);
    assertThat(records() % 50).isZero();
  }

  @Test
  void aRestoredOperatorStartsEmpty() throws Exception {
    harness.processElement1(new StreamRecord<>(batch(1, 10)));
    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();

    harness = Operators.combine(state);
    harness.prepareSnapshotPreBarrier(2);

    assertThat(harness.extractOutputValues()).isEmpty();
  }

  /** Two collectors that receive the same messages, and one that a network gave them twice. */
  @Test
  void messagesThatComeTwiceAreCountedOnce() throws Exception {
    harness.processElement1(new StreamRecord<>(batch("collector-1", 1, 10)));
    harness.processElement1(new StreamRecord<>(batch("collector-2", 1, 10)));
    harness.processElement1(new StreamRecord<>(batch("collector-2", 2, 5)));
    harness.processElement1(new StreamRecord<>(batch("collector-1", 2, 5)));
    harness.processElement1(new StreamRecord<>(batch("collector-1", 2, 5)));

    harness.prepareSnapshotPreBarrier(1);

    assertThat(records()).isEqualTo(15);
  }

  /** The first copy may be in one checkpoint, the second come after a restore from it. */
  @Test
  void messagesThatComeAgainAfterARestoreAreCountedOnce() throws Exception {
    harness.processElement1(new StreamRecord<>(batch("collector-1", 1, 10)));
    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();

    harness = Operators.combine(state);
    harness.processElement1(new StreamRecord<>(batch("collector-2", 1, 10)));
    harness.processElement1(new StreamRecord<>(batch("collector-2", 2, 5)));
    harness.prepareSnapshotPreBarrier(2);

    assertThat(records()).isEqualTo(5);
  }

  @Test
  void anInventoryTakesEffectWithoutARestartAndOutlivesOne() throws Exception {
    Inventory later =
        TestInventory.withAnotherLinkFrom(Instant.ofEpochMilli(FlowBatchBuilder.NOW - 1));
    harness.processElement2(new StreamRecord<>(new PublishedInventory(5, later).encode()));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.processElement1(new StreamRecord<>(onInterface1(1)));
    harness.prepareSnapshotPreBarrier(1);
    assertThat(links()).containsExactly("LINK-9");
    harness.close();

    harness = Operators.combine(state);
    harness.processElement1(new StreamRecord<>(onInterface1(2)));
    harness.prepareSnapshotPreBarrier(2);

    assertThat(links()).containsExactly("LINK-9");
  }

  @Test
  void anInventoryThatWasPublishedEarlierReplacesNoLaterOne() throws Exception {
    Inventory other = TestInventory.withAnotherLinkFrom(Instant.EPOCH);
    harness.processElement2(new StreamRecord<>(new PublishedInventory(7, other).encode()));
    harness.processElement2(
        new StreamRecord<>(new PublishedInventory(6, TestInventory.create()).encode()));
    harness.processElement1(new StreamRecord<>(onInterface1(1)));
    harness.prepareSnapshotPreBarrier(1);

    assertThat(links()).containsExactly("LINK-9");
  }

  @Test
  void whatIsNoInventoryBecomesADeadLetter() throws Exception {
    harness.processElement2(new StreamRecord<>(new byte[] {1, 2}));

    Tuple2<String, byte[]> letter = harness.getSideOutput(DeadLetter.TAG).poll().getValue();
    assertThat(letter.f0).startsWith("inventory: ");
  }

  private List<String> links() {
    return harness.extractOutputValues().stream()
        .filter(delta -> delta.table == ClickHouseTable.LINK_TRAFFIC)
        .map(delta -> new String(delta.key, 5, delta.key[4], StandardCharsets.US_ASCII))
        .toList();
  }

  private static byte[] onInterface1(long octets) {
    return new FlowBatchBuilder()
        .record(TestInventory.CT_ROUTER, record -> record.octets(octets))
        .encode();
  }

  private long records() {
    // Each is counted once here, and further apart in other tables.
    return harness.extractOutputValues().stream()
        .filter(
            delta ->
                delta.table == ClickHouseTable.LINK_TRAFFIC
                    || delta.table == ClickHouseTable.UNATTRIBUTED)
        .mapToLong(delta -> delta.records)
        .sum();
  }

  private static byte[] batch(long seed, int records) {
    return batch("collector-1", seed, records);
  }

  private static byte[] batch(String collector, long seed, int records) {
    Random random = new Random(seed);
    FlowBatchBuilder builder = new FlowBatchBuilder();
    for (int i = 0; i < records; i++) {
      builder.record(
          TestInventory.CT_ROUTER,
          record -> record.octets(random.nextInt(100_000)).ingress(random.nextInt(3)));
    }
    // Told apart from those of other seeds.
    FlowColumns columns = builder.build();
    for (int message = 0; message < records; message++) {
      columns.messageSequenceNumber[message] += (int) seed * 1_000;
    }
    return builder.encode(collector);
  }
}
