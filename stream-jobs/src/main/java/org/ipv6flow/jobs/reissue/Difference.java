package org.ipv6flow.jobs.reissue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.ipv6flow.jobs.rows.RowDelta;
import org.ipv6flow.jobs.rows.RowSums;
import org.ipv6flow.schema.traffic.LinkDirection;

/**
 * What is published and what it would be: before, after, by link direction and IP version.
 *
 * @param corrections after minus before, by the minute; rows without a difference are left out
 */
public record Difference(
    RowSums corrections, Map<Population, Octets> octets, long recordsBefore, long recordsAfter) {

  /** A link direction and IP version. */
  public record Population(String link, String direction, int ipVersion)
      implements Comparable<Population> {

    @Override
    public int compareTo(Population other) {
      int byLink = link.compareTo(other.link);
      int byDirection = direction.compareTo(other.direction);
      return byLink != 0
          ? byLink
          : byDirection != 0 ? byDirection : Integer.compare(ipVersion, other.ipVersion);
    }
  }

  /** Estimated octets. */
  public record Octets(long before, long after) {

    Octets plus(long moreBefore, long moreAfter) {
      return new Octets(before + moreBefore, after + moreAfter);
    }
  }

  static Difference between(RowSums before, RowSums after) {
    RowSums sums = new RowSums(before.table());
    Map<Population, Octets> octets = new TreeMap<>();
    RowDelta row = new RowDelta();
    long recordsBefore = 0;
    for (int i = 0; i < before.size(); i++) {
      before.get(i, row);
      recordsBefore += row.records;
      octets.merge(
          population(row), new Octets(row.octets, 0), (known, more) -> known.plus(more.before, 0));
      row.octets = -row.octets;
      row.packets = -row.packets;
      row.observedOctets = -row.observedOctets;
      row.observedPackets = -row.observedPackets;
      row.records = -row.records;
      row.octetsVariance = -row.octetsVariance;
      sums.add(row);
    }
    long recordsAfter = 0;
    for (int i = 0; i < after.size(); i++) {
      after.get(i, row);
      recordsAfter += row.records;
      octets.merge(
          population(row), new Octets(0, row.octets), (known, more) -> known.plus(0, more.after));
      sums.add(row);
    }
    RowSums corrections = new RowSums(before.table());
    for (int i = 0; i < sums.size(); i++) {
      sums.get(i, row);
      // Sums of doubles in another order differ in their last bits: no difference.
      if (row.octets != 0
          || row.packets != 0
          || row.observedOctets != 0
          || row.observedPackets != 0
          || row.records != 0) {
        corrections.add(row);
      }
    }
    return new Difference(corrections, octets, recordsBefore, recordsAfter);
  }

  /** A key of link traffic: bucket, link, direction, IP version, class. */
  private static Population population(RowDelta row) {
    // Identifiers of links are at most 64 octets: their length is one.
    int length = row.key[Integer.BYTES];
    int end = Integer.BYTES + 1 + length;
    return new Population(
        new String(row.key, Integer.BYTES + 1, length, StandardCharsets.UTF_8),
        row.key[end] == LinkDirection.A_TO_B.code()
            ? LinkDirection.A_TO_B.label()
            : LinkDirection.B_TO_A.label(),
        row.key[end + 1]);
  }
}
