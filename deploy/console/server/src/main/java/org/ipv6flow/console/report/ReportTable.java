package org.ipv6flow.console.report;

import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.console.clickhouse.Sql;
import org.ipv6flow.console.clickhouse.Statement;

/**
 * What a report asks for: one query of the published views per table. Nothing is computed here but
 * orders, choices of rows, and sums of parts that a view gives.
 */
enum ReportTable {
  /** Share of IPv6 in every member of the dimensions that the report tells apart. */
  SHARES(
      List.of(
          "ipv6_share_wire",
          "ipv6_share_native",
          "ipv6_share_payload_lower",
          "ipv6_share_payload_upper",
          "visibility_gap",
          "coverage",
          "loss"),
      """
      SELECT dimension, member, direction, share_wire, share_wire_error95, share_native,
          share_native_error95, share_payload_lower, share_payload_lower_error95,
          share_payload_upper, share_payload_upper_error95, visibility_gap, octets, octets_v4,
          octets_v6, link_directions, coverage, loss, provisional
      FROM def_ipv6_share_v1($period)
      WHERE dimension IN ('all', 'role', 'ipv6_enabled', 'region', 'province', 'node', 'gateway',
          'operator', 'operator_pair')
      ORDER BY dimension, member, direction
      """),
  TRAFFIC(
      List.of(
          "interconnect_traffic_mean",
          "interconnect_traffic_p95",
          "interconnect_traffic_peak",
          "interconnect_utilisation"),
      """
      SELECT dimension, member, direction, ip_version, mean_bps, p95_bps, p99_bps, peak_bps, peak_at,
          capacity_bps, utilisation_mean, utilisation_p95, utilisation_peak, samples, coverage
      FROM def_interconnect_traffic_v1($period)
      WHERE dimension IN ('all', 'role', 'ipv6_enabled', 'region', 'gateway', 'operator',
          'operator_pair')
      ORDER BY dimension, member, direction, ip_version
      """),
  /** Thirteen months. */
  MONTHS(
      List.of("monthly_growth_v6", "monthly_share_change"),
      """
      SELECT dimension, member, direction, month, mean_bps, mean_bps_v4, mean_bps_v6, share_wire,
          share_wire_error95, share_native, share_native_error95, share_payload_lower,
          share_payload_upper, growth_v4_month, growth_v6_month, growth_v4_year, growth_v6_year,
          share_wire_change_month, share_wire_change_year, coverage, loss, provisional
      FROM def_monthly_traffic_v1(from = $trend_read_from, until = $until)
      WHERE dimension IN ('all', 'role', 'operator') AND direction = 'both' AND month >= $trend_day
          AND octets > 0
      ORDER BY dimension, member, direction, month
      """),
  DAYS(
      List.of("ipv6_share_wire", "ipv6_share_native"),
      """
      SELECT member, toDate(toTimeZone(bucket, $zone)) AS day, share_wire, share_wire_error95,
          share_native, octets, octets_v6, coverage, loss
      FROM def_ipv6_share_1d_v1($period)
      WHERE dimension = 'role' AND direction = 'both'
      ORDER BY member, day
      """),
  BANDWIDTH(
      List.of("ipv6_interconnect_bandwidth"),
      """
      SELECT dimension, member, capacity_bps, ipv6_capacity_bps, ipv6_interconnect_capacity_bps,
          ipv6_capacity_fraction, links, ipv6_links, nodes, ipv6_nodes
      FROM def_interconnect_bandwidth_v1(on = $last_day)
      WHERE dimension IN ('all', 'role', 'region', 'gateway', 'node', 'operator', 'operator_pair')
      ORDER BY dimension, member
      """),
  TARGETS(
      List.of("plan_progress"),
      """
      SELECT document, due, comparison, target_bps, capacity_bps, gap_bps, progress, met, is_due,
          source
      FROM def_plan_progress_v1
      ORDER BY due, document
      """),
  MATRIX(
      List.of("operator_matrix"),
      """
      SELECT from_operator, to_operator, state, mean_bps, mean_bps_v4, mean_bps_v6, share_wire,
          share_wire_error95, asymmetry, links, ipv6_links, capacity_bps, ipv6_capacity_bps,
          utilisation_mean, coverage
      FROM def_operator_matrix_v1($period)
      ORDER BY from_operator, to_operator
      """),
  TRANSITION_MIX(
      List.of("transition_mix"),
      """
      SELECT dimension, member, carriage, ip_version, traffic_class, octets, octets_error95, fraction,
          fraction_error95
      FROM def_transition_mix_v1($period)
      WHERE dimension IN ('all', 'role') AND direction = 'both'
      ORDER BY dimension, member, carriage, ip_version, traffic_class
      """),
  /** The same by how the packets were carried. */
  CARRIAGE(
      List.of("transition_mix"),
      """
      SELECT dimension, member, carriage, sum(parts.octets) AS octets, sum(parts.fraction) AS fraction
      FROM def_transition_mix_v1($period) AS parts
      WHERE dimension IN ('all', 'role') AND direction = 'both'
      GROUP BY dimension, member, carriage
      ORDER BY dimension, member, carriage
      """),
  LINKS(
      List.of("link_traffic_p95", "link_utilisation", "ipv6_share_wire"),
      """
      SELECT link, toString(loads.direction) AS direction, loads.node AS node,
          loads.from_operator AS from_operator, loads.to_operator AS to_operator,
          loads.role AS role, loads.capacity_bps AS capacity_bps, loads.mean_bps AS mean_bps,
          loads.p95_bps AS p95_bps, loads.p99_bps AS p99_bps, loads.peak_bps AS peak_bps,
          loads.peak_at AS peak_at, loads.utilisation_p95 AS utilisation_p95,
          loads.utilisation_peak AS utilisation_peak, shares.share_wire AS share_wire,
          shares.share_wire_error95 AS share_wire_error95, loads.samples AS samples,
          loads.missing_samples AS missing_samples
      FROM def_link_statistics_v1($period) AS loads
      LEFT JOIN
      (
          SELECT member, direction, share_wire, share_wire_error95
          FROM def_ipv6_share_v1($period)
          WHERE dimension = 'link' AND direction != 'both'
      ) AS shares ON shares.member = loads.link AND shares.direction = toString(loads.direction)
      WHERE loads.ip_version = 0
      ORDER BY role, link, direction
      """),
  /** Links that came, grew, or began to carry IPv6 in the month. */
  CHANGES(
      List.of(),
      """
      SELECT on_day, kind, link, node, a_operator, b_operator, role, capacity_before_bps, capacity_bps
      FROM
      (
          SELECT capacity_from AS on_day, if(before = 0, 'new_link', 'capacity') AS kind, link, node,
              a_operator, b_operator, role,
              lagInFrame(links.capacity_bps, 1) OVER (
                  PARTITION BY links.link ORDER BY links.capacity_from
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS before,
              nullIf(before, 0) AS capacity_before_bps, capacity_bps
          FROM current_links AS links
          UNION ALL
          SELECT ipv6_enabled_on, 'ipv6_enabled', link, node, a_operator, b_operator, role, 0, NULL,
              capacity_bps
          FROM current_links AS links
          WHERE links.capacity_from <= links.ipv6_enabled_on
              AND links.capacity_until > links.ipv6_enabled_on
      )
      WHERE on_day >= $first_day AND on_day <= $last_day
      ORDER BY on_day, link, kind
      """),
  /** What reaches 80 % of its capacity within a year after the month. */
  RUNOUT(
      List.of("capacity_runout"),
      """
      SELECT link, toString(direction) AS direction, node, from_operator, to_operator,
          utilisation, reached_on, reached_earliest, reached_latest, slope_bps_a_day, weeks
      FROM def_capacity_runout_v1(from = $runout_from, until = $until)
      WHERE threshold = 0.8 AND reached_on <= addYears(toDate32($last_day), 1)
      ORDER BY reached_on, link, direction
      """),
  QUALITY(
      List.of("data_quality"),
      """
      SELECT operator, exporters, silent_exporters, coverage, loss, sampling_unknown, clock_suspect,
          flow_records
      FROM def_data_quality_v1($period)
      ORDER BY operator
      """),
  /** Days of links of which more than a hundredth was not seen. */
  GAPS(
      List.of("coverage"),
      """
      SELECT toDate(toTimeZone(bucket, $zone)) AS day, link, toString(direction) AS direction,
          from_operator, to_operator, coverage
      FROM def_link_load_1d_v1($period)
      WHERE coverage < 0.99
      ORDER BY day, link, direction
      """),
  UNATTRIBUTED(
      List.of("unattributed"),
      """
      SELECT toString(rows.reason) AS reason, ip_version, sum(rows.octets) AS octets,
          sum(rows.observed_octets) AS observed_octets, sum(rows.records) AS records
      FROM def_unattributed_v1($period) AS rows
      GROUP BY reason, ip_version
      ORDER BY reason, ip_version
      """),
  REISSUES(
      List.of(),
      """
      SELECT issue, issued_at, reissues.from AS from, reissues.until AS until, inventory_version,
          sampling_overrides, reason
      FROM reissues
      WHERE reissues.from < $until AND reissues.until > $from
      ORDER BY issued_at, issue
      """),
  PUBLISHED(
      List.of("published_comparison"),
      """
      SELECT as_of, metric, published_value, unit, our_value, ratio, our_definition, source
      FROM def_published_comparison_v1
      WHERE our_definition NOT LIKE 'none%'
      ORDER BY as_of DESC, metric, source
      """),
  DEFINITIONS(
      List.of(),
      """
      SELECT definition, version, unit, population, direction, formula, source
      FROM definitions FINAL
      WHERE has($definitions, definition)
      ORDER BY definition, version
      """);

  private final List<String> definitions;
  private final String sql;

  ReportTable(List<String> definitions, String sql) {
    this.definitions = definitions;
    this.sql = sql;
  }

  /** Its name in the snapshot and in file names. */
  String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Of the numbers in it, by id; docs/definitions.md. */
  List<String> definitions() {
    return definitions;
  }

  /** Its query as it stands here, without values. */
  String sql() {
    return sql;
  }

  Statement statement(ReportPeriod period) {
    Sql statement = new Sql();
    String text = sql;
    text = text.replace("$period", "from = $from, until = $until");
    text =
        bind(
            text,
            "$trend_read_from",
            () -> statement.bind("trend_read_from", period.trendReadFrom()));
    text =
        bind(
            text, "$trend_day", () -> statement.bind("trend_day", day(period, period.trendFrom())));
    text = bind(text, "$runout_from", () -> statement.bind("runout_from", period.runoutFrom()));
    text = bind(text, "$first_day", () -> statement.bind("first_day", day(period, period.from())));
    text = bind(text, "$last_day", () -> statement.bind("last_day", period.lastDay()));
    text = bind(text, "$zone", () -> statement.bind("zone", period.zone().getId()));
    text = bind(text, "$definitions", () -> statement.bind("definitions", used()));
    text = bind(text, "$from", () -> statement.bind("from", period.from()));
    text = bind(text, "$until", () -> statement.bind("until", period.until()));
    return statement.add(text).statement();
  }

  private static List<String> used() {
    List<String> used = new ArrayList<>();
    for (ReportTable table : values()) {
      table.definitions.stream().filter(id -> !used.contains(id)).forEach(used::add);
    }
    return used;
  }

  private static java.time.LocalDate day(ReportPeriod period, java.time.Instant instant) {
    return instant.atZone(period.zone()).toLocalDate();
  }

  private static String bind(
      String text, String name, java.util.function.Supplier<String> placeholder) {
    return text.contains(name) ? text.replace(name, placeholder.get()) : text;
  }
}
