package org.ipv6flow.jobs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaSerializer;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.source.DeadLetter;
import org.ipv6flow.jobs.testing.FlowBatchBuilder;
import org.ipv6flow.jobs.testing.TestInventory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CombineOperatorTest {

  private static final TimeLimits LIMITS = new TimeLimits(60_000, 72 * 3_600_000L);

  private OneInputStreamOperatorTestHarness<byte[], Delta> harness;

  @BeforeEach
  void open() throws Exception {
    harness = openHarness();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void nothingLeavesBeforeABarrierComes() throws Exception {
    harness.processElement(new StreamRecord<>(batch(1, 10)));

    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void everythingLeavesBeforeTheBarrierAndNoStateIsKept() throws Exception {
    harness.processElement(new StreamRecord<>(batch(1, 10)));

    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.snapshot(1, 1);

    assertThat(records()).isEqualTo(10);
    assertThat(state.getStateSize()).isZero();
    assertThat(state.getManagedOperatorState()).isEmpty();
    assertThat(state.getManagedKeyedState()).isEmpty();
  }

  @Test
  void whatLeftWithOneBarrierDoesNotLeaveWithTheNext() throws Exception {
    harness.processElement(new StreamRecord<>(batch(1, 10)));
    harness.prepareSnapshotPreBarrier(1);
    harness.processElement(new StreamRecord<>(batch(2, 5)));

    harness.prepareSnapshotPreBarrier(2);

    assertThat(records()).isEqualTo(15);
  }

  @Test
  void theEndOfTheInputFlushes() throws Exception {
    harness.processElement(new StreamRecord<>(batch(1, 10)));

    harness.endInput();

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
      harness.processElement(new StreamRecord<>(builder.encode()));
    }

    assertThat(harness.getOutput().size()).isGreaterThanOrEqualTo(CombineOperator.MAX_SUMS);
  }

  @Test
  void aMalformedBatchBecomesADeadLetterAndHarmsNoOther() throws Exception {
    byte[] malformed = {(byte) 0xFF, 1, 2, 3};
    harness.processElement(new StreamRecord<>(batch(1, 3)));
    harness.processElement(new StreamRecord<>(malformed));
    harness.processElement(new StreamRecord<>(batch(2, 4)));

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
    byte[] whole = batch(1, 50);
    for (int length = 0; length < whole.length; length++) {
      harness.processElement(new StreamRecord<>(Arrays.copyOf(whole, length)));
    }

    harness.prepareSnapshotPreBarrier(1);

    int deadLetters = harness.getSideOutput(DeadLetter.TAG).size();
    assertThat(deadLetters).isGreaterThan(whole.length / 2);
    assertThat(records() % 50).isZero();
  }

  @Test
  void aRestoredOperatorStartsEmpty() throws Exception {
    harness.processElement(new StreamRecord<>(batch(1, 10)));
    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();

    harness = newHarness();
    harness.initializeState(state);
    harness.open();
    harness.prepareSnapshotPreBarrier(2);

    assertThat(harness.extractOutputValues()).isEmpty();
  }

  private long records() {
    List<Delta> deltas = harness.extractOutputValues();
    return deltas.stream().mapToLong(delta -> delta.records).sum();
  }

  private static byte[] batch(long seed, int records) {
    Random random = new Random(seed);
    FlowBatchBuilder builder = new FlowBatchBuilder();
    for (int i = 0; i < records; i++) {
      builder.record(
          TestInventory.CT_ROUTER,
          record -> record.octets(random.nextInt(100_000)).ingress(random.nextInt(3)));
    }
    return builder.encode();
  }

  private static OneInputStreamOperatorTestHarness<byte[], Delta> openHarness() throws Exception {
    OneInputStreamOperatorTestHarness<byte[], Delta> harness = newHarness();
    harness.open();
    return harness;
  }

  private static OneInputStreamOperatorTestHarness<byte[], Delta> newHarness() throws Exception {
    OneInputStreamOperatorTestHarness<byte[], Delta> harness =
        new OneInputStreamOperatorTestHarness<>(
            new CombineOperator(TestInventory.create(), LIMITS));
    harness.setup(DeltaSerializer.INSTANCE);
    return harness;
  }
}
