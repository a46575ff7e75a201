-- Link traffic dealt out to who and where is at each side, so that each side adds up to it.
INSERT INTO {db}.organisation_traffic_{level}
(
    bucket, link, direction, ip_version, side, organisation, organisation_kind, industry, operator,
    province, region, access,
    octets, packets, observed_octets, observed_packets, records, octets_variance
)
SETTINGS max_partitions_per_insert_block = 1000
WITH arrayCumSum(p -> p.8, sides.parts) AS ends
SELECT
    traffic.bucket, traffic.link, traffic.direction, traffic.ip_version, sides.side,
    piece.1.1, piece.1.2, piece.1.3, piece.1.4, piece.1.5, piece.1.6, piece.1.7,
    toUInt64(traffic.octets * piece.3) - toUInt64(traffic.octets * piece.2),
    toUInt64(traffic.packets * piece.3) - toUInt64(traffic.packets * piece.2),
    toUInt64(traffic.observed_octets * piece.3) - toUInt64(traffic.observed_octets * piece.2),
    toUInt64(traffic.observed_packets * piece.3) - toUInt64(traffic.observed_packets * piece.2),
    toUInt64(traffic.records * piece.3) - toUInt64(traffic.records * piece.2),
    traffic.octets_variance * piece.1.8
FROM
(
    SELECT
        bucket, link, direction, ip_version, sum(octets) AS octets, sum(packets) AS packets,
        sum(observed_octets) AS observed_octets, sum(observed_packets) AS observed_packets,
        sum(records) AS records, sum(octets_variance) AS octets_variance
    FROM {db}.link_traffic_{level}
    WHERE bucket >= toDateTime({from}, 'UTC')
        AND bucket < toDateTime({from} + {count} * {step}, 'UTC')
    GROUP BY bucket, link, direction, ip_version
) AS traffic
INNER JOIN {db}.synthetic_sides AS sides
    ON sides.link = traffic.link AND sides.direction = traffic.direction
    AND sides.ip_version = traffic.ip_version
ARRAY JOIN arrayZip(sides.parts, arrayPushFront(arrayPopBack(ends), 0.), ends) AS piece
