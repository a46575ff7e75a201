-- What would be, and what changed by class. docs/definitions.md defines the columns.

-- If a part (0 to 1) of the IPv4 octets of a period were IPv6: the same packets with a header of 40
-- octets (RFC 8200 section 3) for one of 20 (RFC 791, without options), and overhead octets more on
-- every IPv6 packet, such as 40 of an outer header, 24 of a segment routing header with one segment.
-- Percentiles are taken to grow as the mean does.
CREATE OR REPLACE VIEW ${database}.what_if_ipv6 ${on_cluster} AS
WITH
    greatest(1, dateDiff(
        'second', toStartOfMinute({from:DateTime('UTC')}),
        least(toStartOfMinute({until:DateTime('UTC')}), now()))) AS seconds,
    least(1., greatest(0., {moved:Float64})) AS part
SELECT
    sums.link AS link,
    sums.direction AS direction,
    links.node AS node,
    links.from_operator AS from_operator,
    links.to_operator AS to_operator,
    links.role AS role,
    capacities.capacity_bps AS capacity_bps,
    sums.octets_v4 AS octets_v4_before,
    sums.octets_v6 AS octets_v6_before,
    (1 - part) * sums.octets_v4 AS octets_v4_after,
    sums.octets_v6 + part * (sums.octets_v4 + 20 * sums.packets_v4)
        + {overhead:UInt32} * (sums.packets_v6 + part * sums.packets_v4) AS octets_v6_after,
    octets_v6_before / nullIf(octets_v4_before + octets_v6_before, 0) AS share_wire_before,
    octets_v6_after / nullIf(octets_v4_after + octets_v6_after, 0) AS share_wire_after,
    (octets_v4_before + octets_v6_before) * 8 / seconds AS mean_bps_before,
    (octets_v4_after + octets_v6_after) * 8 / seconds AS mean_bps_after,
    mean_bps_after - mean_bps_before AS added_bps,
    mean_bps_before / nullIf(capacity_bps, 0) AS utilisation_mean_before,
    mean_bps_after / nullIf(capacity_bps, 0) AS utilisation_mean_after
FROM
(
    SELECT
        traffic.link AS link,
        traffic.direction AS direction,
        sumIf(traffic.octets, traffic.ip_version = 4) AS octets_v4,
        sumIf(traffic.octets, traffic.ip_version = 6) AS octets_v6,
        sumIf(traffic.packets, traffic.ip_version = 4) AS packets_v4,
        sumIf(traffic.packets, traffic.ip_version = 6) AS packets_v6
    FROM ${database}.link_traffic_rows(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 0) AS traffic
    GROUP BY traffic.link, traffic.direction
) AS sums
INNER JOIN ${database}.current_link_directions AS links
    ON links.link = sums.link AND links.direction = sums.direction
LEFT JOIN ${database}.link_capacity_of_period(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS capacities
    ON capacities.link = sums.link;

-- A tenth, a quarter, a half and all of IPv4, without and with what SRv6 adds.
CREATE OR REPLACE VIEW ${database}.def_what_if_ipv6_v1 ${on_cluster} AS
SELECT 0.1 AS moved, toUInt32(0) AS overhead_octets, ten.* FROM ${database}.what_if_ipv6(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, moved = 0.1, overhead = 0) AS ten
UNION ALL
SELECT 0.25, toUInt32(0), quarter.* FROM ${database}.what_if_ipv6(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, moved = 0.25, overhead = 0)
    AS quarter
UNION ALL
SELECT 0.5, toUInt32(0), half.* FROM ${database}.what_if_ipv6(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, moved = 0.5, overhead = 0)
    AS half
UNION ALL
SELECT 1., toUInt32(0), whole.* FROM ${database}.what_if_ipv6(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, moved = 1., overhead = 0)
    AS whole
UNION ALL
SELECT 0., toUInt32(64), routed.* FROM ${database}.what_if_ipv6(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, moved = 0., overhead = 64)
    AS routed;

-- Every traffic class of every link direction in the 15 minutes before a time, against the same 15
-- minutes a week earlier.
CREATE OR REPLACE VIEW ${database}.def_class_change_v1 ${on_cluster} AS
WITH
    toStartOfMinute({at:DateTime('UTC')}) AS minute,
    8 / 900 AS bits_per_octet_second
SELECT
    sums.link AS link,
    sums.direction AS direction,
    sums.ip_version AS ip_version,
    sums.traffic_class AS traffic_class,
    sums.octets_now * bits_per_octet_second AS bps,
    sums.octets_week * bits_per_octet_second AS bps_week_before,
    bps - bps_week_before AS change_bps,
    1.96 * sqrt(sums.variance_now + sums.variance_week) * bits_per_octet_second
        AS change_bps_error95,
    sums.octets_now / nullIf(sum(sums.octets_now) OVER link_total, 0) AS fraction,
    sums.octets_week / nullIf(sum(sums.octets_week) OVER link_total, 0) AS fraction_week_before,
    -- Twice as large a part as a week ago, a hundredth of the link at least, and not by sampling: of
    -- classes other than native ones what a new tunnel or an attack looks like.
    sums.traffic_class NOT IN ('v4_native', 'v6_native')
        AND fraction >= 0.01
        AND fraction > 2 * ifNull(fraction_week_before, 0)
        AND change_bps > change_bps_error95 AS is_surge
FROM
(
    SELECT
        traffic.link AS link,
        traffic.direction AS direction,
        traffic.ip_version AS ip_version,
        traffic.traffic_class AS traffic_class,
        sumIf(traffic.octets, traffic.bucket >= minute - 900) AS octets_now,
        sumIf(traffic.octets, traffic.bucket < minute - 900) AS octets_week,
        sumIf(traffic.octets_variance, traffic.bucket >= minute - 900) AS variance_now,
        sumIf(traffic.octets_variance, traffic.bucket < minute - 900) AS variance_week
    FROM ${database}.link_traffic_1m AS traffic
    WHERE (traffic.bucket >= minute - 900 AND traffic.bucket < minute)
        OR (traffic.bucket >= minute - 604800 - 900 AND traffic.bucket < minute - 604800)
    GROUP BY traffic.link, traffic.direction, traffic.ip_version, traffic.traffic_class
) AS sums
WINDOW link_total AS (PARTITION BY sums.link, sums.direction);

-- The two directions of every link, and of all links between two operators, by calendar month.
CREATE OR REPLACE VIEW ${database}.def_asymmetry_1mo_v1 ${on_cluster} AS
SELECT
    toDate(toTimeZone(totals.bucket, '${time_zone}')) AS month,
    party.1 AS subject,
    party.2 AS member,
    party.3 AS a_operator,
    party.4 AS b_operator,
    sumIf(totals.octets, links.from_operator = party.3) AS octets_a_to_b,
    sumIf(totals.octets, links.from_operator = party.4) AS octets_b_to_a,
    octets_a_to_b / nullIf(octets_b_to_a, 0) AS asymmetry,
    sumIf(totals.octets_v6, links.from_operator = party.3)
        / nullIf(sumIf(totals.octets_v6, links.from_operator = party.4), 0) AS asymmetry_v6
FROM ${database}.link_direction_totals(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 2592000) AS totals
INNER JOIN ${database}.current_link_directions AS links
    ON links.link = totals.link AND links.direction = totals.direction
ARRAY JOIN [
    ('link', toString(links.link), toString(links.a_operator), toString(links.b_operator)),
    ('operator_pair', links.operator_pair,
        toString(least(links.a_operator, links.b_operator)),
        toString(greatest(links.a_operator, links.b_operator)))] AS party
GROUP BY month, party;

INSERT INTO ${database}.definitions VALUES
('what_if_ipv6', 1, 'share_wire_after', ['def_what_if_ipv6_v1'], ['from', 'until'], 'fraction',
    'a link in service', 'a_to_b or b_to_a',
    '(IPv6 + part * (IPv4 + 20 octets a packet) + overhead a packet) / all after it',
    'RFC 791, RFC 8200, RFC 8754'),
('class_change', 1, 'is_surge', ['def_class_change_v1'], ['at'], 'none',
    'a traffic class of a link', 'a_to_b or b_to_a',
    'a part of 1 % or more, twice that of the same 15 minutes a week before, by more than the 95 % error',
    'traffic classes'),
('asymmetry', 1, 'asymmetry', ['def_asymmetry_1mo_v1'], ['from', 'until'], 'quotient',
    'a link, or all links between two operators', 'both',
    'octets from A to B / octets from B to A', 'traffic');
