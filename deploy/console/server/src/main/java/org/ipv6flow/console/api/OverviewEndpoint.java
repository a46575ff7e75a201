package org.ipv6flow.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.ipv6flow.console.access.Access;
import org.ipv6flow.console.access.Principal;
import org.ipv6flow.console.access.Role;
import org.ipv6flow.console.access.RowScope;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.Data;
import org.ipv6flow.console.query.Table;
import org.ipv6flow.console.query.TimeRange;
import org.ipv6flow.console.query.Times;
import org.ipv6flow.console.query.ViewQuery;

/** The first page: what of the other endpoints is on it. */
final class OverviewEndpoint implements EndpointGroup {

  private static final int BUSIEST = 10;

  private final Data data;
  private final Times times;

  OverviewEndpoint(Data data, Times times) {
    this.data = data;
    this.times = times;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("getOverview", "/overview", this::overview));
  }

  private Answer overview(Call call) throws Problem, ClickHouseException {
    times.zone(call.parameters());
    call.parameters().requireAllRead();
    Principal who = call.principal();
    Instant complete = LinkEndpoints.lastMinute(data, data.now()).until();
    ZonedDateTime now = complete.atZone(data.bucketZone());
    Instant today = now.truncatedTo(ChronoUnit.DAYS).toInstant();
    Instant month = now.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant();
    Instant monthBefore =
        now.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).minusMonths(1).toInstant();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode share = JsonNodeFactory.instance.objectNode();
    begin(who, complete, today, month, monthBefore);
    Table last = share(who, complete.minusSeconds(300), complete);
    share.set("lastFiveMinutes", figure(last, complete.minusSeconds(300), complete));
    share.set("today", figure(share(who, today, complete), today, complete));
    share.set("monthToDate", figure(share(who, month, complete), month, complete));
    share.set("previousMonth", figure(share(who, monthBefore, month), monthBefore, month));
    answer.set("meta", last.meta());
    answer.set("share", share);
    answer.set("traffic", traffic(who, complete));
    boolean seesLinks = Access.permits(who.role(), "getLinkLoad");
    answer.set("links", seesLinks ? links(who, complete) : NullNode.instance);
    boolean seesDevices = Access.permits(who.role(), "listExporters");
    answer.set("exporters", seesDevices ? exporters(who, complete) : NullNode.instance);
    return Answers.json(answer).withRows(1);
  }

  /** Everything at a time: the page waits for the slowest, not for all of them. */
  private void begin(
      Principal who, Instant complete, Instant today, Instant month, Instant monthBefore) {
    data.begin(shareQuery(who, complete.minusSeconds(300), complete), who);
    data.begin(shareQuery(who, today, complete), who);
    data.begin(shareQuery(who, month, complete), who);
    data.begin(shareQuery(who, monthBefore, month), who);
    data.begin(dayQuery(who, complete), who);
    data.begin(nowQuery(who, complete), who);
    if (Access.permits(who.role(), "getLinkLoad")) {
      data.begin(LinkEndpoints.loadQuery(lastMinute(complete)), who);
      data.begin(collapsedQuery(complete), who);
    }
    if (Access.permits(who.role(), "listExporters")) {
      data.begin(SourceEndpoints.exportersQuery(lastFive(complete)), who);
    }
  }

  private TimeRange lastMinute(Instant complete) {
    return new TimeRange(complete.minusSeconds(60), complete, data.bucketZone());
  }

  private TimeRange lastFive(Instant complete) {
    return new TimeRange(complete.minusSeconds(300), complete, data.bucketZone());
  }

  private Table share(Principal who, Instant from, Instant until)
      throws Problem, ClickHouseException {
    return data.table(shareQuery(who, from, until), who);
  }

  /** The national number of interconnection; for an operator, its own. */
  private ViewQuery shareQuery(Principal who, Instant from, Instant until) {
    boolean isOperator = who.role() == Role.OPERATOR;
    TimeRange range =
        new TimeRange(from, from.isBefore(until) ? until : from.plusSeconds(60), data.bucketZone());
    String member = isOperator ? String.valueOf(who.operator()) : "interconnect";
    return ViewQuery.of("def_ipv6_share_v1")
        .period(range)
        .columns(
            """
            octets octets_v4 octets_v6 share_wire share_wire_error95 share_native
            share_payload_lower share_payload_upper coverage loss provisional
            """)
        .whereEquals("dimension", isOperator ? "operator" : "role")
        .whereEquals("member", member)
        .whereEquals("direction", "both")
        .scope(RowScope.POPULATION)
        .definitions("ipv6_share_wire", "coverage", "loss")
        .says((isOperator ? "operator " : "role ") + member, "both", "fraction");
  }

  private static JsonNode figure(Table table, Instant from, Instant until) {
    if (table.result().rows() == 0) {
      return NullNode.instance;
    }
    ObjectNode figure = JsonNodeFactory.instance.objectNode();
    figure.put("from", from.toString());
    figure.put("to", until.toString());
    table
        .result()
        .columns()
        .forEach(column -> figure.set(column.name(), table.result().value(column.name(), 0)));
    figure.remove("octets_v4");
    return figure;
  }

  private ObjectNode traffic(Principal who, Instant complete) throws Problem, ClickHouseException {
    boolean isOperator = who.role() == Role.OPERATOR;
    QueryResult result = data.table(dayQuery(who, complete), who).result();
    ObjectNode traffic = JsonNodeFactory.instance.objectNode();
    Table now = data.table(nowQuery(who, complete), who);
    traffic.set("now_bps", first(now.result(), "mean_bps", 0));
    traffic.set("now_bps_v4", first(now.result(), "mean_bps", 1));
    traffic.set("now_bps_v6", first(now.result(), "mean_bps", 2));
    for (String column : List.of("mean_bps", "p95_bps", "peak_bps", "peak_at")) {
      traffic.set(column, first(result, column, 0));
    }
    ViewQuery capacity =
        ViewQuery.of("def_interconnect_bandwidth_v1")
            .on(complete.atZone(data.bucketZone()).toLocalDate())
            .columns("capacity_bps ipv6_capacity_bps")
            .whereEquals("dimension", isOperator ? "operator" : "all")
            .whereEquals("member", isOperator ? String.valueOf(who.operator()) : "all")
            .scope(RowScope.CAPACITY);
    QueryResult capacities = data.table(capacity, who).result();
    traffic.set("capacity_bps", first(capacities, "capacity_bps", 0));
    traffic.set("ipv6_capacity_bps", first(capacities, "ipv6_capacity_bps", 0));
    return traffic;
  }

  private ViewQuery dayQuery(Principal who, Instant complete) {
    boolean isOperator = who.role() == Role.OPERATOR;
    TimeRange day = new TimeRange(complete.minus(1, ChronoUnit.DAYS), complete, data.bucketZone());
    return ViewQuery.of("def_interconnect_traffic_v1")
        .period(day)
        .columns("ip_version mean_bps p95_bps peak_bps peak_at capacity_bps")
        .whereEquals("dimension", isOperator ? "operator" : "all")
        .whereEquals("member", isOperator ? String.valueOf(who.operator()) : "all")
        .whereEquals("direction", "both")
        .where("rows.ip_version = 0")
        .scope(RowScope.POPULATION);
  }

  /** Mean of the last full five minutes, by IP version: 0, 4, 6. */
  private ViewQuery nowQuery(Principal who, Instant complete) {
    boolean isOperator = who.role() == Role.OPERATOR;
    Instant end = Instant.ofEpochSecond(complete.getEpochSecond() / 300 * 300);
    return ViewQuery.of("def_interconnect_traffic_v1")
        .period(new TimeRange(end.minusSeconds(300), end, data.bucketZone()))
        .columns("ip_version mean_bps")
        .whereEquals("dimension", isOperator ? "operator" : "all")
        .whereEquals("member", isOperator ? String.valueOf(who.operator()) : "all")
        .whereEquals("direction", "both")
        .scope(RowScope.POPULATION)
        .orderBy("ip_version");
  }

  private static JsonNode first(QueryResult result, String column, int row) {
    JsonNode value = result.value(column, row);
    return value.isMissingNode() ? NullNode.instance : value;
  }

  private ObjectNode links(Principal who, Instant complete) throws Problem, ClickHouseException {
    Table load = data.table(LinkEndpoints.loadQuery(lastMinute(complete)), who);
    ObjectNode links = JsonNodeFactory.instance.objectNode();
    QueryResult result = load.result();
    int silent = 0;
    int[] over = new int[3];
    for (int row = 0; row < result.rows(); row++) {
      double utilisation = result.value("utilisation", row).asDouble();
      for (int i = 0; i < over.length; i++) {
        over[i] += utilisation >= 0.7 + 0.1 * i ? 1 : 0;
      }
      silent += result.value("reported", row).asBoolean() ? 0 : 1;
    }
    links.put("total", result.rows());
    links.put("over70", over[0]);
    links.put("over80", over[1]);
    links.put("over90", over[2]);
    links.put("collapsed", data.table(collapsedQuery(complete), who).result().rows());
    links.put("silent", silent);
    links.set("busiest", new Table(load.meta(), Data.firstRows(result, BUSIEST)).json());
    return links;
  }

  private static ViewQuery collapsedQuery(Instant complete) {
    return ViewQuery.of("def_load_change_v1")
        .at(complete)
        .columns("link direction ipv6_collapsed")
        .where("rows.ipv6_collapsed = 1")
        .scope(RowScope.LINK);
  }

  private ObjectNode exporters(Principal who, Instant complete)
      throws Problem, ClickHouseException {
    Table table = data.table(SourceEndpoints.exportersQuery(lastFive(complete)), who);
    ObjectNode exporters = JsonNodeFactory.instance.objectNode();
    exporters.put("total", table.result().rows());
    for (String state : List.of("reporting", "silent", "unknown")) {
      int count = 0;
      for (int row = 0; row < table.result().rows(); row++) {
        count += table.result().text("state", row).equals(state) ? 1 : 0;
      }
      exporters.put(state, count);
    }
    Table worst = new Table(table.meta(), Data.firstRows(table.result(), BUSIEST));
    exporters.set("worst", LinkEndpoints.rows(worst, Map.of()));
    exporters
        .path("worst")
        .forEach(
            row -> {
              if (row instanceof ObjectNode node) {
                node.retain("exporter", "node", "operator", "state", "last_received", "loss");
              }
            });
    return exporters;
  }
}
