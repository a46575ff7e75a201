-- What second observers saw of the same octets, with their own sampling's spread. One of them misses
-- an eighth, as a router whose interface is not listed would.
INSERT INTO {db}.link_cross_check_1m
(
    bucket, link, direction, exporter, interface, meter, ip_version,
    octets, packets, observed_octets, observed_packets, records, octets_variance
)
SETTINGS max_partitions_per_insert_block = 1000
WITH
    if(cityHash64(links.link, links.direction) % 40 = 10, 0.875, 1.) AS part,
    traffic.octets / greatest(traffic.packets, 1) AS mean,
    links.other_interval AS n,
    cityHash64(links.seed, 'other', traffic.bucket, traffic.ip_version) AS hash,
    1.7320508 * ((bitAnd(hash, 65535) + bitAnd(bitShiftRight(hash, 16), 65535)
        + bitAnd(bitShiftRight(hash, 32), 65535) + bitShiftRight(hash, 48)) / 65536 - 2) AS normal,
    part * traffic.packets / n AS expected,
    toUInt64(greatest(0, round(expected + 1.3 * sqrt(expected) * normal))) AS seen
SELECT
    traffic.bucket, traffic.link, traffic.direction, links.other_exporter, links.other_interface,
    'core', traffic.ip_version,
    toUInt64(seen * mean) * n, seen * n, toUInt64(seen * mean), seen,
    toUInt64(greatest(1, seen / {packets_per_record})),
    toFloat64(n) * (n - 1) * seen * mean * mean * 1.68
FROM
(
    SELECT bucket, link, direction, ip_version, sum(octets) AS octets, sum(packets) AS packets
    FROM {db}.link_traffic_5m
    WHERE bucket >= toDateTime({from}, 'UTC') AND bucket < toDateTime({from} + {count} * 300, 'UTC')
    GROUP BY bucket, link, direction, ip_version
) AS traffic
INNER JOIN {db}.synthetic_links AS links
    ON links.link = traffic.link AND links.direction = traffic.direction
WHERE links.other_interval > 0 AND seen > 0
