-- What the statements that fill a store read; dropped again at the end.
DROP TABLE IF EXISTS {db}.synthetic_links SYNC;

CREATE TABLE {db}.synthetic_links
(
    link              LowCardinality(String),
    direction         Enum8('a_to_b' = 1, 'b_to_a' = 2),
    exporter          IPv6,
    seed              UInt64,
    sampling_interval UInt64,
    capacity_bps      Float64,
    peak              Float64,
    long_phase        Float64,
    short_phase       Float64,
    ipv6_from         UInt32,
    in_service        Array(Tuple(UInt32, UInt32, Float64)) COMMENT 'from, until, bit/s',
    mix               Array(Tuple(Int8, UInt8, Float64, Float64, Float64))
        COMMENT 'class, IP version, share, mean and mean square of octets per packet',
    gaps              Array(Tuple(UInt32, UInt32)) COMMENT 'silences, and outages of the exporter',
    collapses         Array(Tuple(UInt32, UInt32)),
    other_exporter    IPv6 COMMENT ':: without a second observer',
    other_interface   UInt32,
    other_interval    UInt64,
    source_operator   LowCardinality(String),
    destination_operator LowCardinality(String),
    source_as         Array(Tuple(UInt32, Float64)) COMMENT 'number, share',
    destination_as    Array(Tuple(UInt32, Float64))
)
ENGINE = Memory;

DROP TABLE IF EXISTS {db}.synthetic_exporters SYNC;

CREATE TABLE {db}.synthetic_exporters
(
    exporter           IPv6,
    protocol_version   UInt8,
    observation_domain UInt32,
    seed               UInt64,
    records_per_second Float64,
    outages            Array(Tuple(UInt32, UInt32)),
    losses             Array(Tuple(UInt32, UInt32, Float64))
)
ENGINE = Memory;

DROP TABLE IF EXISTS {db}.synthetic_sides SYNC;

CREATE TABLE {db}.synthetic_sides
(
    link       LowCardinality(String),
    direction  Enum8('a_to_b' = 1, 'b_to_a' = 2),
    ip_version UInt8,
    side       Enum8('source' = 1, 'destination' = 2),
    parts      Array(Tuple(String, String, String, String, String, String, String, Float64))
        COMMENT 'organisation, kind, industry, operator, province, region, access, share'
)
ENGINE = Memory;

DROP TABLE IF EXISTS {db}.synthetic_prefixes SYNC;

CREATE TABLE {db}.synthetic_prefixes
(
    operator   LowCardinality(String),
    ip_version UInt8,
    prefixes   Array(IPv6)
)
ENGINE = Memory;

DROP TABLE IF EXISTS {db}.synthetic_days SYNC;

-- How busy each day is, from the day before the first on.
CREATE TABLE {db}.synthetic_days
(
    factors Array(Float64)
)
ENGINE = Memory
