-- Percentiles of links and settlement between parties, from 5-minute values in which a value that is
-- missing is told apart from one that is 0. docs/definitions.md defines the columns.

-- Of every link direction in service: its 5-minute values as arrays, and the state of each: 1
-- present, 0 missing (the exporter did not report and nothing was seen), 2 not in service.
CREATE OR REPLACE VIEW ${database}.link_samples_5m ${on_cluster} AS
WITH
    intDiv(toUnixTimestamp({from:DateTime('UTC')}) + 299, 300) AS first,
    toUInt64(greatest(
        0,
        toInt64(intDiv(
            least(toUnixTimestamp({until:DateTime('UTC')}), toUnixTimestamp(now())) + 299, 300))
        - first)) AS value_count,
    intDiv(first, 12) AS first_hour,
    toInt64(intDiv(toUnixTimestamp(toString(links.in_service_from), '${time_zone}'), 300)) - first
        AS service_from,
    toInt64(intDiv(
        toUnixTimestamp(
            toString(least(links.in_service_until, toDate('2106-01-01'))), '${time_zone}'), 300))
        - first AS service_until
SELECT
    links.link AS link,
    links.direction AS direction,
    links.node AS node,
    links.a_operator AS a_operator,
    links.b_operator AS b_operator,
    links.from_operator AS from_operator,
    links.to_operator AS to_operator,
    links.role AS role,
    first AS first_position,
    value_count AS values_in_period,
    arrayResize(traffic.octets, value_count, 0) AS octets,
    arrayResize(traffic.octets_v4, value_count, 0) AS octets_v4,
    arrayResize(traffic.octets_v6, value_count, 0) AS octets_v6,
    arrayMap(
        (value, is_reported, i) -> toUInt8(multiIf(
            i < service_from OR i >= service_until, 2,
            value > 0 OR is_reported, 1,
            0)),
        octets,
        arrayResize(
            arraySlice(reporting.reported, first - 12 * first_hour + 1, value_count), value_count,
            toUInt8(0)),
        range(value_count)) AS states
FROM ${database}.current_link_directions AS links
LEFT JOIN ${database}.link_series_5m(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS traffic
    ON traffic.link = links.link AND traffic.direction = links.direction
LEFT JOIN
(
    -- Bits 5 s … 5 s + 4 of an hour are the minutes of its s-th five.
    SELECT
        hours.exporter AS exporter,
        arrayFlatten(arrayMap(
            minutes -> arrayMap(
                s -> toUInt8(bitAnd(minutes, bitShiftLeft(toUInt64(31), 5 * s)) != 0), range(12)),
            groupArrayInsertAt(toUInt64(0))(
                hours.minutes,
                toUInt32(intDiv(toUnixTimestamp(hours.bucket), 3600)
                    - intDiv(intDiv(toUnixTimestamp({from:DateTime('UTC')}) + 299, 300), 12)))))
            AS reported
    FROM ${database}.exporter_reporting(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 300) AS hours
    WHERE intDiv(toUnixTimestamp(hours.bucket), 3600)
        >= intDiv(intDiv(toUnixTimestamp({from:DateTime('UTC')}) + 299, 300), 12)
    GROUP BY hours.exporter
) AS reporting ON reporting.exporter = links.exporter_address
WHERE service_from < toInt64(value_count) AND service_until > 0;

-- Mean, percentiles and peak of every link direction in service, silent ones included. Values that
-- are missing are left out, and counted; of n present ones the floor(n / 20) highest lie above the
-- 95th percentile.
CREATE OR REPLACE VIEW ${database}.def_link_statistics_v1 ${on_cluster} AS
WITH
    arrayJoin([(0, series.octets), (4, series.octets_v4), (6, series.octets_v6)]) AS family,
    series.values_in_period - countEqual(series.states, 2) AS expected,
    expected - countEqual(series.states, 0) AS present,
    arrayPartialReverseSort(intDiv(present, 20) + 1, family.2) AS highest
SELECT
    series.link AS link,
    series.direction AS direction,
    series.node AS node,
    series.a_operator AS a_operator,
    series.b_operator AS b_operator,
    series.from_operator AS from_operator,
    series.to_operator AS to_operator,
    series.role AS role,
    family.1 AS ip_version,
    capacities.capacity_bps AS capacity_bps,
    if(present = 0, NULL, arraySum(family.2) * 8 / 300 / nullIf(present, 0)) AS mean_bps,
    if(present = 0, NULL, highest[intDiv(present, 20) + 1] * 8 / 300) AS p95_bps,
    if(present = 0, NULL, highest[intDiv(present, 100) + 1] * 8 / 300) AS p99_bps,
    if(present = 0, NULL, highest[1] * 8 / 300) AS peak_bps,
    if(
        present = 0, NULL,
        toDateTime(
            300 * (series.first_position + greatest(indexOf(family.2, highest[1]), 1) - 1), 'UTC'))
        AS peak_at,
    mean_bps / nullIf(capacities.capacity_bps, 0) AS utilisation_mean,
    p95_bps / nullIf(capacities.capacity_bps, 0) AS utilisation_p95,
    p99_bps / nullIf(capacities.capacity_bps, 0) AS utilisation_p99,
    peak_bps / nullIf(capacities.capacity_bps, 0) AS utilisation_peak,
    expected AS samples,
    expected - present AS missing_samples,
    toDateTime(300 * (series.first_position + series.values_in_period), 'UTC')
        > (SELECT final_until FROM ${database}.watermark) AS provisional
FROM ${database}.link_samples_5m(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS series
LEFT JOIN ${database}.link_capacity_of_period(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS capacities
    ON capacities.link = series.link;

-- How the utilisation of a link direction is distributed: the part of the 5-minute values that were
-- present and are at or below each whole percentile.
CREATE OR REPLACE VIEW ${database}.def_utilisation_distribution_v1 ${on_cluster} AS
WITH
    series.values_in_period - countEqual(series.states, 2) - countEqual(series.states, 0)
        AS present,
    arraySort(arrayFilter((value, state) -> state = 1, series.octets, series.states)) AS ascending,
    arrayJoin(range(1, 101)) AS percentile
SELECT
    series.link AS link,
    series.direction AS direction,
    series.node AS node,
    series.role AS role,
    percentile,
    -- The least value that at least so many percent of the values do not exceed.
    ascending[intDiv(present * percentile + 99, 100)] * 8 / 300 AS bps,
    bps / nullIf(capacities.capacity_bps, 0) AS utilisation,
    present AS samples
FROM ${database}.link_samples_5m(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS series
LEFT JOIN ${database}.link_capacity_of_period(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS capacities
    ON capacities.link = series.link
WHERE present > 0;

-- The raw data of a settlement: both directions of every link in every five minutes.
CREATE OR REPLACE VIEW ${database}.def_settlement_series_v1 ${on_cluster} AS
SELECT
    loads.bucket AS bucket,
    loads.link AS link,
    any(loads.node) AS node,
    any(loads.a_operator) AS a_operator,
    any(loads.b_operator) AS b_operator,
    any(loads.role) AS role,
    sumIf(loads.bps, loads.direction = 'a_to_b') AS a_to_b_bps,
    sumIf(loads.bps_v4, loads.direction = 'a_to_b') AS a_to_b_bps_v4,
    sumIf(loads.bps_v6, loads.direction = 'a_to_b') AS a_to_b_bps_v6,
    sumIf(loads.bps_error95, loads.direction = 'a_to_b') AS a_to_b_bps_error95,
    countIf(loads.direction = 'a_to_b' AND NOT loads.reported AND loads.bps = 0) > 0
        AS a_to_b_missing,
    sumIf(loads.bps, loads.direction = 'b_to_a') AS b_to_a_bps,
    sumIf(loads.bps_v4, loads.direction = 'b_to_a') AS b_to_a_bps_v4,
    sumIf(loads.bps_v6, loads.direction = 'b_to_a') AS b_to_a_bps_v6,
    sumIf(loads.bps_error95, loads.direction = 'b_to_a') AS b_to_a_bps_error95,
    countIf(loads.direction = 'b_to_a' AND NOT loads.reported AND loads.bps = 0) > 0
        AS b_to_a_missing,
    max(loads.provisional) AS provisional
FROM ${database}.link_load(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 300) AS loads
GROUP BY loads.bucket, loads.link;

-- Settlement rates of the links (subject 'link') and of all links between two operators (subject
-- 'operator_pair'). Out is from A to B, in is from B to A; of a pair A is the first in the alphabet.
CREATE OR REPLACE VIEW ${database}.def_settlement_v1 ${on_cluster} AS
WITH
    arrayJoin(['exclude', 'zero']) AS policy,
    arrayJoin([
        (0, parties.out_octets, parties.in_octets),
        (4, parties.out_octets_v4, parties.in_octets_v4),
        (6, parties.out_octets_v6, parties.in_octets_v6)]) AS family,
    arrayMap((o, i) -> least(o, i), parties.out_states, parties.in_states) AS both_states,
    countEqual(parties.out_states, 2) AS out_of_service,
    length(both_states) - out_of_service AS expected,
    countEqual(parties.out_states, 0) AS out_missing,
    countEqual(parties.in_states, 0) AS in_missing,
    countEqual(both_states, 0) AS either_missing,
    policy = 'exclude' AS is_excluded,
    -- A link of a pair may have a value where another has none: such a sum is incomplete.
    arrayMap(
        (value, state) -> if(is_excluded AND state = 0, 0, value), family.2, parties.out_states)
        AS out_values,
    arrayMap(
        (value, state) -> if(is_excluded AND state = 0, 0, value), family.3, parties.in_states)
        AS in_values,
    expected - if(is_excluded, out_missing, 0) AS out_samples,
    expected - if(is_excluded, in_missing, 0) AS in_samples,
    expected - if(is_excluded, either_missing, 0) AS both_samples,
    intDiv(out_samples, 20) + 1 AS out_rank,
    intDiv(in_samples, 20) + 1 AS in_rank,
    intDiv(both_samples, 20) + 1 AS both_rank,
    arrayMap(
        (o, i, state) -> if(is_excluded AND state = 0, 0, greatest(o, i)),
        family.2, family.3, both_states) AS greater_values,
    arrayMap(
        (o, i, state) -> if(is_excluded AND state = 0, 0, o + i),
        family.2, family.3, both_states) AS sum_values
SELECT
    parties.subject AS subject,
    parties.member AS member,
    parties.a AS a_operator,
    parties.b AS b_operator,
    family.1 AS ip_version,
    policy AS missing_policy,
    if(in_samples = 0, NULL, arrayPartialReverseSort(in_rank, in_values)[in_rank] * 8 / 300)
        AS p95_in_bps,
    if(out_samples = 0, NULL, arrayPartialReverseSort(out_rank, out_values)[out_rank] * 8 / 300)
        AS p95_out_bps,
    (p95_in_bps + p95_out_bps) / 2 AS cn648_bps,
    greatest(p95_in_bps, p95_out_bps) AS p95_max_in_out_bps,
    if(
        both_samples = 0, NULL,
        arrayPartialReverseSort(both_rank, greater_values)[both_rank] * 8 / 300) AS p95_of_max_bps,
    if(
        both_samples = 0, NULL,
        arrayPartialReverseSort(both_rank, sum_values)[both_rank] * 8 / 300) AS p95_sum_bps,
    if(
        in_samples + out_samples = 0, NULL,
        greatest(arrayMax(in_values), arrayMax(out_values)) * 8 / 300) AS peak_bps,
    arraySum(in_values) * 8 / 300 / nullIf(in_samples, 0) AS mean_in_bps,
    arraySum(out_values) * 8 / 300 / nullIf(out_samples, 0) AS mean_out_bps,
    (mean_in_bps + mean_out_bps) / 2 AS mean_bps,
    expected AS samples,
    in_missing AS in_missing_samples,
    out_missing AS out_missing_samples,
    parties.links AS links,
    toDateTime(300 * (parties.first_position + length(both_states)), 'UTC')
        > (SELECT final_until FROM ${database}.watermark) AS provisional
FROM
(
    SELECT
        party.1 AS subject,
        party.2 AS member,
        party.3 AS a,
        party.4 AS b,
        any(series.first_position) AS first_position,
        uniqExact(series.link) AS links,
        sumForEachIf(series.octets, series.from_operator = party.3) AS out_octets,
        sumForEachIf(series.octets_v4, series.from_operator = party.3) AS out_octets_v4,
        sumForEachIf(series.octets_v6, series.from_operator = party.3) AS out_octets_v6,
        sumForEachIf(series.octets, series.from_operator = party.4) AS in_octets,
        sumForEachIf(series.octets_v4, series.from_operator = party.4) AS in_octets_v4,
        sumForEachIf(series.octets_v6, series.from_operator = party.4) AS in_octets_v6,
        minForEachIf(series.states, series.from_operator = party.3) AS out_states,
        minForEachIf(series.states, series.from_operator = party.4) AS in_states
    FROM ${database}.link_samples_5m(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS series
    ARRAY JOIN [
        ('link', toString(series.link), toString(series.a_operator),
            toString(series.b_operator)),
        ('operator_pair',
            concat(
                least(series.a_operator, series.b_operator), '-',
                greatest(series.a_operator, series.b_operator)),
            toString(least(series.a_operator, series.b_operator)),
            toString(greatest(series.a_operator, series.b_operator)))] AS party
    GROUP BY party
) AS parties;

INSERT INTO ${database}.definitions VALUES
('link_traffic_mean', 1, 'mean_bps', ['def_link_statistics_v1'], ['from', 'until'], 'bit/s',
    'a link in service', 'a_to_b or b_to_a',
    'mean of the 5-minute values that are present', 'traffic'),
('link_traffic_p95', 1, 'p95_bps', ['def_link_statistics_v1'], ['from', 'until'], 'bit/s',
    'a link in service', 'a_to_b or b_to_a',
    'of n present 5-minute values the highest after the floor(n / 20) highest', 'traffic'),
('link_traffic_p99', 1, 'p99_bps', ['def_link_statistics_v1'], ['from', 'until'], 'bit/s',
    'a link in service', 'a_to_b or b_to_a',
    'of n present 5-minute values the highest after the floor(n / 100) highest', 'traffic'),
('link_traffic_peak', 1, 'peak_bps', ['def_link_statistics_v1'], ['from', 'until'], 'bit/s',
    'a link in service', 'a_to_b or b_to_a',
    'highest 5-minute value', 'traffic'),
('utilisation_distribution', 1, 'utilisation', ['def_utilisation_distribution_v1'],
    ['from', 'until'], 'fraction',
    'a link in service', 'a_to_b or b_to_a',
    'the least 5-minute utilisation that percentile % of those present do not exceed',
    'traffic and inventory'),
('settlement_series', 1, 'a_to_b_bps', ['def_settlement_series_v1'], ['from', 'until'], 'bit/s',
    'a link in service', 'a_to_b and b_to_a',
    '8 * sum(octets) / 300; missing where nothing was seen and the exporter did not report',
    'measures on settlement at exchange centres, 2006 No. 648, article 8'),
('settlement_cn648', 1, 'cn648_bps', ['def_settlement_v1'], ['from', 'until'], 'bit/s',
    'a link, or all links between two operators', 'both',
    '(p95_in + p95_out) / 2',
    'measures on settlement at exchange centres, 2006 No. 648, article 8'),
('settlement_p95_in', 1, 'p95_in_bps', ['def_settlement_v1'], ['from', 'until'], 'bit/s',
    'a link, or all links between two operators', 'b to a',
    'of n samples the highest after the floor(n / 20) highest', 'practice of 95th percentiles'),
('settlement_p95_out', 1, 'p95_out_bps', ['def_settlement_v1'], ['from', 'until'], 'bit/s',
    'a link, or all links between two operators', 'a to b',
    'of n samples the highest after the floor(n / 20) highest', 'practice of 95th percentiles'),
('settlement_p95_max_in_out', 1, 'p95_max_in_out_bps', ['def_settlement_v1'],
    ['from', 'until'], 'bit/s',
    'a link, or all links between two operators', 'the larger',
    'max(p95_in, p95_out)', 'practice of 95th percentiles'),
('settlement_p95_of_max', 1, 'p95_of_max_bps', ['def_settlement_v1'],
    ['from', 'until'], 'bit/s',
    'a link, or all links between two operators', 'the larger of each sample',
    'p95 of max(in, out) of each sample', 'practice of 95th percentiles'),
('settlement_p95_sum', 1, 'p95_sum_bps', ['def_settlement_v1'], ['from', 'until'], 'bit/s',
    'a link, or all links between two operators', 'both added',
    'p95 of in + out of each sample', 'practice of 95th percentiles'),
('settlement_peak', 1, 'peak_bps', ['def_settlement_v1'], ['from', 'until'], 'bit/s',
    'a link, or all links between two operators', 'the larger',
    'highest sample of either direction', 'traffic'),
('settlement_mean', 1, 'mean_bps', ['def_settlement_v1'], ['from', 'until'], 'bit/s',
    'a link, or all links between two operators', 'both',
    '(mean of in + mean of out) / 2', 'traffic');
