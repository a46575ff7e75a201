-- Traffic of every link direction by IP version and traffic class, in buckets of 10 seconds, and
-- its rollups to 1 minute, 5 minutes, 1 hour and 1 day.
--
-- Every column behind the key is a sum, so a row may come late, again for the same bucket, or from
-- another writer: rows with equal keys add up. Materialized views cascade from 10 s to 1 min,
-- 5 min, 1 h and 1 day, so totals are equal at every level. Read with sum() and GROUP BY, or with
-- FINAL: rows that have not been merged yet lie side by side.
--
-- Exactly once: an insert carries an insert_deduplication_token (with async_insert = 0 and
-- deduplicate_blocks_in_dependent_materialized_views = 1). The window that remembers tokens is off
-- by default and is needed on the base table and on the target of every materialized view: without
-- the latter a repeated insert counts twice in the rollups.
--
-- Retention counts from the bucket, not from the arrival. A row whose bucket is older than 3 days
-- vanishes from link_traffic_10s with the next merge, but the views have passed it on by then: it
-- still counts in every rollup that is old enough to hold it. Whole parts are dropped, so a row may
-- outlive its retention by the length of a partition.

--@ block key
    link             LowCardinality(String),
    direction        Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version       UInt8,
    traffic_class    Enum8(
        'unknown' = 0, 'v4_native' = 10, 'v4_bogon' = 11, 'v6_in_v4' = 12,
        '6to4_in_v4' = 13, 'teredo_in_v4' = 14, 'overlay_in_v4' = 15,
        'v4_multicast' = 16, '6rd_in_v4' = 17, 'v4_private' = 18, 'v4_shared' = 19,
        'v6_native' = 30, 'v6_multicast' = 31,
        'v6_nonglobal' = 32, 'v6_bogon' = 33, 'srv6_v4' = 34, 'srv6_v6' = 35,
        'srv6_l2' = 36, 'srv6_other' = 37, 'v4_in_v6' = 38, 'v6_in_v6' = 39,
        'v6_translated' = 40, '6to4' = 41, 'teredo' = 42, 'overlay_in_v6' = 43, '6rd' = 44,
        'isatap' = 45, 'ds_lite' = 46, 'lw4o6' = 47, 'map_e' = 48, 'map_t' = 49),
--@ end

--@ block sums
    octets           UInt64 CODEC(T64, ZSTD(1)),
    packets          UInt64 CODEC(T64, ZSTD(1)),
    observed_octets  UInt64 CODEC(T64, ZSTD(1)),
    observed_packets UInt64 CODEC(T64, ZSTD(1)),
    records          UInt64 CODEC(T64, ZSTD(1)),
    octets_variance  Float64 CODEC(ZSTD(1))
--@ end

--@ block kept
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;
--@ end

-- The last minutes of all links are the question asked of this table: time leads the key.
CREATE TABLE IF NOT EXISTS ${database}.link_traffic_10s${local} ${on_cluster}
(
    bucket           DateTime('UTC') CODEC(Delta, ZSTD(1)),
--@ use key
--@ use sums
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY toYYYYMMDD(bucket)
ORDER BY (bucket, link, direction, ip_version, traffic_class)
TTL bucket + INTERVAL 3 DAY
--@ use kept

-- From here on the history of a link is the question: the link leads the key. Five minutes are the
-- interval of settlement; 25 months allow a year-on-year comparison of a full year. A day is a day of
-- the reports' time zone (by default that of Beijing), so that days add up to the months that are
-- published.
--@ repeat level: 1m | zone: UTC | source: 10s | begin: toStartOfMinute(source.bucket) | partition: toMonday | time: 90 DAY
--@ repeat level: 5m | zone: UTC | source: 1m | begin: toStartOfFiveMinutes(source.bucket) | partition: toYYYYMM | time: 25 MONTH
--@ repeat level: 1h | zone: UTC | source: 5m | begin: toStartOfHour(source.bucket) | partition: toYear | time: 10 YEAR
--@ repeat level: 1d | zone: ${time_zone} | source: 1h | begin: toStartOfDay(source.bucket, '${time_zone}') | partition: toYear | time: 10 YEAR
CREATE TABLE IF NOT EXISTS ${database}.link_traffic_@{level}${local} ${on_cluster}
(
    bucket           DateTime('@{zone}') CODEC(DoubleDelta, ZSTD(1)),
--@ use key
--@ use sums
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, packets, observed_octets, observed_packets, records, octets_variance))
PARTITION BY @{partition}(bucket)
ORDER BY (link, direction, bucket, ip_version, traffic_class)
TTL bucket + INTERVAL @{time}
--@ use kept

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.link_traffic_@{level}_mv ${on_cluster}
TO ${database}.link_traffic_@{level}${local}
AS SELECT
    @{begin} AS bucket,
    source.link AS link,
    source.direction AS direction,
    source.ip_version AS ip_version,
    source.traffic_class AS traffic_class,
    sum(source.octets) AS octets,
    sum(source.packets) AS packets,
    sum(source.observed_octets) AS observed_octets,
    sum(source.observed_packets) AS observed_packets,
    sum(source.records) AS records,
    sum(source.octets_variance) AS octets_variance
FROM ${database}.link_traffic_@{source}${local} AS source
GROUP BY
    @{begin},
    source.link, source.direction, source.ip_version, source.traffic_class;

--@ end
-- Later issues of minutes: what was made again from Kafka by a corrected inventory or corrected
-- sampling intervals, as the difference to what was published before. The tables above keep the
-- first numbers; with the differences of the issues up to a time they are what was published then.
-- An issue counts once its row in reissues is there, which is written last.
CREATE TABLE IF NOT EXISTS ${database}.reissues ${on_cluster}
(
    issue              String,
    issued_at          DateTime64(3, 'UTC'),
    from               DateTime('UTC'),
    until              DateTime('UTC'),
    inventory_version  String,
    sampling_overrides String COMMENT 'N of 1 in N by exporter',
    reason             String,
    records            UInt64 COMMENT 'flow records that the minutes now hold'
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY issued_at
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800;

CREATE TABLE IF NOT EXISTS ${database}.link_traffic_corrections_1m${local} ${on_cluster}
(
    issue            LowCardinality(String),
    bucket           DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
--@ use key
    octets           Int64 CODEC(ZSTD(1)),
    packets          Int64 CODEC(ZSTD(1)),
    observed_octets  Int64 CODEC(ZSTD(1)),
    observed_packets Int64 CODEC(ZSTD(1)),
    records          Int64 CODEC(ZSTD(1)),
    octets_variance  Float64 CODEC(ZSTD(1))
)
ENGINE = ${engine_prefix}MergeTree
PARTITION BY toYear(bucket)
ORDER BY (bucket, link, direction, ip_version, traffic_class, issue)
TTL bucket + INTERVAL 10 YEAR
--@ use kept

-- Minutes as they were published at a time (UTC), by all issues up to it.
CREATE OR REPLACE VIEW ${database}.link_traffic_1m_as_of ${on_cluster} AS
SELECT
    bucket, link, direction, ip_version, traffic_class,
    toInt64(octets) AS octets, toInt64(packets) AS packets,
    toInt64(observed_octets) AS observed_octets, toInt64(observed_packets) AS observed_packets,
    toInt64(records) AS records, octets_variance
FROM ${database}.link_traffic_1m
UNION ALL
SELECT
    bucket, link, direction, ip_version, traffic_class,
    octets, packets, observed_octets, observed_packets, records, octets_variance
FROM ${database}.link_traffic_corrections_1m
WHERE issue IN
    (SELECT issue FROM ${database}.reissues WHERE issued_at <= {at:DateTime64(3, 'UTC')});

-- Minutes by all issues.
CREATE OR REPLACE VIEW ${database}.link_traffic_1m_current ${on_cluster} AS
SELECT
    bucket, link, direction, ip_version, traffic_class,
    toInt64(octets) AS octets, toInt64(packets) AS packets,
    toInt64(observed_octets) AS observed_octets, toInt64(observed_packets) AS observed_packets,
    toInt64(records) AS records, octets_variance
FROM ${database}.link_traffic_1m
UNION ALL
SELECT
    bucket, link, direction, ip_version, traffic_class,
    octets, packets, observed_octets, observed_packets, records, octets_variance
FROM ${database}.link_traffic_corrections_1m
WHERE issue IN (SELECT issue FROM ${database}.reissues);

-- Before, after and difference of every issue, by link direction and IP version. Before is what the
-- issues before it made of the first numbers.
CREATE OR REPLACE VIEW ${database}.reissue_differences ${on_cluster} AS
SELECT
    issues.issue AS issue, issues.issued_at AS issued_at, issues.reason AS reason,
    corrections.link AS link, corrections.direction AS direction,
    corrections.ip_version AS ip_version, sum(corrections.octets) AS octets_difference,
    sum(corrections.records) AS records_difference
FROM ${database}.link_traffic_corrections_1m AS corrections
INNER JOIN ${database}.reissues AS issues ON issues.issue = corrections.issue
GROUP BY
    issues.issue, issues.issued_at, issues.reason,
    corrections.link, corrections.direction, corrections.ip_version;

-- The same 5 minutes without the traffic classes: what load, percentiles and settlement are made of,
-- with a fraction of the rows. docs/decisions/0030 has the measurement.
CREATE TABLE IF NOT EXISTS ${database}.link_totals_5m${local} ${on_cluster}
(
    bucket      DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    link        LowCardinality(String),
    direction   Enum8('a_to_b' = 1, 'b_to_a' = 2),
    octets      UInt64 CODEC(T64, ZSTD(1)),
    octets_v4   UInt64 CODEC(T64, ZSTD(1)),
    octets_v6   UInt64 CODEC(T64, ZSTD(1)),
    packets     UInt64 CODEC(T64, ZSTD(1)),
    variance    Float64 CODEC(ZSTD(1)),
    variance_v4 Float64 CODEC(ZSTD(1)),
    variance_v6 Float64 CODEC(ZSTD(1))
)
ENGINE = ${engine_prefix}SummingMergeTree(
    (octets, octets_v4, octets_v6, packets, variance, variance_v4, variance_v6))
PARTITION BY toYYYYMM(bucket)
ORDER BY (link, direction, bucket)
TTL bucket + INTERVAL 25 MONTH
--@ use kept

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.link_totals_5m_mv ${on_cluster}
TO ${database}.link_totals_5m${local}
AS SELECT
    toStartOfFiveMinutes(source.bucket) AS bucket,
    source.link AS link,
    source.direction AS direction,
    sum(source.octets) AS octets,
    sumIf(source.octets, source.ip_version = 4) AS octets_v4,
    sumIf(source.octets, source.ip_version = 6) AS octets_v6,
    sum(source.packets) AS packets,
    sum(source.octets_variance) AS variance,
    sumIf(source.octets_variance, source.ip_version = 4) AS variance_v4,
    sumIf(source.octets_variance, source.ip_version = 6) AS variance_v6
FROM ${database}.link_traffic_1m${local} AS source
GROUP BY toStartOfFiveMinutes(source.bucket), source.link, source.direction;
