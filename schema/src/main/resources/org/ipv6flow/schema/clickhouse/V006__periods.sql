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

CREATE OR REPLACE VIEW ${database}.exporters_of_several_protocols ${on_cluster} AS
SELECT exporter
FROM ${database}.exporter_quality_1d
GROUP BY exporter
HAVING uniqExact(protocol_version) > 1;

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
    quality.bucket AS bucket,
    quality.exporter AS exporter,
    groupBitOr(quality.reported_minutes) AS minutes,
    toUInt64(bitCount(minutes)) AS reported_minutes
FROM ${database}.exporter_quality_1h AS quality
WHERE {step:UInt32} IN (10, 60, 300, 3600)
    AND quality.bucket >= toStartOfHour(minute_from)
    AND quality.bucket < minute_until + {step:UInt32}
GROUP BY quality.bucket, quality.exporter
UNION ALL
SELECT
    parts.bucket AS bucket,
    parts.exporter AS exporter,
    toUInt64(0) AS minutes,
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
        bitXor(
            bitShiftLeft(toUInt64(1), end_minute) - 1,
            bitShiftLeft(toUInt64(1), first_minute) - 1) AS window
    SELECT
        minute_from AS bucket,
        hours.exporter AS exporter,
        toUInt64(bitCount(bitAnd(hours.minutes, window))) AS reported_minutes
    FROM
    (
        SELECT
            quality.bucket AS hour,
            quality.exporter AS exporter,
            groupBitOr(quality.reported_minutes) AS minutes
        FROM ${database}.exporter_quality_1h AS quality
        WHERE {step:UInt32} = 0
            AND ((quality.bucket >= toStartOfHour(minute_from) AND quality.bucket < day_from)
                OR (quality.bucket >= day_until AND quality.bucket < minute_until))
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
        toUInt64(arraySum(minutes -> bitCount(minutes), days.hours))
    FROM
    (
        -- An exporter that speaks one protocol has one row a day, of which nothing has to be united.
        SELECT
            quality.bucket AS day,
            quality.exporter AS exporter,
            finalizeAggregation(quality.reported_minutes) AS hours
        FROM ${database}.exporter_quality_1d AS quality FINAL
        WHERE (({step:UInt32} IN (86400, 2592000)
                AND quality.bucket >= minute_from
                AND quality.bucket < minute_until + INTERVAL 31 DAY)
            OR ({step:UInt32} = 0 AND quality.bucket >= day_from AND quality.bucket < day_until))
            AND quality.exporter NOT IN (
                SELECT several.exporter FROM ${database}.exporters_of_several_protocols AS several)
        UNION ALL
        SELECT
            quality.bucket,
            quality.exporter,
            groupBitOrForEachMerge(quality.reported_minutes)
        FROM ${database}.exporter_quality_1d AS quality
        WHERE (({step:UInt32} IN (86400, 2592000)
                AND quality.bucket >= minute_from
                AND quality.bucket < minute_until + INTERVAL 31 DAY)
            OR ({step:UInt32} = 0 AND quality.bucket >= day_from AND quality.bucket < day_until))
            AND quality.exporter IN (
                SELECT several.exporter FROM ${database}.exporters_of_several_protocols AS several)
        GROUP BY quality.bucket, quality.exporter
    ) AS days
) AS parts
GROUP BY parts.bucket, parts.exporter;

-- In how many minutes of each bucket an exporter was heard, for steps of minutes: element i is of
-- the i-th bucket that the view buckets has.
CREATE OR REPLACE VIEW ${database}.exporter_reported_buckets ${on_cluster} AS
WITH
    greatest({step:UInt32}, 1) AS seconds,
    intDiv(toUnixTimestamp({from:DateTime('UTC')}) + seconds - 1, seconds) AS first,
    intDiv(first * seconds, 3600) AS first_hour
SELECT
    hours.exporter AS exporter,
    arraySlice(
        arrayFlatten(arrayMap(
            minutes -> arrayMap(
                part -> toUInt8(bitCount(bitAnd(
                    minutes,
                    bitShiftLeft(
                        bitShiftLeft(toUInt64(1), greatest(1, intDiv(seconds, 60))) - 1,
                        intDiv(part * seconds, 60))))),
                range(intDiv(3600, seconds))),
            groupArrayInsertAt(toUInt64(0))(
                hours.minutes,
                toUInt32(intDiv(toUnixTimestamp(hours.bucket), 3600) - first_hour)))),
        intDiv(first * seconds % 3600, seconds) + 1) AS reported_minutes
-- Step 1 is none that it knows: nothing is read for buckets that are not laid out here.
FROM ${database}.exporter_reporting(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
    step = if({step:UInt32} IN (10, 60, 300), {step:UInt32}, 1)) AS hours
WHERE {step:UInt32} IN (10, 60, 300)
    AND intDiv(toUnixTimestamp(hours.bucket), 3600) >= first_hour
GROUP BY hours.exporter;

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

-- Exporters whose flows are behind: they said in their status that they had flows, and nothing of them
-- is stored that is as young as their active timeout and a minute allow. An exporter's records are in
-- one partition of the topic, and each partition is read at its own pace. Of the last six hours;
-- what is further behind is taken to be at their beginning.
CREATE OR REPLACE VIEW ${database}.lagging_exporters ${on_cluster} AS
WITH (SELECT max(newest.bucket) FROM ${database}.exporter_quality_10s AS newest) AS now_heard
SELECT
    heard.exporter AS exporter,
    heard.until AS heard_until,
    greatest(stored.until, now_heard - 21600) AS stored_until
FROM
(
    SELECT quality.exporter AS exporter, max(quality.bucket) AS until
    FROM ${database}.exporter_quality_10s AS quality
    WHERE quality.flow_records > 0 AND quality.bucket >= now_heard - 21600
    GROUP BY quality.exporter
) AS heard
LEFT JOIN
(
    SELECT places.exporter AS exporter, max(places.until) AS until
    FROM
    (
        SELECT counting.address AS exporter, traffic.until AS until
        FROM
        (
            SELECT newest.link AS link, newest.direction AS direction, max(newest.bucket) + 10 AS until
            FROM ${database}.link_traffic_10s AS newest
            WHERE newest.bucket >= now_heard - 21600
            GROUP BY newest.link, newest.direction
        ) AS traffic
        INNER JOIN ${database}.inventory_observations AS observations
            ON observations.link = traffic.link AND observations.direction = traffic.direction
        INNER JOIN ${database}.inventory_exporters AS counting
            ON counting.exporter = observations.exporter
            AND counting.loaded_at = observations.loaded_at
        WHERE observations.loaded_at = (
            SELECT max(loaded_at) FROM ${database}.inventory_versions)
        UNION ALL
        SELECT newest.exporter, max(newest.bucket)
        FROM ${database}.unattributed_1m AS newest
        WHERE newest.bucket >= now_heard - 21600
        GROUP BY newest.exporter
    ) AS places
    GROUP BY places.exporter
) AS stored ON stored.exporter = heard.exporter
WHERE heard.until > stored.until + 60 + (
    SELECT toUInt32(max(exporters.active_timeout_seconds))
    FROM ${database}.inventory_exporters AS exporters
    WHERE exporters.loaded_at = (SELECT max(loaded_at) FROM ${database}.inventory_versions));

-- Until when everything that the exporters had to say is stored: what lies before is final, what
-- lies after is provisional. Both paths into the store must have passed, that of the flows and that
-- of the exporters' status, and that of the flows for the slowest exporter, too; an exporter keeps a
-- flow for its active timeout, and a minute is allowed for its export and for clocks that differ.
CREATE OR REPLACE VIEW ${database}.watermark ${on_cluster} AS
SELECT
    least(
        flows.stored_until,
        if(lagging.exporters = 0, flows.stored_until, lagging.stored_until)) AS flows_stored_until,
    status.stored_until AS status_stored_until,
    timeouts.seconds AS longest_timeout_seconds,
    toDateTime(
        greatest(
            0,
            toInt64(toUnixTimestamp(least(flows_stored_until, status.stored_until)))
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
    SELECT count() AS exporters, min(behind.stored_until) AS stored_until
    FROM ${database}.lagging_exporters AS behind
) AS lagging
CROSS JOIN
(
    SELECT toUInt32(max(exporters.active_timeout_seconds)) AS seconds
    FROM ${database}.inventory_exporters AS exporters
    WHERE exporters.loaded_at = (SELECT max(loaded_at) FROM ${database}.inventory_versions)
) AS timeouts;

-- Every bucket of every link direction in service, whether or not traffic was seen, with what is
-- known of its exporter. A link is in service from the first to the last day of its capacities.
--
-- Buckets of minutes are laid out from arrays of each exporter: a join by exporter and hour would
-- have all exporters' hours in its table before a single link could be asked for.
CREATE OR REPLACE VIEW ${database}.link_direction_buckets ${on_cluster} AS
WITH
    least(toUnixTimestamp({until:DateTime('UTC')}), toUnixTimestamp(now())) AS last,
    greatest({step:UInt32}, 1) AS seconds,
    intDiv(toUnixTimestamp({from:DateTime('UTC')}) + seconds - 1, seconds) AS first_multiple,
    if(
        {step:UInt32} IN (10, 60, 300),
        toUInt64(greatest(
            toInt64(intDiv(last + seconds - 1, seconds)) - toInt64(first_multiple), 0)),
        0) AS bucket_count
SELECT
    frame.bucket AS bucket,
    frame.bucket_end AS bucket_end,
    frame.* EXCEPT (
        bucket, bucket_end, exporter_address, in_service_from, in_service_until, ipv6_enabled_on,
        first_second, end_second, ipv6_second, reported),
    frame.ipv6_second <= toUnixTimestamp(frame.bucket) AS ipv6_enabled,
    toUInt64(greatest(1, intDiv(
        toInt64(least(
            toUnixTimestamp(frame.bucket_end), toUnixTimestamp(now()), frame.end_second))
        - greatest(toUnixTimestamp(frame.bucket), frame.first_second),
        60))) AS expected_minutes,
    least(toUInt64(frame.reported), expected_minutes) AS reported_minutes
FROM
(
    SELECT
        toDateTime((first_multiple + place) * seconds, 'UTC') AS bucket,
        toDateTime((first_multiple + place + 1) * seconds, 'UTC') AS bucket_end,
        links.*,
        toUInt64(reported_in_bucket) AS reported
    FROM ${database}.current_link_directions AS links
    LEFT JOIN ${database}.exporter_reported_buckets(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
        step = {step:UInt32}) AS reporting
        ON reporting.exporter = links.exporter_address
    ARRAY JOIN
        range(bucket_count) AS place,
        arrayResize(reporting.reported_minutes, bucket_count, toUInt8(0)) AS reported_in_bucket
    WHERE {step:UInt32} IN (10, 60, 300)
    UNION ALL
    SELECT
        spine.bucket AS bucket,
        spine.bucket_end AS bucket_end,
        links.*,
        ifNull(reporting.reported_minutes, 0) AS reported
    FROM ${database}.buckets(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
        step = {step:UInt32}) AS spine
    CROSS JOIN ${database}.current_link_directions AS links
    LEFT JOIN ${database}.exporter_reporting(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
        step = if({step:UInt32} IN (10, 60, 300), 1, {step:UInt32})) AS reporting
        ON reporting.bucket = spine.bucket AND reporting.exporter = links.exporter_address
    WHERE {step:UInt32} NOT IN (10, 60, 300)
) AS frame
WHERE frame.first_second < toUnixTimestamp(frame.bucket_end)
    AND frame.end_second > toUnixTimestamp(frame.bucket);

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

-- What later issues add to the totals of five minutes. Differences may be negative: modulo 2^64 they
-- add up all the same.
CREATE OR REPLACE VIEW ${database}.corrected_totals_5m ${on_cluster} AS
SELECT
    toStartOfFiveMinutes(traffic.bucket) AS bucket,
    traffic.link AS link,
    traffic.direction AS direction,
    sum(reinterpretAsUInt64(traffic.octets)) AS octets,
    sumIf(reinterpretAsUInt64(traffic.octets), traffic.ip_version = 4) AS octets_v4,
    sumIf(reinterpretAsUInt64(traffic.octets), traffic.ip_version = 6) AS octets_v6,
    sum(reinterpretAsUInt64(traffic.packets)) AS packets,
    sum(traffic.octets_variance) AS variance,
    sumIf(traffic.octets_variance, traffic.ip_version = 4) AS variance_v4,
    sumIf(traffic.octets_variance, traffic.ip_version = 6) AS variance_v6
FROM ${database}.link_traffic_corrections_1m AS traffic
WHERE traffic.issue IN (SELECT issue FROM ${database}.reissues)
    AND traffic.bucket >= {from:DateTime('UTC')} AND traffic.bucket < {until:DateTime('UTC')}
GROUP BY toStartOfFiveMinutes(traffic.bucket), traffic.link, traffic.direction;

-- The same without the classes, for everything that is made of octets alone: of five minutes from
-- their own, smaller table, whose rows are read as they are (FINAL adds up those of a key that are
-- not merged yet, at a tenth of what a hash table of all buckets costs) except where a later issue
-- has something to add.
CREATE OR REPLACE VIEW ${database}.link_direction_totals ${on_cluster} AS
SELECT
    totals.bucket AS bucket, totals.link AS link, totals.direction AS direction,
    totals.octets AS octets, totals.octets_v4 AS octets_v4, totals.octets_v6 AS octets_v6,
    totals.packets AS packets, totals.variance AS variance, totals.variance_v4 AS variance_v4,
    totals.variance_v6 AS variance_v6
FROM ${database}.link_totals_5m AS totals FINAL
WHERE {step:UInt32} = 300
    AND totals.bucket >= {from:DateTime('UTC')} AND totals.bucket < {until:DateTime('UTC')}
    AND (totals.link, totals.direction, totals.bucket) NOT IN (
        SELECT corrected.link, corrected.direction, corrected.bucket
        FROM ${database}.corrected_totals_5m(
            from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS corrected)
UNION ALL
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
        AND (totals.link, totals.direction, totals.bucket) IN (
            SELECT corrected.link, corrected.direction, corrected.bucket
            FROM ${database}.corrected_totals_5m(
                from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS corrected)
    UNION ALL
    SELECT * FROM ${database}.corrected_totals_5m(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS corrected
    WHERE {step:UInt32} = 300
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
