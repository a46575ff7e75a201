-- What second observers of a link direction say: never counted, but compared with what is. meter
-- 'core': metered where the operator's own network hands over packets that leave by the link. Only
-- records whose sampling interval is known.
CREATE TABLE IF NOT EXISTS ${database}.link_cross_check_1m${local} ${on_cluster}
(
    bucket DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    link LowCardinality(String),
    direction Enum8('a_to_b' = 1, 'b_to_a' = 2),
    exporter IPv6,
    interface UInt32,
    meter Enum8('ingress' = 1, 'egress' = 2, 'core' = 3),
    ip_version UInt8,
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
ORDER BY (link, direction, bucket, exporter, interface, meter, ip_version)
TTL bucket + INTERVAL 90 DAY
SETTINGS
    non_replicated_deduplication_window = 10000,
    replicated_deduplication_window = 10000,
    replicated_deduplication_window_seconds = 604800,
    ttl_only_drop_parts = 1;

-- Two-ended disagreement: |a - b| / max(a, b) of what is counted and what a second observer says, by
-- link direction, observer and bucket (step in seconds: 60, 300, 3600, ...). A second observer that
-- sees one of several routers of a link disagrees by what the others carry.
CREATE OR REPLACE VIEW ${database}.two_ended_disagreement ${on_cluster} AS
SELECT
    other.bucket AS bucket,
    other.link AS link,
    other.direction AS direction,
    other.exporter AS exporter,
    other.interface AS interface,
    other.meter AS meter,
    counted.octets AS octets_counted,
    other.octets AS octets_other,
    abs(toFloat64(counted.octets) - other.octets)
        / nullIf(greatest(counted.octets, other.octets), 0) AS disagreement,
    1.96 * sqrt(counted.variance + other.variance)
        / nullIf(greatest(counted.octets, other.octets), 0) AS disagreement_error95
FROM
(
    SELECT
        toStartOfInterval(checks.bucket, toIntervalSecond({step:UInt32})) AS bucket,
        checks.link AS link, checks.direction AS direction, checks.exporter AS exporter,
        checks.interface AS interface, checks.meter AS meter,
        sum(checks.octets) AS octets, sum(checks.octets_variance) AS variance
    FROM ${database}.link_cross_check_1m AS checks
    WHERE checks.bucket >= {from:DateTime('UTC')} AND checks.bucket < {until:DateTime('UTC')}
    GROUP BY bucket, checks.link, checks.direction, checks.exporter, checks.interface, checks.meter
) AS other
LEFT JOIN
(
    SELECT
        toStartOfInterval(traffic.bucket, toIntervalSecond({step:UInt32})) AS bucket,
        traffic.link AS link, traffic.direction AS direction,
        sum(traffic.octets) AS octets, sum(traffic.octets_variance) AS variance
    FROM ${database}.link_traffic_1m AS traffic
    WHERE traffic.bucket >= {from:DateTime('UTC')} AND traffic.bucket < {until:DateTime('UTC')}
    GROUP BY bucket, traffic.link, traffic.direction
) AS counted
    ON counted.bucket = other.bucket AND counted.link = other.link
    AND counted.direction = other.direction;

-- Loss-corrected octets: sum(octets) / (1 - loss) per link direction and minute, loss being that of
-- the exporter of its primary observation. An estimate of its own, never mixed with octets:
-- is_corrected says where it differs. Loss counts per exporter, not per interface: the correction
-- takes the lost records to be like those that came.
CREATE OR REPLACE VIEW ${database}.link_traffic_loss_corrected ${on_cluster} AS
SELECT
    traffic.bucket AS bucket,
    traffic.link AS link,
    traffic.direction AS direction,
    traffic.ip_version AS ip_version,
    sum(traffic.octets) AS octets,
    any(losses.loss) AS loss,
    any(losses.loss) > 0 AS is_corrected,
    sum(traffic.octets) / (1 - any(losses.loss)) AS octets_corrected
FROM ${database}.link_traffic_1m AS traffic
LEFT JOIN
(
    SELECT
        directions.link AS link,
        directions.direction AS direction,
        loss.bucket AS bucket,
        -- A minute in which all was lost cannot be made up for.
        if(
            loss.received_records = 0, 0.,
            loss.lost_records / (loss.lost_records + loss.received_records)) AS loss
    FROM ${database}.exporter_loss(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 60) AS loss
    INNER JOIN ${database}.current_link_directions AS directions
        ON directions.exporter_address = loss.exporter
) AS losses
    ON losses.link = traffic.link AND losses.direction = traffic.direction
    AND losses.bucket = traffic.bucket
WHERE traffic.bucket >= {from:DateTime('UTC')} AND traffic.bucket < {until:DateTime('UTC')}
GROUP BY traffic.bucket, traffic.link, traffic.direction, traffic.ip_version;
