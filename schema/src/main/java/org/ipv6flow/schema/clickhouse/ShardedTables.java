package org.ipv6flow.schema.clickhouse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives every table that holds a shard's data the table that spreads over all shards: {@code
 * link_traffic_10s_local} and, under the name that views and writers use, {@code link_traffic_10s}.
 *
 * <p>Rows of a link stay on one shard, and those of an exporter: rollups are made where their rows
 * are, and a repeated insert is cut into the same blocks as before, so that each shard knows it.
 */
final class ShardedTables {

  private static final Pattern LOCAL_TABLE =
      Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+)\\.(\\w+)_local (ON CLUSTER '[^']+')");
  private static final List<String> SHARDING_COLUMNS = List.of("link", "exporter", "operator");

  private ShardedTables() {}

  /** The statements, each local table followed by its distributed one. */
  static List<String> withDistributed(List<String> statements, String cluster) {
    List<String> all = new ArrayList<>();
    for (String statement : statements) {
      all.add(statement);
      Matcher table = LOCAL_TABLE.matcher(statement);
      if (table.lookingAt()) {
        all.add(
            "CREATE TABLE IF NOT EXISTS %1$s.%2$s %3$s AS %1$s.%2$s_local%n"
                    .formatted(table.group(1), table.group(2), table.group(3))
                + "ENGINE = Distributed('%s', '%s', '%s_local', %s)"
                    .formatted(cluster, table.group(1), table.group(2), shardingKey(statement)));
      }
    }
    return all;
  }

  private static String shardingKey(String statement) {
    for (String column : SHARDING_COLUMNS) {
      if (Pattern.compile("^ *" + column + " ", Pattern.MULTILINE).matcher(statement).find()) {
        return "cityHash64(" + column + ")";
      }
    }
    throw new IllegalArgumentException(
        "table without a column of %s: %s"
            .formatted(SHARDING_COLUMNS, statement.lines().findFirst().orElse("")));
  }
}
