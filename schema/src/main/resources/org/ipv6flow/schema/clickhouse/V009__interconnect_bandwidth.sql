-- Interconnect bandwidth is two things that are never mixed: capacity that the operators have
-- provisioned (what the national plan counts), and traffic on it.

-- Capacity of one direction of all links in service on a day, and of those with IPv6.
CREATE OR REPLACE VIEW ${database}.def_interconnect_bandwidth_v1 ${on_cluster} AS
SELECT
    {on:Date} AS on_day,
    population.1 AS dimension,
    population.2 AS member,
    sum(links.capacity_bps) AS capacity_bps,
    sumIf(links.capacity_bps, links.ipv6_enabled_on <= {on:Date}) AS ipv6_capacity_bps,
    sumIf(
        links.capacity_bps,
        links.ipv6_enabled_on <= {on:Date} AND links.role = 'interconnect')
        AS ipv6_interconnect_capacity_bps,
    ipv6_capacity_bps / nullIf(capacity_bps, 0) AS ipv6_capacity_fraction,
    count() AS links,
    countIf(links.ipv6_enabled_on <= {on:Date}) AS ipv6_links,
    uniqExact(links.node) AS nodes,
    uniqExactIf(links.node, links.ipv6_enabled_on <= {on:Date}) AS ipv6_nodes
FROM ${database}.current_link_populations AS links
ARRAY JOIN links.populations AS population
WHERE links.capacity_from <= {on:Date} AND links.capacity_until > {on:Date}
GROUP BY population;

-- The same after every day on which something changed anywhere.
CREATE OR REPLACE VIEW ${database}.def_interconnect_bandwidth_history_v1 ${on_cluster} AS
SELECT
    days.day AS on_day,
    population.1 AS dimension,
    population.2 AS member,
    sum(links.capacity_bps) AS capacity_bps,
    sumIf(links.capacity_bps, links.ipv6_enabled_on <= days.day) AS ipv6_capacity_bps,
    sumIf(
        links.capacity_bps, links.ipv6_enabled_on <= days.day AND links.role = 'interconnect')
        AS ipv6_interconnect_capacity_bps,
    count() AS links,
    countIf(links.ipv6_enabled_on <= days.day) AS ipv6_links,
    uniqExact(links.node) AS nodes,
    uniqExactIf(links.node, links.ipv6_enabled_on <= days.day) AS ipv6_nodes
FROM
(
    SELECT DISTINCT arrayJoin(
        [changes.ipv6_enabled_on, changes.capacity_from, changes.capacity_until]) AS day
    FROM ${database}.current_links AS changes
) AS days
CROSS JOIN ${database}.current_link_populations AS links
ARRAY JOIN links.populations AS population
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
    capacity_bps / nullIf(target_bps, 0) AS progress,
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

-- The 5-minute values of every link direction as arrays: element i is of the i-th bucket that begins
-- in [from, until) and has begun. Sums over links are sums of arrays (sumForEach), which costs a
-- tenth of a hash table of buckets and members. Values come in any order and not of every bucket: they
-- are put in their places.
CREATE OR REPLACE VIEW ${database}.link_series_5m ${on_cluster} AS
WITH
    intDiv(toUnixTimestamp({from:DateTime('UTC')}) + 299, 300) AS first,
    toUInt64(greatest(
        0,
        toInt64(intDiv(
            least(toUnixTimestamp({until:DateTime('UTC')}), toUnixTimestamp(now())) + 299, 300))
        - first)) AS value_count,
    rows.positions = CAST(range(value_count), 'Array(Int64)') AS is_dense,
    arraySort(rows.positions) AS places,
    arrayConcat(
        [places[1]], arrayMap(distance -> distance - 1, arrayPopFront(arrayDifference(places))))
        AS gaps
SELECT
    rows.link AS link,
    rows.direction AS direction,
    if(
        is_dense, rows.v,
        arrayFlatten(arrayMap(
            (value, gap) -> arrayPushBack(arrayResize(emptyArrayUInt64(), gap, 0), value),
            arraySort((value, place) -> place, rows.v, rows.positions), gaps))) AS octets,
    if(
        is_dense, rows.v4,
        arrayFlatten(arrayMap(
            (value, gap) -> arrayPushBack(arrayResize(emptyArrayUInt64(), gap, 0), value),
            arraySort((value, place) -> place, rows.v4, rows.positions), gaps))) AS octets_v4,
    if(
        is_dense, rows.v6,
        arrayFlatten(arrayMap(
            (value, gap) -> arrayPushBack(arrayResize(emptyArrayUInt64(), gap, 0), value),
            arraySort((value, place) -> place, rows.v6, rows.positions), gaps))) AS octets_v6
FROM
(
    SELECT
        totals.link AS link,
        totals.direction AS direction,
        groupArray(toInt64(intDiv(toUnixTimestamp(totals.bucket), 300))
            - intDiv(toUnixTimestamp({from:DateTime('UTC')}) + 299, 300)) AS positions,
        groupArray(totals.octets) AS v,
        groupArray(totals.octets_v4) AS v4,
        groupArray(totals.octets_v6) AS v6
    FROM ${database}.link_direction_totals(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 300) AS totals
    WHERE totals.bucket <= now()
    GROUP BY totals.link, totals.direction
) AS rows;

-- Usable capacity of one direction of each link, as its mean over the period.
CREATE OR REPLACE VIEW ${database}.link_capacity_of_period ${on_cluster} AS
WITH
    toUnixTimestamp({from:DateTime('UTC')}) AS first,
    least(toUnixTimestamp({until:DateTime('UTC')}), toUnixTimestamp(now())) AS last,
    '2106-01-01' AS end_of_time
SELECT
    links.link AS link,
    sum(
        links.capacity_bps * toFloat64(greatest(
            0,
            toInt64(least(
                last,
                toUnixTimestamp(
                    toString(least(links.capacity_until, toDate(end_of_time))), '${time_zone}')))
            - greatest(first, toUnixTimestamp(toString(links.capacity_from), '${time_zone}')))))
        / nullIf(toInt64(last) - first, 0) AS capacity_bps
FROM ${database}.current_links AS links
GROUP BY links.link;

-- The same summed over the members of every dimension.
CREATE OR REPLACE VIEW ${database}.population_series_5m ${on_cluster} AS
WITH
    intDiv(toUnixTimestamp({from:DateTime('UTC')}) + 299, 300) AS first,
    toUInt64(greatest(
        0,
        toInt64(intDiv(
            least(toUnixTimestamp({until:DateTime('UTC')}), toUnixTimestamp(now())) + 299, 300))
        - first)) AS value_count
SELECT
    parts.population AS population,
    any(first) AS first_position,
    any(value_count) AS values_in_period,
    sumForEach(parts.octets) AS octets,
    sumForEach(parts.octets_v4) AS octets_v4,
    sumForEach(parts.octets_v6) AS octets_v6
FROM
(
    -- A link is one of those with IPv6 from the day on which that was enabled: before, its
    -- values are 0 there.
    WITH
        least(
            toUInt64(greatest(
                0,
                toInt64(intDiv(
                    toUnixTimestamp(toString(least(
                        links.ipv6_enabled_on, toDate('2106-01-01'))), '${time_zone}'),
                    300))
                - first)),
            value_count) AS values_without_ipv6,
        arrayJoin(if(
            empty(links.populations),
            [
                (('all', 'all', 'both'), toUInt64(0)),
                (('role', 'unlisted', 'both'), toUInt64(0)),
                (('link', toString(traffic.link), 'both'), toUInt64(0)),
                (('link', toString(traffic.link), toString(traffic.direction)), toUInt64(0))
            ],
            arrayPushBack(
                arrayMap(population -> (population, toUInt64(0)), links.populations),
                (('ipv6_enabled', links.role, 'both'), values_without_ipv6)))) AS entry,
        arrayResize([toUInt64(0)], entry.2, toUInt64(0)) AS zeros
    SELECT
        entry.1 AS population,
        if(
            entry.2 = 0, traffic.octets,
            arrayConcat(zeros, arraySlice(traffic.octets, entry.2 + 1))) AS octets,
        if(
            entry.2 = 0, traffic.octets_v4,
            arrayConcat(zeros, arraySlice(traffic.octets_v4, entry.2 + 1))) AS octets_v4,
        if(
            entry.2 = 0, traffic.octets_v6,
            arrayConcat(zeros, arraySlice(traffic.octets_v6, entry.2 + 1))) AS octets_v6
    FROM ${database}.link_series_5m(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS traffic
    LEFT JOIN ${database}.current_link_directions AS links
        ON links.link = traffic.link AND links.direction = traffic.direction
    UNION ALL
    -- Silence is 0 bit/s: members of which nothing was seen have a row, too.
    SELECT
        arrayJoin(silent.populations),
        CAST([], 'Array(UInt64)'), CAST([], 'Array(UInt64)'), CAST([], 'Array(UInt64)')
    FROM ${database}.current_link_directions AS silent
) AS parts
GROUP BY parts.population;

-- Traffic on the links: mean, 95th percentile and peak of 5-minute values. Of n values the highest
-- floor(n / 20) are left out, the highest that remains is the 95th percentile. A bucket without
-- traffic is a value of 0; coverage says how much was not seen.
CREATE OR REPLACE VIEW ${database}.def_interconnect_traffic_v1 ${on_cluster} AS
WITH
    series.first_position AS first,
    series.values_in_period AS value_count,
    arrayPartialReverseSort(intDiv(value_count, 20) + 1, series.family.2) AS highest
SELECT
    series.population.1 AS dimension,
    series.population.2 AS member,
    series.population.3 AS direction,
    series.family.1 AS ip_version,
    arraySum(series.family.2) * 8 / 300 / nullIf(value_count, 0) AS mean_bps,
    highest[intDiv(value_count, 20) + 1] * 8 / 300 AS p95_bps,
    highest[intDiv(value_count, 100) + 1] * 8 / 300 AS p99_bps,
    highest[1] * 8 / 300 AS peak_bps,
    toDateTime(300 * (first + greatest(indexOf(series.family.2, highest[1]), 1) - 1), 'UTC') AS peak_at,
    frames.capacity_bps AS capacity_bps,
    mean_bps / nullIf(frames.capacity_bps, 0) AS utilisation_mean,
    p95_bps / nullIf(frames.capacity_bps, 0) AS utilisation_p95,
    peak_bps / nullIf(frames.capacity_bps, 0) AS utilisation_peak,
    value_count AS samples,
    frames.reported_minutes / nullIf(frames.expected_minutes, 0) AS coverage,
    toDateTime(300 * (first + value_count), 'UTC')
        > (SELECT final_until FROM ${database}.watermark) AS provisional
FROM
(
    SELECT
        sums.population AS population,
        sums.first_position AS first_position,
        sums.values_in_period AS values_in_period,
        arrayJoin([(0, sums.octets), (4, sums.octets_v4), (6, sums.octets_v6)]) AS family
    FROM ${database}.population_series_5m(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS sums
) AS series
LEFT JOIN
(
    SELECT
        arrayJoin(if(
            links.ipv6_enabled,
            arrayPushBack(links.populations, ('ipv6_enabled', links.role, 'both')),
            links.populations)) AS population,
        sum(capacities.capacity_bps) AS capacity_bps,
        sum(links.expected_minutes) AS expected_minutes,
        sum(links.reported_minutes) AS reported_minutes
    FROM ${database}.link_direction_buckets(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 0) AS links
    LEFT JOIN ${database}.link_capacity_of_period(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS capacities
        ON capacities.link = links.link
    GROUP BY population
) AS frames ON frames.population = series.population;
