-- Link traffic told apart further: by pair of AS, by organisation and province, by service. Each has
-- the totals of link_traffic, per link direction and IP version: organisation_traffic on each side
-- of a flow. Sums, like link_traffic; the job writes them when a bucket is over (90 s after its
-- end), and again what comes later.

--@ block sums
    octets UInt64 CODEC(T64, ZSTD(1)),
    packets UInt64 CODEC(T64, ZSTD(1)),
    observed_octets UInt64 CODEC(T64, ZSTD(1)),
    observed_packets UInt64 CODEC(T64, ZSTD(1)),
    records UInt64 CODEC(T64, ZSTD(1)),
    octets_variance Float64 CODEC(ZSTD(1))
--@ end

--@ block added
    sum(source.octets) AS octets,
    sum(source.packets) AS packets,
    sum(source.observed_octets) AS observed_octets,
    sum(source.observed_packets) AS observed_packets,
    sum(source.records) AS records,
    sum(source.octets_variance) AS octets_variance
--@ end

--@ block kept
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;
--@ end

-- The largest pairs of a link direction, IP version and minute; the others are one row more, whose AS
-- numbers are 4294967295 (reserved, RFC 7300). 0: the router did not say.
--@ repeat level: 1m | zone: UTC | partition: toMonday | time: 90 DAY
--@ repeat level: 1h | zone: UTC | partition: toYYYYMM | time: 25 MONTH
CREATE TABLE IF NOT EXISTS ${database}.as_traffic_@{level}${local} ${on_cluster}
(
    bucket DateTime('@{zone}') CODEC(DoubleDelta, ZSTD(1)),
    link LowCardinality(String),
    direction Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version UInt8,
    source_as UInt32,
    destination_as UInt32,
--@ use sums
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY @{partition}(bucket)
ORDER BY (link, direction, bucket, ip_version, source_as, destination_as)
TTL bucket + INTERVAL @{time}
--@ use kept

--@ end
--@ repeat level: 1h | source: 1m | begin: toStartOfHour(source.bucket)
CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.as_traffic_@{level}_mv ${on_cluster}
TO ${database}.as_traffic_@{level}${local}
AS SELECT
    @{begin} AS bucket,
    source.link AS link,
    source.direction AS direction,
    source.ip_version AS ip_version,
    source.source_as AS source_as,
    source.destination_as AS destination_as,
--@ use added
FROM ${database}.as_traffic_@{source}${local} AS source
GROUP BY
    @{begin},
    source.link, source.direction, source.ip_version, source.source_as, source.destination_as;

--@ end
-- By who and where is at a side of the flow. A flow counts once as source and once as destination:
-- choose a side, or a total is twice what it was. Empty: the inventory does not know. A day is a day of the
-- reports' time zone.
--@ repeat level: 5m | zone: UTC | partition: toMonday | time: 90 DAY
--@ repeat level: 1h | zone: UTC | partition: toYYYYMM | time: 25 MONTH
--@ repeat level: 1d | zone: ${time_zone} | partition: toYear | time: 10 YEAR
CREATE TABLE IF NOT EXISTS ${database}.organisation_traffic_@{level}${local} ${on_cluster}
(
    bucket DateTime('@{zone}') CODEC(DoubleDelta, ZSTD(1)),
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
--@ use sums
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY @{partition}(bucket)
ORDER BY (bucket, side, organisation, operator, province, link, direction, ip_version,
    organisation_kind, industry, region, access)
TTL bucket + INTERVAL @{time}
--@ use kept

--@ end
--@ repeat level: 1h | source: 5m | begin: toStartOfHour(source.bucket)
--@ repeat level: 1d | source: 1h | begin: toStartOfDay(source.bucket, '${time_zone}')
CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.organisation_traffic_@{level}_mv ${on_cluster}
TO ${database}.organisation_traffic_@{level}${local}
AS SELECT
    @{begin} AS bucket,
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
--@ use added
FROM ${database}.organisation_traffic_@{source}${local} AS source
GROUP BY
    @{begin},
    source.link, source.direction, source.ip_version, source.side, source.organisation, source.organisation_kind, source.industry, source.operator, source.province, source.region, source.access;

--@ end
-- By protocol (IE 4) and service: a name for its registered ports, else the range of the lower port.
--@ repeat level: 5m | zone: UTC | partition: toMonday | time: 90 DAY
--@ repeat level: 1h | zone: UTC | partition: toYYYYMM | time: 25 MONTH
CREATE TABLE IF NOT EXISTS ${database}.service_traffic_@{level}${local} ${on_cluster}
(
    bucket DateTime('@{zone}') CODEC(DoubleDelta, ZSTD(1)),
    link LowCardinality(String),
    direction Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version UInt8,
    protocol UInt8,
    service LowCardinality(String),
--@ use sums
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY @{partition}(bucket)
ORDER BY (link, direction, bucket, ip_version, protocol, service)
TTL bucket + INTERVAL @{time}
--@ use kept

--@ end
--@ repeat level: 1h | source: 5m | begin: toStartOfHour(source.bucket)
CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.service_traffic_@{level}_mv ${on_cluster}
TO ${database}.service_traffic_@{level}${local}
AS SELECT
    @{begin} AS bucket,
    source.link AS link,
    source.direction AS direction,
    source.ip_version AS ip_version,
    source.protocol AS protocol,
    source.service AS service,
--@ use added
FROM ${database}.service_traffic_@{source}${local} AS source
GROUP BY
    @{begin},
    source.link, source.direction, source.ip_version, source.protocol, source.service;

--@ end
