-- A few flow records of each link direction and 5 minutes, drawn from its prefixes and services.
INSERT INTO {db}.flow_samples
(
    time, duration_millis, exporter, interface, link, direction, ip_version, traffic_class,
    source_prefix, destination_prefix, source_as, destination_as, protocol, service,
    octets, packets, observed_octets, observed_packets, sampling_interval, one_in
)
WITH
    cityHash64(traffic.link, traffic.direction, traffic.bucket, traffic.ip_version) AS hash,
    [(6, 'https'), (17, 'quic'), (6, 'http'), (6, 'https'), (6, 'messaging'), (6, 'ssh')] AS services,
    services[1 + bitShiftRight(hash, 8) % 6] AS service
SELECT
    traffic.bucket + bitShiftRight(hash, 16) % 300, 200 + bitShiftRight(hash, 24) % 2800,
    links.exporter, 0, traffic.link, traffic.direction, traffic.ip_version,
    if(traffic.ip_version = 6, 'v6_native', 'v4_native'),
    sources.prefixes[1 + bitShiftRight(hash, 32) % length(sources.prefixes)],
    destinations.prefixes[1 + bitShiftRight(hash, 40) % length(destinations.prefixes)],
    links.source_as[1].1, links.destination_as[1].1, service.1, service.2,
    links.sampling_interval * 2000, links.sampling_interval * 2, 2000, 2,
    links.sampling_interval,
    toUInt32(greatest(1, traffic.octets / (links.sampling_interval * 2000)))
FROM
(
    SELECT bucket, link, direction, ip_version, sum(octets) AS octets
    FROM {db}.link_traffic_5m
    WHERE bucket >= toDateTime({from}, 'UTC') AND bucket < toDateTime({from} + {count} * 300, 'UTC')
    GROUP BY bucket, link, direction, ip_version
) AS traffic
INNER JOIN {db}.synthetic_links AS links
    ON links.link = traffic.link AND links.direction = traffic.direction
INNER JOIN {db}.synthetic_prefixes AS sources
    ON sources.operator = links.source_operator AND sources.ip_version = traffic.ip_version
INNER JOIN {db}.synthetic_prefixes AS destinations
    ON destinations.operator = links.destination_operator
    AND destinations.ip_version = traffic.ip_version
