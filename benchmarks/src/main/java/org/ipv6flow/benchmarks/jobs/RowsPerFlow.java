package org.ipv6flow.benchmarks.jobs;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.collector.decode.BatchSink;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.jobs.active.ActivePrefixes;
import org.ipv6flow.jobs.active.PseudonymKey;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaTable;
import org.ipv6flow.jobs.aggregate.FlowAggregator;
import org.ipv6flow.jobs.aggregate.Outputs;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.flows.FlowSampling;
import org.ipv6flow.jobs.network.NetworkHistory;
import org.ipv6flow.jobs.rows.HeldRows;
import org.ipv6flow.jobs.rows.KeyColumns;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.rows.RowSums;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.Simulator;
import org.ipv6flow.simulator.SimulatorConfig;
import org.ipv6flow.simulator.export.DatagramSink;
import org.ipv6flow.simulator.network.Transport;

/**
 * How many rows the job inserts for a flow record, with every output, at a checkpoint every five
 * seconds: a row costs ClickHouse some ten times what a record costs the job.
 *
 * <p>The demo nation's exporters are decoded, attributed and merged as in the collector and the
 * job, by simulated time. So the count is the same on every machine. What is held until its bucket
 * is over is counted at the end, as if all buckets ended then: on the safe side.
 */
public final class RowsPerFlow implements BatchSink, Transport {

  private static final long START_MILLIS = 1_795_000_000_000L;
  private static final long CHECKPOINT_MILLIS = 5_000;
  private static final InetSocketAddress NOWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
  private static final int IPFIX = 10;
  private static final int IPFIX_EXPORT_TIME = 4;
  private static final int NETFLOW9_EXPORT_TIME = 8;
  private static final int EXPORTER_PORT = 2_055;

  private final FlowColumns batch = new FlowColumns(FlowColumns.DEFAULT_CAPACITY);
  private final ExportDecoder decoder =
      new ExportDecoder(new DecoderState(DecoderLimits.defaults()), this);
  private final FlowAggregator aggregator;
  private final KeyColumns keyColumns;
  private final Map<ClickHouseTable, RowSums> open = new EnumMap<>(ClickHouseTable.class);
  private final HeldRows held = new HeldRows(Outputs.DEFAULT_AS_PAIRS);
  private final Map<ClickHouseTable, Long> rows = new EnumMap<>(ClickHouseTable.class);
  private final Delta delta = new Delta();
  private final RowDelta rowDelta = new RowDelta();
  private long nextCheckpointMillis = START_MILLIS + CHECKPOINT_MILLIS;

  private RowsPerFlow(Inventory inventory) {
    Names names = new Names();
    aggregator =
        new FlowAggregator(
            new NetworkHistory(List.of(inventory), names),
            new TimeLimits(60_000, 72 * 3_600_000L),
            new Outputs(
                Outputs.DEFAULT_AS_PAIRS,
                true,
                true,
                FlowSampling.DEFAULT,
                PseudonymKey.of("of this count of rows")),
            names);
    keyColumns = new KeyColumns(names);
  }

  /**
   * Counts.
   *
   * @param inventory of the demo nation
   */
  public static RowsPerFlow count(Path inventory, long recordsPerSecond, Duration duration)
      throws InvalidConfigException, IOException {
    Inventory nation = InventoryLoader.load(inventory);
    RowsPerFlow count = new RowsPerFlow(nation);
    SimulatorConfig traffic =
        SimulatorConfig.builder(nation, NOWHERE)
            .recordsPerSecond((double) recordsPerSecond)
            .duration(duration)
            .asFastAsPossibleFrom(START_MILLIS)
            .build();
    new Simulator(traffic, count).run();
    count.finish();
    return count;
  }

  /** Flow records that were attributed. */
  public long records() {
    return aggregator.counts().attributedRecords;
  }

  /** Flow records that were not. */
  public long unattributedRecords() {
    return aggregator.counts().records - records();
  }

  /** Rows inserted, by table. */
  public Map<ClickHouseTable, Long> rows() {
    return rows;
  }

  public double rowsPerFlow() {
    return (double) rows.values().stream().mapToLong(Long::longValue).sum() / records();
  }

  @Override
  public DatagramSink open(String exporterAddress) throws UnknownHostException {
    byte[] octets = InetAddress.getByName(exporterAddress).getAddress();
    long low = FlowColumns.IPV4_MAPPED_PREFIX | (ByteBuffer.wrap(octets).getInt() & 0xFFFF_FFFFL);
    return (message, length, records, scaledOctets) -> receive(message, length, low);
  }

  private void receive(byte[] message, int length, long exporterLow) {
    ByteBuffer header = ByteBuffer.wrap(message);
    int at = header.getShort(0) == IPFIX ? IPFIX_EXPORT_TIME : NETFLOW9_EXPORT_TIME;
    long nowMillis = (header.getInt(at) & 0xFFFF_FFFFL) * 1_000;
    if (nowMillis >= nextCheckpointMillis) {
      nextCheckpointMillis += CHECKPOINT_MILLIS;
      checkpoint();
    }
    if (batch.isEmpty()) {
      batch.baseTimeMillis = nowMillis;
    }
    decoder.decode(
        Unpooled.wrappedBuffer(message, 0, length), 0, exporterLow, EXPORTER_PORT, nowMillis);
  }

  @Override
  public FlowColumns batch(long exporterHigh, long exporterLow, int observationDomainId) {
    return batch;
  }

  @Override
  public void flush(FlowColumns full) {
    aggregator.add(full);
    full.clear();
  }

  @Override
  public void close() {}

  private void finish() {
    flush(batch);
    checkpoint();
    held.takeAll(this::insert);
  }

  private void checkpoint() {
    for (DeltaTable table : aggregator.tables()) {
      for (int at = table.next(0, delta); at >= 0; at = table.next(at, delta)) {
        keyColumns.write(delta, rowDelta);
        if (HeldRows.holds(rowDelta.table)) {
          held.add(rowDelta, 0);
        } else {
          open.computeIfAbsent(rowDelta.table, RowSums::new).add(rowDelta);
        }
      }
      table.clear();
    }
    for (RowSums sums : open.values()) {
      insert(sums);
      sums.clear();
    }
    insert(ClickHouseTable.FLOW_SAMPLES, aggregator.flowSamples().take().rows());
    ActivePrefixes prefixes = aggregator.activePrefixes();
    if (prefixes != null) {
      insert(ClickHouseTable.ACTIVE_PREFIXES, prefixes.take().rows());
    }
  }

  private void insert(RowSums sums) {
    insert(sums.table(), sums.size());
  }

  private void insert(ClickHouseTable table, long count) {
    rows.merge(table, count, Long::sum);
  }
}
