package org.ipv6flow.jobs.traffic;

import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.testing.RowReader;

/** A row of link_traffic_10s as ClickHouse reads it. */
record LinkTrafficRow(
    long bucket,
    String link,
    int direction,
    int ipVersion,
    int trafficClass,
    long octets,
    long packets,
    long observedOctets,
    long observedPackets,
    long records,
    double octetsVariance) {

  static List<LinkTrafficRow> of(RowBlock block) {
    List<LinkTrafficRow> rows = new ArrayList<>();
    RowReader in = new RowReader(block.data());
    while (in.hasNext()) {
      rows.add(
          new LinkTrafficRow(
              in.uint32(),
              in.string(),
              in.uint8(),
              in.uint8(),
              in.uint8(),
              in.uint64(),
              in.uint64(),
              in.uint64(),
              in.uint64(),
              in.uint64(),
              in.float64()));
    }
    return rows;
  }
}
