INSERT INTO {db}.exporter_quality_1h
(
    bucket, exporter, protocol_version, reported_minutes, datagrams, data_records, options_records,
    flow_records, lost_records, lost_messages
)
SETTINGS max_partitions_per_insert_block = 1000
WITH
    if(
        empty(exporters.outages), toUInt64(1152921504606846975),
        arraySum(arrayMap(
            m -> if(
                arrayExists(o -> o.1 <= t + 60 * m AND t + 60 * m < o.2, exporters.outages),
                toUInt64(0), bitShiftLeft(toUInt64(1), m)),
            range(60)))) AS minutes,
    bitCount(minutes) / 60 AS reported,
    toUInt64(reported * exporters.records_per_second * 3600 * (
        {night} + (1 - {night}) * (1 + cos(2 * pi() * (t / 3600 + 8 - {busiest_hour}) / 24)) / 2)
        * (0.97 + 0.06 * (cityHash64(exporters.seed, t) % 1000) / 1000)) AS sent,
    arraySum(arrayMap(l -> if(l.1 <= t AND t < l.2, l.3, 0.), exporters.losses)) AS loss,
    toUInt64(sent / 24 * loss) + if(cityHash64(t, exporters.seed) % 9 = 0, 1, 0) AS lost,
    greatest(sent, lost * 24 + 1) - lost * 24 AS came
SELECT
    toDateTime(t, 'UTC'), exporters.exporter, exporters.protocol_version, minutes,
    1 + intDiv(came, 24), came, 360, came,
    if(exporters.protocol_version = 10, lost * 24, 0),
    if(exporters.protocol_version = 9, lost, 0)
FROM
(
    SELECT toUInt32({from} + number * 3600) AS t FROM numbers({count})
) AS times
CROSS JOIN {db}.synthetic_exporters AS exporters
WHERE minutes != 0
