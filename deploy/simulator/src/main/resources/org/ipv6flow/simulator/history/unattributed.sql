-- An interface that nobody listed, and records without a sampling interval after restarts.
INSERT INTO {db}.unattributed_1m
(
    bucket, exporter, observation_domain, interface, meter, reason, ip_version,
    octets, packets, observed_octets, observed_packets, records
)
SETTINGS max_partitions_per_insert_block = 1000
SELECT
    toDateTime(t, 'UTC'), exporters.exporter, exporters.observation_domain, reason.2, 'ingress',
    reason.1, reason.3, reason.4 * 1000000, reason.4 * 1200, 1200 + reason.4, 2, 1
FROM
(
    SELECT toUInt32({from} + number * 300) AS t FROM numbers({count})
) AS times
CROSS JOIN {db}.synthetic_exporters AS exporters
ARRAY JOIN
    [('unknown_interface', 1999, 4, 9), ('sampling_unknown', 1001, 6, 0)] AS reason
WHERE (reason.1 = 'unknown_interface' AND exporters.seed % 17 = 3)
    OR (reason.1 = 'sampling_unknown' AND cityHash64(exporters.seed, t) % 300 = 0)
