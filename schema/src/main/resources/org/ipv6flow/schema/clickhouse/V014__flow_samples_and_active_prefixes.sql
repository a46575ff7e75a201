--@ block kept
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;
--@ end

-- Some flow records with truncated addresses (/48 and /24 unless configured otherwise), for
-- investigation: one in one_in of the attributed records, so sum(octets * one_in) estimates a total.
-- No ports, only services. Not for counting: link_traffic is.
CREATE TABLE IF NOT EXISTS ${database}.flow_samples${local} ${on_cluster}
(
    time               DateTime('UTC') COMMENT 'end of the flow record' CODEC(Delta, ZSTD(1)),
    duration_millis    UInt32 CODEC(T64, ZSTD(1)),
    exporter           IPv6,
    interface          UInt32,
    link               LowCardinality(String),
    direction          Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version         UInt8,
    traffic_class      Enum8(
        'unknown' = 0, 'v4_native' = 10, 'v4_bogon' = 11, 'v6_in_v4' = 12,
        '6to4_in_v4' = 13, 'teredo_in_v4' = 14, 'overlay_in_v4' = 15,
        'v4_multicast' = 16, '6rd_in_v4' = 17, 'v4_private' = 18, 'v4_shared' = 19,
        'v6_native' = 30, 'v6_multicast' = 31,
        'v6_nonglobal' = 32, 'v6_bogon' = 33, 'srv6_v4' = 34, 'srv6_v6' = 35,
        'srv6_l2' = 36, 'srv6_other' = 37, 'v4_in_v6' = 38, 'v6_in_v6' = 39,
        'v6_translated' = 40, '6to4' = 41, 'teredo' = 42, 'overlay_in_v6' = 43, '6rd' = 44,
        'isatap' = 45, 'ds_lite' = 46, 'lw4o6' = 47, 'map_e' = 48, 'map_t' = 49),
    source_prefix      IPv6 COMMENT 'IPv4 is IPv4-mapped' CODEC(ZSTD(1)),
    destination_prefix IPv6 CODEC(ZSTD(1)),
    source_as          UInt32,
    destination_as     UInt32,
    protocol           UInt8,
    service            LowCardinality(String),
    octets             UInt64 CODEC(T64, ZSTD(1)),
    packets            UInt64 CODEC(T64, ZSTD(1)),
    observed_octets    UInt64 CODEC(T64, ZSTD(1)),
    observed_packets   UInt64 CODEC(T64, ZSTD(1)),
    sampling_interval  Float64 CODEC(ZSTD(1)),
    one_in             UInt32
)
ENGINE = ${engine_prefix}MergeTree
PARTITION BY toYYYYMMDD(time)
ORDER BY (link, direction, time)
TTL time + INTERVAL 30 DAY
--@ use kept

-- HyperLogLog registers of the distinct source prefixes of an operator and province, under keyed
-- pseudonyms: no prefix can be read from them. registers holds pairs of index (0 to 4095) and rank,
-- absent ones being 0; maxMap unites those of any hours, days, provinces.
--@ repeat level: 1h | zone: UTC | partition: toMonday | time: 90 DAY
--@ repeat level: 1d | zone: ${time_zone} | partition: toYear | time: 25 MONTH
--@ repeat level: 1mon | zone: ${time_zone} | partition: toYear | time: 10 YEAR
CREATE TABLE IF NOT EXISTS ${database}.active_prefixes_@{level}${local} ${on_cluster}
(
    bucket    DateTime('@{zone}') CODEC(DoubleDelta, ZSTD(1)),
    operator  LowCardinality(String),
    province  LowCardinality(String),
    unit      Enum8('v6_64' = 1, 'v6_56' = 2, 'v4_32' = 3),
    registers SimpleAggregateFunction(maxMap, Tuple(Array(UInt16), Array(UInt8))) CODEC(ZSTD(3))
)
ENGINE = ${engine_prefix}AggregatingMergeTree
PARTITION BY @{partition}(bucket)
ORDER BY (bucket, operator, province, unit)
TTL bucket + INTERVAL @{time}
--@ use kept

--@ end
--@ repeat level: 1d | source: 1h | begin: toStartOfDay(source.bucket, '${time_zone}')
--@ repeat level: 1mon | source: 1d | begin: toDateTime(toStartOfMonth(source.bucket), '${time_zone}')
CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.active_prefixes_@{level}_mv ${on_cluster}
TO ${database}.active_prefixes_@{level}${local}
AS SELECT
    @{begin} AS bucket,
    source.operator AS operator,
    source.province AS province,
    source.unit AS unit,
    maxMap(source.registers) AS registers
FROM ${database}.active_prefixes_@{source}${local} AS source
GROUP BY @{begin}, source.operator, source.province, source.unit;

--@ end
-- Distinct prefixes (Flajolet et al., 2007) that were seen as a source by sampling: fewer than there
-- were. The error is that of the sketch alone.
--@ repeat level: 1h
--@ repeat level: 1d
--@ repeat level: 1mon
CREATE OR REPLACE VIEW ${database}.active_prefix_counts_@{level} ${on_cluster} AS
WITH
    4096. AS m,
    length(registers.1) AS used,
    0.7213 / (1 + 1.079 / m) * m * m
        / (m - used + arraySum(rank -> pow(2, -rank), registers.2)) AS raw
SELECT
    sketches.bucket AS bucket, sketches.operator AS operator, sketches.province AS province,
    sketches.unit AS unit,
    -- Linear counting while many registers are free.
    if(raw <= 2.5 * m AND used < m, m * log(m / (m - used)), raw) AS prefixes,
    1.96 * 1.04 / sqrt(m) * prefixes AS prefixes_error95
FROM
(
    SELECT bucket, operator, province, unit, maxMap(registers) AS registers
    FROM ${database}.active_prefixes_@{level}
    GROUP BY bucket, operator, province, unit
) AS sketches;

--@ end
