package org.ipv6flow.collector.status;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.ipv6flow.collector.decode.ExporterReports;
import org.ipv6flow.collector.kafka.LostRecords;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.ExporterInterval;
import org.ipv6flow.schema.v1.ExporterStatus;

/**
 * Makes one {@link ExporterStatus} per exporter and observation domain and interval.
 *
 * <p>What belongs to no exporter — datagrams of other protocols, what the kernel dropped — is told
 * of the exporter {@code ::}. Not thread-safe.
 */
public final class StatusReporter {

  /** Name of the drops that the kernel counts, per datagram. */
  public static final String SOCKET_BUFFER_FULL = "socket_buffer_full";

  private static final int ADDRESS_OCTETS = 16;

  private record Key(long high, long low, int domain, int protocolVersion) {}

  private final String collectorId;
  private final ExporterReports reports;
  private final LostRecords lost;
  private final LongSupplier socketDrops;
  private final Consumer<ExporterStatus> publisher;
  private long lastSocketDrops;
  private long intervalStartMillis;

  /**
   * @param socketDrops datagrams dropped by the kernel since the start
   */
  public StatusReporter(
      String collectorId,
      ExporterReports reports,
      LostRecords lost,
      LongSupplier socketDrops,
      Consumer<ExporterStatus> publisher,
      long startMillis) {
    this.collectorId = collectorId;
    this.reports = reports;
    this.lost = lost;
    this.socketDrops = socketDrops;
    this.publisher = publisher;
    intervalStartMillis = startMillis;
  }

  /** Publishes what happened since the last call. */
  public void report(long nowMillis) {
    Map<Key, ExporterStatus.Builder> statuses = new LinkedHashMap<>();
    for (ExporterInterval interval : reports.take()) {
      fill(
          status(
              statuses,
              new Key(
                  interval.exporterHigh(),
                  interval.exporterLow(),
                  interval.observationDomainId(),
                  interval.protocolVersion())),
          interval);
    }
    for (LostRecords.Loss loss : lost.take()) {
      addDrops(
          losses(statuses, loss.exporterHigh(), loss.exporterLow(), loss.observationDomainId()),
          loss.reason().label(),
          loss.count());
    }
    long drops = socketDrops.getAsLong();
    if (drops > lastSocketDrops) {
      addDrops(status(statuses, new Key(0, 0, 0, 0)), SOCKET_BUFFER_FULL, drops - lastSocketDrops);
      lastSocketDrops = drops;
    }
    for (ExporterStatus.Builder status : statuses.values()) {
      publisher.accept(
          status
              .setSchemaVersion(1)
              .setCollectorId(collectorId)
              .setIntervalStartMillis(intervalStartMillis)
              .setIntervalEndMillis(nowMillis)
              .build());
    }
    intervalStartMillis = nowMillis;
  }

  private static ExporterStatus.Builder status(Map<Key, ExporterStatus.Builder> statuses, Key key) {
    return statuses.computeIfAbsent(
        key,
        k ->
            ExporterStatus.newBuilder()
                .setExporterAddress(address(k.high, k.low))
                .setObservationDomainId(k.domain)
                .setProtocolVersion(k.protocolVersion));
  }

  /** The status to tell a loss in: the domain's own, if it has one in this interval. */
  private static ExporterStatus.Builder losses(
      Map<Key, ExporterStatus.Builder> statuses, long high, long low, int domain) {
    for (Map.Entry<Key, ExporterStatus.Builder> entry : statuses.entrySet()) {
      Key key = entry.getKey();
      if (key.high == high && key.low == low && key.domain == domain) {
        return entry.getValue();
      }
    }
    return status(statuses, new Key(high, low, domain, 0));
  }

  private static void fill(ExporterStatus.Builder status, ExporterInterval interval) {
    status
        .setDatagrams(interval.count(Counter.DATAGRAMS))
        .setDatagramOctets(interval.count(Counter.DATAGRAM_OCTETS))
        .setDataRecords(interval.count(Counter.DATA_RECORDS))
        .setFlowRecords(interval.count(Counter.FLOW_RECORDS))
        .setOptionsRecords(interval.count(Counter.OPTIONS_RECORDS))
        .setOctets(interval.count(Counter.OCTETS))
        .setLostRecords(interval.count(Counter.LOST_RECORDS))
        .setLostMessages(interval.count(Counter.LOST_MESSAGES))
        .setDuplicateMessages(interval.count(Counter.DUPLICATE_MESSAGES))
        .setReorderedMessages(interval.count(Counter.REORDERED_MESSAGES))
        .setRestarts(interval.count(Counter.RESTARTS))
        .setHeldSets(interval.count(Counter.HELD_SETS))
        .setHeldSetsDecoded(interval.count(Counter.HELD_SETS_DECODED))
        .setSamplingKnownRecords(interval.count(Counter.SAMPLING_KNOWN_RECORDS))
        .setSamplingUnknownRecords(interval.count(Counter.SAMPLING_UNKNOWN_RECORDS))
        .setClockSuspectRecords(interval.count(Counter.CLOCK_SUSPECT_RECORDS))
        .setTemplates(interval.templates())
        .setOptionsTemplates(interval.optionsTemplates())
        .setClockOffsetMillis(interval.clockOffsetMillis())
        .setLastReceivedMillis(interval.lastReceivedMillis());
    for (DropReason reason : DropReason.values()) {
      addDrops(status, reason.label(), interval.dropped(reason));
    }
  }

  private static void addDrops(ExporterStatus.Builder status, String reason, long count) {
    if (count != 0) {
      status.putDropped(reason, status.getDroppedOrDefault(reason, 0) + count);
    }
  }

  private static ByteString address(long high, long low) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(ADDRESS_OCTETS).putLong(high).putLong(low).array());
  }
}
