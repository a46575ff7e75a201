package org.ipv6flow.console.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ipv6flow.console.clickhouse.ClickHouseClient;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.clickhouse.Sql;

/** Coverage and loss of all links over a period: what every answer is to be read with. */
public final class Completeness {

  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final int MOST = 500;

  /** Of one period. */
  public record Known(JsonNode coverage, JsonNode loss, Instant at) {}

  private record Key(Instant from, Instant until) {}

  private final ClickHouseClient clickHouse;
  private final Clock clock;
  private final Map<Key, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
          return size() > MOST;
        }
      };

  public Completeness(ClickHouseClient clickHouse, Clock clock) {
    this.clickHouse = clickHouse;
    this.clock = clock;
  }

  public Known of(TimeRange range) throws ClickHouseException {
    // Periods are cut to the minute in the views, too.
    Key key = new Key(minute(range.from()), minute(range.until()));
    synchronized (known) {
      Known before = known.get(key);
      if (before != null && before.at().isAfter(clock.instant().minus(KEPT))) {
        return before;
      }
    }
    Sql sql = new Sql();
    sql.add("SELECT coverage, loss FROM def_ipv6_share_v1(from = ")
        .add(sql.bind("from", key.from()))
        .add(", until = ")
        .add(sql.bind("until", key.until()))
        .add(") WHERE dimension = 'all'");
    QueryResult result = clickHouse.query(sql.statement());
    Known found =
        result.rows() == 0
            ? new Known(NullNode.instance, NullNode.instance, clock.instant())
            : new Known(result.value("coverage", 0), result.value("loss", 0), clock.instant());
    synchronized (known) {
      known.put(key, found);
    }
    return found;
  }

  private static Instant minute(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond() / 60 * 60);
  }
}
