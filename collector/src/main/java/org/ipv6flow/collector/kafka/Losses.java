package org.ipv6flow.collector.kafka;

import java.nio.ByteBuffer;
import org.ipv6flow.schema.v1.ExporterStatus;

/** What a status says of losses that outlive a run of the collector. */
record Losses(
    long exporterHigh,
    long exporterLow,
    int observationDomainId,
    long lostRecords,
    long lostMessages,
    long droppedRecords,
    long killedRecords) {

  private static final int ADDRESS_OCTETS = 16;

  static Losses of(ExporterStatus status) {
    ByteBuffer address = status.getExporterAddress().asReadOnlyByteBuffer();
    boolean whole = address.remaining() == ADDRESS_OCTETS;
    return new Losses(
        whole ? address.getLong() : 0,
        whole ? address.getLong() : 0,
        status.getObservationDomainId(),
        status.getLostRecords(),
        status.getLostMessages(),
        dropped(status, PublishDrop.PUBLISH_MEMORY_FULL)
            + dropped(status, PublishDrop.PUBLISH_FAILED),
        dropped(status, PublishDrop.COLLECTOR_KILLED));
  }

  private static long dropped(ExporterStatus status, PublishDrop reason) {
    return status.getDroppedOrDefault(reason.label(), 0);
  }
}
