-- The inventory, as published by InventoryTables. Each publication is a version: its rows carry one
-- loaded_at, and the row in inventory_versions is written last, so that a version is seen whole or
-- not at all. Views read the newest; older ones stay and say what was believed before.
CREATE TABLE IF NOT EXISTS ${database}.inventory_versions ${on_cluster}
(
    loaded_at         DateTime64(3, 'UTC'),
    inventory_version String,
    checksum          String COMMENT 'SHA-256 of the content; an equal one is not published again'
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY loaded_at;

CREATE TABLE IF NOT EXISTS ${database}.inventory_nodes ${on_cluster}
(
    loaded_at         DateTime64(3, 'UTC'),
    inventory_version String,
    node              String,
    name_en           String,
    name_zh           String,
    type              LowCardinality(String),
    province_en       LowCardinality(String),
    province_zh       LowCardinality(String),
    latitude          Float64,
    longitude         Float64
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY (loaded_at, node);

CREATE TABLE IF NOT EXISTS ${database}.inventory_operators ${on_cluster}
(
    loaded_at         DateTime64(3, 'UTC'),
    inventory_version String,
    operator          LowCardinality(String),
    name_en           String,
    name_zh           String
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY (loaded_at, operator);

-- One row per link and capacity period. Dates are days of the reports' time zone.
CREATE TABLE IF NOT EXISTS ${database}.inventory_links ${on_cluster}
(
    loaded_at         DateTime64(3, 'UTC'),
    inventory_version String,
    link              LowCardinality(String),
    node              LowCardinality(String),
    a_operator        LowCardinality(String),
    b_operator        LowCardinality(String),
    role              LowCardinality(String),
    ipv6_enabled_on   Date COMMENT '2149-06-06: not enabled',
    capacity_from     Date,
    capacity_until    Date COMMENT 'exclusive; 2149-06-06: open',
    capacity_bps      UInt64 COMMENT 'usable capacity of one direction, bit/s',
    members           UInt32
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY (loaded_at, link, capacity_from);

CREATE TABLE IF NOT EXISTS ${database}.inventory_exporters ${on_cluster}
(
    loaded_at              DateTime64(3, 'UTC'),
    inventory_version      String,
    exporter               LowCardinality(String),
    address                IPv6 COMMENT 'IPv4 is IPv4-mapped',
    node                   LowCardinality(String),
    operator               LowCardinality(String),
    protocol               LowCardinality(String),
    vendor_style           LowCardinality(String),
    active_timeout_seconds UInt32,
    idle_timeout_seconds   UInt32
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY (loaded_at, exporter);

CREATE TABLE IF NOT EXISTS ${database}.inventory_interfaces ${on_cluster}
(
    loaded_at         DateTime64(3, 'UTC'),
    inventory_version String,
    exporter          LowCardinality(String),
    interface         UInt32,
    name              String,
    link              LowCardinality(String) COMMENT 'empty: joins no link',
    role              LowCardinality(String),
    count_mode        LowCardinality(String),
    speed_bps         UInt64
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY (loaded_at, exporter, interface);

-- The one observation of each link direction that is counted.
CREATE TABLE IF NOT EXISTS ${database}.inventory_observations ${on_cluster}
(
    loaded_at         DateTime64(3, 'UTC'),
    inventory_version String,
    link              LowCardinality(String),
    direction         Enum8('a_to_b' = 1, 'b_to_a' = 2),
    exporter          LowCardinality(String),
    interface         UInt32,
    meter             Enum8('ingress' = 1, 'egress' = 2)
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY (loaded_at, link, direction);

-- Numeric targets of the national plans. comparison is >=, > or =; value is in unit.
CREATE TABLE IF NOT EXISTS ${database}.plan_targets ${on_cluster}
(
    loaded_at         DateTime64(3, 'UTC'),
    inventory_version String,
    document          String,
    issued            String,
    due               Date,
    metric            LowCardinality(String),
    comparison        LowCardinality(String),
    value             Float64,
    unit              LowCardinality(String),
    source            String
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY (loaded_at, metric, due);

-- The region of the country a province belongs to, of this release.
CREATE TABLE IF NOT EXISTS ${database}.province_regions ${on_cluster}
(
    loaded_at         DateTime64(3, 'UTC'),
    inventory_version String,
    province          LowCardinality(String),
    region            LowCardinality(String),
    region_zh         LowCardinality(String),
    source            String
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY (loaded_at, province);

-- Figures that others published, to stand beside ours. as_of is what the source gives: a month, or a
-- less exact time; month is null then.
CREATE TABLE IF NOT EXISTS ${database}.published_figures ${on_cluster}
(
    loaded_at         DateTime64(3, 'UTC'),
    inventory_version String,
    as_of             String,
    month             Nullable(Date),
    metric            LowCardinality(String),
    value             Float64,
    unit              LowCardinality(String),
    source            String
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY (loaded_at, metric, as_of);
