-- Traffic of every link direction and class in {count} buckets of {step} seconds from {from} on.
--
-- What was carried: the load that the simulator plays at that hour, less for every year ago, with a
-- noise of the day that fades out towards the present. What was seen of it: as many packets as a
-- sampler would have taken, with their spread. Noise is hashes of link, direction, class and time:
-- the same seed and time give the same rows.
INSERT INTO {db}.link_traffic_{level}
(
    bucket, link, direction, ip_version, traffic_class,
    octets, packets, observed_octets, observed_packets, records, octets_variance
)
SETTINGS max_partitions_per_insert_block = 1000
WITH
    sampling.6 AS expected,
    -- Four uniform parts of a hash add up to nearly a normal variable.
    cityHash64(sampling.1, sampling.2, sampling.3) AS hash,
    cityHash64(hash) AS hash2,
    1.7320508 * ((bitAnd(hash, 65535) + bitAnd(bitShiftRight(hash, 16), 65535)
        + bitAnd(bitShiftRight(hash, 32), 65535) + bitShiftRight(hash, 48)) / 65536 - 2) AS normal,
    1.7320508 * ((bitAnd(hash2, 65535) + bitAnd(bitShiftRight(hash2, 16), 65535)
        + bitAnd(bitShiftRight(hash2, 32), 65535) + bitShiftRight(hash2, 48)) / 65536 - 2)
        AS normal2,
    toUInt64(greatest(0, round(
        expected + sqrt(expected * (1 - 1 / sampling_interval)) * normal))) AS seen_packets,
    toUInt64(greatest(
        40. * seen_packets,
        round(seen_packets * sampling.4
            + sqrt(seen_packets * (sampling.5 - sampling.4 * sampling.4)) * normal2)))
        AS seen_octets
SELECT
    toDateTime(t, 'UTC') AS bucket,
    link,
    direction,
    part.2 AS ip_version,
    part.1 AS traffic_class,
    seen_octets * sampling_interval AS octets,
    seen_packets * sampling_interval AS packets,
    seen_octets AS observed_octets,
    seen_packets AS observed_packets,
    toUInt64(greatest(1, seen_packets / {packets_per_record})) AS records,
    toFloat64(sampling_interval) * (sampling_interval - 1) * seen_packets * sampling.5
        AS octets_variance
FROM
(
    WITH
        links.collapses != [] AND arrayExists(c -> c.1 <= times.t AND times.t < c.2, links.collapses)
            AS collapsed,
        arraySum(arrayMap(p -> if(p.2 = 6, p.3, 0.), links.mix)) AS ipv6_now,
        -- IPv6 came with the years, and in its first four months on a link.
        if(
            times.t < links.ipv6_from, 0,
            exp(-0.18 * times.years_ago)
                * least(1, (times.t - links.ipv6_from) / (120 * 86400.)
                    + if({end} - links.ipv6_from < 120 * 86400, 1, 0))) AS ipv6_factor,
        least(
            0.95 * arrayFirst(s -> s.1 <= times.t AND times.t < s.2, links.in_service).3,
            links.capacity_bps
                * greatest({least}, least({most},
                    links.peak * ({night} + (1 - {night}) * times.daily)
                        * (1
                            + {wave} * (cos(times.long_angle + links.long_phase)
                                - cos(times.long_angle + times.long_turn + links.long_phase))
                                / times.long_turn
                            + {wave} * (cos(times.short_angle + links.short_phase)
                                - cos(times.short_angle + times.short_turn + links.short_phase))
                                / times.short_turn)))
                * times.day_factor
                * exp(-(0.15 + 0.25 * (links.seed % 1000) / 1000) * times.years_ago)
                * (1 + 0.04 * least(1, times.years_ago * 365.25 / 2)
                    * ((cityHash64(links.seed, times.day) % 1000 / 1000. - 0.5)
                            * (1 - times.day_passed)
                        + (cityHash64(links.seed, times.day + 1) % 1000 / 1000. - 0.5)
                            * times.day_passed)))
            / 8 * {step} AS carried
    SELECT
        times.t AS t,
        links.link AS link,
        links.direction AS direction,
        links.sampling_interval AS sampling_interval,
        arrayMap(
            p -> (
                links.seed, times.t, p.1, p.4, p.5,
                carried / (links.sampling_interval * p.4) * multiIf(
                    p.2 = 6, p.3 * ipv6_factor * if(collapsed, 0.03, 1),
                    p.1 = 10,
                    p.3 + ipv6_now * (1 - ipv6_factor)
                        + if(collapsed, 0.2 * ipv6_now * ipv6_factor, 0),
                    p.3)),
            links.mix) AS samplings,
        links.mix AS parts
    FROM
    (
        WITH
            intDiv(t + 8 * 3600 - 43200, 86400) AS noon,
            (SELECT factors FROM {db}.synthetic_days) AS factors
        SELECT
            toUInt32({from} + number * {step}) AS t,
            ({end} - t) / 31557600. AS years_ago,
            (1 + cos(2 * pi() * ((t + {step} / 2) / 3600 + 8 - {busiest_hour}) / 24)) / 2 AS daily,
            2 * pi() * t / {long_wave} AS long_angle,
            2 * pi() * {step} / {long_wave} AS long_turn,
            2 * pi() * t / {short_wave} AS short_angle,
            2 * pi() * {step} / {short_wave} AS short_turn,
            noon AS day,
            (t + 8 * 3600 - 43200) % 86400 / 86400. AS day_passed,
            factors[noon - {first_day} + 1]
                + (factors[noon - {first_day} + 2] - factors[noon - {first_day} + 1]) * day_passed
                AS day_factor
        FROM numbers({count})
    ) AS times
    CROSS JOIN {db}.synthetic_links AS links
    WHERE NOT (links.gaps != []
            AND arrayExists(g -> g.1 <= times.t AND times.t < g.2, links.gaps))
        AND carried > 0
) AS seen
ARRAY JOIN samplings AS sampling, parts AS part
WHERE seen_packets > 0
