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
   * @param counted what the collectors themselves count as lost
   */
  record Totals(
      Map<String, Map<LinkCell, Sums>> links,
      Map<String, Sums> unattributed,
      CountedLoss counted) {}

  /**
   * What the collectors count as lost.
   *
   * @param ipfixRecords by sequence, and what was under way when a collector was killed
   * @param v9Messages likewise; v9 numbers messages, not records
   * @param killedRecords flow records of both that were under way when a collector was killed
   * @param droppedRecords flow records that Kafka did not take
   */
  record CountedLoss(long ipfixRecords, long v9Messages, long killedRecords, long droppedRecords) {}

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
    return new Totals(links, unattributed(), countedLoss());
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

  private CountedLoss countedLoss() throws SQLException {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT
                    (SELECT sumIf(lost_records, protocol_version != 9)
                     FROM ipv6flow.exporter_quality_10s),
                    (SELECT sumIf(lost_messages, protocol_version = 9)
                     FROM ipv6flow.exporter_quality_10s),
                    (SELECT sumIf(dropped, reason = 'collector_killed')
                     FROM ipv6flow.exporter_drops_10s),
                    (SELECT sumIf(dropped, reason IN ('publish_memory_full', 'publish_failed'))
                     FROM ipv6flow.exporter_drops_10s)""")) {
      rows.next();
      return new CountedLoss(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
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
