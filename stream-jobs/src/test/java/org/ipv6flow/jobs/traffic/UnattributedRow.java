package org.ipv6flow.jobs.traffic;

import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.testing.RowReader;

/** A row of unattributed_1m as ClickHouse reads it. */
record UnattributedRow(
    long bucket,
    long exporterLow,
    long observationDomain,
    long onInterface,
    int meter,
    int reason,
    int ipVersion,
    long octets,
    long packets,
    long observedOctets,
    long observedPackets,
    long records) {

  static List<UnattributedRow> of(RowBlock block) {
    List<UnattributedRow> rows = new ArrayList<>();
    RowReader in = new RowReader(block.data());
    while (in.hasNext()) {
      rows.add(
          new UnattributedRow(
              in.uint32(),
              in.ipv6()[1],
              in.uint32(),
              in.uint32(),
              in.uint8(),
              in.uint8(),
              in.uint8(),
              in.uint64(),
              in.uint64(),
              in.uint64(),
              in.uint64(),
              in.uint64()));
    }
    return rows;
  }
}
