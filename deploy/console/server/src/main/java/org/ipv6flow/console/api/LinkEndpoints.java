package org.ipv6flow.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ipv6flow.console.access.Access;
import org.ipv6flow.console.access.Principal;
import org.ipv6flow.console.access.RowScope;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.Data;
import org.ipv6flow.console.query.Freshness;
import org.ipv6flow.console.query.Step;
import org.ipv6flow.console.query.Table;
import org.ipv6flow.console.query.TimeRange;
import org.ipv6flow.console.query.Times;
import org.ipv6flow.console.query.ViewQuery;

/** Links: inventory, load, statistics, changes. */
final class LinkEndpoints implements EndpointGroup {

  static final String LOADS =
      """
      bps bps_v4 bps_v6 bps_error95 bps_v4_error95 bps_v6_error95 utilisation utilisation_error95
      coverage reported provisional
      """;
  static final String STATISTICS =
      """
      capacity_bps mean_bps p95_bps p99_bps peak_bps peak_at utilisation_mean utilisation_p95
      utilisation_p99 utilisation_peak samples missing_samples provisional
      """;
  private static final List<String> DIRECTIONS = List.of("any", "a_to_b", "b_to_a");
  private static final List<Step> LOAD_STEPS =
      List.of(Step.TEN_SECONDS, Step.MINUTE, Step.FIVE_MINUTES, Step.HOUR, Step.DAY);
  private static final int MOST_LINKS = 200;
  private static final int MOST_SERIES = 40;

  /** An exporter keeps a flow for its active timeout: younger minutes are not complete. */
  private static final int SETTLING_SECONDS = 180;

  private final Data data;
  private final Answers answers;
  private final Times times;
  private final QueryEndpoints explore;

  LinkEndpoints(Data data, Answers answers, Times times, QueryEndpoints explore) {
    this.data = data;
    this.answers = answers;
    this.times = times;
    this.explore = explore;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("listLinks", "/links", this::links),
        Endpoint.get("getLinkLoad", "/links/load", this::load),
        Endpoint.get("getLinkUtilisation", "/links/utilisation", this::utilisation),
        Endpoint.get("getLoadChanges", "/links/changes", this::changes),
        Endpoint.get("getUtilisationDistribution", "/links/distribution", this::distribution),
        Endpoint.get("getLinkSeries", "/links/series", this::series),
        Endpoint.get("getLink", "/links/{link}", this::link),
        Endpoint.get("getLinkTraffic", "/links/{link}/traffic", this::traffic),
        Endpoint.get("getLinkStatistics", "/links/{link}/statistics", this::statistics),
        Endpoint.get("getLinkTops", "/links/{link}/tops", this::tops),
        Endpoint.get("getDisagreement", "/links/{link}/disagreement", this::disagreement));
  }

  private ViewQuery inventory() {
    ViewQuery query =
        ViewQuery.of("inventory_links")
            .columns(
                """
                link node node_name_en node_name_zh province region a_operator b_operator role
                ipv6_enabled_on in_service_from in_service_until capacity_bps members
                """)
            .scope(RowScope.LINK)
            .says("links of the inventory", "one direction", "bit/s")
            .orderBy("node, a_operator, b_operator, link");
    String today = query.sql().bind("today", LocalDate.ofInstant(data.now(), data.bucketZone()));
    return query.from(
        """
        SELECT
            periods.link AS link, any(periods.node) AS node, any(nodes.name_en) AS node_name_en,
            any(nodes.name_zh) AS node_name_zh, any(nodes.province_en) AS province,
            any(if(regions.region = '', 'unlisted', regions.region)) AS region,
            any(periods.a_operator) AS a_operator, any(periods.b_operator) AS b_operator,
            any(periods.role) AS role, any(periods.ipv6_enabled_on) AS ipv6_enabled_on,
            min(periods.capacity_from) AS in_service_from,
            max(periods.capacity_until) AS in_service_until,
            sumIf(periods.capacity_bps, periods.capacity_from <= %1$s AND periods.capacity_until > %1$s)
                AS capacity_bps,
            sumIf(periods.members, periods.capacity_from <= %1$s AND periods.capacity_until > %1$s)
                AS members
        FROM inventory_links AS periods
        LEFT JOIN inventory_nodes AS nodes
            ON nodes.node = periods.node AND nodes.loaded_at = periods.loaded_at
        LEFT JOIN province_regions AS regions
            ON regions.province = nodes.province_en AND regions.loaded_at = periods.loaded_at
        WHERE periods.loaded_at = (SELECT max(loaded_at) FROM inventory_versions)
        GROUP BY periods.link
        """
            .formatted(today));
  }

  private Answer links(Call call) throws Problem, ClickHouseException {
    ViewQuery query = inventory();
    for (String column : List.of("node", "role")) {
      Optional<String> value = call.parameters().text(column);
      if (value.isPresent()) {
        query.whereEquals(column, value.get());
      }
    }
    Optional<String> operator = call.parameters().text("operator");
    if (operator.isPresent()) {
      String bound = query.sql().bind("operator", operator.get());
      query.where("rows.a_operator = %1$s OR rows.b_operator = %1$s".formatted(bound));
    }
    return answers.table(call, query);
  }

  /**
   * The last minute of which everything was heard; if exporters keep flows for long, one that is a
   * few minutes old.
   */
  static TimeRange lastMinute(Data data, Instant at) throws ClickHouseException {
    Freshness.Look look = data.freshness().look();
    Instant asOf = look.asOf();
    Instant complete = asOf == null ? at : asOf.minusSeconds(SETTLING_SECONDS);
    Instant finalUntil = look.finalUntil();
    if (finalUntil != null && finalUntil.isAfter(complete)) {
      complete = finalUntil;
    }
    Instant end = (complete.isBefore(at) ? complete : at).truncatedTo(ChronoUnit.MINUTES);
    return new TimeRange(end.minusSeconds(60), end, data.bucketZone());
  }

  static ViewQuery loadQuery(TimeRange minute) {
    return ViewQuery.of("def_link_load_1m_v1")
        .period(minute)
        .resolution(Step.MINUTE.seconds())
        .columns(
            "link direction node from_operator to_operator role ipv6_enabled bucket capacity_bps",
            LOADS)
        .scope(RowScope.LINK)
        .definitions("link_load", "link_utilisation")
        .says("links in service", "a_to_b and b_to_a", "bit/s")
        .orderBy("utilisation DESC NULLS LAST, link, direction");
  }

  private Answer load(Call call) throws Problem, ClickHouseException {
    Instant at =
        Times.parse("at", call.parameters().text("at", "now"), data.bucketZone(), data.now());
    ViewQuery query = loadQuery(lastMinute(data, at));
    Optional<Double> least = call.parameters().number("min", 0, 10);
    if (least.isPresent()) {
      query.whereAtLeast("utilisation", least.get());
    }
    return answers.table(call, query);
  }

  private ViewQuery statisticsQuery(Call call) throws Problem {
    return ViewQuery.of("def_link_statistics_v1")
        .period(times.range(call.parameters(), "now-7d", data.now()))
        .columns(
            "link direction node a_operator b_operator from_operator to_operator role ip_version",
            STATISTICS)
        .scope(RowScope.LINK)
        .definitions(
            "link_traffic_mean", "link_traffic_p95", "link_traffic_p99", "link_traffic_peak")
        .says("links in service", "a_to_b and b_to_a", "bit/s");
  }

  private Answer utilisation(Call call) throws Problem, ClickHouseException {
    String stat = call.parameters().oneOf("stat", "p95", List.of("mean", "p95", "p99", "peak"));
    ViewQuery query =
        statisticsQuery(call)
            .orderBy("utilisation_%s DESC NULLS LAST, link, direction, ip_version".formatted(stat));
    IpVersion.restrictOrBoth(call, query);
    Optional<Double> least = call.parameters().number("min", 0, 10);
    if (least.isPresent()) {
      query.whereAtLeast("utilisation_" + stat, least.get());
    }
    return answers.table(call, query);
  }

  private Answer statistics(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        statisticsQuery(call)
            .whereEquals("link", call.pathValue("link"))
            .says("link " + call.pathValue("link"), "a_to_b and b_to_a", "bit/s")
            .orderBy("direction, ip_version");
    return answers.table(call, query);
  }

  private Answer changes(Call call) throws Problem, ClickHouseException {
    Instant asked =
        Times.parse("at", call.parameters().text("at", "now"), data.bucketZone(), data.now());
    Instant at = lastMinute(data, asked).until();
    ViewQuery query =
        ViewQuery.of("def_load_change_v1")
            .at(at)
            .range(new TimeRange(at.minusSeconds(900), at, data.bucketZone()))
            .resolution(900)
            .columns(
                """
                link direction node from_operator to_operator role bps bps_v4 bps_v6 bps_v4_before
                bps_v6_before change_bps change change_bps_error95 bps_v4_week_before
                bps_v6_week_before v4_to_week_before v6_to_week_before v6_week_change_bps_error95
                ipv6_collapsed
                """)
            .scope(RowScope.LINK)
            .definitions("load_change", "ipv6_collapse")
            .says("links in service", "a_to_b and b_to_a", "bit/s")
            .orderBy("ipv6_collapsed DESC, abs(change_bps) DESC, link, direction");
    return answers.table(call, query);
  }

  private Answer distribution(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_utilisation_distribution_v1")
            .period(times.range(call.parameters(), "now-7d", data.now()))
            .columns("link direction node role percentile bps utilisation samples")
            .scope(RowScope.LINK)
            .definitions("utilisation_distribution")
            .says("links in service", "a_to_b and b_to_a", "fraction")
            .whereIn("link", call.parameters().all("link", MOST_LINKS))
            .orderBy("link, direction, percentile");
    return answers.table(call, query);
  }

  private Answer series(Call call) throws Problem, ClickHouseException {
    List<String> links = call.parameters().all("link", MOST_SERIES);
    if (links.isEmpty()) {
      throw Problem.parameter("link", "missing (expected: the id of one link or more)");
    }
    return loads(call, links);
  }

  private Answer loads(Call call, List<String> links) throws Problem, ClickHouseException {
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    Step step =
        Step.choose(
            call.parameters().text("step", "auto"),
            LOAD_STEPS,
            range,
            data.now(),
            Ipv6Endpoints.MAX_POINTS);
    ViewQuery query =
        ViewQuery.of("def_link_load_%s_v1".formatted(step.label()))
            .period(range)
            .resolution(step.seconds())
            .columns("bucket link direction", LOADS)
            .scope(RowScope.LINK)
            .definitions("link_load", "link_utilisation")
            .says("links " + String.join(", ", links), "a_to_b and b_to_a", "bit/s")
            .whereIn("link", links)
            .orderBy("link, direction, bucket");
    direction(call, query);
    return answers.series(call, query, "bucket", "link", "direction");
  }

  private static void direction(Call call, ViewQuery query) throws Problem {
    String direction = call.parameters().oneOf("direction", "any", DIRECTIONS);
    if (!direction.equals("any")) {
      query.where("rows.direction = " + query.sql().bind("direction", direction));
    }
  }

  private Answer link(Call call) throws Problem, ClickHouseException {
    Principal who = call.principal();
    String link = call.pathValue("link");
    call.parameters().requireAllRead();
    Table table = data.table(inventory().whereEquals("link", link), who);
    if (table.result().rows() == 0) {
      throw Problem.of(
          Problem.Kind.NOT_FOUND, "there is no link '%s' (see: /api/v1/links)".formatted(link));
    }
    ObjectNode answer = table.meta().objectNode();
    answer.set("meta", table.meta());
    table
        .result()
        .data()
        .fields()
        .forEachRemaining(column -> answer.set(column.getKey(), column.getValue().path(0)));
    answer.set("capacities", capacities(link, who));
    answer.set("observations", observations(link, who));
    return Answers.json(answer).withRows(1);
  }

  private ArrayNode capacities(String link, Principal who) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("inventory_links")
            .column("from_day", "rows.capacity_from")
            .column("until_day", "nullIf(rows.capacity_until, toDate('2149-06-06'))")
            .columns("capacity_bps members")
            .whereEquals("link", link)
            .where("rows.loaded_at = (SELECT max(loaded_at) FROM inventory_versions)")
            .scope(RowScope.LINK)
            .orderBy("rows.capacity_from");
    return rows(data.table(query, who), Map.of("from_day", "from", "until_day", "until"));
  }

  private ArrayNode observations(String link, Principal who) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("inventory_observations")
            .from(
                """
                SELECT
                    observations.link AS link, toString(observations.direction) AS direction,
                    observations.exporter AS exporter, observations.interface AS interface,
                    interfaces.name AS interface_name, toString(observations.meter) AS meter
                FROM inventory_observations AS observations
                LEFT JOIN inventory_interfaces AS interfaces
                    ON interfaces.exporter = observations.exporter
                    AND interfaces.interface = observations.interface
                    AND interfaces.loaded_at = observations.loaded_at
                WHERE observations.loaded_at = (SELECT max(loaded_at) FROM inventory_versions)
                """)
            .columns("direction exporter interface interface_name meter")
            .whereEquals("link", link)
            .scope(RowScope.LINK)
            .orderBy("direction");
    if (!Access.hiddenColumns(who.role()).isEmpty()) {
      return table0();
    }
    return rows(data.table(query, who), Map.of());
  }

  private static ArrayNode table0() {
    return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
  }

  /** A result as a list of objects, with other names for some columns. */
  static ArrayNode rows(Table table, Map<String, String> names) {
    ArrayNode rows = table0();
    for (int row = 0; row < table.result().rows(); row++) {
      ObjectNode node = rows.addObject();
      int current = row;
      table
          .result()
          .columns()
          .forEach(
              column ->
                  node.set(
                      names.getOrDefault(column.name(), column.name()),
                      table.result().value(column.name(), current)));
    }
    return rows;
  }

  private Answer traffic(Call call) throws Problem, ClickHouseException {
    String link = call.pathValue("link");
    String split =
        call.parameters()
            .oneOf(
                "split",
                "ip_version",
                List.of(
                    "none",
                    "ip_version",
                    "direction",
                    "traffic_class",
                    "carriage",
                    "source_as",
                    "destination_as",
                    "service",
                    "organisation"));
    return split.equals("carriage") ? carriage(call, link) : explore.ofLink(call, link, split);
  }

  /** Which classes make up a carriage, the view of the transition mix says. */
  private Answer carriage(Call call, String link) throws Problem, ClickHouseException {
    call.parameters().oneOf("previous", "none", List.of("none"));
    call.parameters().integer("top", 10, 1, 50);
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    Step step =
        Step.choose(
            call.parameters().text("step", "auto"),
            List.of(Step.MINUTE, Step.FIVE_MINUTES, Step.HOUR, Step.DAY),
            range,
            data.now(),
            Ipv6Endpoints.MAX_POINTS);
    ViewQuery query =
        ViewQuery.of("def_transition_mix_%s_v1".formatted(step.label()))
            .range(range)
            .resolution(step.seconds())
            .columns("bucket direction carriage bps")
            .scope(RowScope.LINK)
            .definitions("transition_mix")
            .says("link " + link, "a_to_b and b_to_a", "bit/s")
            .orderBy("direction, carriage, bucket");
    query.from(
        """
        SELECT
            mix.bucket AS bucket, mix.member AS link, mix.direction AS direction,
            mix.carriage AS carriage, sum(mix.octets) * 8 / %d AS bps
        FROM def_transition_mix_%s_v1(from = %s, until = %s) AS mix
        WHERE mix.dimension = 'link' AND mix.member = %s AND mix.direction != 'both'
        GROUP BY mix.bucket, mix.member, mix.direction, mix.carriage
        """
            .formatted(
                step.seconds(),
                step.label(),
                query.sql().bind("from", range.from()),
                query.sql().bind("until", range.until()),
                query.sql().bind("link", link)));
    direction(call, query);
    return answers.series(call, query, "bucket", "direction", "carriage");
  }

  private Answer tops(Call call) throws Problem, ClickHouseException {
    return explore.topsOfLink(call, call.pathValue("link"));
  }

  private Answer disagreement(Call call) throws Problem, ClickHouseException {
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    Step step =
        Step.choose(
            call.parameters().text("step", "auto"),
            List.of(Step.MINUTE, Step.FIVE_MINUTES, Step.HOUR, Step.DAY),
            range,
            data.now(),
            Ipv6Endpoints.MAX_POINTS);
    ViewQuery query =
        ViewQuery.of("two_ended_disagreement")
            .period(range)
            .step(step.seconds())
            .columns("bucket link direction")
            .column("exporter", "replaceOne(toString(rows.exporter), '::ffff:', '')")
            .columns("interface")
            .column("meter", "toString(rows.meter)")
            .columns("octets_counted octets_other disagreement disagreement_error95")
            .whereEquals("link", call.pathValue("link"))
            .scope(RowScope.LINK)
            .says("link " + call.pathValue("link"), "a_to_b and b_to_a", "fraction")
            .orderBy("direction, exporter, interface, bucket");
    return answers.table(call, query);
  }
}
