package org.ipv6flow.console.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Instant;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.Queries;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.clickhouse.Sql;
import org.ipv6flow.console.clickhouse.Statement;

/** Coverage and loss of all links over a period: what every answer is to be read with. */
public final class Completeness {

  /** Of one period. */
  public record Known(JsonNode coverage, JsonNode loss) {}

  private final Queries clickHouse;

  public Completeness(Queries clickHouse) {
    this.clickHouse = clickHouse;
  }

  /** Starts to find out. */
  void begin(TimeRange range) {
    var unused = clickHouse.begin(statement(range));
  }

  public Known of(TimeRange range) throws ClickHouseException {
    QueryResult result = clickHouse.query(statement(range));
    return result.rows() == 0
        ? new Known(NullNode.instance, NullNode.instance)
        : new Known(result.value("coverage", 0), result.value("loss", 0));
  }

  private static Statement statement(TimeRange range) {
    Sql sql = new Sql();
    sql.add("SELECT coverage, loss FROM def_ipv6_share_v1(from = ")
        .add(sql.bind("from", minute(range.from())))
        .add(", until = ")
        .add(sql.bind("until", minute(range.until())))
        .add(") WHERE dimension = 'all'");
    return sql.statement();
  }

  /** Periods are cut to the minute in the views, too. */
  private static Instant minute(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond() / 60 * 60);
  }
}
