-- Who may see what, for a ClickHouse server; the embedded engine has no users. Applied by
-- `ipv6flow schema apply --server-only`, after the migrations, by a user with access management;
-- every statement may be repeated. docs/reference/store.md says how to give people these roles.
--
--   ipv6flow_noc        everything but the register of accounts: live work needs devices and links
--   ipv6flow_planner    traffic, capacities and statistics; no exporters' addresses, no flows
--   ipv6flow_regulator  the database ${database}_published alone: aggregates of fixed dimensions
--   ipv6flow_auditor    what was applied, defined and asked, and no traffic
--   ipv6flow_ingest     writes what the stream job writes
--   ipv6flow_operator_… of operator-access.sql: the links of one operator

-- Views of the regulator are run with this user's rights, so that the regulator needs none on what
-- lies behind them. Nobody can log in as it.
CREATE USER IF NOT EXISTS ${database}_definer ${on_cluster}
IDENTIFIED WITH no_password HOST NONE;

CREATE SETTINGS PROFILE IF NOT EXISTS ipv6flow_reader ${on_cluster} SETTINGS
    readonly = 2 READONLY,
    max_execution_time = 60 MAX 600,
    max_memory_usage = 4000000000 MAX 16000000000,
    max_result_rows = 1000000 MAX 10000000,
    result_overflow_mode = 'throw',
    max_concurrent_queries_for_user = 8 READONLY,
    allow_ddl = 0 READONLY;

-- A row inserted through a Distributed table must be on its shard when the insert returns, under
-- the same token as before: a checkpoint is committed after that.
CREATE SETTINGS PROFILE IF NOT EXISTS ipv6flow_writer ${on_cluster} SETTINGS
    async_insert = 0 READONLY,
    distributed_foreground_insert = 1 READONLY,
    deduplicate_blocks_in_dependent_materialized_views = 1 READONLY;

CREATE ROLE IF NOT EXISTS ipv6flow_noc ${on_cluster} SETTINGS PROFILE 'ipv6flow_reader';
CREATE ROLE IF NOT EXISTS ipv6flow_planner ${on_cluster} SETTINGS PROFILE 'ipv6flow_reader';
CREATE ROLE IF NOT EXISTS ipv6flow_regulator ${on_cluster} SETTINGS PROFILE 'ipv6flow_reader';
CREATE ROLE IF NOT EXISTS ipv6flow_auditor ${on_cluster} SETTINGS PROFILE 'ipv6flow_reader';
CREATE ROLE IF NOT EXISTS ipv6flow_ingest ${on_cluster} SETTINGS PROFILE 'ipv6flow_writer';

-- A quota bounds what one account can ask, whoever wrote the query.
CREATE QUOTA IF NOT EXISTS ipv6flow_interactive ${on_cluster} KEYED BY user_name
    FOR INTERVAL 1 minute MAX queries = 600, errors = 120, execution_time = 120,
    FOR INTERVAL 1 hour MAX queries = 12000, execution_time = 1800, read_rows = 50000000000
    TO ipv6flow_noc, ipv6flow_planner;

CREATE QUOTA IF NOT EXISTS ipv6flow_published ${on_cluster} KEYED BY user_name
    FOR INTERVAL 1 minute MAX queries = 120, errors = 30, execution_time = 60,
    FOR INTERVAL 1 day MAX queries = 20000, execution_time = 7200
    TO ipv6flow_regulator, ipv6flow_auditor;

GRANT ${on_cluster} SELECT ON ${database}.* TO ipv6flow_noc;

GRANT ${on_cluster} SELECT ON ${database}.* TO ipv6flow_planner;
REVOKE ${on_cluster} SELECT ON ${database}.exporter_quality_10s FROM ipv6flow_planner;
REVOKE ${on_cluster} SELECT ON ${database}.exporter_drops_10s FROM ipv6flow_planner;
REVOKE ${on_cluster} SELECT ON ${database}.unattributed_1m FROM ipv6flow_planner;

GRANT ${on_cluster} SELECT ON ${database}.schema_migrations TO ipv6flow_auditor;
GRANT ${on_cluster} SELECT ON ${database}.definitions TO ipv6flow_auditor;
GRANT ${on_cluster} SELECT ON ${database}.inventory_versions TO ipv6flow_auditor;
GRANT ${on_cluster} SELECT ON system.query_log TO ipv6flow_auditor;
GRANT ${on_cluster} SELECT ON system.session_log TO ipv6flow_auditor;
GRANT ${on_cluster} SELECT ON system.grants TO ipv6flow_auditor;
GRANT ${on_cluster} SELECT ON system.row_policies TO ipv6flow_auditor;

GRANT ${on_cluster} INSERT ON ${database}.* TO ipv6flow_ingest;

GRANT ${on_cluster} SELECT ON ${database}.* TO ${database}_definer;

-- Without a policy of its own a user sees every row; with one for somebody else it sees none. So
-- those who see all are named beside the operators, whose policies are in operator-access.sql. On a
-- cluster the policies are on the shards' own tables; its remote_servers need a <secret>, or a shard
-- does not know who asks.
CREATE ROW POLICY IF NOT EXISTS ipv6flow_all_rows ${on_cluster}
ON ${database}.link_traffic_10s${local}, ${database}.link_traffic_1m${local}, ${database}.link_traffic_5m${local},
    ${database}.link_traffic_1h${local}, ${database}.link_traffic_1d${local}, ${database}.link_totals_5m${local},
    ${database}.inventory_links, ${database}.inventory_observations,
    ${database}.inventory_exporters, ${database}.inventory_interfaces
FOR SELECT USING 1
TO ipv6flow_noc, ipv6flow_planner, ipv6flow_ingest, ${database}_definer;

-- What the regulator sees. Dimensions are fixed: nothing finer than a node or a pair of operators,
-- no link, no device, no address. A cell that rests on few sampled packets is not shown: below 400
-- its error is above 10 %.
CREATE DATABASE IF NOT EXISTS ${database}_published ${on_cluster};

CREATE OR REPLACE VIEW ${database}_published.ipv6_share ${on_cluster}
DEFINER = ${database}_definer SQL SECURITY DEFINER
AS SELECT shares.* EXCEPT (observed_packets_v4, observed_packets_v6)
FROM ${database}.def_ipv6_share_v1(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS shares
WHERE shares.dimension IN
        ('all', 'role', 'region', 'province', 'node', 'gateway', 'operator', 'operator_pair')
    AND shares.observed_packets_v4 + shares.observed_packets_v6 >= 400;

CREATE OR REPLACE VIEW ${database}_published.monthly_traffic ${on_cluster}
DEFINER = ${database}_definer SQL SECURITY DEFINER
AS SELECT months.*
FROM ${database}.def_monthly_traffic_v1(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS months
WHERE months.dimension IN
    ('all', 'role', 'region', 'province', 'node', 'gateway', 'operator', 'operator_pair');

CREATE OR REPLACE VIEW ${database}_published.interconnect_traffic ${on_cluster}
DEFINER = ${database}_definer SQL SECURITY DEFINER
AS SELECT traffic.*
FROM ${database}.def_interconnect_traffic_v1(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS traffic
WHERE traffic.dimension IN
    ('all', 'role', 'ipv6_enabled', 'region', 'province', 'node', 'gateway', 'operator',
    'operator_pair');

CREATE OR REPLACE VIEW ${database}_published.transition_mix ${on_cluster}
DEFINER = ${database}_definer SQL SECURITY DEFINER
AS SELECT mix.*
FROM ${database}.def_transition_mix_v1(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS mix
WHERE mix.dimension IN ('all', 'role', 'region', 'province', 'gateway', 'operator');

CREATE OR REPLACE VIEW ${database}_published.operator_matrix ${on_cluster}
DEFINER = ${database}_definer SQL SECURITY DEFINER
AS SELECT matrix.*
FROM ${database}.def_operator_matrix_v1(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS matrix;

CREATE OR REPLACE VIEW ${database}_published.interconnect_bandwidth ${on_cluster}
DEFINER = ${database}_definer SQL SECURITY DEFINER
AS SELECT bandwidth.*
FROM ${database}.def_interconnect_bandwidth_history_v1 AS bandwidth
WHERE bandwidth.dimension != 'link';

CREATE OR REPLACE VIEW ${database}_published.plan_progress ${on_cluster}
DEFINER = ${database}_definer SQL SECURITY DEFINER
AS SELECT progress.* FROM ${database}.def_plan_progress_v1 AS progress;

CREATE OR REPLACE VIEW ${database}_published.published_comparison ${on_cluster}
DEFINER = ${database}_definer SQL SECURITY DEFINER
AS SELECT figures.* FROM ${database}.def_published_comparison_v1 AS figures;

CREATE OR REPLACE VIEW ${database}_published.definitions ${on_cluster}
DEFINER = ${database}_definer SQL SECURITY DEFINER
AS SELECT register.* FROM ${database}.definitions AS register FINAL;

GRANT ${on_cluster} SELECT ON ${database}_published.* TO ipv6flow_regulator;
GRANT ${on_cluster} SELECT ON ${database}_published.* TO ipv6flow_auditor;

-- Accounts of the API, one a role, with a common secret that is given as its hash. People get
-- accounts of their own with the same roles.
CREATE USER IF NOT EXISTS ipv6flow_api_noc ${on_cluster}
IDENTIFIED WITH sha256_hash BY '${api_password_sha256}' DEFAULT ROLE ipv6flow_noc;
CREATE USER IF NOT EXISTS ipv6flow_api_planner ${on_cluster}
IDENTIFIED WITH sha256_hash BY '${api_password_sha256}' DEFAULT ROLE ipv6flow_planner;
CREATE USER IF NOT EXISTS ipv6flow_api_regulator ${on_cluster}
IDENTIFIED WITH sha256_hash BY '${api_password_sha256}' DEFAULT ROLE ipv6flow_regulator;
CREATE USER IF NOT EXISTS ipv6flow_api_auditor ${on_cluster}
IDENTIFIED WITH sha256_hash BY '${api_password_sha256}' DEFAULT ROLE ipv6flow_auditor;

GRANT ${on_cluster} ipv6flow_noc TO ipv6flow_api_noc;
GRANT ${on_cluster} ipv6flow_planner TO ipv6flow_api_planner;
GRANT ${on_cluster} ipv6flow_regulator TO ipv6flow_api_regulator;
GRANT ${on_cluster} ipv6flow_auditor TO ipv6flow_api_auditor;
