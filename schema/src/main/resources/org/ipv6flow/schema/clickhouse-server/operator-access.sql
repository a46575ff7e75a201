-- The role of one operator of the inventory, run once for each: it sees its own links, both
-- directions of them, its own routers, and nobody else's.
CREATE ROLE IF NOT EXISTS ipv6flow_operator_${operator} ${on_cluster}
SETTINGS PROFILE 'ipv6flow_reader';

CREATE QUOTA IF NOT EXISTS ipv6flow_operator_${operator} ${on_cluster} KEYED BY user_name
    FOR INTERVAL 1 minute MAX queries = 300, errors = 60, execution_time = 60,
    FOR INTERVAL 1 hour MAX queries = 6000, execution_time = 900
    TO ipv6flow_operator_${operator};

GRANT ${on_cluster} SELECT ON ${database}.* TO ipv6flow_operator_${operator};
REVOKE ${on_cluster} SELECT ON ${database}.exporter_quality_10s FROM ipv6flow_operator_${operator};
REVOKE ${on_cluster} SELECT ON ${database}.exporter_drops_10s FROM ipv6flow_operator_${operator};
REVOKE ${on_cluster} SELECT ON ${database}.exporter_drops_1m FROM ipv6flow_operator_${operator};
REVOKE ${on_cluster} SELECT ON ${database}.unattributed_1m FROM ipv6flow_operator_${operator};

CREATE ROW POLICY OR REPLACE ipv6flow_links_of_${operator} ${on_cluster}
ON ${database}.link_traffic_10s${local}, ${database}.link_traffic_1m${local}, ${database}.link_traffic_5m${local},
    ${database}.link_traffic_1h${local}, ${database}.link_traffic_1d${local}, ${database}.link_totals_5m${local}
FOR SELECT
USING link IN (
    SELECT own.link FROM ${database}.inventory_links AS own
    WHERE own.a_operator = '${operator}' OR own.b_operator = '${operator}')
TO ipv6flow_operator_${operator};

CREATE ROW POLICY OR REPLACE ipv6flow_link_rows_of_${operator} ${on_cluster}
ON ${database}.inventory_links
FOR SELECT USING a_operator = '${operator}' OR b_operator = '${operator}'
TO ipv6flow_operator_${operator};

-- Which exporter counts a shared link is needed for its coverage; addresses stay with their owner
-- all the same, because a router of the other side is not in the operator's rows.
CREATE ROW POLICY OR REPLACE ipv6flow_routers_of_${operator} ${on_cluster}
ON ${database}.inventory_exporters
FOR SELECT USING operator = '${operator}'
TO ipv6flow_operator_${operator};

CREATE ROW POLICY OR REPLACE ipv6flow_ports_of_${operator} ${on_cluster}
ON ${database}.inventory_interfaces, ${database}.inventory_observations
FOR SELECT
USING exporter IN (
    SELECT own.exporter FROM ${database}.inventory_exporters AS own
    WHERE own.operator = '${operator}')
TO ipv6flow_operator_${operator};
