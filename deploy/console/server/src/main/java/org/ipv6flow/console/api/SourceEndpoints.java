package org.ipv6flow.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ipv6flow.console.access.RowScope;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.Data;
import org.ipv6flow.console.query.Freshness;
import org.ipv6flow.console.query.Step;
import org.ipv6flow.console.query.TimeRange;
import org.ipv6flow.console.query.Times;
import org.ipv6flow.console.query.ViewQuery;
import org.jspecify.annotations.Nullable;

/** Exporters, what was dropped or belongs to no link, data quality, the processes. */
final class SourceEndpoints implements EndpointGroup {

  private static final String SUMS =
      """
      datagrams flow_records lost_records lost_messages duplicate_messages reordered_messages
      restarts held_sets held_sets_decoded dropped sampling_known_records sampling_unknown_records
      clock_suspect_records
      """;

  private final Data data;
  private final Answers answers;
  private final Times times;
  private final Parts parts;

  SourceEndpoints(Data data, Answers answers, Times times, Map<String, String> parts) {
    this.data = data;
    this.answers = answers;
    this.times = times;
    this.parts = new Parts(parts);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("listExporters", "/exporters", this::exporters),
        Endpoint.get("getExporter", "/exporters/{exporter}", this::exporter),
        Endpoint.get("getExporterDrops", "/exporters/{exporter}/drops", this::drops),
        Endpoint.get("getUnattributed", "/unattributed", this::unattributed),
        Endpoint.get("getDataQuality", "/quality", this::quality),
        Endpoint.get("getCoverageCalendar", "/quality/calendar", this::calendar),
        Endpoint.get("getPipeline", "/pipeline", this::pipeline));
  }

  /** Minutes of the definition put together; loss is its quotient of sums. */
  static ViewQuery exportersQuery(TimeRange range) {
    ViewQuery query =
        ViewQuery.of("def_exporter_health_v1")
            .range(range)
            .resolution(0)
            .columns(
                """
                exporter address node operator protocol vendor_style active_timeout_seconds
                idle_timeout_seconds state minutes_reported minutes collectors observation_domains
                """,
                SUMS,
                "datagrams_per_second flow_records_per_second loss templates options_templates",
                "clock_offset_millis last_received")
            .scope(RowScope.DEVICE)
            .definitions("exporter_health")
            .says("exporters", "none", "none")
            .orderBy("state DESC, loss DESC, exporter");
    String from = query.sql().bind("from", range.from());
    String until = query.sql().bind("until", range.until());
    return query.from(
        """
        SELECT
            minutes.exporter AS exporter, minutes.address AS address, minutes.node AS node,
            minutes.operator AS operator, any(listed.protocol) AS protocol,
            any(listed.vendor_style) AS vendor_style,
            any(listed.active_timeout_seconds) AS active_timeout_seconds,
            any(listed.idle_timeout_seconds) AS idle_timeout_seconds,
            multiIf(
                countIf(minutes.state != 'silent') = 0, 'silent',
                minutes.exporter = '', 'unknown', 'reporting') AS state,
            countIf(minutes.state != 'silent') AS minutes_reported, count() AS minutes,
            max(minutes.collectors) AS collectors,
            max(minutes.observation_domains) AS observation_domains,
            sum(minutes.datagrams) AS datagrams, sum(minutes.flow_records) AS flow_records,
            datagrams / (60 * minutes) AS datagrams_per_second,
            flow_records / (60 * minutes) AS flow_records_per_second,
            sum(minutes.lost_records) AS lost_records, sum(minutes.lost_messages) AS lost_messages,
            any(lost.lost_records) / nullIf(any(lost.lost_records + lost.received_records), 0)
                AS loss,
            sum(minutes.duplicate_messages) AS duplicate_messages,
            sum(minutes.reordered_messages) AS reordered_messages,
            sum(minutes.restarts) AS restarts, sum(minutes.held_sets) AS held_sets,
            sum(minutes.held_sets_decoded) AS held_sets_decoded, sum(minutes.dropped) AS dropped,
            sum(minutes.sampling_known_records) AS sampling_known_records,
            sum(minutes.sampling_unknown_records) AS sampling_unknown_records,
            sum(minutes.clock_suspect_records) AS clock_suspect_records,
            max(minutes.templates) AS templates,
            max(minutes.options_templates) AS options_templates,
            argMax(minutes.clock_offset_millis, minutes.last_received) AS clock_offset_millis,
            nullIf(max(minutes.last_received), toDateTime64(0, 3, 'UTC')) AS last_received
        FROM def_exporter_health_v1(from = %1$s, until = %2$s) AS minutes
        LEFT JOIN
        (
            SELECT * FROM inventory_exporters
            WHERE loaded_at = (SELECT max(loaded_at) FROM inventory_versions)
        ) AS listed ON listed.address = minutes.address
        LEFT JOIN exporter_loss(from = %1$s, until = %2$s, step = 0) AS lost
            ON lost.exporter = minutes.address
        GROUP BY minutes.exporter, minutes.address, minutes.node, minutes.operator
        """
            .formatted(from, until));
  }

  private Answer exporters(Call call) throws Problem, ClickHouseException {
    return answers.table(
        call, exportersQuery(times.range(call.parameters(), "now-15m", data.now())));
  }

  private Answer exporter(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_exporter_health_v1")
            .period(times.range(call.parameters(), "now-6h", data.now()))
            .resolution(Step.MINUTE.seconds())
            .columns(
                """
                bucket state collectors observation_domains datagrams datagram_octets data_records
                flow_records options_records lost_records lost_messages loss duplicate_messages
                reordered_messages restarts held_sets held_sets_decoded dropped
                sampling_known_records sampling_unknown_records clock_suspect_records templates
                options_templates clock_offset_millis
                """)
            .column("last_received", "nullIf(rows.last_received, toDateTime64(0, 3, 'UTC'))")
            .scope(RowScope.DEVICE)
            .definitions("exporter_health")
            .says("exporter " + call.pathValue("exporter"), "none", "none")
            .orderBy("bucket");
    query.where(isNamed(query, call));
    return answers.table(call, query);
  }

  /** By its id of the inventory, or by its address. */
  private static String isNamed(ViewQuery query, Call call) {
    String named = query.sql().bind("exporter", call.pathValue("exporter"));
    return "rows.exporter = %1$s OR replaceOne(toString(rows.address), '::ffff:', '') = %1$s"
        .formatted(named);
  }

  private Answer drops(Call call) throws Problem, ClickHouseException {
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    ViewQuery query =
        ViewQuery.of("exporter_drops_1m")
            .range(range)
            .resolution(0)
            .columns("exporter address observation_domain collector reason dropped")
            .scope(RowScope.DEVICE)
            .says("exporter " + call.pathValue("exporter"), "none", "records, sets or messages")
            .orderBy("dropped DESC, reason");
    query.from(
        """
        SELECT
            listed.exporter AS exporter, drops.exporter AS address,
            drops.observation_domain AS observation_domain, drops.collector AS collector,
            drops.reason AS reason, sum(drops.dropped) AS dropped
        FROM exporter_drops_1m AS drops
        LEFT JOIN current_exporters AS listed ON listed.address = drops.exporter
        WHERE drops.bucket >= %s AND drops.bucket < %s
        GROUP BY
            listed.exporter, drops.exporter, drops.observation_domain, drops.collector,
            drops.reason
        """
            .formatted(
                query.sql().bind("from", range.from()), query.sql().bind("until", range.until())));
    query.where(isNamed(query, call));
    return answers.table(call, query);
  }

  private Answer unattributed(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_unattributed_v1")
            .period(times.range(call.parameters(), "now-24h", data.now()))
            .column("reason", "toString(rows.reason)")
            .columns("exporter address interface")
            .column("meter", "toString(rows.meter)")
            .columns("ip_version octets packets observed_octets observed_packets records")
            .scope(RowScope.DEVICE)
            .definitions("unattributed")
            .says("records of no link direction", "ingress or egress", "octets")
            .orderBy("octets DESC, records DESC, reason, address, interface");
    return answers.table(call, query);
  }

  private Answer quality(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_data_quality_v1")
            .period(times.range(call.parameters(), "now/d-1d", data.now()))
            .columns(
                """
                operator exporters silent_exporters coverage loss sampling_unknown clock_suspect
                flow_records
                """)
            .scope(RowScope.OPERATOR)
            .definitions("data_quality")
            .says("exporters of an operator", "none", "fraction")
            .orderBy("operator = 'all' DESC, operator");
    return answers.table(call, query);
  }

  private Answer calendar(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("def_ipv6_share_1d_v1")
            .period(times.range(call.parameters(), "now-90d", data.now()))
            .resolution(Step.DAY.seconds())
            .column(
                "day", "toDate(toTimeZone(rows.bucket, '%s'))".formatted(data.bucketZone().getId()))
            .columns("dimension member direction coverage loss provisional")
            .scope(RowScope.POPULATION)
            .definitions("coverage", "loss")
            .says("", "", "fraction")
            .orderBy("member, direction, day");
    PopulationQuery.restrict(call, query);
    return answers.table(call, query);
  }

  private Answer pipeline(Call call) throws Problem, ClickHouseException {
    call.parameters().requireAllRead();
    Instant now = data.now();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("time", now.toString());
    ArrayNode all = parts.look();
    try {
      Freshness.Look look = data.freshness().look();
      put(answer, "asOf", look.asOf());
      put(answer, "flowsStoredUntil", look.asOf());
      put(answer, "statusStoredUntil", look.statusUntil());
      put(answer, "finalUntil", look.finalUntil());
      Double delay = look.delaySeconds(now);
      if (delay == null) {
        answer.putNull("dataDelaySeconds");
      } else {
        answer.put("dataDelaySeconds", delay);
      }
      all.addObject().put("name", "clickhouse").put("kind", "clickhouse").put("state", "up");
    } catch (ClickHouseException e) {
      for (String name : List.of("asOf", "finalUntil", "dataDelaySeconds")) {
        answer.putNull(name);
      }
      all.addObject()
          .put("name", "clickhouse")
          .put("kind", "clickhouse")
          .put("state", "down")
          .put("detail", "does not answer");
    }
    all.addObject().put("name", "console").put("kind", "console").put("state", "up");
    answer.set("parts", all);
    return Answers.json(answer);
  }

  private static void put(ObjectNode node, String name, @Nullable Instant time) {
    if (time == null) {
      node.putNull(name);
    } else {
      node.put(name, time.toString());
    }
  }
}
