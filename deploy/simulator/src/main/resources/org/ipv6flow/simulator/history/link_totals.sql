-- The totals of 5-minute traffic that did not come by minutes, whose view makes them otherwise.
INSERT INTO {db}.link_totals_5m
(
    bucket, link, direction, octets, octets_v4, octets_v6, packets, variance, variance_v4,
    variance_v6
)
SETTINGS max_partitions_per_insert_block = 1000
SELECT
    t.bucket, t.link, t.direction,
    sum(t.octets), sumIf(t.octets, t.ip_version = 4), sumIf(t.octets, t.ip_version = 6),
    sum(t.packets),
    sum(t.octets_variance), sumIf(t.octets_variance, t.ip_version = 4),
    sumIf(t.octets_variance, t.ip_version = 6)
FROM {db}.link_traffic_5m AS t
WHERE t.bucket >= toDateTime({from}, 'UTC') AND t.bucket < toDateTime({from} + {count} * 300, 'UTC')
GROUP BY t.link, t.direction, t.bucket
