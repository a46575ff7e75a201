package org.ipv6flow.console.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.Queries;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.clickhouse.Statement;
import org.jspecify.annotations.Nullable;

/** How far the stored data go; looked at every few seconds. */
public final class Freshness {

  private static final Duration KEPT = Duration.ofSeconds(5);

  /**
   * A look at it.
   *
   * @param asOf end of the newest stored bucket; null if there is none
   * @param inventoryVersion null if none was published
   */
  public record Look(
      Instant at,
      @Nullable Instant asOf,
      @Nullable Instant statusUntil,
      @Nullable Instant finalUntil,
      @Nullable String inventoryVersion) {

    /** How long ago the newest stored bucket ended. */
    public @Nullable Double delaySeconds(Instant now) {
      return asOf == null ? null : Duration.between(asOf, now).toMillis() / 1_000.0;
    }
  }

  private final Queries clickHouse;
  private final Clock clock;
  private volatile @Nullable Look last;

  public Freshness(Queries clickHouse, Clock clock) {
    this.clickHouse = clickHouse;
    this.clock = clock;
  }

  public Look look() throws ClickHouseException {
    Look known = last;
    Instant now = clock.instant();
    if (known != null && known.at().isAfter(now.minus(KEPT))) {
      return known;
    }
    QueryResult result =
        clickHouse.query(
            Statement.of(
                """
                SELECT
                    flows_stored_until, status_stored_until, final_until,
                    (SELECT argMax(inventory_version, loaded_at) FROM inventory_versions)
                        AS inventory_version
                FROM watermark
                """));
    String version = result.rows() == 0 ? "" : result.text("inventory_version", 0);
    Look look =
        new Look(
            now,
            time(result.value("flows_stored_until", 0)),
            time(result.value("status_stored_until", 0)),
            time(result.value("final_until", 0)),
            version.isEmpty() || version.equals("null") ? null : version);
    last = look;
    return look;
  }

  /** Empty tables have a maximum, too: the beginning of time. */
  private static @Nullable Instant time(JsonNode node) {
    if (!node.isTextual()) {
      return null;
    }
    Instant time = Instant.parse(node.asText());
    return time.getEpochSecond() < 86_400 ? null : time;
  }
}
