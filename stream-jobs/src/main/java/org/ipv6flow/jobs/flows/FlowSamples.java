package org.ipv6flow.jobs.flows;

import java.nio.charset.StandardCharsets;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBinaryBuffer;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.services.Services;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.TrafficClass;

/**
 * Rows of flow_samples. Which records are kept is decided by where they stand in their export
 * message, so that a replay keeps the same ones. Not thread-safe.
 */
public final class FlowSamples {

  private static final int IPV4_MAPPED_BITS = 96;

  private final FlowSampling sampling;
  private final Names names;
  private final RowBinaryBuffer rows = new RowBinaryBuffer();

  public FlowSamples(FlowSampling sampling, Names names) {
    this.sampling = sampling;
    this.names = names;
  }

  /** Whether to keep record {@code i} of a batch, which belongs to message {@code message}. */
  public boolean keeps(FlowColumns batch, int i, int message) {
    if (sampling.oneIn() <= 1) {
      return sampling.oneIn() == 1;
    }
    long mixed =
        (batch.sourceExporterLow[batch.messageSource[message]]
                    ^ (long) batch.messageSequenceNumber[message] << 32)
                * 0x9E37_79B9_7F4A_7C15L
            ^ batch.sourceAddressLow[i]
            ^ batch.lastSwitchedMillis[i] << 20
            ^ i;
    mixed = (mixed ^ mixed >>> 29) * 0xBF58_476D_1CE4_E5B9L;
    return Long.remainderUnsigned(mixed >>> 16, sampling.oneIn()) == 0;
  }

  /** Adds a row for an attributed record. */
  public void add(
      FlowColumns batch,
      int i,
      int source,
      int onInterface,
      int link,
      LinkDirection direction,
      TrafficClass trafficClass,
      long octets,
      long packets) {
    rows.uint32(Math.floorDiv(batch.lastSwitchedMillis[i], 1000L));
    rows.uint32(Math.max(0, batch.lastSwitchedMillis[i] - batch.firstSwitchedMillis[i]));
    rows.ipv6(batch.sourceExporterHigh[source], batch.sourceExporterLow[source]);
    rows.uint32(onInterface);
    rows.string(names.links().name(link).getBytes(StandardCharsets.UTF_8));
    rows.uint8(direction.code());
    rows.uint8(batch.ipVersion[i]);
    rows.uint8(trafficClass.code());
    address(batch.ipVersion[i], batch.sourceAddressHigh[i], batch.sourceAddressLow[i]);
    address(batch.ipVersion[i], batch.destinationAddressHigh[i], batch.destinationAddressLow[i]);
    rows.uint32(batch.sourceAs[i]);
    rows.uint32(batch.destinationAs[i]);
    rows.uint8(batch.protocol[i]);
    byte service =
        Services.of(batch.protocol[i] & 0xFF, batch.sourcePort[i], batch.destinationPort[i]);
    rows.string(Services.label(service).getBytes(StandardCharsets.UTF_8));
    rows.uint64(octets);
    rows.uint64(packets);
    rows.uint64(batch.octets[i]);
    rows.uint64(batch.packets[i]);
    rows.float64(batch.samplingIntervals[batch.samplingIndex[i] & 0xFF]);
    rows.uint32(sampling.oneIn());
    rows.endRow();
  }

  public int size() {
    return rows.rows();
  }

  /** The rows since the last call. */
  public RowBlock take() {
    return rows.take(ClickHouseTable.FLOW_SAMPLES);
  }

  private void address(int ipVersion, long high, long low) {
    int bits =
        ipVersion == 4
            ? IPV4_MAPPED_BITS + sampling.ipv4PrefixLength()
            : sampling.ipv6PrefixLength();
    rows.ipv6(
        bits == 0 ? 0 : high & -1L << Math.max(0, 64 - bits),
        bits <= 64 ? 0 : low & -1L << (128 - bits));
  }
}
