package org.ipv6flow.jobs.traffic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.ipv6flow.jobs.active.ActivePrefixes;
import org.ipv6flow.jobs.aggregate.AggregatorCounts;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaTable;
import org.ipv6flow.jobs.aggregate.FlowAggregator;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.clickhouse.RowBlockSerializer;
import org.ipv6flow.jobs.deduplication.MessageDeduplicator;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.network.InventoryVersions;
import org.ipv6flow.jobs.rows.KeyColumns;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.source.DeadLetter;
import org.ipv6flow.jobs.types.SerializerTypeInfo;
import org.ipv6flow.schema.flow.FlowBatchDecoder;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.MalformedBatchException;
import org.ipv6flow.schema.inventory.PublishedInventory;
import org.ipv6flow.schema.traffic.UnattributedReason;

/**
 * Batches of flow records to sums: decodes each into the same columns, adds up what was not counted
 * before by the inventories of the second input, and sends the sums on ahead of every checkpoint
 * barrier.
 *
 * <p>Sums are no state: what it holds when a barrier comes has been sent before the barrier, so a
 * restored job starts with empty tables, at any parallelism. State is what decides about records:
 * the inventories, and which messages were counted lately.
 */
@SuppressWarnings("NullAway.Init") // Flink opens an operator before anything else.
final class CombineOperator extends AbstractStreamOperator<RowDelta>
    implements TwoInputStreamOperator<byte[], byte[], RowDelta>, BoundedMultiInput {

  /** Sums held at most; beyond it they are sent early. Bounds memory and the flush at a barrier. */
  static final int MAX_SUMS = 1 << 17;

  /** Rows that are complete as they are: the side output. */
  static final OutputTag<RowBlock> ROWS =
      new OutputTag<>(
          "rows", new SerializerTypeInfo<>(RowBlock.class, RowBlockSerializer.INSTANCE));

  private static final long serialVersionUID = 1L;

  /** By {@link PublishedInventory#key}, as published. */
  private static final MapStateDescriptor<String, byte[]> INVENTORIES =
      new MapStateDescriptor<>(
          "inventories", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final ListStateDescriptor<byte[]> COUNTED_MESSAGES =
      new ListStateDescriptor<>(
          "counted-messages", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final TrafficSettings settings;

  /** Encoded: what a job is begun with, until published ones come. */
  private final ArrayList<byte[]> initialInventories;

  private transient InventoryVersions inventories;
  private transient Names names;
  private transient MessageDeduplicator deduplicator;
  private transient BroadcastState<String, byte[]> inventoryState;
  private transient ListState<byte[]> messageState;
  private transient FlowBatchDecoder decoder;
  private transient FlowColumns columns;
  private transient FlowAggregator aggregator;
  private transient KeyColumns keyColumns;
  private transient Delta delta;
  private transient RowDelta rowDelta;
  private transient StreamRecord<RowDelta> out;
  private transient Counter malformed;
  private transient ReadingDelay delay;
  private transient Counter repeatedMessages;
  private transient Counter repeatedRecords;
  private transient Counter inventoryChanges;

  CombineOperator(List<PublishedInventory> initialInventories, TrafficSettings settings) {
    this.initialInventories = new ArrayList<>();
    initialInventories.forEach(published -> this.initialInventories.add(published.encode()));
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    inventories = new InventoryVersions();
    for (byte[] initial : initialInventories) {
      inventories.offer(PublishedInventory.decode(initial));
    }
    inventoryState = context.getOperatorStateStore().getBroadcastState(INVENTORIES);
    for (Map.Entry<String, byte[]> entry : inventoryState.immutableEntries()) {
      inventories.offer(PublishedInventory.decode(entry.getValue()));
    }
    deduplicator =
        new MessageDeduplicator(
            settings.rememberedMessages() == 0 ? 1 : settings.rememberedMessages());
    // Partitions may be read by other subtasks after a restore: each learns what all knew.
    messageState = context.getOperatorStateStore().getUnionListState(COUNTED_MESSAGES);
    for (byte[] state : messageState.get()) {
      deduplicator.restore(state);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    names = new Names();
    decoder = new FlowBatchDecoder();
    columns = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);
    aggregator =
        new FlowAggregator(
            inventories.history(names), settings.timeLimits(), settings.outputs(), names);
    keyColumns = new KeyColumns(names);
    delay = new ReadingDelay(getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks());
    delta = new Delta();
    rowDelta = new RowDelta();
    out = new StreamRecord<>(rowDelta);
    registerMetrics(getMetricGroup(), aggregator.counts());
  }

  /** A batch of flow records. */
  @Override
  public void processElement1(StreamRecord<byte[]> element) {
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
    addUnlessRepeated();
    delay.read(columns.baseTimeMillis, System.currentTimeMillis());
    if (aggregator.size() >= MAX_SUMS) {
      flush();
    }
  }

  /** An inventory: from now on records are attributed by it, for the time in which it holds. */
  @Override
  public void processElement2(StreamRecord<byte[]> element) throws Exception {
    PublishedInventory published;
    try {
      published = PublishedInventory.decode(element.getValue());
    } catch (IOException e) {
      malformed.inc();
      if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
        output.collect(
            DeadLetter.TAG,
            new StreamRecord<>(DeadLetter.of("inventory: " + e.getMessage(), element.getValue())));
      }
      return;
    }
    if (inventories.offer(published)) {
      inventoryState.put(published.key(), element.getValue());
      aggregator.follow(inventories.history(names));
      inventoryChanges.inc();
      LOG.info(
          "Inventory {} holds from {} on",
          published.inventory().version(),
          published.inventory().effectiveFrom());
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    messageState.clear();
    if (deduplicator.size() > 0) {
      messageState.add(deduplicator.state());
    }
  }

  @Override
  public void endInput(int input) {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void addUnlessRepeated() {
    aggregator.begin(columns);
    int from = 0;
    for (int message = 0; message < columns.messageCount; message++) {
      int to = from + columns.messageRecordCount[message];
      if (settings.rememberedMessages() > 0
          && deduplicator.isRepeated(columns, message, from, to)) {
        repeatedMessages.inc();
        repeatedRecords.inc(to - from);
      } else {
        aggregator.addMessage(columns, message, from, to);
      }
      from = to;
    }
    aggregator.end();
  }

  private void flush() {
    for (DeltaTable table : aggregator.tables()) {
      emit(table);
    }
    emit(aggregator.flowSamples().take());
    ActivePrefixes activePrefixes = aggregator.activePrefixes();
    if (activePrefixes != null) {
      emit(activePrefixes.take());
    }
  }

  private void emit(DeltaTable table) {
    for (int at = table.next(0, delta); at >= 0; at = table.next(at, delta)) {
      keyColumns.write(delta, rowDelta);
      output.collect(out);
    }
    table.clear();
  }

  private void emit(RowBlock rows) {
    if (rows.rows() > 0) {
      output.collect(ROWS, new StreamRecord<>(rows));
    }
  }

  private void registerMetrics(MetricGroup metrics, AggregatorCounts counts) {
    malformed = metrics.counter("malformedBatches");
    repeatedMessages = metrics.counter("repeatedMessages");
    repeatedRecords = metrics.counter("repeatedRecords");
    inventoryChanges = metrics.counter("inventoryChanges");
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
