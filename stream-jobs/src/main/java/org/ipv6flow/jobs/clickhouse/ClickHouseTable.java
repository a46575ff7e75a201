package org.ipv6flow.jobs.clickhouse;

/**
 * The tables the job writes, with the columns in the order in which rows are encoded. Codes are
 * part of checkpoints and never change.
 */
public enum ClickHouseTable {
  LINK_TRAFFIC(
      1,
      "link_traffic_10s",
      "bucket, link, direction, ip_version, traffic_class, octets, packets, observed_octets,"
          + " observed_packets, records, octets_variance"),
  UNATTRIBUTED(
      2,
      "unattributed_1m",
      "bucket, exporter, observation_domain, interface, meter, reason, ip_version, octets,"
          + " packets, observed_octets, observed_packets, records"),
  EXPORTER_QUALITY(
      3,
      "exporter_quality_10s",
      "bucket, exporter, observation_domain, collector, protocol_version, datagrams,"
          + " datagram_octets, data_records, flow_records, options_records, octets, lost_records,"
          + " lost_messages, duplicate_messages, reordered_messages, restarts, held_sets,"
          + " held_sets_decoded, sampling_known_records, sampling_unknown_records,"
          + " clock_suspect_records, templates, options_templates, clock_offset_millis,"
          + " last_received"),
  EXPORTER_DROPS(
      4, "exporter_drops_10s", "bucket, exporter, observation_domain, collector, reason, dropped");

  private final int code;
  private final String tableName;
  private final String columns;

  ClickHouseTable(int code, String tableName, String columns) {
    this.code = code;
    this.tableName = tableName;
    this.columns = columns;
  }

  /** The code in checkpoints. */
  byte code() {
    return (byte) code;
  }

  public String tableName() {
    return tableName;
  }

  /** Column names, separated by commas. */
  public String columns() {
    return columns;
  }

  static ClickHouseTable of(byte code) {
    for (ClickHouseTable table : values()) {
      if (table.code == code) {
        return table;
      }
    }
    throw new IllegalArgumentException("table code %d (expected: 1 to 4)".formatted(code));
  }
}
