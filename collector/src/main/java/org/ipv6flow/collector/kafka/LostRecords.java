package org.ipv6flow.collector.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.schema.flow.FlowColumns;

/** Flow records that were decoded and did not reach Kafka, by exporter and reason; thread-safe. */
public final class LostRecords {

  /** Flow records of one exporter's domain that were lost for one reason. */
  public record Loss(
      long exporterHigh,
      long exporterLow,
      int observationDomainId,
      PublishDrop reason,
      long count) {}

  /** Takes what a batch holds of one exporter's domain. */
  @FunctionalInterface
  interface SourceConsumer {
    void source(
        long exporterHigh, long exporterLow, int observationDomainId, int records, int messages);
  }

  private record Key(long high, long low, int domain, PublishDrop reason) {}

  private final Map<Key, Long> losses = new HashMap<>();
  private final long[] totals = new long[PublishDrop.values().length];

  /** What a batch holds of each exporter, kept until Kafka has acknowledged it. */
  public static final class Contents {

    private final ContentsPool pool;
    private int sources;
    private long[] high = new long[0];
    private long[] low = new long[0];
    private int[] domain = new int[0];
    private int[] records = new int[0];
    private int[] messages = new int[0];
    private boolean continuesMessage;

    Contents(ContentsPool pool) {
      this.pool = pool;
    }

    Contents fill(FlowColumns batch) {
      sources = batch.sourceCount;
      if (high.length < sources) {
        int capacity = batch.sourceExporterHigh.length;
        high = new long[capacity];
        low = new long[capacity];
        domain = new int[capacity];
        records = new int[capacity];
        messages = new int[capacity];
      }
      continuesMessage = batch.continuesMessage;
      System.arraycopy(batch.sourceExporterHigh, 0, high, 0, sources);
      System.arraycopy(batch.sourceExporterLow, 0, low, 0, sources);
      System.arraycopy(batch.sourceDomain, 0, domain, 0, sources);
      Arrays.fill(records, 0, sources, 0);
      Arrays.fill(messages, 0, sources, 0);
      for (int i = 0; i < batch.messageCount; i++) {
        records[batch.messageSource[i]] += batch.messageRecordCount[i];
        messages[batch.messageSource[i]]++;
      }
      if (continuesMessage) {
        messages[batch.messageSource[0]]--;
      }
      return this;
    }

    /** Whether the first message began in an earlier batch. */
    boolean continuesMessage() {
      return continuesMessage;
    }

    void forEach(SourceConsumer consumer) {
      for (int i = 0; i < sources; i++) {
        consumer.source(high[i], low[i], domain[i], records[i], messages[i]);
      }
    }

    /** Gives it back, once its batch has been stored or lost; any thread may do so. */
    public void release() {
      pool.give(this);
    }
  }

  /** Counts all records of a batch as lost. */
  public void add(Contents contents, PublishDrop reason) {
    contents.forEach(
        (high, low, domain, records, messages) -> add(high, low, domain, reason, records));
  }

  /** Counts records of one exporter's domain as lost. */
  public synchronized void add(
      long exporterHigh,
      long exporterLow,
      int observationDomainId,
      PublishDrop reason,
      long records) {
    losses.merge(
        new Key(exporterHigh, exporterLow, observationDomainId, reason), records, Long::sum);
    totals[reason.ordinal()] += records;
  }

  /** What was lost since the last call. */
  public synchronized List<Loss> take() {
    List<Loss> taken = new ArrayList<>(losses.size());
    losses.forEach(
        (key, count) -> taken.add(new Loss(key.high, key.low, key.domain, key.reason, count)));
    losses.clear();
    return taken;
  }

  /** Flow records lost for a reason since the start. */
  public synchronized long total(PublishDrop reason) {
    return totals[reason.ordinal()];
  }
}
