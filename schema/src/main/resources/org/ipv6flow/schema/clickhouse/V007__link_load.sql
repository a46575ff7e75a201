-- Load of every link direction in service, silent ones included, at steps of 10 s, 1 min, 5 min, 1 h
-- and 1 day. docs/definitions.md defines the columns.
CREATE OR REPLACE VIEW ${database}.link_load ${on_cluster} AS
WITH
    8 / greatest(1, toUnixTimestamp(buckets.bucket_end) - toUnixTimestamp(buckets.bucket))
        AS bits_per_octet_second,
    1.96 * bits_per_octet_second AS error95
SELECT
    buckets.bucket AS bucket,
    buckets.link AS link,
    buckets.direction AS direction,
    buckets.node AS node,
    buckets.a_operator AS a_operator,
    buckets.b_operator AS b_operator,
    buckets.from_operator AS from_operator,
    buckets.to_operator AS to_operator,
    buckets.role AS role,
    buckets.ipv6_enabled AS ipv6_enabled,
    capacity.capacity_bps AS capacity_bps,
    sums.octets * bits_per_octet_second AS bps,
    sums.octets_v4 * bits_per_octet_second AS bps_v4,
    sums.octets_v6 * bits_per_octet_second AS bps_v6,
    sqrt(sums.variance) * error95 AS bps_error95,
    sqrt(sums.variance_v4) * error95 AS bps_v4_error95,
    sqrt(sums.variance_v6) * error95 AS bps_v6_error95,
    bps / nullIf(capacity_bps, 0) AS utilisation,
    bps_error95 / nullIf(capacity_bps, 0) AS utilisation_error95,
    sums.packets * bits_per_octet_second / 8 AS packets_per_second,
    buckets.reported_minutes / buckets.expected_minutes AS coverage,
    buckets.reported_minutes > 0 AS reported,
    buckets.bucket_end > (SELECT final_until FROM ${database}.watermark) AS provisional
FROM ${database}.link_direction_buckets(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = {step:UInt32}) AS buckets
LEFT JOIN ${database}.link_direction_totals(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = {step:UInt32}) AS sums
    ON sums.bucket = buckets.bucket AND sums.link = buckets.link
    AND sums.direction = buckets.direction
LEFT JOIN ${database}.current_links AS capacity
    ON capacity.link = buckets.link
    AND capacity.capacity_from <= toDate(buckets.bucket, '${time_zone}')
    AND capacity.capacity_until > toDate(buckets.bucket, '${time_zone}');

CREATE OR REPLACE VIEW ${database}.def_link_load_10s_v1 ${on_cluster} AS
SELECT * FROM ${database}.link_load(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 10);

CREATE OR REPLACE VIEW ${database}.def_link_load_1m_v1 ${on_cluster} AS
SELECT * FROM ${database}.link_load(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 60);

CREATE OR REPLACE VIEW ${database}.def_link_load_5m_v1 ${on_cluster} AS
SELECT * FROM ${database}.link_load(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 300);

CREATE OR REPLACE VIEW ${database}.def_link_load_1h_v1 ${on_cluster} AS
SELECT * FROM ${database}.link_load(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 3600);

CREATE OR REPLACE VIEW ${database}.def_link_load_1d_v1 ${on_cluster} AS
SELECT * FROM ${database}.link_load(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 86400);
