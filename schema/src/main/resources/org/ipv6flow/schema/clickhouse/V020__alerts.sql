-- Alerts of the console: every change of each as a row, which is never changed. The newest row of an
-- id is how the alert is now; docs/reference/alerts.md describes the rules.
CREATE TABLE IF NOT EXISTS ${database}.alert_changes ${on_cluster}
(
    id              String COMMENT 'of one occurrence',
    rule            LowCardinality(String),
    severity        LowCardinality(String),
    state           Enum8('pending' = 1, 'firing' = 2, 'resolved' = 3),
    subject         Map(LowCardinality(String), String),
    summary         String,
    summary_zh      String,
    started_at      DateTime64(3, 'UTC'),
    changed_at      DateTime64(3, 'UTC'),
    fired_at        Nullable(DateTime64(3, 'UTC')) COMMENT 'null: never fired',
    ended_at        Nullable(DateTime64(3, 'UTC')),
    value           Float64,
    threshold       Float64,
    error95         Nullable(Float64),
    coverage        Nullable(Float64),
    unit            LowCardinality(String),
    evidence        String COMMENT 'JSON: the query and what it said',
    acknowledged_by Nullable(String),
    acknowledged_at Nullable(DateTime64(3, 'UTC')),
    note            Nullable(String),
    silenced_by     Nullable(String)
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
PARTITION BY toYYYYMM(started_at)
ORDER BY (started_at, id, changed_at)
TTL toDateTime(started_at) + INTERVAL 3 YEAR;

-- Silences; the newest row of an id holds, and one that was ended has its end as until.
CREATE TABLE IF NOT EXISTS ${database}.alert_silences ${on_cluster}
(
    id         String,
    rule       LowCardinality(String) COMMENT 'empty: all',
    subject    Map(LowCardinality(String), String),
    until      DateTime64(3, 'UTC'),
    reason     String,
    created_by String,
    created_at DateTime64(3, 'UTC'),
    changed_at DateTime64(3, 'UTC')
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY (created_at, id, changed_at)
TTL toDateTime(created_at) + INTERVAL 3 YEAR;

CREATE OR REPLACE VIEW ${database}.alerts ${on_cluster} AS
SELECT * FROM ${database}.alert_changes AS changes
ORDER BY changes.changed_at DESC, changes.state DESC
LIMIT 1 BY changes.id;
