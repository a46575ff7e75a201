-- Sketches of distinct prefixes: register i of a set of n holds rank k or less with the probability
-- (1 - 2^-k)^(n/4096), which a hash inverts. Nine tenths of a set are there every day, so that the
-- days of a month unite to little more than one of them.
INSERT INTO {db}.active_prefixes_{level} (bucket, operator, province, unit, registers)
SETTINGS max_partitions_per_insert_block = 1000
WITH
    toUInt64(prefixes * exp(-0.25 * ({end} - t) / 31557600.)) AS n,
    cityHash64(operator, province, unit) AS seed,
    arrayFilter(r -> r.2 > 0, arrayMap(
        i -> (
            toUInt16(i),
            toUInt8(greatest(
                ceil(-log2(1 - pow(
                    (cityHash64(seed, i) % 1000000 + 0.5) / 1000000, 4096 / (0.9 * n)))) - 1,
                ceil(-log2(1 - pow(
                    (cityHash64(seed, i, t) % 1000000 + 0.5) / 1000000, 4096 / (0.1 * n)))) - 1,
                0))),
        range(4096))) AS used
SELECT
    toDateTime(t, 'UTC'), operator, province, unit,
    (arrayMap(r -> r.1, used), arrayMap(r -> r.2, used))
FROM
(
    SELECT arrayJoin({times}) AS t
) AS times
CROSS JOIN
(
    SELECT DISTINCT
        part.4 AS operator, part.5 AS province, kind.1 AS unit,
        300 + kind.2 * (cityHash64(operator, province) % 1000) AS prefixes
    FROM (SELECT DISTINCT arrayJoin(parts) AS part FROM {db}.synthetic_sides WHERE side = 'source')
    ARRAY JOIN [('v6_64', 3), ('v6_56', 1), ('v4_32', 2)] AS kind
    WHERE province != ''
) AS populations
