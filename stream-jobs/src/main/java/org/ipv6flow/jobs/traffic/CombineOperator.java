package org.ipv6flow.jobs.traffic;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.ipv6flow.jobs.aggregate.AggregatorCounts;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaTable;
import org.ipv6flow.jobs.aggregate.FlowAggregator;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.attribution.Attribution;
import org.ipv6flow.jobs.attribution.LinkTable;
import org.ipv6flow.jobs.classification.TrafficClassifier;
import org.ipv6flow.jobs.source.DeadLetter;
import org.ipv6flow.schema.flow.FlowBatchDecoder;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.MalformedBatchException;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.traffic.UnattributedReason;

/**
 * Batches of flow records to sums, chained to the source: decodes each into the same columns, adds
 * it up, and sends the sums on ahead of every checkpoint barrier.
 *
 * <p>It has no state. What it holds when a barrier comes has been sent before the barrier, so a
 * restored job starts with empty tables, at any parallelism.
 */
@SuppressWarnings("NullAway.Init") // Flink opens an operator before anything else.
final class CombineOperator extends AbstractStreamOperator<Delta>
    implements OneInputStreamOperator<byte[], Delta>, BoundedOneInput {

  /** Sums held at most; beyond it they are sent early. Bounds memory and the flush at a barrier. */
  static final int MAX_SUMS = 1 << 17;

  private static final long serialVersionUID = 1L;

  private final Inventory inventory;
  private final TimeLimits limits;

  private transient FlowBatchDecoder decoder;
  private transient FlowColumns columns;
  private transient FlowAggregator aggregator;
  private transient Delta delta;
  private transient StreamRecord<Delta> out;
  private transient Counter malformed;
  private transient ReadingDelay delay;

  CombineOperator(Inventory inventory, TimeLimits limits) {
    this.inventory = inventory;
    this.limits = limits;
  }

  @Override
  public void open() throws Exception {
    super.open();
    decoder = new FlowBatchDecoder();
    columns = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);
    aggregator =
        new FlowAggregator(
            new Attribution(inventory, new LinkTable(inventory)),
            new TrafficClassifier(inventory.prefixSets()),
            limits);
    delay = new ReadingDelay(getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks());
    delta = new Delta();
    out = new StreamRecord<>(delta);
    registerMetrics(getMetricGroup(), aggregator.counts());
  }

  @Override
  public void processElement(StreamRecord<byte[]> element) {
    byte[] octets = element.getValue();
    try {
      decoder.decode(octets, 0, octets.length, columns);
    } catch (MalformedBatchException e) {
      malformed.inc();
      output.collect(
          DeadLetter.TAG,
          new StreamRecord<>(DeadLetter.of("flow batch: " + e.getMessage(), octets)));
      return;
    }
    aggregator.add(columns);
    delay.read(columns.baseTimeMillis, System.currentTimeMillis());
    if (aggregator.linkTraffic().size() + aggregator.unattributed().size() >= MAX_SUMS) {
      flush();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void endInput() {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() {
    emit(aggregator.linkTraffic());
    emit(aggregator.unattributed());
  }

  private void emit(DeltaTable table) {
    for (int at = table.next(0, delta); at >= 0; at = table.next(at, delta)) {
      output.collect(out);
    }
    table.clear();
  }

  private void registerMetrics(MetricGroup metrics, AggregatorCounts counts) {
    malformed = metrics.counter("malformedBatches");
    gauge(
        metrics,
        "newestBatchAgeMillis",
        () -> delay.newestBatchAgeMillis(System.currentTimeMillis()));
    gauge(metrics, "batches", () -> counts.batches);
    gauge(metrics, "records", () -> counts.records);
    gauge(metrics, "attributedRecords", () -> counts.attributedRecords);
    gauge(metrics, "clampedRecords", () -> counts.clampedRecords);
    gauge(metrics, "octets", () -> counts.octets);
    gauge(metrics, "observedOctets", () -> counts.observedOctets);
    for (UnattributedReason reason : UnattributedReason.values()) {
      gauge(
          metrics.addGroup("reason", reason.label()),
          "unattributedRecords",
          () -> counts.unattributedRecords(reason));
    }
  }

  private static void gauge(MetricGroup metrics, String name, Gauge<Long> value) {
    metrics.gauge(name, value);
  }
}
