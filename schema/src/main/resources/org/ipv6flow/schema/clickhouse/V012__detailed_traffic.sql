-- Link traffic told apart further: by pair of AS, by organisation and province, by service. Each has
-- the totals of link_traffic, per link direction and IP version: organisation_traffic on each side
-- of a flow. Sums, like link_traffic; the job writes them when a bucket is over (90 s after its
-- end), and again what comes later.

-- The largest pairs of a link direction, IP version and minute; the others are one row more, whose AS
-- numbers are 4294967295 (reserved, RFC 7300). 0: the router did not say.
CREATE TABLE IF NOT EXISTS ${database}.as_traffic_1m${local} ${on_cluster}
(
    bucket DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    link LowCardinality(String),
    direction Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version UInt8,
    source_as UInt32,
    destination_as UInt32,
    octets UInt64 CODEC(T64, ZSTD(1)),
    packets UInt64 CODEC(T64, ZSTD(1)),
    observed_octets UInt64 CODEC(T64, ZSTD(1)),
    observed_packets UInt64 CODEC(T64, ZSTD(1)),
    records UInt64 CODEC(T64, ZSTD(1)),
    octets_variance Float64 CODEC(ZSTD(1))
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY toMonday(bucket)
ORDER BY (link, direction, bucket, ip_version, source_as, destination_as)
TTL bucket + INTERVAL 90 DAY
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS ${database}.as_traffic_1h${local} ${on_cluster}
(
    bucket DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    link LowCardinality(String),
    direction Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version UInt8,
    source_as UInt32,
    destination_as UInt32,
    octets UInt64 CODEC(T64, ZSTD(1)),
    packets UInt64 CODEC(T64, ZSTD(1)),
    observed_octets UInt64 CODEC(T64, ZSTD(1)),
    observed_packets UInt64 CODEC(T64, ZSTD(1)),
    records UInt64 CODEC(T64, ZSTD(1)),
    octets_variance Float64 CODEC(ZSTD(1))
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY toYYYYMM(bucket)
ORDER BY (link, direction, bucket, ip_version, source_as, destination_as)
TTL bucket + INTERVAL 25 MONTH
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.as_traffic_1h_mv ${on_cluster}
TO ${database}.as_traffic_1h${local}
AS SELECT
    toStartOfHour(source.bucket) AS bucket,
    source.link AS link,
    source.direction AS direction,
    source.ip_version AS ip_version,
    source.source_as AS source_as,
    source.destination_as AS destination_as,
    sum(source.octets) AS octets,
    sum(source.packets) AS packets,
    sum(source.observed_octets) AS observed_octets,
    sum(source.observed_packets) AS observed_packets,
    sum(source.records) AS records,
    sum(source.octets_variance) AS octets_variance
FROM ${database}.as_traffic_1m${local} AS source
GROUP BY
    toStartOfHour(source.bucket),
    source.link, source.direction, source.ip_version, source.source_as, source.destination_as;

-- By who and where is at a side of the flow. A flow counts once as source and once as destination:
-- choose a side, or a total is twice what it was. Empty: the inventory does not know.
CREATE TABLE IF NOT EXISTS ${database}.organisation_traffic_5m${local} ${on_cluster}
(
    bucket DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    link LowCardinality(String),
    direction Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version UInt8,
    side Enum8('source' = 1, 'destination' = 2),
    organisation LowCardinality(String),
    organisation_kind LowCardinality(String),
    industry LowCardinality(String),
    operator LowCardinality(String),
    province LowCardinality(String),
    region LowCardinality(String),
    access LowCardinality(String),
    octets UInt64 CODEC(T64, ZSTD(1)),
    packets UInt64 CODEC(T64, ZSTD(1)),
    observed_octets UInt64 CODEC(T64, ZSTD(1)),
    observed_packets UInt64 CODEC(T64, ZSTD(1)),
    records UInt64 CODEC(T64, ZSTD(1)),
    octets_variance Float64 CODEC(ZSTD(1))
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY toMonday(bucket)
ORDER BY (bucket, side, organisation, operator, province, link, direction, ip_version,
    organisation_kind, industry, region, access)
TTL bucket + INTERVAL 90 DAY
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS ${database}.organisation_traffic_1h${local} ${on_cluster}
(
    bucket DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    link LowCardinality(String),
    direction Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version UInt8,
    side Enum8('source' = 1, 'destination' = 2),
    organisation LowCardinality(String),
    organisation_kind LowCardinality(String),
    industry LowCardinality(String),
    operator LowCardinality(String),
    province LowCardinality(String),
    region LowCardinality(String),
    access LowCardinality(String),
    octets UInt64 CODEC(T64, ZSTD(1)),
    packets UInt64 CODEC(T64, ZSTD(1)),
    observed_octets UInt64 CODEC(T64, ZSTD(1)),
    observed_packets UInt64 CODEC(T64, ZSTD(1)),
    records UInt64 CODEC(T64, ZSTD(1)),
    octets_variance Float64 CODEC(ZSTD(1))
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY toYYYYMM(bucket)
ORDER BY (bucket, side, organisation, operator, province, link, direction, ip_version,
    organisation_kind, industry, region, access)
TTL bucket + INTERVAL 25 MONTH
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.organisation_traffic_1h_mv ${on_cluster}
TO ${database}.organisation_traffic_1h${local}
AS SELECT
    toStartOfHour(source.bucket) AS bucket,
    source.link AS link,
    source.direction AS direction,
    source.ip_version AS ip_version,
    source.side AS side,
    source.organisation AS organisation,
    source.organisation_kind AS organisation_kind,
    source.industry AS industry,
    source.operator AS operator,
    source.province AS province,
    source.region AS region,
    source.access AS access,
    sum(source.octets) AS octets,
    sum(source.packets) AS packets,
    sum(source.observed_octets) AS observed_octets,
    sum(source.observed_packets) AS observed_packets,
    sum(source.records) AS records,
    sum(source.octets_variance) AS octets_variance
FROM ${database}.organisation_traffic_5m${local} AS source
GROUP BY
    toStartOfHour(source.bucket),
    source.link, source.direction, source.ip_version, source.side, source.organisation, source.organisation_kind, source.industry, source.operator, source.province, source.region, source.access;

-- A day is a day of the reports' time zone.
CREATE TABLE IF NOT EXISTS ${database}.organisation_traffic_1d${local} ${on_cluster}
(
    bucket DateTime('${time_zone}') CODEC(DoubleDelta, ZSTD(1)),
    link LowCardinality(String),
    direction Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version UInt8,
    side Enum8('source' = 1, 'destination' = 2),
    organisation LowCardinality(String),
    organisation_kind LowCardinality(String),
    industry LowCardinality(String),
    operator LowCardinality(String),
    province LowCardinality(String),
    region LowCardinality(String),
    access LowCardinality(String),
    octets UInt64 CODEC(T64, ZSTD(1)),
    packets UInt64 CODEC(T64, ZSTD(1)),
    observed_octets UInt64 CODEC(T64, ZSTD(1)),
    observed_packets UInt64 CODEC(T64, ZSTD(1)),
    records UInt64 CODEC(T64, ZSTD(1)),
    octets_variance Float64 CODEC(ZSTD(1))
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY toYear(bucket)
ORDER BY (bucket, side, organisation, operator, province, link, direction, ip_version,
    organisation_kind, industry, region, access)
TTL bucket + INTERVAL 10 YEAR
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.organisation_traffic_1d_mv ${on_cluster}
TO ${database}.organisation_traffic_1d${local}
AS SELECT
    toStartOfDay(source.bucket, '${time_zone}') AS bucket,
    source.link AS link,
    source.direction AS direction,
    source.ip_version AS ip_version,
    source.side AS side,
    source.organisation AS organisation,
    source.organisation_kind AS organisation_kind,
    source.industry AS industry,
    source.operator AS operator,
    source.province AS province,
    source.region AS region,
    source.access AS access,
    sum(source.octets) AS octets,
    sum(source.packets) AS packets,
    sum(source.observed_octets) AS observed_octets,
    sum(source.observed_packets) AS observed_packets,
    sum(source.records) AS records,
    sum(source.octets_variance) AS octets_variance
FROM ${database}.organisation_traffic_1h${local} AS source
GROUP BY
    toStartOfDay(source.bucket, '${time_zone}'),
    source.link, source.direction, source.ip_version, source.side, source.organisation, source.organisation_kind, source.industry, source.operator, source.province, source.region, source.access;

-- By protocol (IE 4) and service: a name for its registered ports, else the range of the lower port.
CREATE TABLE IF NOT EXISTS ${database}.service_traffic_5m${local} ${on_cluster}
(
    bucket DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    link LowCardinality(String),
    direction Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version UInt8,
    protocol UInt8,
    service LowCardinality(String),
    octets UInt64 CODEC(T64, ZSTD(1)),
    packets UInt64 CODEC(T64, ZSTD(1)),
    observed_octets UInt64 CODEC(T64, ZSTD(1)),
    observed_packets UInt64 CODEC(T64, ZSTD(1)),
    records UInt64 CODEC(T64, ZSTD(1)),
    octets_variance Float64 CODEC(ZSTD(1))
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY toMonday(bucket)
ORDER BY (link, direction, bucket, ip_version, protocol, service)
TTL bucket + INTERVAL 90 DAY
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS ${database}.service_traffic_1h${local} ${on_cluster}
(
    bucket DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    link LowCardinality(String),
    direction Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version UInt8,
    protocol UInt8,
    service LowCardinality(String),
    octets UInt64 CODEC(T64, ZSTD(1)),
    packets UInt64 CODEC(T64, ZSTD(1)),
    observed_octets UInt64 CODEC(T64, ZSTD(1)),
    observed_packets UInt64 CODEC(T64, ZSTD(1)),
    records UInt64 CODEC(T64, ZSTD(1)),
    octets_variance Float64 CODEC(ZSTD(1))
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY toYYYYMM(bucket)
ORDER BY (link, direction, bucket, ip_version, protocol, service)
TTL bucket + INTERVAL 25 MONTH
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.service_traffic_1h_mv ${on_cluster}
TO ${database}.service_traffic_1h${local}
AS SELECT
    toStartOfHour(source.bucket) AS bucket,
    source.link AS link,
    source.direction AS direction,
    source.ip_version AS ip_version,
    source.protocol AS protocol,
    source.service AS service,
    sum(source.octets) AS octets,
    sum(source.packets) AS packets,
    sum(source.observed_octets) AS observed_octets,
    sum(source.observed_packets) AS observed_packets,
    sum(source.records) AS records,
    sum(source.octets_variance) AS octets_variance
FROM ${database}.service_traffic_5m${local} AS source
GROUP BY
    toStartOfHour(source.bucket),
    source.link, source.direction, source.ip_version, source.protocol, source.service;
