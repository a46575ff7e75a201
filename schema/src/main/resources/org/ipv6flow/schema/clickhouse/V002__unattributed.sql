-- Records that belong to no link direction, with the reason, so that nothing is lost silently. By
-- the minute in which the record ends. octets and packets are estimates, 0 where the sampling
-- interval is unknown.
CREATE TABLE IF NOT EXISTS ${database}.unattributed_1m${local} ${on_cluster}
(
    bucket             DateTime('UTC') CODEC(Delta, ZSTD(1)),
    exporter           IPv6,
    observation_domain UInt32,
    interface          UInt32,
    meter              Enum8('ingress' = 1, 'egress' = 2),
    reason             Enum8(
        'unknown_exporter' = 1, 'no_interface' = 2, 'unknown_interface' = 3,
        'not_primary' = 4, 'internal_interface' = 5, 'not_forwarded' = 6,
        'sampling_unknown' = 7, 'time_out_of_range' = 8),
    ip_version         UInt8,
    octets             UInt64 CODEC(T64, ZSTD(1)),
    packets            UInt64 CODEC(T64, ZSTD(1)),
    observed_octets    UInt64 CODEC(T64, ZSTD(1)),
    observed_packets   UInt64 CODEC(T64, ZSTD(1)),
    records            UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records))
PARTITION BY toMonday(bucket)
ORDER BY (bucket, exporter, observation_domain, interface, meter, reason, ip_version)
TTL bucket + INTERVAL 90 DAY
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;
