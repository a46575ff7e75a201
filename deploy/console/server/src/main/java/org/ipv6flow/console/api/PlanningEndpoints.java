package org.ipv6flow.console.api;

import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.ipv6flow.console.access.RowScope;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.Data;
import org.ipv6flow.console.query.Step;
import org.ipv6flow.console.query.TimeRange;
import org.ipv6flow.console.query.Times;
import org.ipv6flow.console.query.ViewQuery;

/** Settlement, forecasts, failures, profiles. */
final class PlanningEndpoints implements EndpointGroup {

  private static final String BUSY_HOUR =
      """
      day dimension member direction busy_hour hour_of_day busy_hour_bps busy_hour_bps_v4
      busy_hour_bps_v6 share_wire
      """;
  private static final int MOST_LINKS = 200;

  private final Data data;
  private final Answers answers;
  private final Times times;

  PlanningEndpoints(Data data, Answers answers, Times times) {
    this.data = data;
    this.answers = answers;
    this.times = times;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("getSettlement", "/settlement", this::settlement),
        Endpoint.get("getSettlementSeries", "/settlement/{member}/series", this::samples),
        Endpoint.get("getRunout", "/capacity/runout", this::runout),
        Endpoint.get("getNMinus1", "/capacity/n-1", this::failures),
        Endpoint.get("getBusyHours", "/capacity/busy-hours", this::busyHours),
        Endpoint.get("getEventDays", "/capacity/event-days", this::eventDays),
        Endpoint.get("getWeeklyProfile", "/capacity/profile", this::profile),
        Endpoint.get("getGrowth", "/capacity/growth", this::growth));
  }

  private Answer settlement(Call call) throws Problem, ClickHouseException {
    String subject =
        call.parameters().oneOf("subject", "operator_pair", List.of("operator_pair", "link"));
    ViewQuery query =
        ViewQuery.of("def_settlement_v1")
            .period(times.month(call.parameters(), data.now()))
            .columns(
                """
                subject member a_operator b_operator ip_version missing_policy p95_in_bps
                p95_out_bps cn648_bps p95_max_in_out_bps p95_of_max_bps p95_sum_bps peak_bps
                mean_in_bps mean_out_bps mean_bps samples in_missing_samples out_missing_samples
                links provisional
                """)
            .whereEquals("subject", subject)
            .whereIn("member", call.parameters().all("member", MOST_LINKS))
            .scope(RowScope.PARTIES)
            .definitions(
                "settlement_cn648",
                "settlement_p95_in",
                "settlement_p95_out",
                "settlement_p95_max_in_out",
                "settlement_p95_of_max",
                "settlement_p95_sum",
                "settlement_peak",
                "settlement_mean")
            .says(
                subject.equals("link") ? "a link" : "all links between two operators",
                "as the column says",
                "bit/s")
            .orderBy("member, ip_version, missing_policy");
    Optional<String> policy = call.parameters().text("missing_policy");
    if (policy.isPresent()) {
      call.parameters().oneOf("missing_policy", "exclude", List.of("exclude", "zero"));
      query.whereEquals("missing_policy", policy.get());
    }
    IpVersion.restrict(call, query);
    return answers.table(call, query);
  }

  /** Samples of a link, or of all links between two operators. */
  private Answer samples(Call call) throws Problem, ClickHouseException {
    String member = call.pathValue("member");
    ViewQuery query =
        ViewQuery.of("def_settlement_series_v1")
            .period(times.month(call.parameters(), data.now()))
            .resolution(Step.FIVE_MINUTES.seconds())
            .columns(
                """
                bucket link node a_operator b_operator role a_to_b_bps a_to_b_bps_v4 a_to_b_bps_v6
                a_to_b_bps_error95 a_to_b_missing b_to_a_bps b_to_a_bps_v4 b_to_a_bps_v6
                b_to_a_bps_error95 b_to_a_missing provisional
                """)
            .scope(RowScope.PARTIES)
            .definitions("settlement_series")
            .says(member, "a_to_b and b_to_a", "bit/s")
            .orderBy("link, bucket");
    String bound = query.sql().bind("member", member);
    query.where(
        """
        rows.link = %1$s OR concat(
            least(rows.a_operator, rows.b_operator), '-',
            greatest(rows.a_operator, rows.b_operator)) = %1$s\
        """
            .formatted(bound));
    return answers.table(call, query);
  }

  private Answer runout(Call call) throws Problem, ClickHouseException {
    TimeRange range = times.range(call.parameters(), "now-180d", data.now());
    ViewQuery query =
        ViewQuery.of("def_capacity_runout_v1")
            .period(range)
            .columns(
                """
                link direction node from_operator to_operator threshold capacity_bps weeks
                slope_bps_a_day slope_lower_bps_a_day slope_upper_bps_a_day level_bps utilisation
                reached_on reached_earliest reached_latest
                """)
            .whereIn("link", call.parameters().all("link", MOST_LINKS))
            .scope(RowScope.LINK)
            .definitions("capacity_runout")
            .says("links in service", "a_to_b and b_to_a", "date")
            .orderBy("reached_on ASC NULLS LAST, utilisation DESC, link, direction, threshold");
    Optional<Double> threshold = call.parameters().number("threshold", 0.7, 0.9);
    if (threshold.isPresent()) {
      // Of three known numbers: which of them does not depend on how a fraction is rounded.
      query.where(
          "abs(rows.threshold - %s) < 0.001"
              .formatted(query.sql().bind("threshold", threshold.get())));
    }
    int horizon = call.parameters().integer("horizon_days", 0, 1, 3_650);
    if (horizon > 0) {
      query.where(
          "rows.reached_on <= toDate32(%s) + %d"
              .formatted(query.sql().bind("until", range.until()), horizon));
    }
    return answers.table(call, query);
  }

  private Answer failures(Call call) throws Problem, ClickHouseException {
    String kind = call.parameters().oneOf("failed_kind", "link", List.of("link", "node"));
    ViewQuery query =
        ViewQuery.of("def_n_minus_1_v1")
            .period(times.range(call.parameters(), "now-7d", data.now()))
            .columns(
                """
                failed_kind failed from_operator to_operator role link node capacity_bps before_bps
                added_bps after_bps utilisation_before utilisation_after lost_bps
                """)
            .whereEquals("failed_kind", kind)
            .scope(RowScope.OPERATOR_PATH)
            .definitions("n_minus_1")
            .says("links that remain", "from the one operator to the other", "fraction")
            .orderBy(
                "utilisation_after DESC NULLS FIRST, failed, link, from_operator, to_operator");
    Optional<String> failed = call.parameters().text("failed");
    if (failed.isPresent()) {
      query.whereEquals("failed", failed.get());
    }
    Optional<Double> least = call.parameters().number("min", 0, 10);
    if (least.isPresent()) {
      query.where(
          "rows.utilisation_after >= %s OR rows.link = ''"
              .formatted(query.sql().bind("least_utilisation_after", least.get())));
    }
    return answers.table(call, query);
  }

  private Answer busyHours(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_busy_hour_v1")
            .period(wholeDays(call, "now-30d"))
            .resolution(Step.DAY.seconds())
            .columns(BUSY_HOUR)
            .scope(RowScope.POPULATION)
            .definitions("busy_hour")
            .says("", "", "bit/s")
            .orderBy("member, direction, day");
    PopulationQuery.restrict(call, query);
    return answers.table(call, query);
  }

  private Answer eventDays(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_event_days_v1")
            .period(wholeDays(call, "now-90d"))
            .resolution(Step.DAY.seconds())
            .columns(BUSY_HOUR, "median_busy_hour_bps peak_factor")
            .scope(RowScope.POPULATION)
            .definitions("event_day")
            .says("", "", "quotient")
            .orderBy("peak_factor DESC, member, direction, day");
    PopulationQuery.restrict(call, query);
    return answers.table(call, query);
  }

  /** Begins with a day: a part of one has a lower busy hour. */
  private TimeRange wholeDays(Call call, String defaultFrom) throws Problem {
    TimeRange range = times.range(call.parameters(), defaultFrom, data.now());
    ZoneId zone = data.bucketZone();
    return range.earlier(
        range.from().atZone(zone).truncatedTo(ChronoUnit.DAYS).toInstant(), range.until());
  }

  private Answer profile(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_weekly_profile_v1")
            .period(times.range(call.parameters(), "now-28d", data.now()))
            .columns(
                """
                dimension member direction day_of_week hour_of_day mean_bps mean_bps_v4 mean_bps_v6
                highest_bps hours
                """)
            .scope(RowScope.POPULATION)
            .definitions("weekly_profile")
            .says("", "", "bit/s")
            .orderBy("member, direction, day_of_week, hour_of_day");
    PopulationQuery.restrict(call, query);
    return answers.table(call, query);
  }

  private Answer growth(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_growth_v1")
            .period(times.range(call.parameters(), "now/M-24M", data.now()))
            .columns(
                """
                dimension member direction first_month last_month first_bps_v4 last_bps_v4
                first_bps_v6 last_bps_v6 growth_v4_a_year growth_v6_a_year growth_a_year
                """)
            .scope(RowScope.POPULATION)
            .definitions("growth")
            .says("", "", "fraction a year")
            .orderBy("member, direction");
    PopulationQuery.restrict(call, query);
    return answers.table(call, query);
  }
}
