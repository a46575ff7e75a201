-- What traffic is made of and who exchanges it: transition mix, operator matrix, busy hour, months
-- and growth, and what others published. docs/definitions.md defines the columns.

-- Octets of each traffic class in a member of a dimension, and its part of all octets there.
CREATE OR REPLACE VIEW ${database}.transition_mix ${on_cluster} AS
WITH
    toString(classes.traffic_class) AS class,
    sum(classes.octets) OVER member_total AS octets_all,
    sum(classes.variance) OVER member_total AS variance_all,
    sum(classes.octets) OVER version_total AS octets_of_version
SELECT
    classes.bucket AS bucket,
    classes.population.1 AS dimension,
    classes.population.2 AS member,
    classes.population.3 AS direction,
    classes.ip_version AS ip_version,
    class AS traffic_class,
    multiIf(
        class = 'v4_native', 'native_v4',
        class = 'v6_native', 'native_v6',
        class IN ('v6_in_v4', '6to4_in_v4', '6rd_in_v4', 'teredo_in_v4'), 'v6_tunnelled_in_v4',
        class IN ('6to4', '6rd', 'teredo', 'isatap'), 'v6_of_transition_prefix',
        class IN ('v6_translated', 'map_t'), 'translated',
        class = 'srv6_v4', 'v4_segment_routed',
        class = 'srv6_v6', 'v6_segment_routed',
        class IN ('v4_in_v6', 'ds_lite', 'lw4o6', 'map_e'), 'v4_tunnelled_in_v6',
        class = 'v6_in_v6', 'v6_tunnelled_in_v6',
        class IN ('unknown', 'overlay_in_v4', 'overlay_in_v6', 'srv6_l2', 'srv6_other'),
            'unknown_payload',
        class IN ('v4_bogon', 'v4_private', 'v4_shared', 'v6_bogon', 'v6_nonglobal'), 'bogon',
        class IN ('v4_multicast', 'v6_multicast'), 'multicast',
        'other') AS carriage,
    classes.octets AS octets,
    1.96 * sqrt(classes.variance) AS octets_error95,
    classes.octets / nullIf(octets_all, 0) AS fraction,
    1.96 * sqrt(
        pow(1 - fraction, 2) * classes.variance
        + pow(fraction, 2) * (variance_all - classes.variance))
        / nullIf(octets_all, 0) AS fraction_error95,
    classes.octets / nullIf(octets_of_version, 0) AS fraction_of_ip_version
FROM
(
    SELECT
        traffic.bucket AS bucket,
        arrayJoin(if(
            empty(links.populations),
            [
                ('all', 'all', 'both'), ('role', 'unlisted', 'both'),
                ('link', toString(traffic.link), 'both'),
                ('link', toString(traffic.link), toString(traffic.direction))
            ],
            links.populations)) AS population,
        traffic.ip_version AS ip_version,
        traffic.traffic_class AS traffic_class,
        sum(traffic.octets) AS octets,
        sum(traffic.variance) AS variance
    FROM
    (
        SELECT
            rows.bucket AS bucket, rows.link AS link, rows.direction AS direction,
            rows.ip_version AS ip_version, rows.traffic_class AS traffic_class,
            sum(rows.octets) AS octets, sum(rows.octets_variance) AS variance
        FROM ${database}.link_traffic_rows(
            from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
            step = {step:UInt32}) AS rows
        GROUP BY rows.bucket, rows.link, rows.direction, rows.ip_version, rows.traffic_class
    ) AS traffic
    LEFT JOIN ${database}.current_link_directions AS links
        ON links.link = traffic.link AND links.direction = traffic.direction
    GROUP BY traffic.bucket, population, traffic.ip_version, traffic.traffic_class
) AS classes
WINDOW
    member_total AS (PARTITION BY classes.bucket, classes.population),
    version_total AS (PARTITION BY classes.bucket, classes.population, classes.ip_version);

CREATE OR REPLACE VIEW ${database}.def_transition_mix_v1 ${on_cluster} AS
SELECT * FROM ${database}.transition_mix(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 0);

CREATE OR REPLACE VIEW ${database}.def_transition_mix_1m_v1 ${on_cluster} AS
SELECT * FROM ${database}.transition_mix(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 60);

CREATE OR REPLACE VIEW ${database}.def_transition_mix_5m_v1 ${on_cluster} AS
SELECT * FROM ${database}.transition_mix(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 300);

CREATE OR REPLACE VIEW ${database}.def_transition_mix_1h_v1 ${on_cluster} AS
SELECT * FROM ${database}.transition_mix(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 3600);

CREATE OR REPLACE VIEW ${database}.def_transition_mix_1d_v1 ${on_cluster} AS
SELECT * FROM ${database}.transition_mix(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 86400);

CREATE OR REPLACE VIEW ${database}.def_transition_mix_1mo_v1 ${on_cluster} AS
SELECT * FROM ${database}.transition_mix(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 2592000);

-- What the links between two operators carried in one direction.
CREATE OR REPLACE VIEW ${database}.operator_path_sums ${on_cluster} AS
SELECT
    frame.from_operator AS from_operator,
    frame.to_operator AS to_operator,
    sum(sums.octets) AS octets,
    sum(sums.octets_v4) AS octets_v4,
    sum(sums.octets_v6) AS octets_v6,
    sum(sums.variance) AS variance,
    sum(sums.variance_v6) AS variance_v6,
    uniqExact(frame.link) AS links,
    uniqExactIf(frame.link, frame.ipv6_enabled) AS ipv6_links,
    sum(capacities.capacity_bps) AS capacity_bps,
    sumIf(capacities.capacity_bps, frame.ipv6_enabled) AS ipv6_capacity_bps,
    sum(frame.expected_minutes) AS expected_minutes,
    sum(frame.reported_minutes) AS reported_minutes
FROM ${database}.link_direction_buckets(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 0) AS frame
LEFT JOIN ${database}.link_direction_totals(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 0) AS sums
    ON sums.link = frame.link AND sums.direction = frame.direction
LEFT JOIN ${database}.link_capacity_of_period(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS capacities
    ON capacities.link = frame.link
GROUP BY frame.from_operator, frame.to_operator;

-- Traffic from every operator to every other over the links between them. Pairs without a link and
-- pairs without traffic have a row, too.
CREATE OR REPLACE VIEW ${database}.def_operator_matrix_v1 ${on_cluster} AS
WITH
    greatest(
        toInt64(least(toUnixTimestamp({until:DateTime('UTC')}), toUnixTimestamp(now())))
            - toUnixTimestamp({from:DateTime('UTC')}),
        0) AS seconds
SELECT
    pairs.from_operator AS from_operator,
    pairs.to_operator AS to_operator,
    multiIf(
        cells.links = 0, 'not_interconnected',
        cells.octets = 0, 'idle',
        cells.octets_v6 = 0, 'ipv4_only',
        'ipv6') AS state,
    cells.octets AS octets,
    cells.octets_v4 AS octets_v4,
    cells.octets_v6 AS octets_v6,
    cells.octets * 8 / nullIf(seconds, 0) AS mean_bps,
    cells.octets_v4 * 8 / nullIf(seconds, 0) AS mean_bps_v4,
    cells.octets_v6 * 8 / nullIf(seconds, 0) AS mean_bps_v6,
    cells.octets_v6 / nullIf(cells.octets, 0) AS share_wire,
    1.96 * sqrt(
        pow(1 - share_wire, 2) * cells.variance_v6
        + pow(share_wire, 2) * (cells.variance - cells.variance_v6))
        / nullIf(cells.octets, 0) AS share_wire_error95,
    cells.octets / nullIf(reverse.octets, 0) AS asymmetry,
    cells.links AS links,
    cells.ipv6_links AS ipv6_links,
    cells.capacity_bps AS capacity_bps,
    cells.ipv6_capacity_bps AS ipv6_capacity_bps,
    mean_bps / nullIf(cells.capacity_bps, 0) AS utilisation_mean,
    cells.reported_minutes / nullIf(cells.expected_minutes, 0) AS coverage
FROM
(
    SELECT origins.operator AS from_operator, targets.operator AS to_operator
    FROM ${database}.inventory_operators AS origins
    CROSS JOIN ${database}.inventory_operators AS targets
    WHERE origins.loaded_at = (SELECT max(loaded_at) FROM ${database}.inventory_versions)
        AND targets.loaded_at = (SELECT max(loaded_at) FROM ${database}.inventory_versions)
        AND origins.operator != targets.operator
) AS pairs
LEFT JOIN ${database}.operator_path_sums(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS cells
    ON cells.from_operator = pairs.from_operator AND cells.to_operator = pairs.to_operator
LEFT JOIN ${database}.operator_path_sums(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS reverse
    ON reverse.from_operator = pairs.to_operator AND reverse.to_operator = pairs.from_operator;

-- The busiest hour of each day of the reports' time zone: twelve consecutive 5-minute values within
-- the day with the highest sum. A day with fewer than twelve has none.
CREATE OR REPLACE VIEW ${database}.def_busy_hour_v1 ${on_cluster} AS
WITH
    toUInt64(intDiv(
        (toInt64(series.first_position) * 300
            + timezoneOffset(toDateTime(series.first_position * 300, '${time_zone}'))) % 86400,
        300)) AS lead,
    arrayResize([toUInt64(0)], lead, toUInt64(0)) AS zeros,
    arrayConcat(zeros, arrayResize(series.octets, series.values_in_period, 0)) AS octets,
    arrayConcat(zeros, arrayResize(series.octets_v6, series.values_in_period, 0)) AS octets_v6,
    length(octets) AS places,
    -- Element i is the sum of the twelve values from i on.
    arrayCumSum(octets) AS sums,
    arrayCumSum(octets_v6) AS sums_v6,
    arrayMap(
        (last, before) -> last - before,
        arraySlice(sums, 12), arrayPushFront(arraySlice(sums, 1, places - 12), toUInt64(0)))
        AS hours,
    arrayMap(
        (last, before) -> last - before,
        arraySlice(sums_v6, 12), arrayPushFront(arraySlice(sums_v6, 1, places - 12), toUInt64(0)))
        AS hours_v6,
    -- Of a day only those that begin and end in it and in the period.
    arrayJoin(arrayZip(
        arraySplit((hour, i) -> i % 288 = 0, hours, range(length(hours))),
        arraySplit((hour, i) -> i % 288 = 0, hours_v6, range(length(hours_v6))),
        range(toUInt64(intDiv(length(hours) + 287, 288))))) AS slice,
    if(slice.3 = 0, lead, 0) AS skipped,
    arraySlice(slice.1, skipped + 1, 277 - skipped) AS candidates,
    indexOf(candidates, arrayMax(candidates)) + skipped AS position,
    series.first_position * 300 - lead * 300 + slice.3 * 86400 AS day_begin
SELECT
    toDate(toDateTime(day_begin, '${time_zone}')) AS day,
    series.population.1 AS dimension,
    series.population.2 AS member,
    series.population.3 AS direction,
    toDateTime(day_begin + (position - 1) * 300, 'UTC') AS busy_hour,
    toHour(toDateTime(day_begin + (position - 1) * 300, '${time_zone}')) AS hour_of_day,
    arrayMax(candidates) * 8 / 3600 AS busy_hour_bps,
    slice.2[position] * 8 / 3600 AS busy_hour_bps_v6,
    busy_hour_bps - busy_hour_bps_v6 AS busy_hour_bps_v4,
    busy_hour_bps_v6 / nullIf(busy_hour_bps, 0) AS share_wire
FROM ${database}.population_series_5m(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS series
WHERE places >= 12 AND notEmpty(candidates);

-- Months, and how they changed against the month and the year before: growth of volumes as a
-- quotient, change of shares in points.
CREATE OR REPLACE VIEW ${database}.def_monthly_traffic_v1 ${on_cluster} AS
WITH
    greatest(
        least(
            toUnixTimestamp(toDateTime(
                addMonths(toStartOfMonth(toTimeZone(shares.bucket, '${time_zone}')), 1),
                '${time_zone}')),
            toUnixTimestamp(now())) - toUnixTimestamp(shares.bucket), 1) AS seconds,
    lagInFrame(shares.octets_v4 / seconds, 1) OVER months AS previous_v4,
    lagInFrame(shares.octets_v6 / seconds, 1) OVER months AS previous_v6,
    lagInFrame(toNullable(shares.share_wire), 1) OVER months AS previous_share,
    lagInFrame(shares.octets_v4 / seconds, 12) OVER months AS year_before_v4,
    lagInFrame(shares.octets_v6 / seconds, 12) OVER months AS year_before_v6,
    lagInFrame(toNullable(shares.share_wire), 12) OVER months AS year_before_share
SELECT
    toDate(toTimeZone(shares.bucket, '${time_zone}')) AS month,
    shares.dimension AS dimension,
    shares.member AS member,
    shares.direction AS direction,
    shares.octets AS octets,
    shares.octets_v4 AS octets_v4,
    shares.octets_v6 AS octets_v6,
    shares.octets * 8 / seconds AS mean_bps,
    shares.octets_v4 * 8 / seconds AS mean_bps_v4,
    shares.octets_v6 * 8 / seconds AS mean_bps_v6,
    shares.share_wire AS share_wire,
    shares.share_wire_error95 AS share_wire_error95,
    shares.share_native AS share_native,
    shares.share_native_error95 AS share_native_error95,
    shares.share_payload_lower AS share_payload_lower,
    shares.share_payload_upper AS share_payload_upper,
    shares.octets_v4 / seconds / nullIf(previous_v4, 0) - 1 AS growth_v4_month,
    shares.octets_v6 / seconds / nullIf(previous_v6, 0) - 1 AS growth_v6_month,
    shares.octets_v4 / seconds / nullIf(year_before_v4, 0) - 1 AS growth_v4_year,
    shares.octets_v6 / seconds / nullIf(year_before_v6, 0) - 1 AS growth_v6_year,
    shares.share_wire - previous_share AS share_wire_change_month,
    shares.share_wire - year_before_share AS share_wire_change_year,
    shares.coverage AS coverage,
    shares.loss AS loss,
    shares.provisional AS provisional
FROM ${database}.ipv6_share(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 2592000) AS shares
WINDOW months AS (
    PARTITION BY shares.dimension, shares.member, shares.direction
    ORDER BY shares.bucket ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING);

-- Figures that others published beside ours of that month, where there is a counterpart.
CREATE OR REPLACE VIEW ${database}.def_published_comparison_v1 ${on_cluster} AS
WITH
    figures.metric IN
        ('ipv6_traffic_backbone_direct_connect_points', 'ipv6_traffic_international_gateway',
        'total_ipv6_traffic_share', 'ipv6_interconnect_bandwidth_opened',
        'ipv6_international_bandwidth_opened', 'ipv6_international_bandwidth') AS has_counterpart
SELECT
    figures.as_of AS as_of,
    figures.month AS month,
    figures.metric AS metric,
    figures.value AS published_value,
    figures.unit AS unit,
    figures.source AS source,
    multiIf(
        figures.metric = 'ipv6_traffic_backbone_direct_connect_points',
            'interconnect_traffic_mean, IPv6, role interconnect',
        figures.metric = 'ipv6_traffic_international_gateway',
            'interconnect_traffic_mean, IPv6, role international',
        figures.metric = 'total_ipv6_traffic_share', 'ipv6_share_wire, all links of the inventory',
        figures.metric = 'ipv6_interconnect_bandwidth_opened',
            'ipv6_interconnect_bandwidth, role interconnect',
        figures.metric IN ('ipv6_international_bandwidth_opened', 'ipv6_international_bandwidth'),
            'ipv6_interconnect_bandwidth, role international',
        'none: not measured on interconnects') AS our_definition,
    multiIf(
        NOT has_counterpart OR figures.month IS NULL, NULL,
        figures.metric = 'ipv6_traffic_backbone_direct_connect_points',
            nullIf(traffic.interconnect_v6, 0) * 8 / traffic.seconds / 1e9,
        figures.metric = 'ipv6_traffic_international_gateway',
            nullIf(traffic.international_v6, 0) * 8 / traffic.seconds / 1e9,
        figures.metric = 'total_ipv6_traffic_share',
            100 * traffic.octets_v6 / nullIf(traffic.octets, 0),
        figures.metric = 'ipv6_interconnect_bandwidth_opened', capacity.interconnect_bps / 1e12,
        capacity.international_bps / 1e9) AS our_value,
    our_value - figures.value AS difference,
    our_value / nullIf(figures.value, 0) AS ratio
FROM ${database}.published_figures AS figures
LEFT JOIN
(
    SELECT
        toStartOfMonth(days.bucket) AS month,
        sum(days.octets) AS octets,
        sumIf(days.octets, days.ip_version = 6) AS octets_v6,
        sumIf(days.octets, days.ip_version = 6 AND links.role = 'interconnect') AS interconnect_v6,
        sumIf(days.octets, days.ip_version = 6 AND links.role = 'international')
            AS international_v6,
        least(
            toUnixTimestamp(toDateTime(addMonths(month, 1), '${time_zone}')),
            toUnixTimestamp(now()))
            - toUnixTimestamp(toDateTime(month, '${time_zone}')) AS seconds
    FROM ${database}.link_traffic_1d AS days
    LEFT JOIN ${database}.current_link_directions AS links
        ON links.link = days.link AND links.direction = days.direction
    GROUP BY month
) AS traffic ON traffic.month = figures.month
LEFT JOIN
(
    SELECT
        months.month AS month,
        sumIf(links.capacity_bps, links.role = 'interconnect') AS interconnect_bps,
        sumIf(links.capacity_bps, links.role = 'international') AS international_bps
    FROM
    (
        SELECT DISTINCT assumeNotNull(listed.month) AS month
        FROM ${database}.published_figures AS listed
        WHERE listed.month IS NOT NULL
    ) AS months
    CROSS JOIN ${database}.current_links AS links
    WHERE links.ipv6_enabled_on <= toLastDayOfMonth(months.month)
        AND links.capacity_from <= toLastDayOfMonth(months.month)
        AND links.capacity_until > toLastDayOfMonth(months.month)
    GROUP BY months.month
) AS capacity ON capacity.month = figures.month
WHERE figures.loaded_at = (SELECT max(loaded_at) FROM ${database}.inventory_versions);

INSERT INTO ${database}.definitions VALUES
('transition_mix', 1, 'fraction',
    ['def_transition_mix_v1', 'def_transition_mix_1m_v1', 'def_transition_mix_5m_v1',
    'def_transition_mix_1h_v1', 'def_transition_mix_1d_v1', 'def_transition_mix_1mo_v1'],
    ['from', 'until'], 'fraction',
    'a member of a dimension', 'as the dimension says',
    'sum(octets of a traffic class) / sum(octets)', 'traffic classes'),
('operator_matrix', 1, 'mean_bps', ['def_operator_matrix_v1'], ['from', 'until'], 'bit/s',
    'the links between two operators', 'from the one to the other',
    '8 * sum(octets) / seconds of the period',
    'interim rules on interconnection of backbones of 2001-09-29, article 5: matrix of members'),
('busy_hour', 1, 'busy_hour_bps', ['def_busy_hour_v1'], ['from', 'until'], 'bit/s',
    'a member of a dimension', 'as the dimension says',
    'of a day the highest mean of twelve consecutive 5-minute values',
    'interim measures on quality of communication between backbones: busy-hour mean'),
('monthly_growth_v6', 1, 'growth_v6_year', ['def_monthly_traffic_v1'], ['from', 'until'],
    'fraction',
    'a member of a dimension', 'as the dimension says',
    'mean bit/s of IPv6 in the month / that of the same month a year before - 1', 'traffic'),
('monthly_share_change', 1, 'share_wire_change_year', ['def_monthly_traffic_v1'],
    ['from', 'until'], 'fraction',
    'a member of a dimension', 'as the dimension says',
    'ipv6_share_wire of the month - that of the same month a year before', 'traffic'),
('published_comparison', 1, 'our_value', ['def_published_comparison_v1'], [],
    'as published',
    'as our_definition says', 'as our_definition says',
    'our number of the month under the definition named in our_definition',
    'the source of each published figure');
