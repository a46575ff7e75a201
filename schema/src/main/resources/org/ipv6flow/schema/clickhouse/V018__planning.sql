-- What a capacity planner asks of history: growth, run-out, profiles and event days.
-- docs/definitions.md defines the columns.

-- Compound growth a year between the first and the last month with traffic.
CREATE OR REPLACE VIEW ${database}.def_growth_v1 ${on_cluster} AS
WITH
    dateDiff('month', first_month, last_month) AS months
SELECT
    monthly.dimension AS dimension,
    monthly.member AS member,
    monthly.direction AS direction,
    minIf(monthly.month, monthly.octets > 0) AS first_month,
    maxIf(monthly.month, monthly.octets > 0) AS last_month,
    argMinIf(monthly.mean_bps_v4, monthly.month, monthly.octets > 0) AS first_bps_v4,
    argMaxIf(monthly.mean_bps_v4, monthly.month, monthly.octets > 0) AS last_bps_v4,
    argMinIf(monthly.mean_bps_v6, monthly.month, monthly.octets > 0) AS first_bps_v6,
    argMaxIf(monthly.mean_bps_v6, monthly.month, monthly.octets > 0) AS last_bps_v6,
    if(months = 0, NULL, pow(last_bps_v4 / nullIf(first_bps_v4, 0), 12 / months) - 1)
        AS growth_v4_a_year,
    if(months = 0, NULL, pow(last_bps_v6 / nullIf(first_bps_v6, 0), 12 / months) - 1)
        AS growth_v6_a_year,
    if(
        months = 0, NULL,
        pow((last_bps_v4 + last_bps_v6) / nullIf(first_bps_v4 + first_bps_v6, 0), 12 / months) - 1)
        AS growth_a_year
FROM ${database}.def_monthly_traffic_v1(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS monthly
GROUP BY monthly.dimension, monthly.member, monthly.direction
HAVING countIf(monthly.octets > 0) > 0;

-- Mean and highest hour by hour of the day and day of the week (1: Monday).
CREATE OR REPLACE VIEW ${database}.def_weekly_profile_v1 ${on_cluster} AS
SELECT
    hours.population.1 AS dimension,
    hours.population.2 AS member,
    hours.population.3 AS direction,
    toDayOfWeek(toTimeZone(hours.bucket, '${time_zone}')) AS day_of_week,
    toHour(toTimeZone(hours.bucket, '${time_zone}')) AS hour_of_day,
    avg(hours.octets) * 8 / 3600 AS mean_bps,
    avg(hours.octets_v4) * 8 / 3600 AS mean_bps_v4,
    avg(hours.octets_v6) * 8 / 3600 AS mean_bps_v6,
    max(hours.octets) * 8 / 3600 AS highest_bps,
    count() AS hours
FROM
(
    SELECT
        frame.bucket AS bucket,
        arrayJoin(frame.populations) AS population,
        sum(sums.octets) AS octets,
        sum(sums.octets_v4) AS octets_v4,
        sum(sums.octets_v6) AS octets_v6
    FROM ${database}.link_direction_buckets(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 3600) AS frame
    LEFT JOIN ${database}.link_direction_totals(
        from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}, step = 3600) AS sums
        ON sums.bucket = frame.bucket AND sums.link = frame.link
        AND sums.direction = frame.direction
    GROUP BY frame.bucket, population
) AS hours
GROUP BY hours.population, day_of_week, hour_of_day;

-- Days whose busy hour stands out against the median of the period.
CREATE OR REPLACE VIEW ${database}.def_event_days_v1 ${on_cluster} AS
SELECT
    days.*,
    quantileExact(0.5)(days.busy_hour_bps) OVER (
        PARTITION BY days.dimension, days.member, days.direction) AS median_busy_hour_bps,
    days.busy_hour_bps / nullIf(median_busy_hour_bps, 0) AS peak_factor
FROM ${database}.def_busy_hour_v1(
    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS days;

-- When a link direction reaches 70, 80 and 90 % of its capacity, from the highest hour of each week:
-- the line of Theil and Sen (median of the slopes of all pairs), and the dates for the ends of the
-- 95 % interval of its slope (Sen, 1968).
CREATE OR REPLACE VIEW ${database}.def_capacity_runout_v1 ${on_cluster} AS
WITH
    arrayJoin([0.7, 0.8, 0.9]) AS reached,
    lines.slopes AS slopes,
    length(slopes) AS pairs,
    lines.weeks AS n,
    1.96 * sqrt(n * (n - 1) * (2 * n + 5) / 18) AS rank_range,
    -- The lower and the upper rank of the interval of the median.
    greatest(1, toInt64(floor((pairs - rank_range) / 2))) AS lower_rank,
    least(toInt64(pairs), toInt64(ceil((pairs + rank_range) / 2)) + 1) AS upper_rank
SELECT
    lines.link AS link,
    lines.direction AS direction,
    lines.node AS node,
    lines.from_operator AS from_operator,
    lines.to_operator AS to_operator,
    reached AS threshold,
    lines.capacity_bps AS capacity_bps,
    n AS weeks,
    lines.slope AS slope_bps_a_day,
    slopes[lower_rank] AS slope_lower_bps_a_day,
    slopes[upper_rank] AS slope_upper_bps_a_day,
    lines.level_bps AS level_bps,
    lines.level_bps / nullIf(lines.capacity_bps, 0) AS utilisation,
    if(
        utilisation >= threshold, lines.last_day,
        if(
            slope_bps_a_day <= 0, NULL,
            toDate32(lines.last_day)
                + toInt32(least(
                    36500, ceil((threshold * capacity_bps - level_bps) / slope_bps_a_day)))))
        AS reached_on,
    if(
        utilisation >= threshold, lines.last_day,
        if(
            slope_upper_bps_a_day <= 0, NULL,
            toDate32(lines.last_day)
                + toInt32(least(
                    36500, ceil((threshold * capacity_bps - level_bps) / slope_upper_bps_a_day)))))
        AS reached_earliest,
    if(
        utilisation >= threshold, lines.last_day,
        if(
            slope_lower_bps_a_day <= 0, NULL,
            toDate32(lines.last_day)
                + toInt32(least(
                    36500, ceil((threshold * capacity_bps - level_bps) / slope_lower_bps_a_day)))))
        AS reached_latest
FROM
(
    SELECT
        pairs.link AS link,
        pairs.direction AS direction,
        any(links.node) AS node,
        any(links.from_operator) AS from_operator,
        any(links.to_operator) AS to_operator,
        any(links.capacity_bps) AS capacity_bps,
        any(pairs.weeks) AS weeks,
        toDate32(any(pairs.last_day)) AS last_day,
        arraySort(any(pairs.slopes)) AS slopes,
        any(pairs.slope) AS slope,
        -- The line's value on the last day.
        quantileExactInclusive(0.5)(
            arrayJoin(arrayMap(
                (value, day) -> value + slope_of * (toInt64(last_of) - day),
                pairs.values_of, pairs.days_of))) AS level_bps
    FROM
    (
        SELECT
            weekly.link AS link,
            weekly.direction AS direction,
            any(length(weekly.points)) AS weeks,
            any(arrayMax(arrayMap(point -> point.1, weekly.points))) AS last_of,
            any(toDate(arrayMax(arrayMap(point -> point.1, weekly.points)))) AS last_day,
            any(arrayMap(point -> point.1, weekly.points)) AS days_of,
            any(arrayMap(point -> point.2, weekly.points)) AS values_of,
            groupArray((later.2 - earlier.2) / (later.1 - earlier.1)) AS slopes,
            quantileExactInclusive(0.5)((later.2 - earlier.2) / (later.1 - earlier.1)) AS slope,
            slope AS slope_of
        FROM
        (
            SELECT
                hours.link AS link,
                hours.direction AS direction,
                groupArray((hours.day, hours.highest_bps)) AS points
            FROM
            (
                SELECT
                    buckets.link AS link,
                    buckets.direction AS direction,
                    max(buckets.octets) * 8 / 3600 AS highest_bps,
                    toInt64(argMax(
                        toUInt16(toDate(buckets.bucket, '${time_zone}')), buckets.octets)) AS day
                FROM ${database}.link_direction_totals(
                    from = {from:DateTime('UTC')}, until = {until:DateTime('UTC')},
                    step = 3600) AS buckets
                GROUP BY
                    buckets.link, buckets.direction,
                    toMonday(toTimeZone(buckets.bucket, '${time_zone}'))
            ) AS hours
            GROUP BY hours.link, hours.direction
        ) AS weekly
        ARRAY JOIN weekly.points AS earlier
        ARRAY JOIN weekly.points AS later
        WHERE later.1 > earlier.1
        GROUP BY weekly.link, weekly.direction
    ) AS pairs
    INNER JOIN
    (
        SELECT directions.*, capacities.capacity_bps AS capacity_bps
        FROM ${database}.current_link_directions AS directions
        INNER JOIN ${database}.current_links AS capacities ON capacities.link = directions.link
        WHERE capacities.capacity_from <= toDate({until:DateTime('UTC')}, '${time_zone}')
            AND capacities.capacity_until > toDate({until:DateTime('UTC')}, '${time_zone}')
    ) AS links ON links.link = pairs.link AND links.direction = pairs.direction
    GROUP BY pairs.link, pairs.direction
) AS lines;

INSERT INTO ${database}.definitions VALUES
('growth', 1, 'growth_v6_a_year', ['def_growth_v1'], ['from', 'until'], 'fraction a year',
    'a member of a dimension', 'as the dimension says',
    '(last month / first month) ^ (12 / months between) - 1, of mean bit/s', 'traffic'),
('weekly_profile', 1, 'mean_bps', ['def_weekly_profile_v1'], ['from', 'until'], 'bit/s',
    'a member of a dimension', 'as the dimension says',
    'mean of the hours of an hour of the day on a day of the week', 'traffic'),
('event_day', 1, 'peak_factor', ['def_event_days_v1'], ['from', 'until'], 'quotient',
    'a member of a dimension', 'as the dimension says',
    'busy_hour of the day / median busy_hour of the period', 'traffic'),
('capacity_runout', 1, 'reached_on', ['def_capacity_runout_v1'], ['from', 'until'], 'date',
    'a link', 'a_to_b or b_to_a',
    'day on which the Theil-Sen line of the highest hours of weeks reaches threshold * capacity',
    'Theil 1950, Sen 1968');
