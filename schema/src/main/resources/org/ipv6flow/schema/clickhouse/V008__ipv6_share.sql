-- Share of IPv6 in the octets of a population, for a whole period or a series. A share is a
-- quotient of sums; percentages are never averaged. docs/definitions.md defines the columns.
CREATE OR REPLACE VIEW ${database}.ipv6_share ${on_cluster} AS
SELECT
    totals.bucket AS bucket,
    totals.dimension AS dimension,
    totals.member AS member,
    totals.direction AS direction,
    totals.octets AS octets,
    totals.octets_v4 AS octets_v4,
    totals.octets_v6 AS octets_v6,
    totals.octets_native_v6 AS octets_native_v6,
    totals.octets_native_base AS octets_native_base,
    totals.octets_bogon AS octets_bogon,
    totals.octets_multicast AS octets_multicast,
    totals.octets_unknown AS octets_unknown,
    1.96 * sqrt(totals.variance_v4) AS octets_v4_error95,
    1.96 * sqrt(totals.variance_v6) AS octets_v6_error95,
    totals.octets_v6 / nullIf(totals.octets, 0) AS share_wire,
    1.96 * sqrt(
        pow(1 - share_wire, 2) * totals.variance_v6
        + pow(share_wire, 2) * (totals.variance - totals.variance_v6))
        / nullIf(totals.octets, 0) AS share_wire_error95,
    totals.octets_native_v6 / nullIf(totals.octets_native_base, 0) AS share_native,
    1.96 * sqrt(
        pow(1 - share_native, 2) * totals.variance_native_v6
        + pow(share_native, 2) * (totals.variance_native_base - totals.variance_native_v6))
        / nullIf(totals.octets_native_base, 0) AS share_native_error95,
    totals.octets_payload_v6 / nullIf(totals.octets, 0) AS share_payload_lower,
    1.96 * sqrt(
        pow(1 - share_payload_lower, 2) * totals.variance_payload_v6
        + pow(share_payload_lower, 2) * (totals.variance - totals.variance_payload_v6))
        / nullIf(totals.octets, 0) AS share_payload_lower_error95,
    (totals.octets_payload_v6 + totals.octets_unknown) / nullIf(totals.octets, 0)
        AS share_payload_upper,
    1.96 * sqrt(
        pow(1 - share_payload_upper, 2) * (totals.variance_payload_v6 + totals.variance_unknown)
        + pow(share_payload_upper, 2)
            * (totals.variance - totals.variance_payload_v6 - totals.variance_unknown))
        / nullIf(totals.octets, 0) AS share_payload_upper_error95,
    share_payload_upper - share_payload_lower AS visibility_gap,
    totals.observed_packets_v4 AS observed_packets_v4,
    totals.observed_packets_v6 AS observed_packets_v6,
    totals.link_directions AS link_directions,
    totals.reported_minutes / nullIf(totals.expected_minutes, 0) AS coverage,
    totals.lost_records / nullIf(totals.lost_records + totals.received_records, 0) AS loss,
    totals.bucket_end > (SELECT final_until FROM ${database}.watermark) AS provisional
FROM
(
    SELECT
        parts.bucket AS bucket,
        parts.population.1 AS dimension,
        parts.population.2 AS member,
        parts.population.3 AS direction,
        sum(parts.octets) AS octets,
        sum(parts.octets_v4) AS octets_v4,
        sum(parts.octets_v6) AS octets_v6,
        sum(parts.variance) AS variance,
        sum(parts.variance_v4) AS variance_v4,
        sum(parts.variance_v6) AS variance_v6,
        sum(parts.observed_packets_v4) AS observed_packets_v4,
        sum(parts.observed_packets_v6) AS observed_packets_v6,
        sum(parts.octets_native_v6) AS octets_native_v6,
        sum(parts.variance_native_v6) AS variance_native_v6,
        sum(parts.octets_native_base) AS octets_native_base,
        sum(parts.variance_native_base) AS variance_native_base,
        sum(parts.octets_payload_v6) AS octets_payload_v6,
        sum(parts.variance_payload_v6) AS variance_payload_v6,
        sum(parts.octets_unknown) AS octets_unknown,
        sum(parts.variance_unknown) AS variance_unknown,
        sum(parts.octets_bogon) AS octets_bogon,
        sum(parts.octets_multicast) AS octets_multicast,
        max(parts.bucket_end) AS bucket_end,
        sum(parts.link_directions) AS link_directions,
        sum(parts.expected_minutes) AS expected_minutes,
        sum(parts.reported_minutes) AS reported_minutes,
        sum(parts.received_records) AS received_records,
        sum(parts.lost_records) AS lost_records
    FROM
    (
        SELECT
            buckets.bucket AS bucket,
            arrayJoin(if(
                buckets.ipv6_enabled,
                arrayPushBack(buckets.populations, ('ipv6_enabled', buckets.role, 'both')),
                buckets.populations)) AS population,
            0 AS octets, 0 AS octets_v4, 0 AS octets_v6, 0. AS variance, 0. AS variance_v4,
            0. AS variance_v6, 0 AS observed_packets_v4, 0 AS observed_packets_v6,
            0 AS octets_native_v6, 0. AS variance_native_v6, 0 AS octets_native_base,
            0. AS variance_native_base, 0 AS octets_payload_v6, 0. AS variance_payload_v6,
            0 AS octets_unknown, 0. AS variance_unknown, 0 AS octets_bogon,
            0 AS octets_multicast,
            buckets.bucket_end AS bucket_end,
            1 AS link_directions,
            buckets.expected_minutes AS expected_minutes,
            buckets.reported_minutes AS reported_minutes,
            0 AS received_records,
            0. AS lost_records
        FROM ${database}.link_direction_buckets(
            from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
            step = {step:UInt32}) AS buckets
        UNION ALL
        SELECT
            sums.bucket AS bucket,
            arrayJoin(multiIf(
                empty(links.populations),
                [
                    ('all', 'all', 'both'),
                    ('role', 'unlisted', 'both'),
                    ('link', toString(sums.link), 'both'),
                    ('link', toString(sums.link), toString(sums.direction))
                ],
                links.ipv6_enabled_on <= toDate(sums.bucket, '${time_zone}'),
                arrayPushBack(links.populations, ('ipv6_enabled', links.role, 'both')),
                links.populations)) AS population,
            sums.octets, sums.octets_v4, sums.octets_v6, sums.variance, sums.variance_v4,
            sums.variance_v6, sums.observed_packets_v4, sums.observed_packets_v6,
            sums.octets_native_v6, sums.variance_native_v6, sums.octets_native_base,
            sums.variance_native_base, sums.octets_payload_v6, sums.variance_payload_v6,
            sums.octets_unknown, sums.variance_unknown, sums.octets_bogon,
            sums.octets_multicast,
            toDateTime(0, 'UTC'), 0, 0, 0, 0, 0.
        FROM ${database}.link_direction_sums(
            from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
            step = {step:UInt32}) AS sums
        LEFT JOIN ${database}.current_link_directions AS links
            ON links.link = sums.link AND links.direction = sums.direction
        UNION ALL
        SELECT
            loss.bucket AS bucket,
            arrayJoin(if(
                links.ipv6_enabled_on <= toDate(loss.bucket, '${time_zone}'),
                arrayPushBack(links.populations, ('ipv6_enabled', links.role, 'both')),
                links.populations)) AS population,
            0, 0, 0, 0., 0., 0., 0, 0, 0, 0., 0, 0., 0, 0., 0, 0., 0, 0,
            toDateTime(0, 'UTC'), 0, 0, 0, loss.received_records, loss.lost_records
        FROM ${database}.exporter_loss(
            from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
            step = {step:UInt32}) AS loss
        INNER JOIN ${database}.current_link_directions AS links
            ON links.exporter_address = loss.exporter
    ) AS parts
    GROUP BY parts.bucket, parts.population
) AS totals;

CREATE OR REPLACE VIEW ${database}.def_ipv6_share_v1 ${on_cluster} AS
SELECT * FROM ${database}.ipv6_share(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 0);

CREATE OR REPLACE VIEW ${database}.def_ipv6_share_1m_v1 ${on_cluster} AS
SELECT * FROM ${database}.ipv6_share(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 60);

CREATE OR REPLACE VIEW ${database}.def_ipv6_share_5m_v1 ${on_cluster} AS
SELECT * FROM ${database}.ipv6_share(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 300);

CREATE OR REPLACE VIEW ${database}.def_ipv6_share_1h_v1 ${on_cluster} AS
SELECT * FROM ${database}.ipv6_share(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 3600);

CREATE OR REPLACE VIEW ${database}.def_ipv6_share_1d_v1 ${on_cluster} AS
SELECT * FROM ${database}.ipv6_share(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 86400);

-- By calendar month of the reports' time zone, for years.
CREATE OR REPLACE VIEW ${database}.def_ipv6_share_1mo_v1 ${on_cluster} AS
SELECT * FROM ${database}.ipv6_share(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 2592000);
