package org.ipv6flow.launcher.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something of everything, for every link and exporter of an inventory that is published; traffic
 * also a week before.
 */
final class MadeTraffic {

  private MadeTraffic() {}

  static List<String> inserts(Instant until, Duration length) {
    long end = until.getEpochSecond() / 300 * 300;
    long fives = length.toMinutes() / 5;
    return List.of(
        """
        INSERT INTO ipv6flow.link_traffic_10s
        SELECT bucket, link, direction, if(startsWith(class.1, 'v4') OR class.1 = 'v6_in_v4', 4, 6),
            class.1, toUInt64(base * class.2) AS octets, toUInt64(octets / 800),
            toUInt64(octets / 1000), toUInt64(octets / 800000), toUInt64(octets / 800000),
            octets * 1.5e6
        FROM
        (
            SELECT
                toDateTime(%d - 300 * times.number - weeks.seconds, 'UTC') AS bucket, ends.link AS link,
                ends.direction AS direction,
                37.5 * ends.bps * (0.3 + cityHash64(ends.link, ends.direction) %% 700 / 1000)
                    * (0.7 + 0.3 * sin(toHour(bucket) / 3.82)) AS base
            FROM numbers(1, %d) AS times
            CROSS JOIN (SELECT arrayJoin([0, 604800]) AS seconds) AS weeks
            CROSS JOIN
            (
                SELECT directions.link AS link, directions.direction AS direction,
                    max(capacities.capacity_bps) AS bps
                FROM ipv6flow.current_link_directions AS directions
                INNER JOIN ipv6flow.inventory_links AS capacities
                    ON capacities.link = directions.link
                GROUP BY directions.link, directions.direction
            ) AS ends
        )
        ARRAY JOIN [('v4_native', 0.6), ('v6_native', 0.35), ('v6_in_v4', 0.01),
            ('v4_bogon', 0.005), ('overlay_in_v6', 0.035)] AS class
        """
            .formatted(end, fives),
        """
        INSERT INTO ipv6flow.exporter_quality_10s (bucket, exporter, observation_domain, collector,
            protocol_version, datagrams, data_records, flow_records, lost_records,
            sampling_known_records, templates, clock_offset_millis, last_received)
        SELECT toDateTime(%d - 60 * times.number, 'UTC') AS minute, exporters.address, 1, 'c1', 10, 9,
            200, 200, cityHash64(exporters.address) %% 5, 200, 3, 12, minute + 59
        FROM numbers(1, %d) AS times CROSS JOIN ipv6flow.current_exporters AS exporters
        """
            .formatted(end, 5 * fives),
        """
        INSERT INTO ipv6flow.unattributed_1m
        SELECT toDateTime(%d - 60 * times.number, 'UTC'), exporters.address, 1, 7, 'ingress',
            'unknown_interface', 6, 1000000, 1000, 1000, 1, 1
        FROM numbers(1, %d) AS times
        CROSS JOIN (SELECT address FROM ipv6flow.current_exporters LIMIT 2) AS exporters
        """
            .formatted(end, 5 * fives),
        """
        INSERT INTO ipv6flow.as_traffic_1m
        SELECT traffic.bucket, traffic.link, traffic.direction, traffic.ip_version, 64496, 64497,
            sum(traffic.octets), 1, 1, 1, 1, 0
        FROM ipv6flow.link_traffic_1h AS traffic
        GROUP BY traffic.bucket, traffic.link, traffic.direction, traffic.ip_version
        """);
  }
}
