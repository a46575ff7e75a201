package org.ipv6flow.jobs.traffic;

import java.nio.charset.StandardCharsets;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.LinkTrafficKey;
import org.ipv6flow.jobs.attribution.LinkTable;
import org.ipv6flow.jobs.clickhouse.RowBinaryBuffer;

/** Encodes sums as rows of link_traffic_10s. */
final class LinkTrafficRows {

  private final byte[][] linkIds;

  LinkTrafficRows(LinkTable links) {
    linkIds = new byte[links.size()][];
    for (int i = 0; i < linkIds.length; i++) {
      linkIds[i] = links.id(i).getBytes(StandardCharsets.UTF_8);
    }
  }

  void write(Delta sums, RowBinaryBuffer out) {
    long key = sums.key0;
    out.uint32(LinkTrafficKey.bucketEpochSeconds(key));
    out.string(linkIds[LinkTrafficKey.link(key)]);
    out.uint8(LinkTrafficKey.directionCode(key));
    out.uint8(LinkTrafficKey.ipVersion(key));
    out.uint8(LinkTrafficKey.classCode(key));
    out.uint64(sums.octets);
    out.uint64(sums.packets);
    out.uint64(sums.observedOctets);
    out.uint64(sums.observedPackets);
    out.uint64(sums.records);
    out.float64(sums.octetsVariance);
    out.endRow();
  }
}
