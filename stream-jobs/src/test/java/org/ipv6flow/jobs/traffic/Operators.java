package org.ipv6flow.jobs.traffic;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.rows.RowDeltaSerializer;
import org.ipv6flow.jobs.testing.TestInventory;
import org.ipv6flow.schema.inventory.PublishedInventory;
import org.jspecify.annotations.Nullable;

/** The operators under test, without a job around them. */
final class Operators {

  static final TrafficSettings SETTINGS =
      TrafficSettings.of(new TimeLimits(60_000, 72 * 3_600_000L));

  private Operators() {}

  static List<PublishedInventory> inventories() {
    return List.of(new PublishedInventory(0, TestInventory.create()));
  }

  static TwoInputStreamOperatorTestHarness<byte[], byte[], RowDelta> combine(
      @Nullable OperatorSubtaskState state) throws Exception {
    return combine(SETTINGS, state);
  }

  static TwoInputStreamOperatorTestHarness<byte[], byte[], RowDelta> combine(
      TrafficSettings settings, @Nullable OperatorSubtaskState state) throws Exception {
    TwoInputStreamOperatorTestHarness<byte[], byte[], RowDelta> harness =
        new TwoInputStreamOperatorTestHarness<>(new CombineOperator(inventories(), settings));
    // Copies what it collects, since the operator reuses its objects.
    harness.setup(RowDeltaSerializer.INSTANCE);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  /** What the combiner makes of batches. */
  static List<RowDelta> combined(byte[]... batches) throws Exception {
    try (TwoInputStreamOperatorTestHarness<byte[], byte[], RowDelta> combine = combine(null)) {
      for (byte[] batch : batches) {
        combine.processElement1(new StreamRecord<>(batch));
      }
      combine.prepareSnapshotPreBarrier(1);
      return new ArrayList<>(combine.extractOutputValues());
    }
  }
}
