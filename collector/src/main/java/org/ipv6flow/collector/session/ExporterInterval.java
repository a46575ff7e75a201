package org.ipv6flow.collector.session;

import org.ipv6flow.collector.message.DropReason;

/**
 * What was counted for one exporter's observation domain since the last report, and its state now.
 *
 * <p>An interval without an exporter address ({@code protocolVersion} 0) holds datagrams that could
 * not be attributed to any domain, such as those of another protocol.
 */
public final class ExporterInterval {

  private final long exporterHigh;
  private final long exporterLow;
  private final int observationDomainId;
  private final int protocolVersion;
  private final long[] counts = new long[Counter.COUNT];
  private final long[] drops = new long[DropReason.COUNT];
  private int templates;
  private int optionsTemplates;
  private long clockOffsetMillis;
  private long lastReceivedMillis;

  public ExporterInterval(
      long exporterHigh, long exporterLow, int observationDomainId, int protocolVersion) {
    this.exporterHigh = exporterHigh;
    this.exporterLow = exporterLow;
    this.observationDomainId = observationDomainId;
    this.protocolVersion = protocolVersion;
  }

  /** High half of the exporter's address; IPv4 is IPv4-mapped. */
  public long exporterHigh() {
    return exporterHigh;
  }

  public long exporterLow() {
    return exporterLow;
  }

  public int observationDomainId() {
    return observationDomainId;
  }

  /** 9 or 10; 0 for what belongs to no domain. */
  public int protocolVersion() {
    return protocolVersion;
  }

  /** Growth over the interval. */
  public long count(Counter counter) {
    return counts[counter.index()];
  }

  /** Growth over the interval. */
  public long dropped(DropReason reason) {
    return drops[reason.index()];
  }

  /** Flow templates known at the end of the interval. */
  public int templates() {
    return templates;
  }

  public int optionsTemplates() {
    return optionsTemplates;
  }

  /** Exporter's clock minus the receiver's, median of recent messages; 0 if there were none. */
  public long clockOffsetMillis() {
    return clockOffsetMillis;
  }

  /** When the last message came, in milliseconds since the epoch; 0 if none did yet. */
  public long lastReceivedMillis() {
    return lastReceivedMillis;
  }

  /** Whether nothing at all was counted. */
  public boolean isEmpty() {
    for (long count : counts) {
      if (count != 0) {
        return false;
      }
    }
    for (long drop : drops) {
      if (drop != 0) {
        return false;
      }
    }
    return true;
  }

  /** Adds the growth of {@code counters} since {@code last}, and brings {@code last} up to date. */
  void addGrowth(DecodeCounters counters, long[] last) {
    for (Counter counter : Counter.values()) {
      long value = counters.value(counter);
      counts[counter.index()] += value - last[counter.index()];
      last[counter.index()] = value;
    }
    for (DropReason reason : DropReason.values()) {
      long value = counters.dropped(reason);
      int index = Counter.COUNT + reason.index();
      drops[reason.index()] += value - last[index];
      last[index] = value;
    }
  }

  void state(int templates, int optionsTemplates, long clockOffsetMillis, long receivedMillis) {
    this.templates = templates;
    this.optionsTemplates = optionsTemplates;
    if (receivedMillis > lastReceivedMillis) {
      this.lastReceivedMillis = receivedMillis;
      this.clockOffsetMillis = clockOffsetMillis;
    }
  }
}
