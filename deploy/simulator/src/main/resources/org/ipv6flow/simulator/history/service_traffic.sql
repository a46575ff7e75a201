-- Link traffic dealt out to services, as the simulator draws ports; tunnels have none.
INSERT INTO {db}.service_traffic_{level}
(
    bucket, link, direction, ip_version, protocol, service,
    octets, packets, observed_octets, observed_packets, records, octets_variance
)
SETTINGS max_partitions_per_insert_block = 1000
WITH
    [
        (6, 'https', 0., 1 / 3), (17, 'quic', 1 / 3, 1 / 2), (6, 'http', 1 / 2, 0.8),
        (6, 'ssh', 0.8, 0.9), (6, 'messaging', 0.9, 1.)
    ] AS services
SELECT
    traffic.bucket, traffic.link, traffic.direction, traffic.ip_version,
    if(traffic.is_tunnel, if(traffic.ip_version = 6, 4, 41), piece.1),
    if(traffic.is_tunnel, 'none', piece.2),
    toUInt64(traffic.octets * piece.4) - toUInt64(traffic.octets * piece.3),
    toUInt64(traffic.packets * piece.4) - toUInt64(traffic.packets * piece.3),
    toUInt64(traffic.observed_octets * piece.4) - toUInt64(traffic.observed_octets * piece.3),
    toUInt64(traffic.observed_packets * piece.4) - toUInt64(traffic.observed_packets * piece.3),
    toUInt64(traffic.records * piece.4) - toUInt64(traffic.records * piece.3),
    traffic.octets_variance * (piece.4 - piece.3)
FROM
(
    SELECT
        bucket, link, direction, ip_version,
        traffic_class NOT IN ('v4_native', 'v6_native', 'v4_private', 'v4_shared', 'v4_bogon',
            'v6_translated', 'map_t', '6to4', 'teredo', '6rd', 'isatap') AS is_tunnel,
        sum(octets) AS octets, sum(packets) AS packets,
        sum(observed_octets) AS observed_octets, sum(observed_packets) AS observed_packets,
        sum(records) AS records, sum(octets_variance) AS octets_variance
    FROM {db}.link_traffic_{level}
    WHERE bucket >= toDateTime({from}, 'UTC')
        AND bucket < toDateTime({from} + {count} * {step}, 'UTC')
    GROUP BY bucket, link, direction, ip_version, is_tunnel
) AS traffic
ARRAY JOIN if(traffic.is_tunnel, [(0, '', 0., 1.)], services) AS piece
