-- Health of the exporters per minute, for those of the inventory whether or not they were heard,
-- and for those that were heard and are not in it.
CREATE OR REPLACE VIEW ${database}.def_exporter_health_v1 ${on_cluster} AS
SELECT
    minutes.bucket AS bucket,
    minutes.address AS address,
    exporters.exporter AS exporter,
    exporters.node AS node,
    exporters.operator AS operator,
    multiIf(
        sum(minutes.datagrams) = 0, 'silent',
        exporters.exporter = '', 'unknown',
        'reporting') AS state,
    uniqExactIf(minutes.collector, minutes.datagrams > 0) AS collectors,
    uniqExactIf(minutes.observation_domain, minutes.datagrams > 0) AS observation_domains,
    sum(minutes.datagrams) AS datagrams,
    sum(minutes.datagram_octets) AS datagram_octets,
    sum(minutes.data_records) AS data_records,
    sum(minutes.flow_records) AS flow_records,
    sum(minutes.options_records) AS options_records,
    sum(minutes.lost_records) AS lost_records,
    sum(minutes.lost_messages) AS lost_messages,
    sum(minutes.lost_estimate)
        / nullIf(
            sum(minutes.lost_estimate + minutes.data_records + minutes.options_records), 0) AS loss,
    sum(minutes.duplicate_messages) AS duplicate_messages,
    sum(minutes.reordered_messages) AS reordered_messages,
    sum(minutes.restarts) AS restarts,
    sum(minutes.held_sets) AS held_sets,
    sum(minutes.held_sets_decoded) AS held_sets_decoded,
    sum(minutes.dropped) AS dropped,
    sum(minutes.sampling_known_records) AS sampling_known_records,
    sum(minutes.sampling_unknown_records) AS sampling_unknown_records,
    sum(minutes.clock_suspect_records) AS clock_suspect_records,
    max(minutes.templates) AS templates,
    max(minutes.options_templates) AS options_templates,
    argMax(minutes.clock_offset_millis, minutes.last_received) AS clock_offset_millis,
    max(minutes.last_received) AS last_received
FROM
(
    SELECT
        quality.bucket AS bucket,
        quality.exporter AS address,
        toString(quality.collector) AS collector,
        quality.observation_domain AS observation_domain,
        toUInt64(quality.datagrams) AS datagrams,
        toUInt64(quality.datagram_octets) AS datagram_octets,
        toUInt64(quality.data_records) AS data_records,
        toUInt64(quality.flow_records) AS flow_records,
        toUInt64(quality.options_records) AS options_records,
        toUInt64(quality.lost_records) AS lost_records,
        toUInt64(quality.lost_messages) AS lost_messages,
        if(
            quality.protocol_version = 9,
            quality.lost_messages * (quality.data_records + quality.options_records)
                / greatest(quality.datagrams, 1),
            toFloat64(quality.lost_records)) AS lost_estimate,
        toUInt64(quality.duplicate_messages) AS duplicate_messages,
        toUInt64(quality.reordered_messages) AS reordered_messages,
        toUInt64(quality.restarts) AS restarts,
        toUInt64(quality.held_sets) AS held_sets,
        toUInt64(quality.held_sets_decoded) AS held_sets_decoded,
        toUInt64(0) AS dropped,
        toUInt64(quality.sampling_known_records) AS sampling_known_records,
        toUInt64(quality.sampling_unknown_records) AS sampling_unknown_records,
        toUInt64(quality.clock_suspect_records) AS clock_suspect_records,
        toUInt32(quality.templates) AS templates,
        toUInt32(quality.options_templates) AS options_templates,
        toInt64(quality.clock_offset_millis) AS clock_offset_millis,
        toDateTime64(quality.last_received, 3, 'UTC') AS last_received
    FROM ${database}.exporter_quality_1m AS quality FINAL
    WHERE quality.bucket >= {from:DateTime('UTC')} AND quality.bucket < {until:DateTime('UTC')}
    UNION ALL
    SELECT
        drops.bucket, drops.exporter, toString(drops.collector), drops.observation_domain,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, drops.dropped, 0, 0, 0, 0, 0, 0,
        toDateTime64(0, 3, 'UTC')
    FROM ${database}.exporter_drops_1m AS drops
    WHERE drops.bucket >= {from:DateTime('UTC')} AND drops.bucket < {until:DateTime('UTC')}
    UNION ALL
    SELECT
        spine.bucket, listed.address, '', 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        toDateTime64(0, 3, 'UTC')
    FROM ${database}.buckets(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 60) AS spine
    CROSS JOIN ${database}.current_exporters AS listed
) AS minutes
LEFT JOIN ${database}.current_exporters AS exporters ON exporters.address = minutes.address
GROUP BY
    minutes.bucket, minutes.address, exporters.exporter, exporters.node, exporters.operator;

-- What could not be counted as traffic of a link, by reason, exporter and interface.
CREATE OR REPLACE VIEW ${database}.def_unattributed_v1 ${on_cluster} AS
SELECT
    rows.reason AS reason,
    rows.exporter AS address,
    exporters.exporter AS exporter,
    rows.interface AS interface,
    rows.meter AS meter,
    rows.ip_version AS ip_version,
    sum(rows.octets) AS octets,
    sum(rows.packets) AS packets,
    sum(rows.observed_octets) AS observed_octets,
    sum(rows.observed_packets) AS observed_packets,
    sum(rows.records) AS records
FROM ${database}.unattributed_1m AS rows
LEFT JOIN ${database}.current_exporters AS exporters ON exporters.address = rows.exporter
WHERE rows.bucket >= {from:DateTime('UTC')} AND rows.bucket < {until:DateTime('UTC')}
GROUP BY
    rows.reason, rows.exporter, exporters.exporter, rows.interface, rows.meter, rows.ip_version;
