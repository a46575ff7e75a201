package org.ipv6flow.launcher.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ipv6flow.standalone.store.ClickHouseAddress;

/** What the demo asks ClickHouse; every number comes from a published definition or a plain sum. */
public final class StoreQueries {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** What a table takes. */
  public record TableSize(long rows, long octets) {}

  /** Estimate of a cell and what its error is made of. */
  record CellEstimate(long octets, long observedPackets, double variance) {}

  /** Stored records and estimated octets. */
  public record Totals(long records, long octets) {}

  /** A share and its 95 % error. */
  record Share(double value, double error95) {}

  /** Load of one direction of a link. */
  record LinkLoad(
      String link,
      String from,
      String to,
      double bitsPerSecond,
      double bitsPerSecondV6,
      double utilisation,
      double error95) {}

  /** What is known of the exporters since the start. */
  record ExporterHealth(
      long reporting, long expected, long lostRecords, long lostMessages, long samplingUnknown) {}

  /** A target of a plan and the capacity when it was due. */
  record PlanTarget(String due, double targetBitsPerSecond, double capacityBitsPerSecond) {}

  private final ClickHouseAddress address;

  public StoreQueries(ClickHouseAddress address) {
    this.address = address;
  }

  boolean hasLinkTraffic(Instant since) throws SQLException {
    return count(
            "SELECT count() FROM ipv6flow.link_traffic_10s WHERE bucket >= '%s'"
                .formatted(TIME.format(since)))
        > 0;
  }

  /** Flow records stored so far, off the coarsest level: cheap, however often it is asked. */
  public long storedRecords() throws SQLException {
    return count(
        "SELECT (SELECT sum(records) FROM ipv6flow.link_traffic_1d)"
            + " + (SELECT sum(records) FROM ipv6flow.unattributed_1m)");
  }

  /** Everything attributed to links. */
  public Totals linkTraffic(Instant since) throws SQLException {
    return totals("link_traffic_10s", since);
  }

  /** Everything attributed to none. */
  public Totals unattributed(Instant since) throws SQLException {
    return totals("unattributed_1m", since);
  }

  /** Flow records that the collector counted as lost, in the network or on the way to Kafka. */
  long lostRecords(Instant since) throws SQLException {
    String time = TIME.format(since);
    long inNetwork =
        count(
            "SELECT sum(lost_records) FROM ipv6flow.exporter_quality_10s WHERE bucket >= '%s'"
                .formatted(time));
    long onTheWay =
        count(
            "SELECT sum(dropped) FROM ipv6flow.exporter_drops_10s WHERE bucket >= '%s' AND reason IN ('publish_memory_full', 'publish_failed')"
                .formatted(time));
    return inNetwork + onTheWay;
  }

  Map<Truth.Cell, CellEstimate> cells(Instant since) throws SQLException {
    String query =
        """
        SELECT link, toString(direction), ip_version, toString(traffic_class),
            toUnixTimestamp(bucket), sum(octets), sum(observed_packets), sum(octets_variance)
        FROM ipv6flow.link_traffic_10s
        WHERE bucket >= '%s'
        GROUP BY link, direction, ip_version, traffic_class, bucket\
        """
            .formatted(TIME.format(since));
    Map<Truth.Cell, CellEstimate> cells = new HashMap<>();
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        cells.put(
            new Truth.Cell(
                rows.getString(1),
                rows.getString(2),
                rows.getInt(3),
                rows.getString(4),
                rows.getLong(5)),
            new CellEstimate(rows.getLong(6), rows.getLong(7), rows.getDouble(8)));
      }
    }
    return cells;
  }

  Share share(String kind, Instant from, Instant until) throws SQLException {
    String query =
        """
        SELECT share_%s, share_%s_error95
        FROM ipv6flow.def_ipv6_share_v1(from = '%s', until = '%s')
        WHERE dimension = 'all' AND direction = 'both'\
        """
            .formatted(kind, kind, TIME.format(from), TIME.format(until));
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next()
          ? new Share(rows.getDouble(1), rows.getDouble(2))
          : new Share(Double.NaN, Double.NaN);
    }
  }

  /** Measured shares of a member, and the sampled packets behind them. */
  record MeasuredShares(
      String member, Share wire, Share nativeShare, long observedV4, long observedV6) {}

  /** The shares of all members of a dimension, both directions together. */
  List<MeasuredShares> shares(String dimension, Instant from, Instant until) throws SQLException {
    String query =
        """
        SELECT member, share_wire, share_wire_error95, share_native, share_native_error95,
            observed_packets_v4, observed_packets_v6
        FROM ipv6flow.def_ipv6_share_v1(from = '%s', until = '%s')
        WHERE dimension = '%s' AND direction = 'both'\
        """
            .formatted(TIME.format(from), TIME.format(until), dimension);
    List<MeasuredShares> shares = new ArrayList<>();
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        shares.add(
            new MeasuredShares(
                rows.getString(1),
                new Share(rows.getDouble(2), rows.getDouble(3)),
                new Share(rows.getDouble(4), rows.getDouble(5)),
                rows.getLong(6),
                rows.getLong(7)));
      }
    }
    return shares;
  }

  /** Loads in the newest bucket that began before {@code until}, busiest first. */
  List<LinkLoad> links(Instant from, Instant until) throws SQLException {
    String query =
        """
        SELECT link, from_operator, to_operator, bps, bps_v6, utilisation, utilisation_error95
        FROM ipv6flow.def_link_load_10s_v1(from = '%s', until = '%s')
        ORDER BY utilisation DESC\
        """
            .formatted(TIME.format(from), TIME.format(until));
    List<LinkLoad> loads = new ArrayList<>();
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        loads.add(
            new LinkLoad(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getDouble(4),
                rows.getDouble(5),
                rows.getDouble(6),
                rows.getDouble(7)));
      }
    }
    return loads;
  }

  ExporterHealth exporters(Instant since) throws SQLException {
    String query =
        """
        SELECT
            (SELECT uniqExact(exporter) FROM ipv6flow.exporter_quality_10s
                WHERE bucket >= '%s' AND datagrams > 0 AND protocol_version > 0),
            (SELECT count() FROM ipv6flow.current_exporters),
            sum(lost_records), sum(lost_messages), sum(sampling_unknown_records)
        FROM ipv6flow.exporter_quality_10s WHERE bucket >= '%s'\
        """
            .formatted(TIME.format(since), TIME.format(since));
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return new ExporterHealth(
          rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5));
    }
  }

  /** Capacity of IPv6-enabled interconnect links today, in bits per second. */
  double ipv6Capacity() throws SQLException {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT ipv6_capacity_bps FROM ipv6flow.def_interconnect_bandwidth_v1(on = '%s') WHERE dimension = 'role' AND member = 'interconnect'"
                    .formatted(
                        DateTimeFormatter.ISO_LOCAL_DATE.format(
                            java.time.LocalDate.now(ZoneOffset.UTC))))) {
      return rows.next() ? rows.getDouble(1) : 0;
    }
  }

  List<PlanTarget> planTargets() throws SQLException {
    List<PlanTarget> targets = new ArrayList<>();
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT toString(due), target_bps, capacity_bps FROM ipv6flow.def_plan_progress_v1"
                    + " ORDER BY due")) {
      while (rows.next()) {
        targets.add(new PlanTarget(rows.getString(1), rows.getDouble(2), rows.getDouble(3)));
      }
    }
    return targets;
  }

  /** Everything the collectors say they lost or dropped, by reason. */
  public Map<String, Long> lossesByReason() throws SQLException {
    Map<String, Long> losses = new TreeMap<>();
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT 'lost_records' AS reason, sum(lost_records) FROM ipv6flow.exporter_quality_10s
                UNION ALL
                SELECT 'lost_messages', sum(lost_messages) FROM ipv6flow.exporter_quality_10s
                UNION ALL
                SELECT reason, sum(dropped) FROM ipv6flow.exporter_drops_10s GROUP BY reason\
                """)) {
      while (rows.next()) {
        if (rows.getLong(2) > 0) {
          losses.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return losses;
  }

  /** Rows and octets on disk of the tables that hold any. */
  public Map<String, TableSize> tableSizes() throws SQLException {
    Map<String, TableSize> sizes = new TreeMap<>();
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT table, sum(rows), sum(bytes_on_disk) FROM system.parts WHERE active AND"
                    + " database = 'ipv6flow' AND rows > 0 GROUP BY table")) {
      while (rows.next()) {
        sizes.put(rows.getString(1), new TableSize(rows.getLong(2), rows.getLong(3)));
      }
    }
    return sizes;
  }

  private Totals totals(String table, Instant since) throws SQLException {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT sum(records), sum(octets) FROM ipv6flow.%s WHERE bucket >= '%s'"
                    .formatted(table, TIME.format(since)))) {
      rows.next();
      return new Totals(rows.getLong(1), rows.getLong(2));
    }
  }

  private long count(String query) throws SQLException {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
