package org.ipv6flow.collector.status;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ipv6flow.collector.decode.ExporterReports;
import org.ipv6flow.collector.kafka.LostRecords;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DeliveryLedger;
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

  /** Counters of a status: their numbers in exporter_status.proto. */
  private static final List<FieldDescriptor> COUNTERS =
      ExporterStatus.getDescriptor().getFields().stream()
          .filter(
              field ->
                  field.getNumber() >= ExporterStatus.DATAGRAMS_FIELD_NUMBER
                      && field.getNumber() <= ExporterStatus.CLOCK_SUSPECT_RECORDS_FIELD_NUMBER
                      && field.getNumber() != ExporterStatus.DROPPED_FIELD_NUMBER)
          .toList();

  private record Key(long high, long low, int domain, int protocolVersion) {}

  private final String collectorId;
  private final ExporterReports reports;
  private final LostRecords lost;
  private final LongSupplier socketDrops;
  private final Supplier<List<DeliveryLedger.Owed>> owed;
  private final BiConsumer<ExporterStatus, Consumer<ExporterStatus>> publisher;

  /** What Kafka did not take; told again with the next. */
  private final Queue<ExporterStatus> untaken = new ConcurrentLinkedQueue<>();

  private long lastSocketDrops;
  private long intervalStartMillis;

  /**
   * @param owed losses that earlier runs of the collector did not tell; each once
   * @param socketDrops datagrams dropped by the kernel since the start
   * @param publisher takes a status, and gives it to the other one if Kafka does not take it
   */
  public StatusReporter(
      String collectorId,
      ExporterReports reports,
      LostRecords lost,
      Supplier<List<DeliveryLedger.Owed>> owed,
      LongSupplier socketDrops,
      BiConsumer<ExporterStatus, Consumer<ExporterStatus>> publisher,
      long startMillis) {
    this.collectorId = collectorId;
    this.reports = reports;
    this.lost = lost;
    this.owed = owed;
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
    for (DeliveryLedger.Owed due : owed.get()) {
      ExporterStatus.Builder status =
          status(
              statuses,
              new Key(
                  due.exporterHigh(),
                  due.exporterLow(),
                  due.observationDomainId(),
                  due.protocolVersion()));
      status
          .setLostRecords(status.getLostRecords() + due.lostRecords())
          .setLostMessages(status.getLostMessages() + due.lostMessages());
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
    ExporterStatus again;
    while ((again = untaken.poll()) != null) {
      add(status(statuses, key(again)), again);
    }
    for (ExporterStatus.Builder status : statuses.values()) {
      long start = status.getIntervalStartMillis();
      publisher.accept(
          status
              .setSchemaVersion(1)
              .setCollectorId(collectorId)
              .setIntervalStartMillis(start == 0 ? intervalStartMillis : start)
              .setIntervalEndMillis(nowMillis)
              .build(),
          untaken::add);
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

  private static Key key(ExporterStatus status) {
    ByteBuffer address = status.getExporterAddress().asReadOnlyByteBuffer();
    return new Key(
        address.getLong(),
        address.getLong(),
        status.getObservationDomainId(),
        status.getProtocolVersion());
  }

  /** Adds the counters of an earlier interval, which the status then covers too. */
  private static void add(ExporterStatus.Builder status, ExporterStatus earlier) {
    for (FieldDescriptor counter : COUNTERS) {
      status.setField(counter, (long) status.getField(counter) + (long) earlier.getField(counter));
    }
    earlier.getDroppedMap().forEach((reason, count) -> addDrops(status, reason, count));
    long start = status.getIntervalStartMillis();
    status.setIntervalStartMillis(
        start == 0
            ? earlier.getIntervalStartMillis()
            : Math.min(start, earlier.getIntervalStartMillis()));
    if (earlier.getLastReceivedMillis() > status.getLastReceivedMillis()) {
      status
          .setTemplates(earlier.getTemplates())
          .setOptionsTemplates(earlier.getOptionsTemplates())
          .setClockOffsetMillis(earlier.getClockOffsetMillis())
          .setLastReceivedMillis(earlier.getLastReceivedMillis());
    }
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
