package org.ipv6flow.simulator.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.simulator.traffic.LinkProfile;
import org.ipv6flow.simulator.traffic.NationalNetwork;

/**
 * Fills a store's tables with a past of the nation whose present the simulator plays.
 *
 * <p>The finest rows go where the store's retention would have them, each time at one level only:
 * the store's own views add them up to the coarser ones, as they do with what the stream job
 * writes. Everything follows from inventory, seed and times.
 */
public final class SyntheticHistory {

  /** As long as 5-minute traffic is kept, and a year-on-year comparison of a full year needs. */
  private static final Duration FIVE_MINUTES_KEPT = Duration.ofDays(760);

  private static final Duration TEN_SECONDS = Duration.ofHours(1);
  private static final Duration FINE_DETAIL = Duration.ofHours(3);
  private static final Duration HOURLY_DETAIL = Duration.ofDays(40);
  private static final Duration HOURLY_ORGANISATIONS = Duration.ofDays(8);

  private static final int SECONDS_10 = 10;

  private static final int SECONDS_60 = 60;
  private static final int SECONDS_300 = 300;
  private static final int SECONDS_HOUR = 3_600;
  private static final int SECONDS_DAY = 86_400;
  private static final int MONTH_OF_5M = 31 * SECONDS_DAY;

  private final Connection connection;
  private final HistoryOptions options;
  private final Consumer<String> progress;
  private final Script script;
  private final long end;
  private final long start;

  private SyntheticHistory(
      Connection connection, HistoryOptions options, Instant end, Consumer<String> progress) {
    this.connection = connection;
    this.options = options;
    this.progress = progress;
    this.end = floor(end.getEpochSecond(), SECONDS_10);
    this.start = midnight(end.minus(options.span()));
    LinkProfile.DailyShape shape = LinkProfile.dailyShape();
    this.script =
        new Script(
            connection,
            Map.ofEntries(
                Map.entry("db", options.database()),
                Map.entry("end", Long.toString(this.end)),
                Map.entry("least", Double.toString(shape.least())),
                Map.entry("most", Double.toString(shape.most())),
                Map.entry("night", Double.toString(shape.night())),
                Map.entry("busiest_hour", Double.toString(shape.busiestHour())),
                Map.entry("wave", Double.toString(shape.wave())),
                Map.entry("long_wave", Double.toString(shape.longWaveSeconds())),
                Map.entry("short_wave", Double.toString(shape.shortWaveSeconds())),
                Map.entry("packets_per_record", Double.toString(LinkProfile.packetsPerRecord())),
                Map.entry("first_day", Long.toString(firstDay().toEpochDay()))));
  }

  /**
   * Fills a store that holds no traffic yet.
   *
   * @param time tells the end of the history; when filling is done it is asked again, and what has
   *     passed meanwhile is filled, too
   * @return the end of the history
   */
  public static Instant fill(
      Connection connection,
      Inventory inventory,
      HistoryOptions options,
      InstantSource time,
      Consumer<String> progress)
      throws SQLException {
    SyntheticHistory history = new SyntheticHistory(connection, options, time.instant(), progress);
    history.checkEmpty();
    return history.run(inventory, time);
  }

  /** Two pasts in the same time would add up. */
  private void checkEmpty() throws SQLException {
    String earlier =
        text(
            "SELECT if(count() = 0, '', toString(min(bucket))) FROM %s.link_traffic_1h WHERE bucket < toDateTime(%d, 'UTC')"
                .formatted(options.database(), end));
    if (!earlier.isEmpty()) {
      throw new IllegalStateException(
          "the store holds traffic since %s (expected: none before the end of the history, %s)"
              .formatted(earlier, Instant.ofEpochSecond(end)));
    }
  }

  private Instant run(Inventory inventory, InstantSource time) throws SQLException {
    long fillStarted = System.nanoTime();
    NationalNetwork network = new NationalNetwork(inventory, options.seed(), end * 1_000);
    List<LinkProfile> profiles =
        network.profiles(options.recordsPerSecond(), end * 1_000 + SECONDS_60 * 1_000);
    LocalDate lastDay = day(end);
    Events events = new Events(profiles, lastDay, options.timeZone());
    mark(start, end);
    new ProfileTables(
            script, options.database(), inventory, network, profiles, events, options.timeZone())
        .write(firstDay(), lastDay.plusDays(2));
    long caughtUp;
    try {
      links();
      exporters();
      details();
      caughtUp = catchUp(time);
    } finally {
      script.run("drop", Map.of());
    }
    progress.accept(
        String.format(
            Locale.ROOT,
            "synthetic history from %s until %s: %.0f s",
            Instant.ofEpochSecond(start),
            Instant.ofEpochSecond(caughtUp),
            (System.nanoTime() - fillStarted) / 1e9));
    return Instant.ofEpochSecond(caughtUp);
  }

  /** Whoever reads the store can see which of its traffic was made up. */
  private void mark(long from, long until) throws SQLException {
    script.execute(
        "INSERT INTO %s.synthetic_history VALUES (now64(3), toDateTime(%d, 'UTC'), toDateTime(%d, 'UTC'), %d)"
            .formatted(options.database(), from, until, options.seed()));
  }

  private long catchUp(InstantSource time) throws SQLException {
    long from = end;
    long until = floor(time.instant().getEpochSecond(), SECONDS_10);
    while (until > from) {
      mark(from, until);
      fill("link_traffic", "10s", SECONDS_10, from, until, MONTH_OF_5M);
      fill("exporter_quality", "10s", SECONDS_10, from, until, MONTH_OF_5M);
      from = until;
      until = floor(time.instant().getEpochSecond(), SECONDS_10);
    }
    return from;
  }

  private void links() throws SQLException {
    long tenSeconds = Math.max(start, floor(end - TEN_SECONDS.toSeconds(), SECONDS_HOUR));
    long minutes =
        Math.min(
            tenSeconds, Math.max(start, floor(end - options.minutes().toSeconds(), SECONDS_HOUR)));
    long fiveMinutes =
        Math.min(
            minutes,
            Math.max(start, midnight(Instant.ofEpochSecond(end).minus(FIVE_MINUTES_KEPT))));
    fill("link_traffic", "1h", SECONDS_HOUR, start, fiveMinutes, 366 * SECONDS_DAY);
    fill("link_traffic", "5m", SECONDS_300, fiveMinutes, minutes, MONTH_OF_5M);
    fill("link_totals", "5m", SECONDS_300, fiveMinutes, minutes, MONTH_OF_5M);
    fill("link_traffic", "1m", SECONDS_60, minutes, tenSeconds, MONTH_OF_5M);
    fill("link_traffic", "10s", SECONDS_10, tenSeconds, end, MONTH_OF_5M);
    fill("cross_checks", "1m", SECONDS_300, minutes, floor(end, SECONDS_300), MONTH_OF_5M);
  }

  private void exporters() throws SQLException {
    long tenSeconds = Math.max(start, floor(end - TEN_SECONDS.toSeconds(), SECONDS_HOUR));
    long minutes =
        Math.min(
            tenSeconds, Math.max(start, floor(end - options.minutes().toSeconds(), SECONDS_HOUR)));
    fill("exporter_quality_1h", "1h", SECONDS_HOUR, start, minutes, Integer.MAX_VALUE);
    fill("exporter_quality", "1m", SECONDS_60, minutes, tenSeconds, Integer.MAX_VALUE);
    fill("exporter_quality", "10s", SECONDS_10, tenSeconds, end, Integer.MAX_VALUE);
    fill("unattributed", "1m", SECONDS_300, minutes, floor(end, SECONDS_300), Integer.MAX_VALUE);
  }

  private void details() throws SQLException {
    long fine = Math.max(start, floor(end - FINE_DETAIL.toSeconds(), SECONDS_HOUR));
    long hours = Math.min(fine, Math.max(start, midnightBefore(HOURLY_DETAIL)));
    fill("as_traffic", "1h", SECONDS_HOUR, hours, fine, MONTH_OF_5M);
    fill("as_traffic", "1m", SECONDS_60, fine, floor(end, SECONDS_60), MONTH_OF_5M);
    fill("service_traffic", "1h", SECONDS_HOUR, hours, fine, MONTH_OF_5M);
    fill("service_traffic", "5m", SECONDS_300, fine, floor(end, SECONDS_300), MONTH_OF_5M);
    long organisationHours = Math.min(fine, Math.max(start, midnightBefore(HOURLY_ORGANISATIONS)));
    fill("organisation_traffic", "1d", SECONDS_DAY, start, organisationHours, 366 * SECONDS_DAY);
    fill("organisation_traffic", "1h", SECONDS_HOUR, organisationHours, fine, MONTH_OF_5M);
    fill("organisation_traffic", "5m", SECONDS_300, fine, floor(end, SECONDS_300), MONTH_OF_5M);
    fill(
        "flow_samples",
        "",
        SECONDS_300,
        floor(end - SECONDS_DAY, SECONDS_300),
        floor(end, SECONDS_300),
        MONTH_OF_5M);
    activePrefixes();
  }

  /** Months, the days of the last week, and the hours of today. */
  private void activePrefixes() throws SQLException {
    ZonedDateTime today = day(end).atStartOfDay(options.timeZone());
    ZonedDateTime week = today.minusDays(7);
    StringBuilder months = new StringBuilder();
    for (ZonedDateTime month = week.withDayOfMonth(1).minusMonths(1);
        month.toEpochSecond() >= start;
        month = month.minusMonths(1)) {
      months.append(months.isEmpty() ? "" : ",").append(month.toEpochSecond());
    }
    if (!months.isEmpty()) {
      sketches("1mon", months.toString());
    }
    StringBuilder days = new StringBuilder();
    for (ZonedDateTime d = week; d.isBefore(today); d = d.plusDays(1)) {
      days.append(days.isEmpty() ? "" : ",").append(d.toEpochSecond());
    }
    sketches("1d", days.toString());
    sketches("1h", Long.toString(floor(end, SECONDS_HOUR)));
  }

  private void sketches(String level, String times) throws SQLException {
    script.run("active_prefixes", Map.of("level", level, "times", "[" + times + "]"));
  }

  /** In pieces, so that memory stays bounded and progress is seen. */
  private void fill(
      String name, String level, int stepSeconds, long from, long until, long pieceSeconds)
      throws SQLException {
    for (long at = from; at < until; at += pieceSeconds) {
      long pieceUntil = Math.min(until, at + pieceSeconds);
      script.run(
          name,
          Map.of(
              "level",
              level,
              "step",
              stepSeconds,
              "from",
              at,
              "count",
              (pieceUntil - at + stepSeconds - 1) / stepSeconds));
      progress.accept(
          "%s %s until %s"
              .formatted(
                  name, level, Instant.ofEpochSecond(pieceUntil).truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  private String text(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private LocalDate firstDay() {
    return day(start).minusDays(2);
  }

  private LocalDate day(long epochSecond) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(epochSecond), options.timeZone());
  }

  private long midnight(Instant instant) {
    return day(instant.getEpochSecond()).atStartOfDay(options.timeZone()).toEpochSecond();
  }

  private long midnightBefore(Duration before) {
    return midnight(Instant.ofEpochSecond(end).minus(before));
  }

  private static long floor(long seconds, int step) {
    return seconds - Math.floorMod(seconds, (long) step);
  }
}
