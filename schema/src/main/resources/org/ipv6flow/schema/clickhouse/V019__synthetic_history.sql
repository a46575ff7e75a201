-- Times that were filled with made-up traffic. Empty in a store of measured traffic; whoever shows
-- numbers says so where it is not.
CREATE TABLE IF NOT EXISTS ${database}.synthetic_history ${on_cluster}
(
    filled_at DateTime64(3, 'UTC'),
    from      DateTime('UTC'),
    until     DateTime('UTC') COMMENT 'exclusive',
    seed      UInt64
)
ENGINE = ${engine_prefix}MergeTree${everywhere}
ORDER BY filled_at;
