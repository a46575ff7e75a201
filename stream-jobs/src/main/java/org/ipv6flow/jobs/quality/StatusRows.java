package org.ipv6flow.jobs.quality;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBinaryBuffer;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.schema.v1.ExporterStatus;

/** Encodes exporter status records as rows of exporter_quality_10s and exporter_drops_10s. */
final class StatusRows {

  private static final int ADDRESS_OCTETS = 16;
  private static final long BUCKET_SECONDS = 10;
  private static final long MAX_EPOCH_SECONDS = 0xFFFF_FFFFL;

  private final RowBinaryBuffer quality = new RowBinaryBuffer();
  private final RowBinaryBuffer drops = new RowBinaryBuffer();

  void add(ExporterStatus status) throws MalformedStatusException {
    ByteString address = status.getExporterAddress();
    if (address.size() != ADDRESS_OCTETS) {
      throw new MalformedStatusException(
          "exporter_address of %d octets (expected: 16)".formatted(address.size()));
    }
    long high = address.asReadOnlyByteBuffer().getLong(0);
    long low = address.asReadOnlyByteBuffer().getLong(Long.BYTES);
    long bucket = status.getIntervalStartMillis() / 1000 / BUCKET_SECONDS * BUCKET_SECONDS;
    if (bucket < 0 || bucket > MAX_EPOCH_SECONDS) {
      throw new MalformedStatusException(
          "interval_start_millis %d (expected: a time before 2106)"
              .formatted(status.getIntervalStartMillis()));
    }
    byte[] collector = status.getCollectorId().getBytes(StandardCharsets.UTF_8);
    addQuality(status, bucket, high, low, collector);
    status
        .getDroppedMap()
        .forEach(
            (reason, dropped) -> {
              drops.uint32(bucket);
              drops.ipv6(high, low);
              drops.uint32(status.getObservationDomainId());
              drops.string(collector);
              drops.string(reason.getBytes(StandardCharsets.UTF_8));
              drops.uint64(dropped);
              drops.endRow();
            });
  }

  RowBlock takeQuality() {
    return quality.take(ClickHouseTable.EXPORTER_QUALITY);
  }

  RowBlock takeDrops() {
    return drops.take(ClickHouseTable.EXPORTER_DROPS);
  }

  private void addQuality(
      ExporterStatus status, long bucket, long high, long low, byte[] collector) {
    quality.uint32(bucket);
    quality.ipv6(high, low);
    quality.uint32(status.getObservationDomainId());
    quality.string(collector);
    quality.uint8(status.getProtocolVersion());
    quality.uint64(status.getDatagrams());
    quality.uint64(status.getDatagramOctets());
    quality.uint64(status.getDataRecords());
    quality.uint64(status.getFlowRecords());
    quality.uint64(status.getOptionsRecords());
    quality.uint64(status.getOctets());
    quality.uint64(status.getLostRecords());
    quality.uint64(status.getLostMessages());
    quality.uint64(status.getDuplicateMessages());
    quality.uint64(status.getReorderedMessages());
    quality.uint64(status.getRestarts());
    quality.uint64(status.getHeldSets());
    quality.uint64(status.getHeldSetsDecoded());
    quality.uint64(status.getSamplingKnownRecords());
    quality.uint64(status.getSamplingUnknownRecords());
    quality.uint64(status.getClockSuspectRecords());
    quality.uint32(status.getTemplates());
    quality.uint32(status.getOptionsTemplates());
    quality.uint64(status.getClockOffsetMillis());
    quality.uint64(status.getLastReceivedMillis());
    quality.endRow();
  }
}
