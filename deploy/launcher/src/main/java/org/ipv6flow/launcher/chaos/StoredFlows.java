package org.ipv6flow.launcher.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.standalone.store.ClickHouseAddress;

/** What ClickHouse holds. */
final class StoredFlows {

  /** Every level of the roll-up must hold the same. */
  static final List<String> LEVELS =
      List.of(
          "link_traffic_10s",
          "link_traffic_1m",
          "link_traffic_5m",
          "link_traffic_1h",
          "link_traffic_1d");

  private static final String SUMS =
      "sum(records), sum(octets), sum(packets), sum(observed_octets), sum(observed_packets)";

  /**
   * Everything that is compared.
   *
   * @param links by level of the roll-up
   * @param unattributed what belongs to no link, by reason
   * @param lostIpfixRecords what the collectors themselves count as lost by sequence
   * @param lostV9Messages likewise; v9 numbers messages, not records
   */
  record Totals(
      Map<String, Map<LinkCell, Sums>> links,
      Map<String, Sums> unattributed,
      long lostIpfixRecords,
      long lostV9Messages) {}

  private final ClickHouseAddress address;

  StoredFlows(ClickHouseAddress address) {
    this.address = address;
  }

  /** Records of links and of none. */
  long records() throws SQLException {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT (SELECT sum(records) FROM ipv6flow.link_traffic_10s)"
                    + " + (SELECT sum(records) FROM ipv6flow.unattributed_1m)")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  Totals totals() throws SQLException {
    Map<String, Map<LinkCell, Sums>> links = new HashMap<>();
    for (String level : LEVELS) {
      links.put(level, links(level));
    }
    long[] lost = lostBySequence();
    return new Totals(links, unattributed(), lost[0], lost[1]);
  }

  private Map<LinkCell, Sums> links(String level) throws SQLException {
    String query =
        "SELECT %s, link, toString(direction), ip_version FROM ipv6flow.%s GROUP BY link, direction, ip_version"
            .formatted(SUMS, level);
    Map<LinkCell, Sums> links = new HashMap<>();
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        links.put(new LinkCell(rows.getString(6), rows.getString(7), rows.getInt(8)), sums(rows));
      }
    }
    return links;
  }

  private Map<String, Sums> unattributed() throws SQLException {
    String query =
        "SELECT %s, toString(reason) FROM ipv6flow.unattributed_1m GROUP BY reason".formatted(SUMS);
    Map<String, Sums> reasons = new HashMap<>();
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        reasons.put(rows.getString(6), sums(rows));
      }
    }
    return reasons;
  }

  private long[] lostBySequence() throws SQLException {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT sumIf(lost_records, protocol_version = 10), sumIf(lost_messages, protocol_version = 9) FROM ipv6flow.exporter_quality_10s")) {
      rows.next();
      return new long[] {rows.getLong(1), rows.getLong(2)};
    }
  }

  private static Sums sums(ResultSet row) throws SQLException {
    Sums sums = new Sums();
    sums.records = row.getLong(1);
    sums.octets = row.getLong(2);
    sums.packets = row.getLong(3);
    sums.observedOctets = row.getLong(4);
    sums.observedPackets = row.getLong(5);
    return sums;
  }
}
