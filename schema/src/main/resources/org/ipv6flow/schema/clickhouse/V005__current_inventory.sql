-- The newest version of the inventory, as the definitions use it.

CREATE OR REPLACE VIEW ${database}.current_links ${on_cluster} AS
SELECT
    links.link AS link,
    links.node AS node,
    nodes.province_en AS province,
    if(regions.region = '', 'unlisted', regions.region) AS region,
    links.a_operator AS a_operator,
    links.b_operator AS b_operator,
    links.role AS role,
    links.ipv6_enabled_on AS ipv6_enabled_on,
    links.capacity_from AS capacity_from,
    links.capacity_until AS capacity_until,
    links.capacity_bps AS capacity_bps
FROM ${database}.inventory_links AS links
LEFT JOIN ${database}.inventory_nodes AS nodes
    ON nodes.node = links.node AND nodes.loaded_at = links.loaded_at
LEFT JOIN ${database}.province_regions AS regions
    ON regions.province = nodes.province_en AND regions.loaded_at = links.loaded_at
WHERE links.loaded_at = (SELECT max(loaded_at) FROM ${database}.inventory_versions);

CREATE OR REPLACE VIEW ${database}.current_exporters ${on_cluster} AS
SELECT
    exporters.exporter AS exporter,
    exporters.address AS address,
    exporters.node AS node,
    exporters.operator AS operator
FROM ${database}.inventory_exporters AS exporters
WHERE exporters.loaded_at = (SELECT max(loaded_at) FROM ${database}.inventory_versions);

-- Links with the members of dimensions that their capacity belongs to.
CREATE OR REPLACE VIEW ${database}.current_link_populations ${on_cluster} AS
SELECT
    links.link AS link,
    links.node AS node,
    links.role AS role,
    links.ipv6_enabled_on AS ipv6_enabled_on,
    links.capacity_from AS capacity_from,
    links.capacity_until AS capacity_until,
    links.capacity_bps AS capacity_bps,
    CAST(
        arrayConcat(
            [
                ('all', 'all'),
                ('role', links.role),
                ('region', links.region),
                ('province', links.province),
                ('node', links.node),
                ('operator', links.a_operator),
                ('operator', links.b_operator),
                ('operator_pair',
                    concat(
                        least(links.a_operator, links.b_operator), '-',
                        greatest(links.a_operator, links.b_operator))),
                ('link', links.link)
            ],
            if(links.role = 'international', [('gateway', links.node)], [])),
        'Array(Tuple(String, String))') AS populations
FROM ${database}.current_links AS links;

-- Link directions with the exporter that counts them and the populations they belong to: a member
-- of a dimension, in a direction. What is published for a population is a sum over the link
-- directions that name it, so each of them counts once. Into a gateway is into the network whose
-- router counts the link: foreign carriers export nothing to us.
CREATE OR REPLACE VIEW ${database}.current_link_directions ${on_cluster} AS
SELECT
    observations.link AS link,
    observations.direction AS direction,
    exporters.address AS exporter_address,
    links.node AS node,
    links.province AS province,
    links.region AS region,
    links.a_operator AS a_operator,
    links.b_operator AS b_operator,
    links.role AS role,
    links.ipv6_enabled_on AS ipv6_enabled_on,
    links.in_service_from AS in_service_from,
    links.in_service_until AS in_service_until,
    -- The same days as times, for buckets to be compared with.
    toUnixTimestamp(toString(links.in_service_from), '${time_zone}') AS first_second,
    toUnixTimestamp(
        toString(least(links.in_service_until, toDate('2106-01-01'))), '${time_zone}')
        AS end_second,
    toUnixTimestamp(
        toString(least(links.ipv6_enabled_on, toDate('2106-01-01'))), '${time_zone}')
        AS ipv6_second,
    if(observations.direction = 'a_to_b', links.a_operator, links.b_operator) AS from_operator,
    if(observations.direction = 'a_to_b', links.b_operator, links.a_operator) AS to_operator,
    concat(
        least(from_operator, to_operator), '-', greatest(from_operator, to_operator))
        AS operator_pair,
    if(to_operator = exporters.operator, 'in', 'out') AS gateway_direction,
    CAST(
        arrayConcat(
            [
                ('all', 'all', 'both'),
                ('role', links.role, 'both'),
                ('region', links.region, 'both'),
                ('province', links.province, 'both'),
                ('node', links.node, 'both'),
                ('operator', from_operator, 'out'),
                ('operator', to_operator, 'in'),
                ('operator', from_operator, 'both'),
                ('operator', to_operator, 'both'),
                ('operator_pair', operator_pair, 'both'),
                ('operator_path', concat(from_operator, '>', to_operator), 'both'),
                ('node_pair', concat(links.node, ':', operator_pair), 'both'),
                ('link', observations.link, 'both'),
                ('link', observations.link, toString(observations.direction))
            ],
            if(
                links.role = 'international',
                [
                    ('role', links.role, gateway_direction),
                    ('gateway', links.node, 'both'),
                    ('gateway', links.node, gateway_direction)
                ],
                [])),
        'Array(Tuple(String, String, String))') AS populations
FROM ${database}.inventory_observations AS observations
INNER JOIN ${database}.current_exporters AS exporters
    ON exporters.exporter = observations.exporter
INNER JOIN
(
    SELECT
        periods.link AS link,
        any(periods.node) AS node,
        any(periods.province) AS province,
        any(periods.region) AS region,
        any(periods.a_operator) AS a_operator,
        any(periods.b_operator) AS b_operator,
        any(periods.role) AS role,
        any(periods.ipv6_enabled_on) AS ipv6_enabled_on,
        min(periods.capacity_from) AS in_service_from,
        max(periods.capacity_until) AS in_service_until
    FROM ${database}.current_links AS periods
    GROUP BY periods.link
) AS links ON links.link = observations.link
WHERE observations.loaded_at = (SELECT max(loaded_at) FROM ${database}.inventory_versions);
