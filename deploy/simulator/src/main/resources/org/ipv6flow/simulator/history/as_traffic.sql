-- Link traffic dealt out to pairs of AS: by differences of cumulative shares, so that it adds up.
INSERT INTO {db}.as_traffic_{level}
(
    bucket, link, direction, ip_version, source_as, destination_as,
    octets, packets, observed_octets, observed_packets, records, octets_variance
)
SETTINGS max_partitions_per_insert_block = 1000
WITH
    arrayFlatten(arrayMap(
        s -> arrayMap(d -> (s.1, d.1, s.2 * d.2), links.destination_as), links.source_as)) AS pairs,
    arrayCumSum(p -> p.3, pairs) AS ends
SELECT
    traffic.bucket, traffic.link, traffic.direction, traffic.ip_version,
    piece.1.1, piece.1.2,
    toUInt64(traffic.octets * piece.3) - toUInt64(traffic.octets * piece.2),
    toUInt64(traffic.packets * piece.3) - toUInt64(traffic.packets * piece.2),
    toUInt64(traffic.observed_octets * piece.3) - toUInt64(traffic.observed_octets * piece.2),
    toUInt64(traffic.observed_packets * piece.3) - toUInt64(traffic.observed_packets * piece.2),
    toUInt64(traffic.records * piece.3) - toUInt64(traffic.records * piece.2),
    traffic.octets_variance * piece.1.3
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
INNER JOIN {db}.synthetic_links AS links
    ON links.link = traffic.link AND links.direction = traffic.direction
ARRAY JOIN arrayZip(pairs, arrayPushFront(arrayPopBack(ends), 0.), ends) AS piece
