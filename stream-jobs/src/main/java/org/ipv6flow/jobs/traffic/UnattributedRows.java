package org.ipv6flow.jobs.traffic;

import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.UnattributedKey;
import org.ipv6flow.jobs.clickhouse.RowBinaryBuffer;

/** Encodes sums as rows of unattributed_1m. */
final class UnattributedRows {

  private UnattributedRows() {}

  static void write(Delta sums, RowBinaryBuffer out) {
    out.uint32(UnattributedKey.minuteEpochSeconds(sums.key3));
    out.ipv6(sums.key0, sums.key1);
    out.uint32(UnattributedKey.observationDomain(sums.key2));
    out.uint32(UnattributedKey.interfaceIndex(sums.key2));
    out.uint8(UnattributedKey.meterCode(sums.key3));
    out.uint8(UnattributedKey.reasonCode(sums.key3));
    out.uint8(UnattributedKey.ipVersion(sums.key3));
    out.uint64(sums.octets);
    out.uint64(sums.packets);
    out.uint64(sums.observedOctets);
    out.uint64(sums.observedPackets);
    out.uint64(sums.records);
    out.endRow();
  }
}
