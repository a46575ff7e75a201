-- What an operations centre asks: what changed, did IPv6 collapse, what fails over to where, and
-- whose data are incomplete. docs/definitions.md defines the columns.

-- Load of the 15 minutes before a time, against the 15 minutes before those and against the same 15
-- minutes a week earlier.
CREATE OR REPLACE VIEW ${database}.def_load_change_v1 ${on_cluster} AS
WITH
    toStartOfMinute({at:DateTime('UTC')}) AS minute,
    8 / 900 AS bits_per_octet_second
SELECT
    links.link AS link,
    links.direction AS direction,
    links.node AS node,
    links.from_operator AS from_operator,
    links.to_operator AS to_operator,
    links.role AS role,
    sums.now_v4 * bits_per_octet_second AS bps_v4,
    sums.now_v6 * bits_per_octet_second AS bps_v6,
    bps_v4 + bps_v6 AS bps,
    sums.before_v4 * bits_per_octet_second AS bps_v4_before,
    sums.before_v6 * bits_per_octet_second AS bps_v6_before,
    bps - bps_v4_before - bps_v6_before AS change_bps,
    bps / nullIf(bps_v4_before + bps_v6_before, 0) - 1 AS change,
    1.96 * sqrt(sums.variance_now + sums.variance_before) * bits_per_octet_second
        AS change_bps_error95,
    sums.week_v4 * bits_per_octet_second AS bps_v4_week_before,
    sums.week_v6 * bits_per_octet_second AS bps_v6_week_before,
    sums.now_v4 / nullIf(sums.week_v4, 0) AS v4_to_week_before,
    sums.now_v6 / nullIf(sums.week_v6, 0) AS v6_to_week_before,
    1.96 * sqrt(sums.variance_v6_now + sums.variance_v6_week) * bits_per_octet_second
        AS v6_week_change_bps_error95,
    -- IPv6 halved while IPv4 kept four fifths, and sampling alone does not explain it: what a lost
    -- IPv6 session or a filter looks like.
    ifNull(
        v6_to_week_before < 0.5 AND v4_to_week_before >= 0.8
            AND bps_v6_week_before - bps_v6 > v6_week_change_bps_error95, 0) AS ipv6_collapsed
FROM ${database}.current_link_directions AS links
LEFT JOIN
(
    SELECT
        traffic.link AS link,
        traffic.direction AS direction,
        sumIf(traffic.octets, traffic.ip_version = 4 AND traffic.bucket >= minute - 900) AS now_v4,
        sumIf(traffic.octets, traffic.ip_version = 6 AND traffic.bucket >= minute - 900) AS now_v6,
        sumIf(
            traffic.octets, traffic.ip_version = 4
                AND traffic.bucket < minute - 900 AND traffic.bucket >= minute - 1800) AS before_v4,
        sumIf(
            traffic.octets, traffic.ip_version = 6
                AND traffic.bucket < minute - 900 AND traffic.bucket >= minute - 1800) AS before_v6,
        sumIf(traffic.octets, traffic.ip_version = 4 AND traffic.bucket < minute - 604800)
            AS week_v4,
        sumIf(traffic.octets, traffic.ip_version = 6 AND traffic.bucket < minute - 604800)
            AS week_v6,
        sumIf(traffic.octets_variance, traffic.bucket >= minute - 900) AS variance_now,
        sumIf(
            traffic.octets_variance,
            traffic.bucket < minute - 900 AND traffic.bucket >= minute - 1800) AS variance_before,
        sumIf(
            traffic.octets_variance, traffic.ip_version = 6 AND traffic.bucket >= minute - 900)
            AS variance_v6_now,
        sumIf(
            traffic.octets_variance, traffic.ip_version = 6 AND traffic.bucket < minute - 604800)
            AS variance_v6_week
    FROM ${database}.link_traffic_1m AS traffic
    WHERE (traffic.bucket >= minute - 1800 AND traffic.bucket < minute)
        OR (traffic.bucket >= minute - 604800 - 900 AND traffic.bucket < minute - 604800)
    GROUP BY traffic.link, traffic.direction
) AS sums ON sums.link = links.link AND sums.direction = links.direction
WHERE links.in_service_from <= toDate(minute, '${time_zone}')
    AND links.in_service_until > toDate(minute, '${time_zone}');

-- If a link or a node fails: its 95th percentile goes, in proportion to capacity, to the links of
-- the same role between the same operators that remain.
CREATE OR REPLACE VIEW ${database}.def_n_minus_1_v1 ${on_cluster} AS
SELECT
    failures.kind AS failed_kind,
    failures.failed AS failed,
    failures.from_operator AS from_operator,
    failures.to_operator AS to_operator,
    failures.role AS role,
    -- Empty: nothing remains that could carry it.
    if(failures.remaining_bps = 0, '', survivors.link) AS link,
    if(failures.remaining_bps = 0, '', survivors.node) AS node,
    if(failures.remaining_bps = 0, NULL, survivors.capacity_bps) AS capacity_bps,
    if(failures.remaining_bps = 0, NULL, ifNull(survivors.p95_bps, 0)) AS before_bps,
    failures.lost_bps * capacity_bps / nullIf(failures.remaining_bps, 0) AS added_bps,
    before_bps + added_bps AS after_bps,
    before_bps / nullIf(capacity_bps, 0) AS utilisation_before,
    after_bps / nullIf(capacity_bps, 0) AS utilisation_after,
    failures.lost_bps AS lost_bps
FROM
(
    SELECT
        failing.kind AS kind,
        failing.failed AS failed,
        loads.from_operator AS from_operator,
        loads.to_operator AS to_operator,
        loads.role AS role,
        sumIf(ifNull(loads.p95_bps, 0), loads.link = failing.link) AS lost_bps,
        ifNull(
            sumIf(loads.capacity_bps, NOT has(failing.failed_links, loads.link))
                / any(length(failing.failed_links)),
            0) AS remaining_bps
    FROM
    (
        SELECT 'link' AS kind, links.link AS failed, links.link AS link,
            [toString(links.link)] AS failed_links
        FROM ${database}.current_links AS links GROUP BY links.link
        UNION ALL
        SELECT 'node', nodes.node, arrayJoin(groupUniqArray(toString(nodes.link)) AS together),
            together
        FROM ${database}.current_links AS nodes GROUP BY nodes.node
    ) AS failing
    CROSS JOIN
    (
        SELECT * FROM ${database}.def_link_statistics_v1(
            from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS statistics
        WHERE statistics.ip_version = 0
    ) AS loads
    GROUP BY
        failing.kind, failing.failed, loads.from_operator, loads.to_operator, loads.role
    HAVING lost_bps > 0
) AS failures
LEFT JOIN
(
    SELECT * FROM ${database}.def_link_statistics_v1(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS statistics
    WHERE statistics.ip_version = 0
) AS survivors
    ON survivors.from_operator = failures.from_operator
    AND survivors.to_operator = failures.to_operator AND survivors.role = failures.role
WHERE (survivors.link != failures.failed AND survivors.node != failures.failed)
    OR failures.remaining_bps = 0
LIMIT 1 BY failed_kind, failed, from_operator, to_operator, role, link;

-- Whose data are incomplete or doubtful in a period, cut to hours: by operator of the exporters, and
-- of all.
CREATE OR REPLACE VIEW ${database}.def_data_quality_v1 ${on_cluster} AS
WITH
    toStartOfHour({from:DateTime('UTC')} + 3599) AS hour_from,
    least(toStartOfHour({until:DateTime('UTC')}), toStartOfHour(now())) AS hour_until,
    greatest(
        intDiv(toInt64(toUnixTimestamp(hour_until)) - toUnixTimestamp(hour_from), 60), 0)
        AS minutes
SELECT
    operator,
    count() AS exporters,
    countIf(sums.reported_minutes = 0) AS silent_exporters,
    sum(sums.reported_minutes) / nullIf(count() * minutes, 0) AS coverage,
    sum(sums.lost) / nullIf(sum(sums.lost) + sum(sums.records), 0) AS loss,
    sum(sums.unknown) / nullIf(sum(sums.flows), 0) AS sampling_unknown,
    sum(sums.suspect) / nullIf(sum(sums.flows), 0) AS clock_suspect,
    sum(sums.flows) AS flow_records
FROM ${database}.current_exporters AS exporters
LEFT JOIN
(
    SELECT
        hours.exporter AS exporter,
        sum(bitCount(hours.minutes)) AS reported_minutes,
        sum(hours.records) AS records,
        sum(hours.lost) AS lost,
        sum(hours.flows) AS flows,
        sum(hours.unknown) AS unknown,
        sum(hours.suspect) AS suspect
    FROM
    (
        SELECT
            quality.exporter AS exporter,
            groupBitOr(quality.reported_minutes) AS minutes,
            sum(quality.data_records) + sum(quality.options_records) AS records,
            sum(quality.flow_records) AS flows,
            sum(quality.sampling_unknown_records) AS unknown,
            sum(quality.clock_suspect_records) AS suspect,
            sum(if(
                quality.protocol_version = 9,
                quality.lost_messages * (quality.data_records + quality.options_records)
                    / greatest(quality.datagrams, 1),
                toFloat64(quality.lost_records))) AS lost
        FROM ${database}.exporter_quality_1h AS quality FINAL
        WHERE quality.bucket >= hour_from AND quality.bucket < hour_until
        GROUP BY quality.bucket, quality.exporter
    ) AS hours
    GROUP BY hours.exporter
) AS sums ON sums.exporter = exporters.address
ARRAY JOIN ['all', toString(exporters.operator)] AS operator
GROUP BY operator;

INSERT INTO ${database}.definitions VALUES
('load_change', 1, 'change_bps', ['def_load_change_v1'], ['at'], 'bit/s',
    'a link in service', 'a_to_b or b_to_a',
    'mean bit/s of the 15 minutes before - of the 15 minutes before those', 'traffic'),
('ipv6_collapse', 1, 'ipv6_collapsed', ['def_load_change_v1'], ['at'], 'none',
    'a link in service', 'a_to_b or b_to_a',
    'IPv6 < 0.5 and IPv4 >= 0.8 of the same 15 minutes a week before, by more than the 95 % error',
    'traffic'),
('n_minus_1', 1, 'utilisation_after', ['def_n_minus_1_v1'], ['from', 'until'], 'fraction',
    'links of one role between two operators that remain', 'from the one to the other',
    '(link_traffic_p95 + that of the failed links by capacity) / capacity', 'traffic and inventory'),
('data_quality', 1, 'coverage', ['def_data_quality_v1'], ['from', 'until'], 'fraction',
    'exporters of an operator', 'none',
    'minutes in which exporters reported / minutes of the period', 'exporter status');
