-- Published numbers from the tables that tell link traffic apart further: who, where, which service,
-- which prefix; and what second observers say. docs/definitions.md defines the columns.

-- Traffic of pairs of AS on every link direction over a period, cut to the minute: full hours from the
-- hourly rollup, the minutes at their edges from the minutes.
CREATE OR REPLACE VIEW ${database}.def_as_traffic_v1 ${on_cluster} AS
WITH
    toStartOfMinute({from:DateTime('UTC')}) AS minute_from,
    greatest(toStartOfMinute({until:DateTime('UTC')}), minute_from) AS minute_until,
    least(toStartOfHour(minute_from + 3599), minute_until) AS hour_from,
    greatest(toStartOfHour(minute_until), hour_from) AS hour_until
SELECT
    rows.link AS link,
    rows.direction AS direction,
    rows.ip_version AS ip_version,
    rows.source_as AS source_as,
    rows.destination_as AS destination_as,
    -- The pairs that were not among the largest of their minute.
    rows.source_as = 4294967295 AS is_other,
    sum(rows.octets) AS octets,
    1.96 * sqrt(sum(rows.octets_variance)) AS octets_error95,
    sum(rows.packets) AS packets,
    sum(rows.records) AS records,
    octets * 8 / greatest(1, dateDiff('second', minute_from, least(minute_until, now()))) AS mean_bps
FROM
(
    SELECT
        hours.link AS link, hours.direction AS direction, hours.ip_version AS ip_version,
        hours.source_as AS source_as, hours.destination_as AS destination_as,
        hours.octets AS octets, hours.packets AS packets, hours.records AS records,
        hours.octets_variance AS octets_variance
    FROM ${database}.as_traffic_1h AS hours
    WHERE hours.bucket >= hour_from AND hours.bucket < hour_until
    UNION ALL
    SELECT
        minutes.link, minutes.direction, minutes.ip_version, minutes.source_as,
        minutes.destination_as, minutes.octets, minutes.packets, minutes.records,
        minutes.octets_variance
    FROM ${database}.as_traffic_1m AS minutes
    WHERE (minutes.bucket >= minute_from AND minutes.bucket < hour_from)
        OR (minutes.bucket >= hour_until AND minutes.bucket < minute_until)
) AS rows
GROUP BY
    rows.link, rows.direction, rows.ip_version, rows.source_as, rows.destination_as;

-- Traffic by who and where is at one side of the flows, over a period cut to five minutes: whole days
-- from the daily rollup, hours and five minutes at its edges.
CREATE OR REPLACE VIEW ${database}.organisation_traffic_rows ${on_cluster} AS
WITH
    toStartOfFiveMinutes({from:DateTime('UTC')}) AS five_from,
    greatest(toStartOfFiveMinutes({until:DateTime('UTC')}), five_from) AS five_until,
    least(toStartOfHour(five_from + 3599), five_until) AS hour_from,
    greatest(toStartOfHour(five_until), hour_from) AS hour_until,
    toTimeZone(toStartOfDay(hour_from, '${time_zone}'), 'UTC') AS day_of_hour_from,
    toTimeZone(addDays(toStartOfDay(hour_from, '${time_zone}'), 1), 'UTC') AS day_after_hour_from,
    least(if(day_of_hour_from = hour_from, hour_from, day_after_hour_from), hour_until) AS day_from,
    greatest(toTimeZone(toStartOfDay(hour_until, '${time_zone}'), 'UTC'), day_from) AS day_until
SELECT
    days.link AS link, days.direction AS direction, days.ip_version AS ip_version,
    days.side AS side, days.organisation AS organisation,
    days.organisation_kind AS organisation_kind, days.industry AS industry,
    days.operator AS operator, days.province AS province, days.region AS region,
    days.access AS access, days.octets AS octets, days.octets_variance AS octets_variance
FROM ${database}.organisation_traffic_1d AS days
WHERE days.bucket >= day_from AND days.bucket < day_until
UNION ALL
SELECT
    hours.link, hours.direction, hours.ip_version, hours.side, hours.organisation,
    hours.organisation_kind, hours.industry, hours.operator, hours.province, hours.region,
    hours.access, hours.octets, hours.octets_variance
FROM ${database}.organisation_traffic_1h AS hours
WHERE (hours.bucket >= hour_from AND hours.bucket < day_from)
    OR (hours.bucket >= day_until AND hours.bucket < hour_until)
UNION ALL
SELECT
    fives.link, fives.direction, fives.ip_version, fives.side, fives.organisation,
    fives.organisation_kind, fives.industry, fives.operator, fives.province, fives.region,
    fives.access, fives.octets, fives.octets_variance
FROM ${database}.organisation_traffic_5m AS fives
WHERE (fives.bucket >= five_from AND fives.bucket < hour_from)
    OR (fives.bucket >= hour_until AND fives.bucket < five_until);

-- The same by one dimension at a time, with share and rank in it. A member that the inventory does
-- not know is 'unlisted'.
CREATE OR REPLACE VIEW ${database}.def_party_traffic_v1 ${on_cluster} AS
SELECT
    sums.side AS side,
    sums.party.1 AS dimension,
    sums.party.2 AS member,
    sums.octets AS octets,
    sums.octets_v4 AS octets_v4,
    sums.octets_v6 AS octets_v6,
    1.96 * sqrt(sums.variance) AS octets_error95,
    sums.octets_v6 / nullIf(sums.octets, 0) AS share_wire,
    1.96 * sqrt(
        pow(1 - share_wire, 2) * sums.variance_v6
        + pow(share_wire, 2) * (sums.variance - sums.variance_v6))
        / nullIf(sums.octets, 0) AS share_wire_error95,
    sums.octets / nullIf(sum(sums.octets) OVER (PARTITION BY sums.side, sums.party.1), 0)
        AS fraction,
    rank() OVER (PARTITION BY sums.side, sums.party.1 ORDER BY sums.octets DESC) AS octets_rank,
    rank() OVER (
        PARTITION BY sums.side, sums.party.1 ORDER BY sums.octets_v6 / greatest(sums.octets, 1) DESC)
        AS share_rank
FROM
(
    SELECT
        rows.side AS side,
        arrayJoin([
            ('organisation', if(rows.organisation = '', 'unlisted', rows.organisation)),
            ('organisation_kind', if(rows.organisation_kind = '', 'unlisted', rows.organisation_kind)),
            ('industry', if(rows.industry = '', 'unlisted', rows.industry)),
            ('operator', if(rows.operator = '', 'unlisted', rows.operator)),
            ('province', if(rows.province = '', 'unlisted', rows.province)),
            ('region', if(rows.region = '', 'unlisted', rows.region)),
            ('access', if(rows.access = '', 'unlisted', rows.access))]) AS party,
        sum(rows.octets) AS octets,
        sumIf(rows.octets, rows.ip_version = 4) AS octets_v4,
        sumIf(rows.octets, rows.ip_version = 6) AS octets_v6,
        sum(rows.octets_variance) AS variance,
        sumIf(rows.octets_variance, rows.ip_version = 6) AS variance_v6
    FROM ${database}.organisation_traffic_rows(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS rows
    GROUP BY rows.side, party
) AS sums;

-- Where traffic is handed over against where its ends are: octets from a province of the source, at
-- a node's province. What is handed over elsewhere was hauled there.
CREATE OR REPLACE VIEW ${database}.def_hauled_traffic_v1 ${on_cluster} AS
SELECT
    rows.side AS side,
    if(rows.province = '', 'unlisted', rows.province) AS party_province,
    links.province AS node_province,
    links.operator_pair AS operator_pair,
    party_province != 'unlisted' AND lower(replaceAll(party_province, ' ', ''))
        != lower(replaceAll(node_province, ' ', '')) AS is_hauled,
    sum(rows.octets) AS octets,
    sumIf(rows.octets, rows.ip_version = 6) AS octets_v6,
    octets * 8 / greatest(1, dateDiff(
        'second', {from:DateTime('UTC')}, least({until:DateTime('UTC')}, now()))) AS mean_bps
FROM ${database}.organisation_traffic_rows(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS rows
INNER JOIN ${database}.current_link_directions AS links
    ON links.link = rows.link AND links.direction = rows.direction
GROUP BY rows.side, party_province, links.province, links.operator_pair;

-- Traffic whose source address is in no allocation that the inventory lists, or in that of another
-- operator than the one that hands it over. Sums only: no address is in it.
CREATE OR REPLACE VIEW ${database}.def_source_allocation_v1 ${on_cluster} AS
SELECT
    links.from_operator AS from_operator,
    multiIf(
        rows.operator = '', 'unlisted', rows.operator = links.from_operator, 'own', 'other operator')
        AS allocation,
    rows.ip_version AS ip_version,
    sum(rows.octets) AS octets,
    1.96 * sqrt(sum(rows.octets_variance)) AS octets_error95,
    octets / nullIf(sum(octets) OVER (PARTITION BY from_operator, ip_version), 0) AS fraction
FROM ${database}.organisation_traffic_rows(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS rows
INNER JOIN ${database}.current_link_directions AS links
    ON links.link = rows.link AND links.direction = rows.direction
WHERE rows.side = 'source'
GROUP BY links.from_operator, allocation, rows.ip_version;

-- Traffic by protocol and service on every link direction over a period, cut to five minutes.
CREATE OR REPLACE VIEW ${database}.def_service_traffic_v1 ${on_cluster} AS
WITH
    toStartOfFiveMinutes({from:DateTime('UTC')}) AS five_from,
    greatest(toStartOfFiveMinutes({until:DateTime('UTC')}), five_from) AS five_until,
    least(toStartOfHour(five_from + 3599), five_until) AS hour_from,
    greatest(toStartOfHour(five_until), hour_from) AS hour_until
SELECT
    rows.link AS link,
    rows.direction AS direction,
    rows.protocol AS protocol,
    rows.service AS service,
    sum(rows.octets) AS octets,
    sumIf(rows.octets, rows.ip_version = 4) AS octets_v4,
    sumIf(rows.octets, rows.ip_version = 6) AS octets_v6,
    1.96 * sqrt(sum(rows.octets_variance)) AS octets_error95,
    octets_v6 / nullIf(octets, 0) AS share_wire
FROM
(
    SELECT
        hours.link AS link, hours.direction AS direction, hours.ip_version AS ip_version,
        hours.protocol AS protocol, hours.service AS service, hours.octets AS octets,
        hours.octets_variance AS octets_variance
    FROM ${database}.service_traffic_1h AS hours
    WHERE hours.bucket >= hour_from AND hours.bucket < hour_until
    UNION ALL
    SELECT
        fives.link, fives.direction, fives.ip_version, fives.protocol, fives.service, fives.octets,
        fives.octets_variance
    FROM ${database}.service_traffic_5m AS fives
    WHERE (fives.bucket >= five_from AND fives.bucket < hour_from)
        OR (fives.bucket >= hour_until AND fives.bucket < five_until)
) AS rows
GROUP BY rows.link, rows.direction, rows.protocol, rows.service;

-- Truncated prefixes, from the flow records that were kept: an estimate for finding out, with the
-- number of records it rests on. Not for counting.
CREATE OR REPLACE VIEW ${database}.def_prefix_traffic_v1 ${on_cluster} AS
SELECT
    samples.link AS link,
    samples.direction AS direction,
    samples.ip_version AS ip_version,
    place.1 AS side,
    place.2 AS prefix,
    sum(samples.octets * samples.one_in) AS octets,
    count() AS records,
    -- Of records of equal size; unequal ones make it larger.
    1.96 * octets / sqrt(records) AS octets_error95
FROM ${database}.flow_samples AS samples
ARRAY JOIN
    [('source', samples.source_prefix), ('destination', samples.destination_prefix)] AS place
WHERE samples.time >= {from:DateTime('UTC')} AND samples.time < {until:DateTime('UTC')}
GROUP BY samples.link, samples.direction, samples.ip_version, place;

-- Two-ended disagreement of a period, cut to the minute, by link direction and second observer.
CREATE OR REPLACE VIEW ${database}.def_two_ended_disagreement_v1 ${on_cluster} AS
SELECT
    checks.link AS link,
    checks.direction AS direction,
    checks.exporter AS address,
    checks.interface AS interface,
    checks.meter AS meter,
    sum(checks.counted) AS octets_counted,
    sum(checks.other) AS octets_other,
    abs(toFloat64(octets_counted) - octets_other)
        / nullIf(greatest(octets_counted, octets_other), 0) AS disagreement,
    1.96 * sqrt(sum(checks.counted_variance) + sum(checks.other_variance))
        / nullIf(greatest(octets_counted, octets_other), 0) AS disagreement_error95,
    -- More than sampling explains, and more than the twentieth that clocks and ends of flows may.
    ifNull(disagreement > 0.05 + disagreement_error95, 0) AS is_doubtful
FROM
(
    SELECT
        others.link AS link, others.direction AS direction, others.exporter AS exporter,
        others.interface AS interface, others.meter AS meter,
        others.octets AS other, others.variance AS other_variance,
        counted.octets AS counted, counted.variance AS counted_variance
    FROM
    (
        SELECT
            rows.link AS link, rows.direction AS direction, rows.exporter AS exporter,
            rows.interface AS interface, rows.meter AS meter,
            sum(rows.octets) AS octets, sum(rows.octets_variance) AS variance
        FROM ${database}.link_cross_check_1m AS rows
        WHERE rows.bucket >= toStartOfMinute({from:DateTime('UTC')})
            AND rows.bucket < toStartOfMinute({until:DateTime('UTC')})
        GROUP BY rows.link, rows.direction, rows.exporter, rows.interface, rows.meter
    ) AS others
    LEFT JOIN
    (
        SELECT
            totals.link AS link, totals.direction AS direction,
            totals.octets AS octets, totals.variance AS variance
        FROM ${database}.link_direction_totals(
            from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 0) AS totals
    ) AS counted ON counted.link = others.link AND counted.direction = others.direction
) AS checks
GROUP BY checks.link, checks.direction, checks.exporter, checks.interface, checks.meter;

INSERT INTO ${database}.definitions VALUES
('as_traffic', 1, 'octets', ['def_as_traffic_v1'], ['from', 'until'], 'octets',
    'a link direction', 'a_to_b or b_to_a',
    'sum(octets) by IP version, source and destination AS', 'IE 16, 17; RFC 7300 for the others'),
('party_traffic', 1, 'share_wire', ['def_party_traffic_v1'], ['from', 'until'], 'fraction',
    'an organisation, kind, industry, operator, province, region or access at one side of the flows',
    'both',
    'sum(octets of IP version 6) / sum(octets) of flows with it at the side', 'inventory'),
('hauled_traffic', 1, 'octets', ['def_hauled_traffic_v1'], ['from', 'until'], 'octets',
    'the links of an operator pair in a province', 'both',
    'sum(octets) by province of the address at a side and province of the node', 'inventory'),
('source_allocation', 1, 'fraction', ['def_source_allocation_v1'], ['from', 'until'], 'fraction',
    'links from an operator', 'out of it',
    'sum(octets whose source address is in its own, another, or no listed allocation) / sum(octets)',
    'inventory'),
('service_traffic', 1, 'octets', ['def_service_traffic_v1'], ['from', 'until'], 'octets',
    'a link direction', 'a_to_b or b_to_a',
    'sum(octets) by protocol and service', 'IE 4, 7, 11; RFC 6335'),
('prefix_traffic', 1, 'octets', ['def_prefix_traffic_v1'], ['from', 'until'], 'octets',
    'a link direction', 'a_to_b or b_to_a',
    'sum(octets * one_in) of kept flow records by truncated prefix', 'flow records'),
('two_ended_disagreement', 1, 'disagreement', ['def_two_ended_disagreement_v1'],
    ['from', 'until'], 'fraction',
    'a link direction and a second observer of it', 'a_to_b or b_to_a',
    '|counted - other| / max(counted, other)', 'traffic');
