-- What the exporters said in {count} intervals of {step} seconds (of the wider columns only those
-- that are not 0): some of it lost, none of it during an outage.
INSERT INTO {db}.exporter_quality_{level}
(
    bucket, exporter, observation_domain, collector, protocol_version,
    datagrams, datagram_octets, data_records, flow_records, options_records, octets,
    lost_records, lost_messages, sampling_known_records,
    templates, options_templates, clock_offset_millis, last_received
)
SETTINGS max_partitions_per_insert_block = 1000
WITH
    toUInt64(exporters.records_per_second * {step} * (
        {night} + (1 - {night}) * (1 + cos(2 * pi() * (t / 3600 + 8 - {busiest_hour}) / 24)) / 2)
        * (0.97 + 0.06 * (cityHash64(exporters.seed, t) % 1000) / 1000)) AS sent,
    arraySum(arrayMap(l -> if(l.1 <= t AND t < l.2, l.3, 0.), exporters.losses)) AS loss,
    -- Now and then a single message.
    toUInt64(sent / 24 * loss) + if(cityHash64(t, exporters.seed) % 500 = 0, 1, 0) AS lost,
    greatest(sent, lost * 24 + 1) - lost * 24 AS came
SELECT
    toDateTime(t, 'UTC'),
    exporters.exporter,
    exporters.observation_domain,
    'synthetic-history',
    exporters.protocol_version,
    1 + intDiv(came, 24) AS datagrams,
    came * 62 + datagrams * 40,
    came,
    came,
    intDiv({step}, 10),
    came * 2400,
    if(exporters.protocol_version = 10, lost * 24, 0),
    if(exporters.protocol_version = 9, lost, 0),
    came,
    2,
    1,
    toInt64(exporters.seed % 200) - 100,
    toDateTime64(t + {step} - 1, 3, 'UTC')
FROM
(
    SELECT toUInt32({from} + number * {step}) AS t FROM numbers({count})
) AS times
CROSS JOIN {db}.synthetic_exporters AS exporters
WHERE NOT arrayExists(o -> o.1 <= t AND t < o.2, exporters.outages)
