package org.ipv6flow.console.alerts;

import java.time.Duration;
import java.util.List;

/**
 * The rules. Each number is one of a published view; where a rule compares two of them, or asks for
 * a mean sampling interval, its query says how. docs/reference/alerts.md explains each.
 */
public final class AlertRules {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration NOW = Duration.ZERO;

  private AlertRules() {}

  public static List<AlertRule> all() {
    return List.of(
        linkSaturation(),
        linkSaturationP95(),
        ipv6Collapse(),
        exporterSilent(),
        loss(),
        samplingUnknown(),
        samplingJump(),
        oneFamilyRate(),
        unattributedGrowth(),
        surge("bogon_surge", 0.01, "bogon addresses", "异常地址流量", "'bogon'"),
        surge(
            "tunnel_surge",
            0.05,
            "tunnels and unknown payload",
            "隧道及未知载荷流量",
            "'v6_tunnelled_in_v4', 'v6_of_transition_prefix', 'v4_tunnelled_in_v6',"
                + " 'v6_tunnelled_in_v6', 'unknown_payload'"),
        capacityRunout(),
        pipelineLag());
  }

  private static AlertRule linkSaturation() {
    return new AlertRule(
        "link_saturation",
        "critical",
        "link_utilisation",
        "fraction",
        0.9,
        MINUTE,
        NOW,
        "{link} {direction}: at least {value} full for 15 minutes",
        "{link} {direction}：利用率持续 15 分钟不低于 {value}",
        """
        SELECT map('link', toString(loads.link), 'direction', toString(loads.direction)) AS subject,
            min(loads.utilisation) AS value,
            argMin(loads.utilisation_error95, loads.utilisation) AS error95,
            min(loads.coverage) AS coverage,
            any(loads.from_operator) AS from_operator, any(loads.to_operator) AS to_operator,
            any(loads.node) AS node, any(loads.capacity_bps) AS capacity_bps,
            argMax(loads.bps_v4, loads.bucket) AS bps_v4, argMax(loads.bps_v6, loads.bucket) AS bps_v6
        FROM def_link_load_5m_v1(from = $five-900, until = $five) AS loads
        GROUP BY loads.link, loads.direction
        HAVING count() = 3 AND value >= $threshold
        ORDER BY value DESC
        """);
  }

  private static AlertRule linkSaturationP95() {
    return new AlertRule(
        "link_saturation_p95",
        "warning",
        "link_traffic_p95",
        "fraction",
        0.8,
        HOUR,
        NOW,
        "{link} {direction}: 95th percentile of the week at {value} of the capacity",
        "{link} {direction}：一周第 95 百分位达容量的 {value}",
        """
        SELECT map('link', toString(loads.link), 'direction', toString(loads.direction)) AS subject,
            loads.utilisation_p95 AS value,
            CAST(NULL, 'Nullable(Float64)') AS error95,
            (loads.samples - loads.missing_samples) / nullIf(loads.samples, 0) AS coverage,
            loads.from_operator AS from_operator, loads.to_operator AS to_operator,
            loads.p95_bps AS p95_bps, loads.peak_bps AS peak_bps, loads.peak_at AS peak_at,
            loads.capacity_bps AS capacity_bps, loads.samples AS samples,
            loads.missing_samples AS missing_samples
        FROM def_link_statistics_v1(from = $five-604800, until = $five) AS loads
        WHERE loads.ip_version = 0 AND loads.utilisation_p95 >= $threshold
        ORDER BY value DESC
        """);
  }

  private static AlertRule ipv6Collapse() {
    return new AlertRule(
        "ipv6_collapse",
        "critical",
        "ipv6_collapse",
        "quotient",
        0.5,
        MINUTE,
        FIVE_MINUTES,
        "{link} {direction}: IPv6 at {value} of the same time a week before, while IPv4 holds",
        "{link} {direction}：IPv6 降至上周同期的 {value}，而 IPv4 正常",
        """
        SELECT map('link', toString(changes.link), 'direction', toString(changes.direction)) AS subject,
            changes.v6_to_week_before AS value,
            changes.v6_week_change_bps_error95 / nullIf(changes.bps_v6_week_before, 0) AS error95,
            loads.coverage AS coverage,
            changes.from_operator AS from_operator, changes.to_operator AS to_operator,
            changes.v4_to_week_before AS v4_to_week_before, changes.bps_v6 AS bps_v6,
            changes.bps_v6_week_before AS bps_v6_week_before, changes.bps_v4 AS bps_v4,
            changes.bps_v4_week_before AS bps_v4_week_before
        FROM def_load_change_v1(at = $at) AS changes
        LEFT JOIN
        (
            SELECT link, direction, min(coverage) AS coverage
            FROM def_link_load_5m_v1(from = $five-900, until = $five)
            GROUP BY link, direction
        ) AS loads ON loads.link = changes.link AND loads.direction = changes.direction
        WHERE changes.ipv6_collapsed = 1 AND changes.v6_to_week_before < $threshold
        ORDER BY value
        """);
  }

  private static AlertRule exporterSilent() {
    return new AlertRule(
        "exporter_silent",
        "warning",
        "exporter_health",
        "minutes",
        5,
        MINUTE,
        NOW,
        "{exporter}: silent for {value} of the last 10 minutes",
        "{exporter}：最近 10 分钟中有 {value} 分钟静默",
        """
        SELECT map('exporter', toString(health.exporter)) AS subject,
            toFloat64(countIf(health.state = 'silent')) AS value,
            CAST(NULL, 'Nullable(Float64)') AS error95,
            countIf(health.state != 'silent') / count() AS coverage,
            any(health.node) AS node, any(health.operator) AS operator,
            max(health.last_received) AS last_received
        FROM def_exporter_health_v1(from = $at-600, until = $at) AS health
        WHERE health.exporter != ''
        GROUP BY health.exporter
        HAVING value >= $threshold AND argMax(health.state, health.bucket) = 'silent'
        ORDER BY value DESC
        """);
  }

  private static AlertRule loss() {
    return new AlertRule(
        "loss",
        "warning",
        "exporter_health",
        "fraction",
        0.01,
        MINUTE,
        FIVE_MINUTES,
        "{exporter}: loses {value} of its records",
        "{exporter}：流记录丢失 {value}",
        """
        SELECT map('exporter', toString(health.exporter)) AS subject,
            quantileExactIf(0.5)(ifNull(health.loss, 0), health.state = 'reporting') AS value,
            CAST(NULL, 'Nullable(Float64)') AS error95,
            countIf(health.state != 'silent') / count() AS coverage,
            any(health.node) AS node, any(health.operator) AS operator,
            sum(health.lost_records) AS lost_records, sum(health.lost_messages) AS lost_messages,
            sum(health.data_records) AS data_records
        FROM def_exporter_health_v1(from = $at-900, until = $at) AS health
        WHERE health.exporter != ''
        GROUP BY health.exporter
        HAVING value >= $threshold
        ORDER BY value DESC
        """);
  }

  private static AlertRule samplingUnknown() {
    return new AlertRule(
        "sampling_unknown",
        "critical",
        "exporter_health",
        "records",
        1,
        MINUTE,
        FIVE_MINUTES,
        "{exporter}: {value} records of 15 minutes without a known sampling interval",
        "{exporter}：15 分钟内有 {value} 条记录采样率未知",
        """
        SELECT map('exporter', toString(health.exporter)) AS subject,
            toFloat64(sum(health.sampling_unknown_records)) AS value,
            CAST(NULL, 'Nullable(Float64)') AS error95,
            countIf(health.state != 'silent') / count() AS coverage,
            any(health.node) AS node, any(health.operator) AS operator,
            sum(health.sampling_known_records) AS sampling_known_records
        FROM def_exporter_health_v1(from = $at-900, until = $at) AS health
        WHERE health.exporter != ''
        GROUP BY health.exporter
        HAVING value >= $threshold
        ORDER BY value DESC
        """);
  }

  /**
   * A packet that was observed stands for packets / observed_packets: the mean sampling interval.
   */
  private static AlertRule samplingJump() {
    return new AlertRule(
        "sampling_jump",
        "warning",
        "link_load",
        "quotient",
        1.5,
        MINUTE,
        NOW,
        "{link} {direction}: the sampling interval changed by a factor of {value}",
        "{link} {direction}：采样率变化 {value} 倍",
        """
        SELECT map('link', link, 'direction', direction) AS subject,
            greatest(interval_now / interval_before, interval_before / interval_now) AS value,
            CAST(NULL, 'Nullable(Float64)') AS error95,
            CAST(NULL, 'Nullable(Float64)') AS coverage,
            interval_now, interval_before, observed_packets
        FROM
        (
            SELECT toString(traffic.link) AS link, toString(traffic.direction) AS direction,
                sumIf(traffic.packets, traffic.bucket >= $at-900)
                    / nullIf(sumIf(traffic.observed_packets, traffic.bucket >= $at-900), 0)
                    AS interval_now,
                sumIf(traffic.packets, traffic.bucket < $at-900)
                    / nullIf(sumIf(traffic.observed_packets, traffic.bucket < $at-900), 0)
                    AS interval_before,
                sumIf(traffic.observed_packets, traffic.bucket >= $at-900) AS observed_packets
            FROM link_traffic_1m AS traffic
            WHERE traffic.bucket >= $at-4500 AND traffic.bucket < $at
            GROUP BY link, direction
        )
        WHERE observed_packets >= 100 AND value >= $threshold
        ORDER BY value DESC
        """);
  }

  private static AlertRule oneFamilyRate() {
    return new AlertRule(
        "one_family_rate",
        "critical",
        "ipv6_share_wire",
        "quotient",
        1.5,
        MINUTE,
        FIVE_MINUTES,
        "{link} {direction}: IPv4 and IPv6 are sampled at intervals that differ by a factor of"
            + " {value}",
        "{link} {direction}：IPv4 与 IPv6 采样率相差 {value} 倍",
        """
        SELECT map('link', link, 'direction', direction) AS subject,
            greatest(interval_v4 / interval_v6, interval_v6 / interval_v4) AS value,
            CAST(NULL, 'Nullable(Float64)') AS error95,
            CAST(NULL, 'Nullable(Float64)') AS coverage,
            interval_v4, interval_v6, observed_v4, observed_v6
        FROM
        (
            SELECT toString(traffic.link) AS link, toString(traffic.direction) AS direction,
                sumIf(traffic.observed_packets, traffic.ip_version = 4) AS observed_v4,
                sumIf(traffic.observed_packets, traffic.ip_version = 6) AS observed_v6,
                sumIf(traffic.packets, traffic.ip_version = 4) / nullIf(observed_v4, 0)
                    AS interval_v4,
                sumIf(traffic.packets, traffic.ip_version = 6) / nullIf(observed_v6, 0)
                    AS interval_v6
            FROM link_traffic_1m AS traffic
            WHERE traffic.bucket >= $at-900 AND traffic.bucket < $at
            GROUP BY link, direction
        )
        WHERE observed_v4 >= 100 AND observed_v6 >= 100 AND value >= $threshold
        ORDER BY value DESC
        UNION ALL
        -- One family has no interval at all: its records are in no estimate.
        SELECT
            map('link', concat(toString(any(rows.exporter)), ' ', toString(rows.interface)),
                'direction', toString(rows.meter)) AS subject,
            toFloat64(sum(rows.records)) AS value,
            CAST(NULL, 'Nullable(Float64)') AS error95,
            CAST(NULL, 'Nullable(Float64)') AS coverage,
            CAST(NULL, 'Nullable(Float64)') AS interval_v4,
            CAST(NULL, 'Nullable(Float64)') AS interval_v6,
            sumIf(rows.observed_packets, rows.ip_version = 4) AS observed_v4,
            sumIf(rows.observed_packets, rows.ip_version = 6) AS observed_v6
        FROM def_unattributed_v1(from = $at-900, until = $at) AS rows
        WHERE rows.reason = 'sampling_unknown' AND rows.ip_version IN (4, 6)
        GROUP BY rows.address, rows.interface, rows.meter
        HAVING (observed_v4 = 0) != (observed_v6 = 0)
        """);
  }

  private static AlertRule unattributedGrowth() {
    return new AlertRule(
        "unattributed_growth",
        "warning",
        "unattributed",
        "bit/s",
        1e9,
        FIVE_MINUTES,
        Duration.ofMinutes(15),
        "{exporter} interface {interface}: {value} of no link ({reason}), more than twice the week"
            + " before",
        "{exporter} 接口 {interface}：{value} 流量无法归属（{reason}），超过上周同期两倍",
        """
        SELECT
            map('exporter', if(recent.exporter = '', recent.address, recent.exporter),
                'interface', toString(recent.interface), 'reason', recent.reason) AS subject,
            recent.octets * 8 / 3600 AS value,
            CAST(NULL, 'Nullable(Float64)') AS error95,
            CAST(NULL, 'Nullable(Float64)') AS coverage,
            earlier.octets * 8 / 3600 AS bps_week_before, recent.records AS records
        FROM
        (
            SELECT toString(rows.address) AS address, any(rows.exporter) AS exporter,
                rows.interface AS interface, toString(rows.reason) AS reason,
                sum(rows.octets) AS octets, sum(rows.records) AS records
            FROM def_unattributed_v1(from = $at-3600, until = $at) AS rows
            WHERE rows.reason NOT IN ('not_primary', 'internal_interface', 'not_forwarded')
            GROUP BY address, interface, reason
        ) AS recent
        LEFT JOIN
        (
            SELECT toString(rows.address) AS address, rows.interface AS interface,
                toString(rows.reason) AS reason, sum(rows.octets) AS octets
            FROM def_unattributed_v1(from = $at-608400, until = $at-604800) AS rows
            GROUP BY address, interface, reason
        ) AS earlier
            ON earlier.address = recent.address AND earlier.interface = recent.interface
            AND earlier.reason = recent.reason
        WHERE value >= $threshold AND recent.octets > 2 * earlier.octets
        ORDER BY value DESC
        """);
  }

  /**
   * A part of a link's traffic that is over the threshold, and three times that of the week before.
   */
  private static AlertRule surge(
      String id, double threshold, String what, String whatZh, String carriages) {
    return new AlertRule(
        id,
        "warning",
        "transition_mix",
        "fraction",
        threshold,
        FIVE_MINUTES,
        FIVE_MINUTES,
        "{link}: " + what + " make up {value}, more than three times the week before",
        "{link}：" + whatZh + "占 {value}，超过上周同期三倍",
        """
        SELECT map('link', recent.member) AS subject,
            recent.fraction AS value, recent.error95 AS error95, shares.coverage AS coverage,
            earlier.fraction AS fraction_week_before, recent.octets AS octets,
            recent.classes AS classes
        FROM
        (
            SELECT parts.member AS member, sum(parts.fraction) AS fraction,
                sqrt(sum(pow(parts.fraction_error95, 2))) AS error95, sum(parts.octets) AS octets,
                arrayStringConcat(groupUniqArray(parts.traffic_class), ' ') AS classes
            FROM def_transition_mix_v1(from = $at-900, until = $at) AS parts
            WHERE parts.dimension = 'link' AND parts.direction = 'both'
                AND parts.carriage IN (CARRIAGES)
            GROUP BY member
        ) AS recent
        LEFT JOIN
        (
            SELECT parts.member AS member, sum(parts.fraction) AS fraction
            FROM def_transition_mix_v1(from = $at-605700, until = $at-604800) AS parts
            WHERE parts.dimension = 'link' AND parts.direction = 'both'
                AND parts.carriage IN (CARRIAGES)
            GROUP BY member
        ) AS earlier ON earlier.member = recent.member
        LEFT JOIN
        (
            SELECT member, coverage FROM def_ipv6_share_v1(from = $at-900, until = $at)
            WHERE dimension = 'link' AND direction = 'both'
        ) AS shares ON shares.member = recent.member
        WHERE value - recent.error95 >= $threshold AND value > 3 * ifNull(earlier.fraction, 0)
        ORDER BY value DESC
        """
            .replace("CARRIAGES", carriages));
  }

  private static AlertRule capacityRunout() {
    return new AlertRule(
        "capacity_runout",
        "warning",
        "capacity_runout",
        "days",
        90,
        Duration.ofHours(6),
        NOW,
        "{link} {direction}: reaches 80 % of its capacity in {value} days",
        "{link} {direction}：预计 {value} 天后达到容量的 80%",
        """
        SELECT map('link', toString(runout.link), 'direction', toString(runout.direction)) AS subject,
            toFloat64(greatest(0, dateDiff('day', toDate32($at), runout.reached_on))) AS value,
            dateDiff('day', runout.reached_earliest, runout.reached_latest) / 2 AS error95,
            CAST(NULL, 'Nullable(Float64)') AS coverage,
            runout.from_operator AS from_operator, runout.to_operator AS to_operator,
            runout.reached_on AS reached_on, runout.reached_earliest AS reached_earliest,
            runout.reached_latest AS reached_latest, runout.utilisation AS utilisation,
            runout.capacity_bps AS capacity_bps, runout.weeks AS weeks
        FROM def_capacity_runout_v1(from = $at-15724800, until = $at) AS runout
        WHERE runout.threshold = 0.8 AND runout.reached_on IS NOT NULL AND runout.weeks >= 4
            AND value <= $threshold
        ORDER BY value
        """);
  }

  private static AlertRule pipelineLag() {
    return new AlertRule(
        "pipeline_lag",
        "critical",
        "provisional",
        "s",
        180,
        MINUTE,
        Duration.ofMinutes(2),
        "The newest {path} are {value} s old",
        "最新{path}数据已滞后 {value} 秒",
        """
        SELECT map('path', path) AS subject,
            toFloat64(dateDiff('second', stored_until, $now)) AS value,
            CAST(NULL, 'Nullable(Float64)') AS error95,
            CAST(NULL, 'Nullable(Float64)') AS coverage,
            stored_until
        FROM
        (
            SELECT 'flows' AS path, flows_stored_until AS stored_until FROM watermark
            UNION ALL
            SELECT 'status', status_stored_until FROM watermark
        )
        -- Of a store that never held anything nothing is late.
        WHERE stored_until > toDateTime('2000-01-01', 'UTC') AND value >= $threshold
        """);
  }
}
