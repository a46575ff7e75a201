-- Interconnect bandwidth is two things that are never mixed: capacity that the operators have
-- provisioned (what the national plan counts), and traffic on it.

-- Capacity of one direction of all links in service on a day, by role, and of those with IPv6.
CREATE OR REPLACE VIEW ${database}.def_interconnect_bandwidth_v1 ${on_cluster} AS
SELECT
    {on:Date} AS on_day,
    population,
    sum(links.capacity_bps) AS capacity_bps,
    sumIf(links.capacity_bps, links.ipv6_enabled_on <= {on:Date}) AS ipv6_capacity_bps,
    count() AS links,
    countIf(links.ipv6_enabled_on <= {on:Date}) AS ipv6_links,
    uniqExact(links.node) AS nodes,
    uniqExactIf(links.node, links.ipv6_enabled_on <= {on:Date}) AS ipv6_nodes
FROM ${database}.current_links AS links
ARRAY JOIN ['all', toString(links.role)] AS population
WHERE links.capacity_from <= {on:Date} AND links.capacity_until > {on:Date}
GROUP BY population;

-- The same after every day on which something changed.
CREATE OR REPLACE VIEW ${database}.def_interconnect_bandwidth_history_v1 ${on_cluster} AS
SELECT
    days.day AS on_day,
    population,
    sum(links.capacity_bps) AS capacity_bps,
    sumIf(links.capacity_bps, links.ipv6_enabled_on <= days.day) AS ipv6_capacity_bps,
    count() AS links,
    countIf(links.ipv6_enabled_on <= days.day) AS ipv6_links
FROM
(
    SELECT DISTINCT arrayJoin(
        [changes.ipv6_enabled_on, changes.capacity_from, changes.capacity_until]) AS day
    FROM ${database}.current_links AS changes
) AS days
CROSS JOIN ${database}.current_links AS links
ARRAY JOIN ['all', toString(links.role)] AS population
WHERE links.capacity_from <= days.day AND links.capacity_until > days.day
    AND days.day <= toDate(now(), '${time_zone}')
GROUP BY days.day, population;

-- The plans' targets for IPv6 interconnect bandwidth against the capacity provisioned when they
-- were due, or today if they are not yet.
CREATE OR REPLACE VIEW ${database}.def_plan_progress_v1 ${on_cluster} AS
SELECT
    targets.document AS document,
    targets.due AS due,
    targets.comparison AS comparison,
    targets.value * 1e12 AS target_bps,
    least(targets.due, toDate(now(), '${time_zone}')) AS measured_on,
    sumIf(
        links.capacity_bps,
        links.ipv6_enabled_on <= measured_on
            AND links.capacity_from <= measured_on AND links.capacity_until > measured_on)
        AS capacity_bps,
    greatest(0, target_bps - capacity_bps) AS gap_bps,
    if(targets.comparison = '>', capacity_bps > target_bps, capacity_bps >= target_bps) AS met,
    targets.due <= toDate(now(), '${time_zone}') AS is_due,
    sumIf(
        links.capacity_bps,
        links.ipv6_enabled_on <= toDate(now(), '${time_zone}')
            AND links.capacity_from <= toDate(now(), '${time_zone}')
            AND links.capacity_until > toDate(now(), '${time_zone}')) AS current_capacity_bps,
    targets.source AS source
FROM ${database}.plan_targets AS targets
CROSS JOIN ${database}.current_links AS links
WHERE targets.loaded_at = (SELECT max(loaded_at) FROM ${database}.inventory_versions)
    AND targets.metric = 'ipv6_interconnect_bandwidth' AND targets.unit = 'Tbps'
    AND links.role = 'interconnect'
GROUP BY
    targets.document, targets.due, targets.comparison, targets.value, targets.source;

-- Traffic on the links: mean, 95th percentile and peak of 5-minute values. Of n values the highest
-- floor(n / 20) are left out, the highest that remains is the 95th percentile. A bucket without
-- traffic is a value of 0.
CREATE OR REPLACE VIEW ${database}.def_interconnect_traffic_v1 ${on_cluster} AS
WITH
    (
        SELECT count()
        FROM ${database}.buckets(
            from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 300)
    ) AS values_in_period
SELECT
    series.population.1 AS dimension,
    series.population.2 AS member,
    series.population.3 AS direction,
    family.1 AS ip_version,
    sum(family.2 AS octets) * 8 / 300 / nullIf(values_in_period, 0) AS mean_bps,
    arrayReverseSort(groupArray(octets))[intDiv(values_in_period, 20) + 1] * 8 / 300 AS p95_bps,
    max(octets) * 8 / 300 AS peak_bps,
    argMax(series.bucket, (octets, -toUnixTimestamp(series.bucket))) AS peak_at,
    values_in_period AS samples
FROM
(
    SELECT
        sums.bucket AS bucket,
        arrayJoin(multiIf(
            empty(links.populations),
            [('all', 'all', 'both'), ('role', 'unlisted', 'both')],
            links.ipv6_enabled_on <= toDate(sums.bucket, '${time_zone}'),
            arrayPushBack(links.populations, ('ipv6_enabled', links.role, 'both')),
            links.populations)) AS population,
        sum(sums.octets) AS octets_all,
        sum(sums.octets_v4) AS octets_v4,
        sum(sums.octets_v6) AS octets_v6
    FROM ${database}.link_direction_sums(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 300) AS sums
    LEFT JOIN ${database}.current_link_directions AS links
        ON links.link = sums.link AND links.direction = sums.direction
    GROUP BY sums.bucket, population
) AS series
ARRAY JOIN
    [(0, series.octets_all), (4, series.octets_v4), (6, series.octets_v6)] AS family
GROUP BY series.population, family.1;
