package org.ipv6flow.jobs.reissue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaKind;
import org.ipv6flow.jobs.aggregate.DeltaTable;
import org.ipv6flow.jobs.aggregate.FlowAggregator;
import org.ipv6flow.jobs.aggregate.Outputs;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.deduplication.MessageDeduplicator;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.network.NetworkHistory;
import org.ipv6flow.jobs.rows.KeyColumns;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.rows.RowSums;
import org.ipv6flow.schema.flow.FlowBatchDecoder;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.MalformedBatchException;
import org.ipv6flow.schema.flow.SamplingProvenance;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.Inventory;

/**
 * Batches to link traffic by the minute, with the code of the running job: the same decoding,
 * deduplication and aggregation. Only what falls into the request's time is kept. Not thread-safe.
 */
public final class TrafficReplay {

  private static final int MAX_SUMS = 1 << 17;
  private static final long SECONDS_PER_MINUTE = 60;

  private final long fromSeconds;
  private final long untilSeconds;
  private final FlowAggregator aggregator;
  private final MessageDeduplicator deduplicator;
  private final KeyColumns keys;
  private final FlowBatchDecoder decoder = new FlowBatchDecoder();
  private final FlowColumns columns = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);
  private final RowSums minutes = new RowSums(ClickHouseTable.LINK_TRAFFIC);
  private final Delta delta = new Delta();
  private final RowDelta row = new RowDelta();

  /** Corrected intervals by exporter's address, 16 octets. */
  private final Map<ByteBuffer, Double> intervals = new HashMap<>();

  private final boolean isDeduplicating;
  private long malformed;

  /**
   * @param rememberedMessages as in the running job; 0: none
   */
  public TrafficReplay(ReissueRequest request, TimeLimits limits, int rememberedMessages) {
    fromSeconds = request.from().getEpochSecond();
    untilSeconds = request.until().getEpochSecond();
    Names names = new Names();
    aggregator =
        new FlowAggregator(
            new NetworkHistory(request.inventories(), names), limits, Outputs.NONE, names);
    deduplicator = new MessageDeduplicator(Math.max(1, rememberedMessages));
    isDeduplicating = rememberedMessages > 0;
    keys = new KeyColumns(names);
    request
        .samplingIntervals()
        .forEach((exporter, interval) -> correct(request, exporter, interval));
  }

  /** Adds a batch as it stands in Kafka; one that cannot be read is counted. */
  public void add(byte[] batch) {
    try {
      decoder.decode(batch, 0, batch.length, columns);
    } catch (MalformedBatchException e) {
      malformed++;
      return;
    }
    correctSampling();
    aggregator.begin(columns);
    int from = 0;
    for (int message = 0; message < columns.messageCount; message++) {
      int to = from + columns.messageRecordCount[message];
      if (!isDeduplicating || !deduplicator.isRepeated(columns, message, from, to)) {
        aggregator.addMessage(columns, message, from, to);
      }
      from = to;
    }
    aggregator.end();
    if (aggregator.size() >= MAX_SUMS) {
      collect();
    }
  }

  /** Link traffic of the minutes asked for. Nothing is to be added afterwards. */
  public RowSums minutes() {
    collect();
    return minutes;
  }

  /** Records that were read, also of other times. */
  public long records() {
    return aggregator.counts().records;
  }

  public long malformedBatches() {
    return malformed;
  }

  private void correct(ReissueRequest request, String exporterId, double interval) {
    boolean isKnown = false;
    for (Inventory inventory : request.inventories()) {
      for (Exporter exporter : inventory.exporters()) {
        if (exporter.id().equals(exporterId)) {
          intervals.put(address(exporter.address()), interval);
          isKnown = true;
        }
      }
    }
    if (!isKnown) {
      throw new IllegalArgumentException(
          "sampling of exporter '%s', which the inventory does not know".formatted(exporterId));
    }
  }

  private static ByteBuffer address(String literal) {
    try {
      byte[] octets = InetAddress.getByName(literal).getAddress();
      ByteBuffer address = ByteBuffer.allocate(16);
      if (octets.length == 4) {
        address.putShort(10, (short) -1).put(12, octets);
      } else {
        address.put(0, octets);
      }
      return address;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("exporter address " + literal, e);
    }
  }

  private void correctSampling() {
    if (intervals.isEmpty()) {
      return;
    }
    int from = 0;
    for (int message = 0; message < columns.messageCount; message++) {
      int to = from + columns.messageRecordCount[message];
      int source = columns.messageSource[message];
      Double interval =
          intervals.get(
              ByteBuffer.allocate(16)
                  .putLong(0, columns.sourceExporterHigh[source])
                  .putLong(8, columns.sourceExporterLow[source]));
      if (interval != null) {
        int index = columns.samplingIndex(interval, SamplingProvenance.INVENTORY.code());
        if (index < 0) {
          throw new IllegalStateException("a batch of 256 sampling intervals");
        }
        for (int i = from; i < to; i++) {
          columns.samplingIndex[i] = (byte) index;
        }
      }
      from = to;
    }
  }

  private void collect() {
    DeltaTable linkTraffic = aggregator.table(DeltaKind.LINK_TRAFFIC);
    for (int at = linkTraffic.next(0, delta); at >= 0; at = linkTraffic.next(at, delta)) {
      keys.write(delta, row);
      long minute = row.bucket() / SECONDS_PER_MINUTE * SECONDS_PER_MINUTE;
      if (minute >= fromSeconds && minute < untilSeconds) {
        row.bucket(minute);
        minutes.add(row);
      }
    }
    for (DeltaTable table : aggregator.tables()) {
      table.clear();
    }
  }
}
