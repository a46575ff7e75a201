-- What each collector saw of each exporter's observation domain: the quality of every number. By
-- the receiver's clock. Counters are differences over the interval and add up; templates are the
-- highest number seen, clock_offset_millis is one of the values, last_received the latest.
--@ block columns
    bucket                   DateTime('UTC') CODEC(Delta, ZSTD(1)),
    exporter                 IPv6,
    observation_domain       UInt32,
    collector                LowCardinality(String),
    protocol_version         UInt8,
    datagrams                SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    datagram_octets          SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    data_records             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    flow_records             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    options_records          SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    octets                   SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    lost_records             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    lost_messages            SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    duplicate_messages       SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    reordered_messages       SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    restarts                 SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    held_sets                SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    held_sets_decoded        SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    sampling_known_records   SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    sampling_unknown_records SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    clock_suspect_records    SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    templates                SimpleAggregateFunction(max, UInt32),
    options_templates        SimpleAggregateFunction(max, UInt32),
    clock_offset_millis      SimpleAggregateFunction(anyLast, Int64),
    last_received            SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
--@ end

--@ block kept
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;
--@ end

CREATE TABLE IF NOT EXISTS ${database}.exporter_quality_10s${local} ${on_cluster}
(
--@ use columns
)
ENGINE = ${engine_prefix}AggregatingMergeTree
PARTITION BY toYYYYMMDD(bucket)
ORDER BY (bucket, exporter, observation_domain, collector, protocol_version)
TTL bucket + INTERVAL 3 DAY
--@ use kept

-- Coverage and loss of periods up to an hour, as long as 5-minute traffic is kept.
CREATE TABLE IF NOT EXISTS ${database}.exporter_quality_1m${local} ${on_cluster}
(
--@ use columns
)
ENGINE = ${engine_prefix}AggregatingMergeTree
PARTITION BY toYYYYMM(bucket)
ORDER BY (bucket, exporter, observation_domain, collector, protocol_version)
TTL bucket + INTERVAL 25 MONTH
--@ use kept

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.exporter_quality_1m_mv ${on_cluster}
TO ${database}.exporter_quality_1m${local}
AS SELECT
    toStartOfMinute(source.bucket) AS bucket,
    source.exporter AS exporter,
    source.observation_domain AS observation_domain,
    source.collector AS collector,
    source.protocol_version AS protocol_version,
    sum(source.datagrams) AS datagrams,
    sum(source.datagram_octets) AS datagram_octets,
    sum(source.data_records) AS data_records,
    sum(source.flow_records) AS flow_records,
    sum(source.options_records) AS options_records,
    sum(source.octets) AS octets,
    sum(source.lost_records) AS lost_records,
    sum(source.lost_messages) AS lost_messages,
    sum(source.duplicate_messages) AS duplicate_messages,
    sum(source.reordered_messages) AS reordered_messages,
    sum(source.restarts) AS restarts,
    sum(source.held_sets) AS held_sets,
    sum(source.held_sets_decoded) AS held_sets_decoded,
    sum(source.sampling_known_records) AS sampling_known_records,
    sum(source.sampling_unknown_records) AS sampling_unknown_records,
    sum(source.clock_suspect_records) AS clock_suspect_records,
    max(source.templates) AS templates,
    max(source.options_templates) AS options_templates,
    anyLast(source.clock_offset_millis) AS clock_offset_millis,
    max(source.last_received) AS last_received
FROM ${database}.exporter_quality_10s${local} AS source
GROUP BY
    toStartOfMinute(source.bucket), source.exporter, source.observation_domain, source.collector,
    source.protocol_version;

-- Coverage and loss of longer periods, as long as hourly traffic is kept. Bit m of reported_minutes
-- says that datagrams came in minute m of the hour: bits of several collectors and domains unite
-- without counting a minute twice.
CREATE TABLE IF NOT EXISTS ${database}.exporter_quality_1h${local} ${on_cluster}
(
    bucket                   DateTime('UTC') CODEC(Delta, ZSTD(1)),
    exporter                 IPv6,
    protocol_version         UInt8,
    reported_minutes         SimpleAggregateFunction(groupBitOr, UInt64),
    datagrams                SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    data_records             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    options_records          SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    flow_records             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    lost_records             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    lost_messages            SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    sampling_unknown_records SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    clock_suspect_records    SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1))
)
ENGINE = ${engine_prefix}AggregatingMergeTree
PARTITION BY toYear(bucket)
ORDER BY (bucket, exporter, protocol_version)
TTL bucket + INTERVAL 10 YEAR
--@ use kept

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.exporter_quality_1h_mv ${on_cluster}
TO ${database}.exporter_quality_1h${local}
AS SELECT
    toStartOfHour(source.bucket) AS bucket,
    source.exporter AS exporter,
    source.protocol_version AS protocol_version,
    groupBitOr(
        bitShiftLeft(toUInt64(source.datagrams > 0), toMinute(source.bucket))) AS reported_minutes,
    sum(source.datagrams) AS datagrams,
    sum(source.data_records) AS data_records,
    sum(source.options_records) AS options_records,
    sum(source.flow_records) AS flow_records,
    sum(source.lost_records) AS lost_records,
    sum(source.lost_messages) AS lost_messages,
    sum(source.sampling_unknown_records) AS sampling_unknown_records,
    sum(source.clock_suspect_records) AS clock_suspect_records
FROM ${database}.exporter_quality_1m${local} AS source
GROUP BY toStartOfHour(source.bucket), source.exporter, source.protocol_version;

-- Coverage and loss of years. Element h of reported_minutes holds the minutes of the day's hour h as
-- above; a day of the reports' time zone may have 25 hours. The state of groupBitOrForEach is what
-- keeps the union exact: a sum of minutes would count a minute twice that came in two inserts.
CREATE TABLE IF NOT EXISTS ${database}.exporter_quality_1d${local} ${on_cluster}
(
    bucket                   DateTime('${time_zone}') CODEC(Delta, ZSTD(1)),
    exporter                 IPv6,
    protocol_version         UInt8,
    reported_minutes         AggregateFunction(groupBitOrForEach, Array(UInt64)) CODEC(ZSTD(1)),
    datagrams                SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    data_records             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    options_records          SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    flow_records             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    lost_records             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    lost_messages            SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    sampling_unknown_records SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    clock_suspect_records    SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1))
)
ENGINE = ${engine_prefix}AggregatingMergeTree
PARTITION BY toYear(bucket)
ORDER BY (exporter, bucket, protocol_version)
TTL bucket + INTERVAL 10 YEAR
--@ use kept

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.exporter_quality_1d_mv ${on_cluster}
TO ${database}.exporter_quality_1d${local}
AS SELECT
    toStartOfDay(source.bucket, '${time_zone}') AS bucket,
    source.exporter AS exporter,
    source.protocol_version AS protocol_version,
    groupBitOrForEachState(arrayMap(
        hour -> if(
            hour = intDiv(
                toUnixTimestamp(source.bucket)
                    - toUnixTimestamp(toStartOfDay(source.bucket, '${time_zone}')), 3600),
            toUInt64(source.reported_minutes), toUInt64(0)),
        range(25))) AS reported_minutes,
    sum(source.datagrams) AS datagrams,
    sum(source.data_records) AS data_records,
    sum(source.options_records) AS options_records,
    sum(source.flow_records) AS flow_records,
    sum(source.lost_records) AS lost_records,
    sum(source.lost_messages) AS lost_messages,
    sum(source.sampling_unknown_records) AS sampling_unknown_records,
    sum(source.clock_suspect_records) AS clock_suspect_records
FROM ${database}.exporter_quality_1h${local} AS source
GROUP BY toStartOfDay(source.bucket, '${time_zone}'), source.exporter, source.protocol_version;

-- What a collector received and could not use, by the name of the reason.
CREATE TABLE IF NOT EXISTS ${database}.exporter_drops_10s${local} ${on_cluster}
(
    bucket             DateTime('UTC') CODEC(Delta, ZSTD(1)),
    exporter           IPv6,
    observation_domain UInt32,
    collector          LowCardinality(String),
    reason             LowCardinality(String),
    dropped            UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = ${engine_prefix}SummingMergeTree((dropped))
PARTITION BY toYYYYMMDD(bucket)
ORDER BY (bucket, exporter, observation_domain, collector, reason)
TTL bucket + INTERVAL 3 DAY
--@ use kept

CREATE TABLE IF NOT EXISTS ${database}.exporter_drops_1m${local} ${on_cluster}
(
    bucket             DateTime('UTC') CODEC(Delta, ZSTD(1)),
    exporter           IPv6,
    observation_domain UInt32,
    collector          LowCardinality(String),
    reason             LowCardinality(String),
    dropped            UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = ${engine_prefix}SummingMergeTree((dropped))
PARTITION BY toYYYYMM(bucket)
ORDER BY (bucket, exporter, observation_domain, collector, reason)
TTL bucket + INTERVAL 25 MONTH
--@ use kept

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.exporter_drops_1m_mv ${on_cluster}
TO ${database}.exporter_drops_1m${local}
AS SELECT
    toStartOfMinute(source.bucket) AS bucket,
    source.exporter AS exporter,
    source.observation_domain AS observation_domain,
    source.collector AS collector,
    source.reason AS reason,
    sum(source.dropped) AS dropped
FROM ${database}.exporter_drops_10s${local} AS source
GROUP BY
    toStartOfMinute(source.bucket), source.exporter, source.observation_domain, source.collector,
    source.reason;
