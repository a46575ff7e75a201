package org.ipv6flow.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.clickhouse.ClickHouseClient;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.QueryLimits;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.clickhouse.Sql;
import org.ipv6flow.console.clickhouse.Statement;
import org.ipv6flow.console.query.ColumnKind;

/** Asks the views for all numbers of a month's report. */
public final class SnapshotReader {

  /** A year of months and a month of percentiles take their time; one query runs at a time. */
  private static final QueryLimits LIMITS =
      new QueryLimits(Duration.ofMinutes(10), 2_000_000, 6L << 30, 1);

  /**
   * Errors and losses are sums of floating-point numbers, whose last digits depend on the order in
   * which they are added. All others are quotients of whole numbers.
   */
  private static final MathContext ERROR_DIGITS = new MathContext(9, RoundingMode.HALF_EVEN);

  private final ClickHouseClient clickHouse;
  private final String software;

  /**
   * @param software version of the program, for the report's method
   */
  public SnapshotReader(ClickHouseAccount account, String software) {
    clickHouse = new ClickHouseClient(account, LIMITS);
    this.software = software;
  }

  public Snapshot read(ReportPeriod period) throws ClickHouseException {
    ObjectNode content = Snapshot.MAPPER.createObjectNode();
    content.put("report", "ipv6flow monthly report");
    content.put("format", 1);
    content.put("month", period.month().toString());
    content.put("time_zone", period.zone().getId());
    content.put("from", period.from().toString());
    content.put("until", period.until().toString());
    content.put("software", software);
    inventory(content);
    content.put("synthetic", isSynthetic(period));
    ObjectNode tables = Snapshot.MAPPER.createObjectNode();
    for (ReportTable table : ReportTable.values()) {
      tables.set(table.id(), table(table, clickHouse.query(table.statement(period))));
    }
    SnapshotTable shares =
        new SnapshotTable(ReportTable.SHARES.id(), tables.path(ReportTable.SHARES.id()));
    content.put("provisional", shares.value("provisional", "dimension", "all").asInt(1) != 0);
    content.set("completeness", shares.value("coverage", "dimension", "all"));
    content.set("tables", tables);
    return new Snapshot(content);
  }

  private void inventory(ObjectNode content) throws ClickHouseException {
    QueryResult newest =
        clickHouse.query(
            Statement.of(
                """
                SELECT inventory_version, checksum FROM inventory_versions
                ORDER BY loaded_at DESC LIMIT 1
                """));
    if (newest.rows() == 0) {
      throw new ClickHouseException(
          ClickHouseException.Kind.NO_SCHEMA, 0, "no inventory has been published");
    }
    content.put("inventory_version", newest.text("inventory_version", 0));
    content.put("inventory_checksum", newest.text("checksum", 0));
  }

  private boolean isSynthetic(ReportPeriod period) throws ClickHouseException {
    Sql sql = new Sql();
    String from = sql.bind("from", period.from());
    String until = sql.bind("until", period.until());
    sql.add(
        """
        SELECT count() AS fills FROM synthetic_history AS fills
        WHERE fills.from < %s AND fills.until > %s
        """
            .formatted(until, from));
    return clickHouse.query(sql.statement()).value("fills", 0).asLong() > 0;
  }

  private static ObjectNode table(ReportTable table, QueryResult result) {
    ObjectNode node = Snapshot.MAPPER.createObjectNode();
    ArrayNode columns = node.putArray("columns");
    for (QueryResult.Column column : result.columns()) {
      ObjectNode described = columns.addObject();
      described.put("name", column.name());
      described.put("type", ColumnKind.type(column.type()));
      String unit = ColumnKind.unit(column.name());
      if (!unit.isEmpty()) {
        described.put("unit", unit);
      }
    }
    ArrayNode definitions = node.putArray("definitions");
    table.definitions().forEach(definitions::add);
    node.put("sql", table.sql());
    ArrayNode rows = node.putArray("rows");
    for (int row = 0; row < result.rows(); row++) {
      ArrayNode values = rows.addArray();
      for (QueryResult.Column column : result.columns()) {
        values.add(stable(column.name(), result.value(column.name(), row)));
      }
    }
    return node;
  }

  private static JsonNode stable(String column, JsonNode value) {
    boolean isSumOfFloats =
        column.endsWith("_error95") || column.equals("loss") || column.equals("clock_suspect");
    return isSumOfFloats && value.isNumber() && !value.isIntegralNumber()
        ? DecimalNode.valueOf(value.decimalValue().round(ERROR_DIGITS))
        : value;
  }
}
