package org.ipv6flow.benchmarks.history;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** A question to the store's history. */
record Question(String name, String sql) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("''yyyy-MM-dd HH:mm:ss''", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int DAY = 86_400;

  /**
   * The three that have a bar, and one that has more to read. Quotients are rounded: sums of
   * floating point differ in their last bits by the order in which threads add.
   */
  static List<Question> over(Instant first, Instant last) {
    Instant year = later(first, last.minusSeconds(365L * DAY));
    Instant month = later(first, last.minusSeconds(31L * DAY));
    // Of a month that is not over, what is expected grows by the minute.
    Instant full =
        last.atZone(ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.DAYS)
            .withDayOfMonth(1)
            .minusDays(1)
            .toInstant();
    return List.of(
        new Question(
            "a year of one link at 5 min",
            """
            SELECT bucket, bps, bps_v4, bps_v6, bps_error95, utilisation, coverage
            FROM def_link_load_5m_v1(from = %s, until = %s)
            WHERE link = (SELECT min(link) FROM current_links) AND direction = 'a_to_b'"""
                .formatted(TIME.format(year), TIME.format(last))),
        new Question(
            "national share by month, all years",
            """
            SELECT bucket, round(share_wire, 9), round(share_wire_error95, 9),
                round(share_native, 9), round(coverage, 9), round(loss, 9)
            FROM def_ipv6_share_1mo_v1(from = %s, until = %s)
            WHERE dimension = 'all' AND direction = 'both'"""
                .formatted(TIME.format(first), TIME.format(full))),
        new Question(
            "p95 of all links, a month",
            """
            SELECT link, direction, ip_version, p95_bps, peak_bps, mean_bps
            FROM def_link_statistics_v1(from = %s, until = %s)"""
                .formatted(TIME.format(month), TIME.format(last))),
        new Question(
            "p95 of all members of all dimensions, a month",
            """
            SELECT dimension, member, direction, ip_version, p95_bps, peak_bps, mean_bps
            FROM def_interconnect_traffic_v1(from = %s, until = %s)"""
                .formatted(TIME.format(month), TIME.format(last))));
  }

  /** One row whatever the answer is: so that reading it costs nothing, and two can be compared. */
  String hashed(String database) {
    return "SELECT count(), sum(cityHash64(*)) FROM ("
        + sql.replace("FROM def_", "FROM " + database + ".def_")
            .replace("FROM current_", "FROM " + database + ".current_")
        + ")";
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
