-- Sums over any period and over series of buckets, which the definitions are made of.
--
-- All take (from, until, step). step = 0 asks for the whole period as one bucket; it is put
-- together from the coarsest rollups that fit: whole days, hours at their edges, minutes at the
-- edges of those. Every table holds sums, so the parts add up exactly. from and until are cut to
-- the minute. step = 10, 60, 300, 3600 or 86400 asks for the buckets of that length that begin in
-- [from, until).
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
-- Later issues. Differences may be negative: modulo 2^64 they add up all the same.
SELECT
    multiIf(
        {step:UInt32} = 0, minute_from,
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
    toStartOfDay({from:DateTime('UTC')}, '${time_zone}') AS first_day
SELECT
    multiIf(
        {step:UInt32} = 0, toStartOfMinute({from:DateTime('UTC')}),
        {step:UInt32} = 86400, toTimeZone(addDays(first_day, n.number), 'UTC'),
        toDateTime((first_multiple + n.number) * {step:UInt32}, 'UTC')) AS bucket,
    multiIf(
        {step:UInt32} = 0, toStartOfMinute(toDateTime(last, 'UTC')),
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

-- Minutes of each bucket in which an exporter was heard.
CREATE OR REPLACE VIEW ${database}.exporter_reporting ${on_cluster} AS
WITH
    toStartOfMinute({from:DateTime('UTC')}) AS minute_from,
    greatest(toStartOfMinute({until:DateTime('UTC')}), minute_from) AS minute_until,
    {step:UInt32} IN (10, 60, 300) AS is_part_of_hour,
    if(is_part_of_hour, intDiv(greatest({step:UInt32}, 60), 60), 60) AS width,
    if(
        {step:UInt32} = 0,
        least(60, intDiv(
            greatest(0, toInt64(toUnixTimestamp(minute_from)) - toUnixTimestamp(hours.hour)), 60)),
        slot) AS first_minute,
    if(
        {step:UInt32} = 0,
        least(60, intDiv(
            greatest(0, toInt64(toUnixTimestamp(minute_until)) - toUnixTimestamp(hours.hour)), 60)),
        slot + width) AS end_minute,
    bitXor(
        bitShiftLeft(toUInt64(1), end_minute) - 1,
        bitShiftLeft(toUInt64(1), first_minute) - 1) AS window
SELECT
    multiIf(
        {step:UInt32} = 0, minute_from,
        {step:UInt32} = 86400, toTimeZone(toStartOfDay(hours.hour, '${time_zone}'), 'UTC'),
        hours.hour + slot * 60) AS bucket,
    hours.exporter AS exporter,
    sum(bitCount(bitAnd(hours.minutes, window))) AS reported_minutes
FROM
(
    SELECT
        quality.bucket AS hour,
        quality.exporter AS exporter,
        groupBitOr(quality.reported_minutes) AS minutes
    FROM ${database}.exporter_quality_1h AS quality
    WHERE quality.bucket >= toStartOfHour(minute_from)
        AND quality.bucket < minute_until + {step:UInt32}
    GROUP BY quality.bucket, quality.exporter
) AS hours
ARRAY JOIN range(0, 60, width) AS slot
GROUP BY bucket, hours.exporter;

-- Records received from an exporter and known to be lost, by bucket. IPFIX sequence numbers count
-- data records (RFC 7011 section 3.1), those of NetFlow v9 count export packets (RFC 3954 section
-- 5.1), which are taken to hold as many records as the ones that came.
CREATE OR REPLACE VIEW ${database}.exporter_loss ${on_cluster} AS
WITH
    toStartOfMinute({from:DateTime('UTC')}) AS minute_from,
    greatest(toStartOfMinute({until:DateTime('UTC')}), minute_from) AS minute_until,
    least(toStartOfHour(minute_from + 3599), minute_until) AS hour_from,
    greatest(toStartOfHour(minute_until), hour_from) AS hour_until
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
        multiIf(
            {step:UInt32} = 0, minute_from,
            {step:UInt32} = 86400,
                toTimeZone(toStartOfDay(quality.bucket, '${time_zone}'), 'UTC'),
            quality.bucket),
        quality.exporter, toUInt8(quality.protocol_version), toUInt64(quality.datagrams),
        toUInt64(quality.data_records + quality.options_records),
        toUInt64(quality.lost_records), toUInt64(quality.lost_messages)
    FROM ${database}.exporter_quality_1h AS quality FINAL
    WHERE
        ({step:UInt32} IN (3600, 86400)
            AND quality.bucket >= {from:DateTime('UTC')}
            AND quality.bucket < {until:DateTime('UTC')} + {step:UInt32})
        OR ({step:UInt32} = 0 AND quality.bucket >= hour_from AND quality.bucket < hour_until)
) AS parts
WHERE {step:UInt32} = 0
    OR (parts.bucket >= {from:DateTime('UTC')} AND parts.bucket < {until:DateTime('UTC')})
GROUP BY parts.bucket, parts.exporter;

-- Every bucket of every link direction in service, whether or not traffic was seen, with what is
-- known of its exporter. A link is in service from the first to the last day of its capacities.
CREATE OR REPLACE VIEW ${database}.link_direction_buckets ${on_cluster} AS
WITH '2106-01-01' AS end_of_time
SELECT
    frame.* EXCEPT (exporter_address),
    toUInt64(least(ifNull(reporting.reported_minutes, 0), frame.expected_minutes)) AS reported_minutes
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
    ON reporting.bucket = if({step:UInt32} = 10, toStartOfMinute(frame.bucket), frame.bucket)
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
