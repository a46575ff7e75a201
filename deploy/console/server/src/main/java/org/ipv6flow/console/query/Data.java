package org.ipv6flow.console.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ipv6flow.console.access.Access;
import org.ipv6flow.console.access.Principal;
import org.ipv6flow.console.access.RowScope;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.Queries;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.clickhouse.Sql;
import org.ipv6flow.console.clickhouse.Statement;
import org.ipv6flow.console.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Runs questions to views for somebody: adds what the role may not see to the conditions, bounds
 * the result, and says in the meta data what the numbers are.
 */
public final class Data {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ERROR95 =
      "columns x_error95: half width of the 95 % interval that sampling alone gives x;"
          + " loss, unknown sampling and silent exporters are not in it";

  /** Sampled packets below which a cell's error is above 10 %. */
  public static final int MINIMUM_CELL_PACKETS = 400;

  private final Queries clickHouse;
  private final Freshness freshness;
  private final Definitions definitions;
  private final Completeness completeness;
  private final Clock clock;
  private final ZoneId bucketZone;
  private final boolean isSynthetic;
  private final int maxRows;

  /**
   * @param bucketZone time zone of days and months in the views
   * @param isSynthetic whether the traffic is the demo's
   */
  public Data(
      Queries clickHouse, Clock clock, ZoneId bucketZone, boolean isSynthetic, int maxRows) {
    this.clickHouse = clickHouse;
    this.clock = clock;
    this.bucketZone = bucketZone;
    this.isSynthetic = isSynthetic;
    this.maxRows = maxRows;
    freshness = new Freshness(clickHouse, clock);
    definitions = new Definitions(clickHouse, clock);
    completeness = new Completeness(clickHouse);
  }

  public Queries clickHouse() {
    return clickHouse;
  }

  public Freshness freshness() {
    return freshness;
  }

  public Clock clock() {
    return clock;
  }

  public Instant now() {
    return clock.instant();
  }

  public ZoneId bucketZone() {
    return bucketZone;
  }

  public boolean isSynthetic() {
    return isSynthetic;
  }

  public int maxRows() {
    return maxRows;
  }

  /** The statement of a question, with the conditions of the role and a bound on the rows. */
  public Statement statement(ViewQuery query, Principal who) {
    List<String> conditions = conditions(query, who, true);
    Sql sql = query.sql();
    return new Statement(
        query.select(Access.hiddenColumns(who.role()))
            + query.fromWhere(conditions)
            + query.orderBy()
            + " LIMIT "
            + (maxRows + 1),
        sql.statement().parameters());
  }

  /** Runs a question. */
  public Table table(ViewQuery query, Principal who) throws ClickHouseException, Problem {
    CompletableFuture<QueryResult> begun = clickHouse.begin(statement(query, who));
    beginMeta(query, who);
    QueryResult result = Queries.await(begun);
    boolean truncated = result.rows() > maxRows;
    QueryResult cut = truncated ? firstRows(result, maxRows) : result;
    return new Table(meta(query, who, cut, truncated), cut);
  }

  /** Starts a question that {@link #table} will be asked soon. */
  public void begin(ViewQuery query, Principal who) {
    var unused = clickHouse.begin(statement(query, who));
    beginMeta(query, who);
  }

  /** What the meta data need is asked at the same time. */
  private void beginMeta(ViewQuery query, Principal who) {
    TimeRange range = query.range();
    if (range != null && query.scope() != RowScope.PUBLIC) {
      completeness.begin(range);
    }
    if (Access.hasMinimumCell(who.role()) && cell(query, who) != null) {
      var unused = clickHouse.begin(suppressedStatement(query, who));
    }
  }

  /** The same question's result in a format of ClickHouse. */
  public byte[] raw(ViewQuery query, Principal who, String format) throws ClickHouseException {
    return clickHouse.client().query(statement(query, who), format);
  }

  private List<String> conditions(ViewQuery query, Principal who, boolean largeEnough) {
    List<String> conditions = new ArrayList<>();
    String own = query.scope().predicate(who, query.sql());
    if (own != null) {
      conditions.add(own);
    }
    String cell = cell(query, who);
    if (cell != null) {
      conditions.add(largeEnough ? cell : "NOT " + cell);
    }
    return conditions;
  }

  /** The minimum size of a cell; null where the role or the rows have none. */
  private @Nullable String cell(ViewQuery query, Principal who) {
    TimeRange range = query.range();
    if (!Access.hasMinimumCell(who.role()) || range == null) {
      return null;
    }
    Sql sql = query.sql();
    String least = sql.bind("minimum_packets", MINIMUM_CELL_PACKETS);
    if (query.size() != null) {
      return "(%s >= %s)".formatted(query.size(), least);
    }
    String cells =
        "FROM def_ipv6_share_v1(from = %s, until = %s) WHERE observed_packets_v4 + observed_packets_v6 >= %s"
            .formatted(sql.bind("from", range.from()), sql.bind("until", range.until()), least);
    if (query.scope() == RowScope.POPULATION) {
      return "((rows.dimension, rows.member, rows.direction) IN (SELECT dimension, member, direction %s))"
          .formatted(cells);
    }
    if (query.scope() == RowScope.OPERATOR_PATH) {
      // A pair without a link or without traffic says so, and nothing else.
      return "(rows.octets = 0 OR concat(rows.from_operator, '>', rows.to_operator) IN (SELECT member %s AND dimension = 'operator_path'))"
          .formatted(cells);
    }
    return null;
  }

  private @Nullable Long suppressed(ViewQuery query, Principal who) throws ClickHouseException {
    if (!Access.hasMinimumCell(who.role())) {
      return null;
    }
    if (cell(query, who) == null) {
      return 0L;
    }
    return clickHouse.query(suppressedStatement(query, who)).value("cells", 0).asLong();
  }

  private Statement suppressedStatement(ViewQuery query, Principal who) {
    List<String> conditions = conditions(query, who, false);
    return new Statement(
        "SELECT count() AS cells" + query.fromWhere(conditions),
        query.sql().statement().parameters());
  }

  /** The meta data of an answer. */
  public ObjectNode meta(ViewQuery query, Principal who, QueryResult result, boolean truncated)
      throws ClickHouseException {
    Freshness.Look look = freshness.look();
    TimeRange range = query.range();
    ObjectNode meta = JSON.objectNode();
    meta.set("definitions", definitions.references(query.definitionIds()));
    meta.put("unit", query.unit());
    meta.put("population", query.population());
    meta.put("direction", query.direction());
    put(meta, "from", range == null ? null : range.from());
    put(meta, "to", range == null ? null : range.until());
    meta.put("timeZone", (range == null ? bucketZone : range.zone()).getId());
    meta.put("bucketTimeZone", bucketZone.getId());
    if (query.resolutionSeconds() == null) {
      meta.putNull("resolutionSeconds");
    } else {
      meta.put("resolutionSeconds", query.resolutionSeconds());
    }
    meta.put("table", query.view());
    meta.put("error95", ERROR95);
    if (range == null || query.scope() == RowScope.PUBLIC) {
      meta.putNull("coverage");
      meta.putNull("loss");
    } else {
      Completeness.Known known = completeness.of(range);
      meta.set("coverage", known.coverage());
      meta.set("loss", known.loss());
    }
    meta.put(
        "provisional",
        range != null && (look.finalUntil() == null || range.until().isAfter(look.finalUntil())));
    put(meta, "finalUntil", look.finalUntil());
    put(meta, "asOf", look.asOf());
    Double delay = look.delaySeconds(now());
    if (delay == null) {
      meta.putNull("dataDelaySeconds");
    } else {
      meta.put("dataDelaySeconds", delay);
    }
    meta.put("synthetic", isSynthetic);
    meta.put("rows", result.rows());
    meta.put("truncated", truncated);
    Long suppressed = suppressed(query, who);
    if (suppressed == null) {
      meta.putNull("suppressedCells");
    } else {
      meta.put("suppressedCells", suppressed);
    }
    meta.put("emptyReason", emptyReason(result.rows(), range, look));
    ArrayNode warnings = meta.putArray("warnings");
    if (truncated) {
      warnings.add(
          "there are more than %d rows: ask for fewer members or a shorter period"
              .formatted(maxRows));
    }
    meta.put("role", who.role().label());
    meta.put("sql", result.statement().sql());
    ObjectNode parameters = meta.putObject("sqlParameters");
    result.statement().parameters().forEach(parameters::put);
    meta.put("queryMillis", Math.round(result.millis() * 10) / 10.0);
    return meta;
  }

  private static @Nullable String emptyReason(
      int rows, @Nullable TimeRange range, Freshness.Look look) {
    if (rows > 0) {
      return null;
    }
    if (look.inventoryVersion() == null) {
      return "no_inventory";
    }
    if (look.asOf() == null) {
      return "nothing_stored";
    }
    return range != null && !range.from().isBefore(look.asOf())
        ? "not_stored_yet"
        : "no_row_matches";
  }

  private static void put(ObjectNode meta, String name, @Nullable Instant time) {
    if (time == null) {
      meta.putNull(name);
    } else {
      meta.put(name, time.toString());
    }
  }

  /** The first rows of a result. */
  public static QueryResult firstRows(QueryResult result, int most) {
    int rows = Math.min(most, result.rows());
    ObjectNode data = JSON.objectNode();
    result
        .data()
        .fields()
        .forEachRemaining(
            column -> {
              ArrayNode values = data.putArray(column.getKey());
              for (int i = 0; i < rows; i++) {
                values.add(column.getValue().get(i));
              }
            });
    return new QueryResult(result.statement(), result.columns(), data, rows, result.millis());
  }
}
