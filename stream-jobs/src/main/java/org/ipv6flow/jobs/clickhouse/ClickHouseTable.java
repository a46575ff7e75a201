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
      4, "exporter_drops_10s", "bucket, exporter, observation_domain, collector, reason, dropped"),
  LINK_CROSS_CHECK(
      5,
      "link_cross_check_1m",
      "bucket, link, direction, exporter, interface, meter, ip_version, octets, packets,"
          + " observed_octets, observed_packets, records, octets_variance"),
  AS_TRAFFIC(
      6,
      "as_traffic_1m",
      "bucket, link, direction, ip_version, source_as, destination_as, octets, packets,"
          + " observed_octets, observed_packets, records, octets_variance"),
  ORGANISATION_TRAFFIC(
      7,
      "organisation_traffic_5m",
      "bucket, link, direction, ip_version, side, organisation, organisation_kind, industry,"
          + " operator, province, region, access, octets, packets, observed_octets,"
          + " observed_packets, records, octets_variance"),
  SERVICE_TRAFFIC(
      8,
      "service_traffic_5m",
      "bucket, link, direction, ip_version, protocol, service, octets, packets, observed_octets,"
          + " observed_packets, records, octets_variance"),
  FLOW_SAMPLES(
      9,
      "flow_samples",
      "time, duration_millis, exporter, interface, link, direction, ip_version, traffic_class,"
          + " source_prefix, destination_prefix, source_as, destination_as, protocol, service,"
          + " octets, packets, observed_octets, observed_packets, sampling_interval, one_in"),
  ACTIVE_PREFIXES(10, "active_prefixes_1h", "bucket, operator, province, unit, registers"),
  LINK_TRAFFIC_CORRECTIONS(
      11,
      "link_traffic_corrections_1m",
      "issue, bucket, link, direction, ip_version, traffic_class, octets, packets,"
          + " observed_octets, observed_packets, records, octets_variance"),
  REISSUES(
      12,
      "reissues",
      "issue, issued_at, from, until, inventory_version, sampling_overrides, reason, records");

  private final int code;
  private final String tableName;
  private final String columns;

  ClickHouseTable(int code, String tableName, String columns) {
    this.code = code;
    this.tableName = tableName;
    this.columns = columns;
  }

  /** The code in checkpoints. */
  public byte code() {
    return (byte) code;
  }

  public String tableName() {
    return tableName;
  }

  /** Column names, separated by commas. */
  public String columns() {
    return columns;
  }

  public static ClickHouseTable of(byte code) {
    for (ClickHouseTable table : values()) {
      if (table.code == code) {
        return table;
      }
    }
    throw new IllegalArgumentException("table code %d (expected: 1 to 12)".formatted(code));
  }
}
