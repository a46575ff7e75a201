package org.ipv6flow.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.clickhouse.Statement;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.Table;
import org.ipv6flow.console.query.TimeRange;

/** Entries of the audit log as a table like any other. */
final class AuditTable {

  private static final Map<String, String> TYPES =
      Map.of("time", "DateTime64(3)", "status", "UInt16", "rows", "UInt32", "millis", "Float64");
  private static final List<String> COLUMNS =
      List.of(
          "time",
          "user",
          "role",
          "operator",
          "address",
          "method",
          "path",
          "query",
          "status",
          "rows",
          "millis",
          "kind");

  private AuditTable() {}

  static Answer answer(Call call, List<JsonNode> entries, TimeRange range, ZoneId zone)
      throws Problem {
    if (call.format().equals("arrow")) {
      throw Problem.parameter(
          "format", "the audit log is no table of ClickHouse (expected: json, csv or xlsx)");
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    List<QueryResult.Column> columns = new ArrayList<>();
    for (String column : COLUMNS) {
      columns.add(new QueryResult.Column(column, TYPES.getOrDefault(column, "String")));
      entries.forEach(entry -> data.withArray("/" + column).add(entry.path(column)));
      data.withArray("/" + column);
    }
    ObjectNode meta = JsonNodeFactory.instance.objectNode();
    meta.putArray("definitions");
    meta.put("unit", "").put("population", "requests").put("direction", "none");
    meta.put("from", range.from().toString()).put("to", range.until().toString());
    meta.put("timeZone", range.zone().getId()).put("bucketTimeZone", zone.getId());
    meta.putNull("resolutionSeconds").put("table", "audit log").put("error95", "none");
    meta.putNull("coverage").putNull("loss").put("provisional", false);
    meta.putNull("finalUntil").putNull("asOf").putNull("dataDelaySeconds");
    meta.put("synthetic", false).put("rows", entries.size()).put("truncated", false);
    meta.putNull("suppressedCells");
    meta.put("emptyReason", entries.isEmpty() ? "no_row_matches" : null);
    meta.putArray("warnings");
    meta.put("role", call.principal().role().label()).put("sql", "");
    meta.putObject("sqlParameters");
    meta.put("queryMillis", 0);
    Table table =
        new Table(meta, new QueryResult(Statement.of(""), columns, data, entries.size(), 0));
    return Answers.of(call, table, null);
  }
}
