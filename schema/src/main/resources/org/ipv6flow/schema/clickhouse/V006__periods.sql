-- Sums over any period and over series of buckets, which the definitions are made of.
--
-- All take (from, until, step). step = 0 asks for the whole period as one bucket; it is put
-- together from the coarsest rollups that fit: whole days, hours at their edges, minutes at the
-- edges of those. Every table holds sums, so the parts add up exactly. from and until are cut to
-- the minute. step = 10, 60, 300, 3600 or 86400 asks for the buckets of that length that begin in
-- [from, until), step = 2592000 (30 days) for the calendar months that do.
--
-- Minutes are kept for 90 days: a period that lies further back begins and ends on a full hour.

CREATE OR REPLACE VIEW ${database}.link_traffic_rows ${on_cluster} AS
WITH
    toStartOfMinute({from:DateTime('UTC')}) AS minute_from,
    greatest(toStartOfMinute({until:DateTime('UTC')}), minute_from) AS minute_until,
    least(toStartOfHour(minute_from + 3599), minute_until) AS hour_from,
    greatest(toStartOfHour(minute_until), hour_from) AS hour_until,
    toTimeZone(toStartOfDay(hour_from, '${time_zone}'), 'UTC') AS day_of_hour_from,
    toTimeZone(addDays(toStartOfDay(hour_from, '${time_zone}'), 1), 'UTC') AS day_after_hour_from,
    least(if(day_of_hour_from = hour_from, hour_from, day_after_hour_from), hour_until) AS day_from,
    greatest(toTimeZone(toStartOfDay(hour_until, '${time_zone}'), 'UTC'), day_from) AS day_until
SELECT
    traffic.bucket AS bucket, traffic.link AS link, traffic.direction AS direction,
    traffic.ip_version AS ip_version, traffic.traffic_class AS traffic_class,
    traffic.octets AS octets, traffic.packets AS packets,
    traffic.observed_packets AS observed_packets, traffic.records AS records,
    traffic.octets_variance AS octets_variance
FROM ${database}.link_traffic_10s AS traffic
WHERE {step:UInt32} = 10
    AND traffic.bucket >= {from:DateTime('UTC')} AND traffic.bucket < {until:DateTime('UTC')}
UNION ALL
SELECT
    if({step:UInt32} = 0, minute_from, traffic.bucket), traffic.link, traffic.direction,
    traffic.ip_version, traffic.traffic_class, traffic.octets, traffic.packets,
    traffic.observed_packets, traffic.records, traffic.octets_variance
FROM ${database}.link_traffic_1m AS traffic
WHERE
    ({step:UInt32} = 60
        AND traffic.bucket >= {from:DateTime('UTC')} AND traffic.bucket < {until:DateTime('UTC')})
    OR ({step:UInt32} = 0 AND traffic.bucket >= minute_from AND traffic.bucket < hour_from)
    OR ({step:UInt32} = 0 AND traffic.bucket >= hour_until AND traffic.bucket < minute_until)
UNION ALL
SELECT
    traffic.bucket, traffic.link, traffic.direction,
    traffic.ip_version, traffic.traffic_class, traffic.octets, traffic.packets,
    traffic.observed_packets, traffic.records, traffic.octets_variance
FROM ${database}.link_traffic_5m AS traffic
WHERE {step:UInt32} = 300
    AND traffic.bucket >= {from:DateTime('UTC')} AND traffic.bucket < {until:DateTime('UTC')}
UNION ALL
SELECT
    if({step:UInt32} = 0, minute_from, traffic.bucket), traffic.link, traffic.direction,
    traffic.ip_version, traffic.traffic_class, traffic.octets, traffic.packets,
    traffic.observed_packets, traffic.records, traffic.octets_variance
FROM ${database}.link_traffic_1h AS traffic
WHERE
    ({step:UInt32} = 3600
        AND traffic.bucket >= {from:DateTime('UTC')} AND traffic.bucket < {until:DateTime('UTC')})
    OR ({step:UInt32} = 0 AND traffic.bucket >= hour_from AND traffic.bucket < day_from)
    OR ({step:UInt32} = 0 AND traffic.bucket >= day_until AND traffic.bucket < hour_until)
UNION ALL
SELECT
    if({step:UInt32} = 0, minute_from, toTimeZone(traffic.bucket, 'UTC')),
    traffic.link, traffic.direction,
    traffic.ip_version, traffic.traffic_class, traffic.octets, traffic.packets,
    traffic.observed_packets, traffic.records, traffic.octets_variance
FROM ${database}.link_traffic_1d AS traffic
WHERE
    ({step:UInt32} = 86400
        AND traffic.bucket >= {from:DateTime('UTC')} AND traffic.bucket < {until:DateTime('UTC')})
    OR ({step:UInt32} = 0 AND traffic.bucket >= day_from AND traffic.bucket < day_until)
UNION ALL
SELECT
    toTimeZone(toDateTime(toStartOfMonth(traffic.bucket), '${time_zone}'), 'UTC') AS month,
    traffic.link, traffic.direction,
    traffic.ip_version, traffic.traffic_class, traffic.octets, traffic.packets,
    traffic.observed_packets, traffic.records, traffic.octets_variance
FROM ${database}.link_traffic_1d AS traffic
WHERE {step:UInt32} = 2592000
    AND traffic.bucket >= {from:DateTime('UTC')}
    AND traffic.bucket < {until:DateTime('UTC')} + INTERVAL 31 DAY
    AND month >= {from:DateTime('UTC')} AND month < {until:DateTime('UTC')}
UNION ALL
-- Later issues. Differences may be negative: modulo 2^64 they add up all the same.
SELECT
    multiIf(
        {step:UInt32} = 0, minute_from,
        {step:UInt32} = 2592000,
            toTimeZone(
                toDateTime(
                    toStartOfMonth(toTimeZone(traffic.bucket, '${time_zone}')), '${time_zone}'),
                'UTC'),
        {step:UInt32} = 86400,
            toTimeZone(toStartOfDay(traffic.bucket, '${time_zone}'), 'UTC'),
        toStartOfInterval(traffic.bucket, toIntervalSecond(greatest({step:UInt32}, 60)))),
    traffic.link, traffic.direction,
    traffic.ip_version, traffic.traffic_class, reinterpretAsUInt64(traffic.octets),
    reinterpretAsUInt64(traffic.packets), reinterpretAsUInt64(traffic.observed_packets),
    reinterpretAsUInt64(traffic.records), traffic.octets_variance
FROM ${database}.link_traffic_corrections_1m AS traffic
WHERE {step:UInt32} != 10
    AND traffic.issue IN (SELECT issue FROM ${database}.reissues)
    AND (
        ({step:UInt32} = 0 AND traffic.bucket >= minute_from AND traffic.bucket < minute_until)
        OR ({step:UInt32} > 0
            AND traffic.bucket >= {from:DateTime('UTC')}
            AND traffic.bucket < {until:DateTime('UTC')}));

-- The buckets of a series that have begun, with their ends; for step = 0 the period so far.
CREATE OR REPLACE VIEW ${database}.buckets ${on_cluster} AS
WITH
    toUnixTimestamp({from:DateTime('UTC')}) AS first,
    least(toUnixTimestamp({until:DateTime('UTC')}), toUnixTimestamp(now())) AS last,
    intDiv(first + {step:UInt32} - 1, greatest({step:UInt32}, 1)) AS first_multiple,
    toStartOfDay({from:DateTime('UTC')}, '${time_zone}') AS first_day,
    -- A date: months of a DateTime would be added in the zone it is shown in.
    toStartOfMonth(first_day) AS first_month
SELECT
    multiIf(
        {step:UInt32} = 0, toStartOfMinute({from:DateTime('UTC')}),
        {step:UInt32} = 2592000,
            toTimeZone(toDateTime(addMonths(first_month, n.number), '${time_zone}'), 'UTC'),
        {step:UInt32} = 86400, toTimeZone(addDays(first_day, n.number), 'UTC'),
        toDateTime((first_multiple + n.number) * {step:UInt32}, 'UTC')) AS bucket,
    multiIf(
        {step:UInt32} = 0, toStartOfMinute(toDateTime(last, 'UTC')),
        {step:UInt32} = 2592000,
            toTimeZone(toDateTime(addMonths(first_month, n.number + 1), '${time_zone}'), 'UTC'),
        {step:UInt32} = 86400, toTimeZone(addDays(first_day, n.number + 1), 'UTC'),
        toDateTime((first_multiple + n.number + 1) * {step:UInt32}, 'UTC')) AS bucket_end
FROM numbers(toUInt64(
    intDiv(
        greatest(
            toUnixTimestamp({until:DateTime('UTC')}) - toUnixTimestamp({from:DateTime('UTC')}), 0),
        if({step:UInt32} = 0, 4294967295, {step:UInt32})) + 2)) AS n
WHERE if(
    {step:UInt32} = 0,
    n.number = 0,
    toUnixTimestamp(bucket) >= first AND toUnixTimestamp(bucket) < last);

-- When an exporter was heard. For steps of minutes a row per hour with a bit for each minute, which
-- the reader cuts (twelve rows an hour would make a year of one link slow); for the others the
-- number of minutes in the bucket, of whole days from the daily rollup and of the rest from the
-- hourly one.
CREATE OR REPLACE VIEW ${database}.exporter_reporting ${on_cluster} AS
WITH
    toStartOfMinute({from:DateTime('UTC')}) AS minute_from,
    greatest(toStartOfMinute({until:DateTime('UTC')}), minute_from) AS minute_until,
    least(toStartOfHour(minute_from + 3599), minute_until) AS hour_from,
    greatest(toStartOfHour(minute_until), hour_from) AS hour_until,
    toTimeZone(toStartOfDay(hour_from, '${time_zone}'), 'UTC') AS day_of_hour_from,
    toTimeZone(addDays(toStartOfDay(hour_from, '${time_zone}'), 1), 'UTC') AS day_after_hour_from,
    least(if(day_of_hour_from = hour_from, hour_from, day_after_hour_from), hour_until) AS day_from,
    greatest(toTimeZone(toStartOfDay(hour_until, '${time_zone}'), 'UTC'), day_from) AS day_until
SELECT
    parts.bucket AS bucket,
    parts.exporter AS exporter,
    max(parts.minutes) AS minutes,
    sum(parts.reported_minutes) AS reported_minutes
FROM
(
    WITH
        least(60, intDiv(
            greatest(0, toInt64(toUnixTimestamp(minute_from)) - toUnixTimestamp(hours.hour)), 60))
            AS first_minute,
        least(60, intDiv(
            greatest(0, toInt64(toUnixTimestamp(minute_until)) - toUnixTimestamp(hours.hour)), 60))
            AS end_minute,
        if(
            {step:UInt32} = 0,
            bitXor(
                bitShiftLeft(toUInt64(1), end_minute) - 1,
                bitShiftLeft(toUInt64(1), first_minute) - 1),
            toUInt64(18446744073709551615)) AS window
    SELECT
        if({step:UInt32} = 0, minute_from, hours.hour) AS bucket,
        hours.exporter AS exporter,
        hours.minutes AS minutes,
        toUInt64(bitCount(bitAnd(hours.minutes, window))) AS reported_minutes
    FROM
    (
        SELECT
            quality.bucket AS hour,
            quality.exporter AS exporter,
            groupBitOr(quality.reported_minutes) AS minutes
        FROM ${database}.exporter_quality_1h AS quality
        WHERE
            ({step:UInt32} IN (10, 60, 300, 3600)
                AND quality.bucket >= toStartOfHour(minute_from)
                AND quality.bucket < minute_until + {step:UInt32})
            OR ({step:UInt32} = 0
                AND quality.bucket >= toStartOfHour(minute_from) AND quality.bucket < day_from)
            OR ({step:UInt32} = 0
                AND quality.bucket >= day_until AND quality.bucket < minute_until)
        GROUP BY quality.bucket, quality.exporter
    ) AS hours
    UNION ALL
    SELECT
        multiIf(
            {step:UInt32} = 0, minute_from,
            {step:UInt32} = 2592000,
                toTimeZone(toDateTime(toStartOfMonth(days.day), '${time_zone}'), 'UTC'),
            toTimeZone(days.day, 'UTC')),
        days.exporter,
        toUInt64(0),
        toUInt64(arraySum(minutes -> bitCount(minutes), days.hours))
    FROM
    (
        SELECT
            quality.bucket AS day,
            quality.exporter AS exporter,
            groupBitOrForEachMerge(quality.reported_minutes) AS hours
        FROM ${database}.exporter_quality_1d AS quality
        WHERE
            ({step:UInt32} IN (86400, 2592000)
                AND quality.bucket >= minute_from
                AND quality.bucket < minute_until + INTERVAL 31 DAY)
            OR ({step:UInt32} = 0 AND quality.bucket >= day_from AND quality.bucket < day_until)
        GROUP BY quality.bucket, quality.exporter
    ) AS days
) AS parts
GROUP BY parts.bucket, parts.exporter;

-- Records received from an exporter and known to be lost, by bucket. IPFIX sequence numbers count
-- data records (RFC 7011 section 3.1), those of NetFlow v9 count export packets (RFC 3954 section
-- 5.1), which are taken to hold as many records as the ones that came.
CREATE OR REPLACE VIEW ${database}.exporter_loss ${on_cluster} AS
WITH
    toStartOfMinute({from:DateTime('UTC')}) AS minute_from,
    greatest(toStartOfMinute({until:DateTime('UTC')}), minute_from) AS minute_until,
    least(toStartOfHour(minute_from + 3599), minute_until) AS hour_from,
    greatest(toStartOfHour(minute_until), hour_from) AS hour_until,
    toTimeZone(toStartOfDay(hour_from, '${time_zone}'), 'UTC') AS day_of_hour_from,
    toTimeZone(addDays(toStartOfDay(hour_from, '${time_zone}'), 1), 'UTC') AS day_after_hour_from,
    least(if(day_of_hour_from = hour_from, hour_from, day_after_hour_from), hour_until) AS day_from,
    greatest(toTimeZone(toStartOfDay(hour_until, '${time_zone}'), 'UTC'), day_from) AS day_until
SELECT
    parts.bucket AS bucket,
    parts.exporter AS exporter,
    sum(parts.records) AS received_records,
    sum(if(
        parts.protocol_version = 9,
        parts.lost_messages * parts.records / greatest(parts.datagrams, 1),
        toFloat64(parts.lost_records))) AS lost_records
FROM
(
    SELECT
        multiIf(
            {step:UInt32} = 0, minute_from,
            toStartOfInterval(
                quality.bucket, toIntervalSecond(greatest({step:UInt32}, 60)))) AS bucket,
        quality.exporter AS exporter,
        toUInt8(quality.protocol_version) AS protocol_version,
        toUInt64(quality.datagrams) AS datagrams,
        toUInt64(quality.data_records + quality.options_records) AS records,
        toUInt64(quality.lost_records) AS lost_records,
        toUInt64(quality.lost_messages) AS lost_messages
    FROM ${database}.exporter_quality_1m AS quality FINAL
    WHERE
        ({step:UInt32} IN (60, 300)
            AND quality.bucket >= toStartOfMinute({from:DateTime('UTC')})
            AND quality.bucket < {until:DateTime('UTC')} + {step:UInt32})
        OR ({step:UInt32} = 0 AND quality.bucket >= minute_from AND quality.bucket < hour_from)
        OR ({step:UInt32} = 0 AND quality.bucket >= hour_until AND quality.bucket < minute_until)
    UNION ALL
    SELECT
        if({step:UInt32} = 0, minute_from, quality.bucket),
        quality.exporter, toUInt8(quality.protocol_version), toUInt64(quality.datagrams),
        toUInt64(quality.data_records + quality.options_records),
        toUInt64(quality.lost_records), toUInt64(quality.lost_messages)
    FROM ${database}.exporter_quality_1h AS quality FINAL
    WHERE
        ({step:UInt32} = 3600
            AND quality.bucket >= {from:DateTime('UTC')} AND quality.bucket < {until:DateTime('UTC')})
        OR ({step:UInt32} = 0 AND quality.bucket >= hour_from AND quality.bucket < day_from)
        OR ({step:UInt32} = 0 AND quality.bucket >= day_until AND quality.bucket < hour_until)
    UNION ALL
    SELECT
        multiIf(
            {step:UInt32} = 0, minute_from,
            {step:UInt32} = 2592000,
                toTimeZone(toDateTime(toStartOfMonth(days.day), '${time_zone}'), 'UTC'),
            toTimeZone(days.day, 'UTC')),
        days.exporter, days.protocol_version, days.datagrams, days.records, days.lost_records,
        days.lost_messages
    FROM
    (
        SELECT
            quality.bucket AS day,
            quality.exporter AS exporter,
            toUInt8(quality.protocol_version) AS protocol_version,
            toUInt64(sum(quality.datagrams)) AS datagrams,
            toUInt64(sum(quality.data_records) + sum(quality.options_records)) AS records,
            toUInt64(sum(quality.lost_records)) AS lost_records,
            toUInt64(sum(quality.lost_messages)) AS lost_messages
        FROM ${database}.exporter_quality_1d AS quality
        WHERE
            ({step:UInt32} IN (86400, 2592000)
                AND quality.bucket >= {from:DateTime('UTC')}
                AND quality.bucket < {until:DateTime('UTC')} + INTERVAL 31 DAY)
            OR ({step:UInt32} = 0 AND quality.bucket >= day_from AND quality.bucket < day_until)
        GROUP BY quality.bucket, quality.exporter, quality.protocol_version
    ) AS days
) AS parts
WHERE {step:UInt32} = 0
    OR (parts.bucket >= {from:DateTime('UTC')} AND parts.bucket < {until:DateTime('UTC')})
GROUP BY parts.bucket, parts.exporter;

-- Until when everything that the exporters had to say is stored: what lies before is final, what
-- lies after is provisional. Both paths into the store must have passed, that of the flows and that
-- of the exporters' status; an exporter keeps a flow for its active timeout, and a minute is allowed
-- for its export and for clocks that differ.
CREATE OR REPLACE VIEW ${database}.watermark ${on_cluster} AS
SELECT
    flows.stored_until AS flows_stored_until,
    status.stored_until AS status_stored_until,
    timeouts.seconds AS longest_timeout_seconds,
    toDateTime(
        greatest(
            0,
            toInt64(toUnixTimestamp(least(flows.stored_until, status.stored_until)))
                - timeouts.seconds - 60),
        'UTC') AS final_until
FROM
(
    SELECT max(newest.bucket) + 10 AS stored_until
    FROM ${database}.link_traffic_10s AS newest
) AS flows
CROSS JOIN
(
    SELECT max(toDateTime(newest.last_received, 'UTC')) AS stored_until
    FROM ${database}.exporter_quality_10s AS newest
) AS status
CROSS JOIN
(
    SELECT toUInt32(max(exporters.active_timeout_seconds)) AS seconds
    FROM ${database}.inventory_exporters AS exporters
    WHERE exporters.loaded_at = (SELECT max(loaded_at) FROM ${database}.inventory_versions)
) AS timeouts;

-- Every bucket of every link direction in service, whether or not traffic was seen, with what is
-- known of its exporter. A link is in service from the first to the last day of its capacities.
CREATE OR REPLACE VIEW ${database}.link_direction_buckets ${on_cluster} AS
WITH
    '2106-01-01' AS end_of_time,
    {step:UInt32} IN (10, 60, 300) AS is_part_of_hour,
    bitShiftLeft(
        bitShiftLeft(toUInt64(1), intDiv(greatest(least({step:UInt32}, 300), 60), 60)) - 1,
        toMinute(frame.bucket)) AS window
SELECT
    frame.* EXCEPT (exporter_address),
    least(
        toUInt64(if(
            is_part_of_hour,
            bitCount(bitAnd(ifNull(reporting.minutes, 0), window)),
            ifNull(reporting.reported_minutes, 0))),
        frame.expected_minutes) AS reported_minutes
FROM
(
    SELECT
        spine.bucket AS bucket,
        spine.bucket_end AS bucket_end,
        links.* EXCEPT (in_service_from, in_service_until, ipv6_enabled_on),
        links.ipv6_enabled_on <= toDate(spine.bucket, '${time_zone}') AS ipv6_enabled,
        toUInt64(greatest(1, intDiv(
            toInt64(least(
                toUnixTimestamp(spine.bucket_end),
                toUnixTimestamp(now()),
                toUnixTimestamp(
                    toString(least(links.in_service_until, toDate(end_of_time))),
                    '${time_zone}')))
            - greatest(
                toUnixTimestamp(spine.bucket),
                toUnixTimestamp(toString(links.in_service_from), '${time_zone}')),
            60))) AS expected_minutes
    FROM ${database}.buckets(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
        step = {step:UInt32}) AS spine
    CROSS JOIN ${database}.current_link_directions AS links
    WHERE links.in_service_from <= toDate(spine.bucket_end - 1, '${time_zone}')
        AND links.in_service_until > toDate(spine.bucket, '${time_zone}')
) AS frame
LEFT JOIN ${database}.exporter_reporting(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
    step = {step:UInt32}) AS reporting
    ON reporting.bucket = if(
        {step:UInt32} IN (10, 60, 300), toStartOfHour(frame.bucket), frame.bucket)
    AND reporting.exporter = frame.exporter_address;

-- Traffic of every link direction by bucket, in the sums that the definitions divide by each other.
-- Which traffic classes make up a share is written here and nowhere else; docs/definitions.md says
-- why.
CREATE OR REPLACE VIEW ${database}.link_direction_sums ${on_cluster} AS
WITH
    traffic.traffic_class IN
        ('v4_bogon', 'v4_private', 'v4_shared', 'v6_nonglobal', 'v6_bogon') AS is_bogon,
    traffic.traffic_class IN ('v4_multicast', 'v6_multicast') AS is_multicast,
    traffic.traffic_class IN
        ('unknown', 'overlay_in_v4', 'srv6_l2', 'srv6_other', 'overlay_in_v6') AS is_unknown,
    traffic.traffic_class IN
        ('v6_in_v4', '6to4_in_v4', '6rd_in_v4', 'teredo_in_v4', 'v6_native', 'v6_multicast',
        'v6_nonglobal', 'v6_bogon', 'srv6_v6', 'v6_in_v6', 'v6_translated', 'map_t', '6to4',
        'teredo', '6rd', 'isatap') AS is_payload_v6,
    traffic.traffic_class = 'v6_native' AS is_native_v6,
    NOT is_bogon AND NOT is_multicast AND NOT is_unknown AS is_native_base
SELECT
    traffic.bucket AS bucket,
    traffic.link AS link,
    traffic.direction AS direction,
    sum(traffic.octets) AS octets,
    sum(traffic.packets) AS packets,
    sum(traffic.records) AS records,
    sum(traffic.octets_variance) AS variance,
    sumIf(traffic.octets, traffic.ip_version = 4) AS octets_v4,
    sumIf(traffic.octets, traffic.ip_version = 6) AS octets_v6,
    sumIf(traffic.octets_variance, traffic.ip_version = 4) AS variance_v4,
    sumIf(traffic.octets_variance, traffic.ip_version = 6) AS variance_v6,
    sumIf(traffic.observed_packets, traffic.ip_version = 4) AS observed_packets_v4,
    sumIf(traffic.observed_packets, traffic.ip_version = 6) AS observed_packets_v6,
    sumIf(traffic.octets, is_native_v6) AS octets_native_v6,
    sumIf(traffic.octets_variance, is_native_v6) AS variance_native_v6,
    sumIf(traffic.octets, is_native_base) AS octets_native_base,
    sumIf(traffic.octets_variance, is_native_base) AS variance_native_base,
    sumIf(traffic.octets, is_payload_v6) AS octets_payload_v6,
    sumIf(traffic.octets_variance, is_payload_v6) AS variance_payload_v6,
    sumIf(traffic.octets, is_unknown) AS octets_unknown,
    sumIf(traffic.octets_variance, is_unknown) AS variance_unknown,
    sumIf(traffic.octets, is_bogon) AS octets_bogon,
    sumIf(traffic.octets, is_multicast) AS octets_multicast
FROM ${database}.link_traffic_rows(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = {step:UInt32}) AS traffic
GROUP BY traffic.bucket, traffic.link, traffic.direction;

-- The same without the classes, for everything that is made of octets alone: of five minutes from
-- their own, smaller table.
CREATE OR REPLACE VIEW ${database}.link_direction_totals ${on_cluster} AS
SELECT
    parts.bucket AS bucket,
    parts.link AS link,
    parts.direction AS direction,
    sum(parts.octets) AS octets,
    sum(parts.octets_v4) AS octets_v4,
    sum(parts.octets_v6) AS octets_v6,
    sum(parts.packets) AS packets,
    sum(parts.variance) AS variance,
    sum(parts.variance_v4) AS variance_v4,
    sum(parts.variance_v6) AS variance_v6
FROM
(
    SELECT
        totals.bucket AS bucket, totals.link AS link, totals.direction AS direction,
        totals.octets AS octets, totals.octets_v4 AS octets_v4, totals.octets_v6 AS octets_v6,
        totals.packets AS packets, totals.variance AS variance, totals.variance_v4 AS variance_v4,
        totals.variance_v6 AS variance_v6
    FROM ${database}.link_totals_5m AS totals
    WHERE {step:UInt32} = 300
        AND totals.bucket >= {from:DateTime('UTC')} AND totals.bucket < {until:DateTime('UTC')}
    UNION ALL
    SELECT
        toStartOfFiveMinutes(traffic.bucket), traffic.link, traffic.direction,
        reinterpretAsUInt64(traffic.octets),
        if(traffic.ip_version = 4, reinterpretAsUInt64(traffic.octets), 0),
        if(traffic.ip_version = 6, reinterpretAsUInt64(traffic.octets), 0),
        reinterpretAsUInt64(traffic.packets), traffic.octets_variance,
        if(traffic.ip_version = 4, traffic.octets_variance, 0),
        if(traffic.ip_version = 6, traffic.octets_variance, 0)
    FROM ${database}.link_traffic_corrections_1m AS traffic
    WHERE {step:UInt32} = 300
        AND traffic.issue IN (SELECT issue FROM ${database}.reissues)
        AND traffic.bucket >= {from:DateTime('UTC')} AND traffic.bucket < {until:DateTime('UTC')}
    UNION ALL
    SELECT
        traffic.bucket, traffic.link, traffic.direction,
        traffic.octets, if(traffic.ip_version = 4, traffic.octets, 0),
        if(traffic.ip_version = 6, traffic.octets, 0), traffic.packets, traffic.octets_variance,
        if(traffic.ip_version = 4, traffic.octets_variance, 0),
        if(traffic.ip_version = 6, traffic.octets_variance, 0)
    FROM ${database}.link_traffic_rows(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
        step = {step:UInt32}) AS traffic
    WHERE {step:UInt32} != 300
) AS parts
GROUP BY parts.bucket, parts.link, parts.direction;
