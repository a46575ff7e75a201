package org.ipv6flow.console.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ipv6flow.console.access.Access;
import org.ipv6flow.console.access.Role;
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

/** IPv6 shares, bandwidth, targets and transition mix. */
final class Ipv6Endpoints implements EndpointGroup {

  static final int MAX_POINTS = 10_000;

  private static final String[] SHARE_DEFINITIONS = {
    "ipv6_share_wire",
    "ipv6_share_native",
    "ipv6_share_payload_lower",
    "ipv6_share_payload_upper",
    "visibility_gap",
    "coverage",
    "loss"
  };
  private static final String SHARES =
      """
      octets octets_v4 octets_v6 octets_native_v6 octets_native_base octets_bogon
      octets_multicast octets_unknown octets_v4_error95 octets_v6_error95
      share_wire share_wire_error95 share_native share_native_error95
      share_payload_lower share_payload_lower_error95
      share_payload_upper share_payload_upper_error95 visibility_gap
      """;
  private static final List<Step> SERIES_STEPS =
      List.of(Step.MINUTE, Step.FIVE_MINUTES, Step.HOUR, Step.DAY, Step.MONTH);

  private final Data data;
  private final Answers answers;
  private final Times times;

  Ipv6Endpoints(Data data, Answers answers, Times times) {
    this.data = data;
    this.answers = answers;
    this.times = times;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("getIpv6Share", "/ipv6/share", this::share),
        Endpoint.get("getIpv6ShareSeries", "/ipv6/share/series", this::shareSeries),
        Endpoint.get("getIpv6ShareSummary", "/ipv6/share/summary", this::summary),
        Endpoint.get("getIpv6ShareTop", "/ipv6/share/top", this::top),
        Endpoint.get("getMonths", "/ipv6/months", this::months),
        Endpoint.get("getBandwidth", "/ipv6/bandwidth", this::bandwidth),
        Endpoint.get("getBandwidthHistory", "/ipv6/bandwidth/history", this::bandwidthHistory),
        Endpoint.get("getTargets", "/ipv6/targets", this::targets),
        Endpoint.get("getPublished", "/ipv6/published", this::published),
        Endpoint.get("getTransitionMix", "/ipv6/transition", this::transition),
        Endpoint.get("getTransitionSeries", "/ipv6/transition/series", this::transitionSeries),
        Endpoint.get("getActivePrefixes", "/ipv6/active-prefixes", this::activePrefixes),
        Endpoint.get("getMatrix", "/matrix", this::matrix),
        Endpoint.get("getTraffic", "/traffic", this::traffic));
  }

  private static final String MONTHS =
      """
      month dimension member direction octets octets_v4 octets_v6 mean_bps mean_bps_v4 mean_bps_v6
      share_wire share_wire_error95 share_native share_native_error95 share_payload_lower
      share_payload_upper growth_v4_month growth_v6_month growth_v4_year growth_v6_year
      share_wire_change_month share_wire_change_year coverage loss provisional
      """;

  /** The view looks a year back for its comparisons: it is asked for a year more than is shown. */
  private ViewQuery monthly(TimeRange shown) {
    Instant yearBefore = shown.from().atZone(shown.zone()).minusMonths(12).toInstant();
    return ViewQuery.of("def_monthly_traffic_v1")
        .period(new TimeRange(yearBefore, shown.until(), shown.zone()))
        .resolution(Step.MONTH.seconds())
        .columns(MONTHS)
        .where(
            "rows.month >= toDate(%s, '%s')"
                .formatted("{shown_from:DateTime('UTC')}", data.bucketZone()))
        .scope(RowScope.POPULATION)
        .definitions("ipv6_share_wire", "monthly_share_change", "monthly_growth_v6")
        .says("", "", "fraction");
  }

  private Answer summary(Call call) throws Problem, ClickHouseException {
    TimeRange month = times.month(call.parameters(), data.now());
    ViewQuery query = monthly(month).orderBy("octets DESC, member, direction");
    query.sql().bind("shown_from", month.from());
    PopulationQuery.restrict(call, query);
    return answers.table(call, query);
  }

  private Answer months(Call call) throws Problem, ClickHouseException {
    TimeRange range = times.range(call.parameters(), "now/M-12M", data.now());
    ViewQuery query = monthly(range).orderBy("member, direction, month");
    query.sql().bind("shown_from", range.from());
    PopulationQuery.restrict(call, query);
    return answers.table(call, query);
  }

  private Answer bandwidth(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_interconnect_bandwidth_v1")
            .on(day(call))
            .columns(
                """
                on_day dimension member capacity_bps ipv6_capacity_bps
                ipv6_interconnect_capacity_bps ipv6_capacity_fraction links ipv6_links nodes
                ipv6_nodes
                """)
            .scope(RowScope.CAPACITY)
            .definitions("ipv6_interconnect_bandwidth")
            .says("", "", "bit/s")
            .orderBy("capacity_bps DESC, member");
    PopulationQuery.restrictCapacity(call, query);
    return answers.table(call, query);
  }

  private LocalDate day(Call call) throws Problem {
    String text =
        call.parameters().text("on", LocalDate.ofInstant(data.now(), data.bucketZone()).toString());
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw Problem.parameter("on", "'%s' is no day (expected: as 2026-11-01)".formatted(text));
    }
  }

  private Answer bandwidthHistory(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_interconnect_bandwidth_history_v1")
            .columns(
                """
                on_day dimension member capacity_bps ipv6_capacity_bps
                ipv6_interconnect_capacity_bps links ipv6_links nodes ipv6_nodes
                """)
            .scope(RowScope.CAPACITY)
            .definitions("ipv6_interconnect_bandwidth")
            .says("", "", "bit/s")
            .orderBy("member, on_day");
    PopulationQuery.restrictCapacity(call, query);
    return answers.table(call, query);
  }

  private Answer targets(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_plan_progress_v1")
            .from(
                """
                SELECT
                    listed.document AS document, listed.issued AS issued, listed.due AS due,
                    listed.metric AS metric, listed.comparison AS comparison,
                    listed.value AS value, listed.unit AS unit,
                    listed.metric = 'ipv6_interconnect_bandwidth' AND listed.unit = 'Tbps'
                        AS is_measured,
                    if(is_measured, progress.target_bps, NULL) AS target_bps,
                    if(is_measured, progress.measured_on, NULL) AS measured_on,
                    if(is_measured, progress.capacity_bps, NULL) AS capacity_bps,
                    if(is_measured, progress.gap_bps, NULL) AS gap_bps,
                    if(is_measured, progress.progress, NULL) AS progress,
                    if(is_measured, progress.met, NULL) AS met,
                    listed.due <= today() AS is_due,
                    if(is_measured, progress.current_capacity_bps, NULL) AS current_capacity_bps,
                    listed.source AS source
                FROM plan_targets AS listed
                LEFT JOIN def_plan_progress_v1 AS progress
                    ON progress.document = listed.document AND progress.due = listed.due
                    AND progress.comparison = listed.comparison
                    AND progress.target_bps = listed.value * 1e12
                WHERE listed.loaded_at = (SELECT max(loaded_at) FROM inventory_versions)
                """)
            .columns(
                """
                document issued due metric comparison value unit target_bps measured_on
                capacity_bps gap_bps progress met is_due current_capacity_bps source
                """)
            .scope(RowScope.PUBLIC)
            .definitions("plan_progress")
            .says("links of role interconnect", "one direction", "bit/s")
            .orderBy("due, metric, comparison");
    return answers.table(call, query);
  }

  private Answer published(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_published_comparison_v1")
            .columns(
                """
                as_of month metric published_value unit source our_definition our_value difference
                ratio
                """)
            .scope(RowScope.PUBLIC)
            .definitions("published_comparison")
            .says("as our_definition says", "as our_definition says", "as published")
            .orderBy("metric, month");
    return answers.table(call, query);
  }

  private static final String MIX =
      "octets octets_error95 fraction fraction_error95 fraction_of_ip_version";

  private Answer transition(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_transition_mix_v1")
            .period(times.range(call.parameters(), "now-24h", data.now()))
            .columns("dimension member direction ip_version traffic_class carriage", MIX)
            .scope(RowScope.POPULATION)
            .definitions("transition_mix")
            .says("", "", "fraction")
            .orderBy("member, direction, octets DESC, traffic_class");
    PopulationQuery.restrict(call, query);
    return answers.table(call, query);
  }

  private Answer transitionSeries(Call call) throws Problem, ClickHouseException {
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    Step step = step(call, range, SERIES_STEPS);
    ViewQuery query =
        ViewQuery.of("def_transition_mix_%s_v1".formatted(step.label()))
            .period(range)
            .resolution(step.seconds())
            .columns("bucket dimension member direction ip_version traffic_class carriage", MIX)
            .scope(RowScope.POPULATION)
            .definitions("transition_mix")
            .says("", "", "fraction")
            .orderBy("member, direction, traffic_class, bucket");
    PopulationQuery.restrict(call, query);
    return answers.series(
        call,
        query,
        "bucket",
        "dimension",
        "member",
        "direction",
        "ip_version",
        "traffic_class",
        "carriage");
  }

  private Answer activePrefixes(Call call) throws Problem, ClickHouseException {
    String unit = call.parameters().oneOf("unit", "1d", List.of("1h", "1d", "1mo"));
    TimeRange range = times.range(call.parameters(), "now-30d", data.now());
    ViewQuery query =
        ViewQuery.of("active_prefix_counts_" + (unit.equals("1mo") ? "1mon" : unit))
            .range(range)
            .columns("bucket operator province")
            .column("unit", "toString(rows.unit)")
            .columns("prefixes prefixes_error95")
            .restsOn("rows.prefixes")
            .scope(RowScope.OPERATOR)
            .says("source prefixes of an operator and province", "source", "prefixes")
            .orderBy("bucket, operator, province, unit");
    query.where(
        "rows.bucket >= %s AND rows.bucket < %s"
            .formatted(
                query.sql().bind("from", range.from()), query.sql().bind("until", range.until())));
    Optional<String> operator = call.parameters().text("operator");
    if (operator.isPresent()) {
      query.whereEquals("operator", operator.get());
    }
    return answers.table(call, query);
  }

  private Answer matrix(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_operator_matrix_v1")
            .period(times.range(call.parameters(), "now-24h", data.now()))
            .columns(
                """
                from_operator to_operator state octets octets_v4 octets_v6 mean_bps mean_bps_v4
                mean_bps_v6 share_wire share_wire_error95 asymmetry links ipv6_links capacity_bps
                ipv6_capacity_bps utilisation_mean coverage
                """)
            .scope(RowScope.OPERATOR_PATH)
            .definitions("operator_matrix")
            .says("the links between two operators", "from the one to the other", "bit/s")
            .orderBy("from_operator, to_operator");
    return answers.table(call, query);
  }

  private Answer traffic(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_interconnect_traffic_v1")
            .period(times.range(call.parameters(), "now-24h", data.now()))
            .columns(
                """
                dimension member direction ip_version mean_bps p95_bps p99_bps peak_bps peak_at
                capacity_bps utilisation_mean utilisation_p95 utilisation_peak samples coverage
                provisional
                """)
            .scope(RowScope.POPULATION)
            .definitions(
                "interconnect_traffic_mean",
                "interconnect_traffic_p95",
                "interconnect_traffic_peak",
                "interconnect_utilisation")
            .says("", "", "bit/s")
            .orderBy("mean_bps DESC, member, direction, ip_version");
    PopulationQuery.restrict(call, query);
    IpVersion.restrict(call, query);
    return answers.table(call, query);
  }

  private static final List<String> POPULATION_SCORES =
      List.of("operator", "province", "region", "node", "gateway", "operator_pair");
  private static final Map<String, String> ORGANISATION_SCORES =
      Map.of(
          "organisation", "organisation",
          "organisation_kind", "organisation_kind",
          "industry", "industry",
          "access", "access",
          "address_operator", "operator",
          "address_province", "province",
          "address_region", "region");

  /** Ranks of the period, and of the one of the same length before it. */
  private Answer top(Call call) throws Problem, ClickHouseException {
    List<String> words = new ArrayList<>(POPULATION_SCORES);
    words.addAll(ORGANISATION_SCORES.keySet().stream().sorted().toList());
    String by = call.parameters().oneOf("by", "operator", words);
    int top = call.parameters().integer("top", 10, 1, 100);
    String side = call.parameters().oneOf("side", "source", List.of("source", "destination"));
    Optional<String> kind = call.parameters().text("kind");
    TimeRange range = times.range(call.parameters(), "now/M", data.now());
    TimeRange before = previous(range);
    String column = ORGANISATION_SCORES.get(by);
    ViewQuery query =
        ViewQuery.of(column == null ? "def_ipv6_share_v1" : "def_party_traffic_v1").range(range);
    query.resolution(0);
    query.sql().bind("from", range.from());
    query.sql().bind("until", range.until());
    query.sql().bind("before_from", before.from());
    query.sql().bind("before_until", before.until());
    query.sql().bind("by", by);
    if (column == null) {
      query.from(ranked(scores("from", "until"), scores("before_from", "before_until")));
      query.definitions("ipv6_share_wire").scope(RowScope.POPULATION);
    } else {
      query.sql().bind("side", side);
      query.sql().bind("kind", kind.orElse(""));
      query.from(
          ranked(
              organisations(column, "from", "until"),
              organisations(column, "before_from", "before_until")));
      query.definitions("party_traffic").scope(RowScope.PUBLIC);
      if (call.principal().role() == Role.OPERATOR) {
        throw Problem.of(
            Problem.Kind.NOT_PERMITTED,
            "by=%s is not for the role operator (there are: %s)"
                .formatted(by, String.join(", ", POPULATION_SCORES)));
      }
    }
    query
        .restsOn("rows.observed_packets")
        .columns(
            """
            rank member label octets octets_v4 octets_v6 octets_v6_error95 share_wire
            share_wire_error95 rank_before share_wire_before
            """)
        .where("rows.rank <= " + top)
        .says("members of " + by, column == null ? "both" : side, "fraction")
        .orderBy("rank");
    return answers.table(call, query);
  }

  private static TimeRange previous(TimeRange range) {
    return range.earlier(range.from().minusSeconds(range.seconds()), range.from());
  }

  private static String scores(String from, String until) {
    return """
    SELECT
        rank() OVER (ORDER BY shares.octets DESC) AS rank,
        shares.dimension AS dimension, shares.member AS member,
        shares.direction AS direction, shares.member AS label,
        shares.octets AS octets, shares.octets_v4 AS octets_v4, shares.octets_v6 AS octets_v6,
        shares.octets_v6_error95 AS octets_v6_error95, shares.share_wire AS share_wire,
        shares.share_wire_error95 AS share_wire_error95,
        shares.observed_packets_v4 + shares.observed_packets_v6 AS observed_packets
    FROM def_ipv6_share_v1(
        from = {%s:DateTime('UTC')}, until = {%s:DateTime('UTC')}) AS shares
    WHERE shares.dimension = {by:String} AND shares.direction = 'both'
    """
        .formatted(from, until);
  }

  /** Share and error are the definition's; on how many packets a member rests, it does not say. */
  private static String organisations(String column, String from, String until) {
    return """
    SELECT
        rank() OVER (ORDER BY party.octets DESC) AS rank,
        'all' AS dimension, party.member AS member, 'both' AS direction,
        party.member AS label, party.octets AS octets, party.octets_v4 AS octets_v4,
        party.octets_v6 AS octets_v6, CAST(NULL, 'Nullable(Float64)') AS octets_v6_error95,
        party.share_wire AS share_wire, party.share_wire_error95 AS share_wire_error95,
        cells.observed_packets AS observed_packets
    FROM def_party_traffic_v1(
        from = {%2$s:DateTime('UTC')}, until = {%3$s:DateTime('UTC')}) AS party
    LEFT JOIN
    (
        SELECT
            toString(traffic.%1$s) AS member, any(traffic.organisation_kind) AS kind,
            sum(traffic.observed_packets) AS observed_packets
        FROM organisation_traffic_1h AS traffic
        WHERE traffic.bucket >= toStartOfHour({%2$s:DateTime('UTC')})
            AND traffic.bucket < {%3$s:DateTime('UTC')} AND traffic.side = {side:String}
        GROUP BY member
    ) AS cells ON cells.member = party.member
    WHERE party.side = {side:String} AND party.dimension = '%1$s'
        AND party.member != 'unlisted'
        AND ({kind:String} = '' OR cells.kind = {kind:String})
    """
        .formatted(column, from, until);
  }

  private static String ranked(String now, String before) {
    return """
    SELECT
        now.*,
        nullIf(before.rank, 0) AS rank_before,
        if(before.rank = 0, NULL, before.share_wire) AS share_wire_before
    FROM (%s) AS now
    LEFT JOIN (%s) AS before ON before.member = now.member
    """
        .formatted(now, before);
  }

  private Answer share(Call call) throws Problem, ClickHouseException {
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    ViewQuery query =
        ViewQuery.of("def_ipv6_share_v1")
            .period(range)
            .columns(
                "dimension member direction", SHARES, "link_directions coverage loss provisional")
            .scope(RowScope.POPULATION)
            .definitions(SHARE_DEFINITIONS)
            .says("", "", "fraction")
            .orderBy("octets DESC, member, direction");
    PopulationQuery.restrict(call, query);
    return answers.table(call, query);
  }

  private Answer shareSeries(Call call) throws Problem, ClickHouseException {
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    Step step = step(call, range, SERIES_STEPS);
    ViewQuery query =
        ViewQuery.of("def_ipv6_share_%s_v1".formatted(step.label()))
            .period(range)
            .resolution(step.seconds())
            .columns("bucket dimension member direction", SHARES, "coverage loss provisional")
            .scope(RowScope.POPULATION)
            .definitions(SHARE_DEFINITIONS)
            .says("", "", "fraction")
            .orderBy("member, direction, bucket");
    PopulationQuery.restrict(call, query);
    return answers.series(call, query, "bucket", "dimension", "member", "direction");
  }

  private Step step(Call call, TimeRange range, List<Step> steps) throws Problem {
    int shortest = Access.shortestStepSeconds(call.principal().role());
    List<Step> allowed = steps.stream().filter(step -> step.seconds() >= shortest).toList();
    return Step.choose(
        call.parameters().text("step", "auto"), allowed, range, data.now(), MAX_POINTS);
  }
}
