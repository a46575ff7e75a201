package org.ipv6flow.schema.clickhouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of one version of the inventory, by table, each behind its version's two columns. */
final class InventoryRows {

  private final long loadedAtMillis;
  private final String version;
  private final Map<String, List<@Nullable Object[]>> byTable = new LinkedHashMap<>();

  InventoryRows(long loadedAtMillis, String version) {
    this.loadedAtMillis = loadedAtMillis;
    this.version = version;
  }

  /** Adds a row; values are in the order of the table's columns after {@code inventory_version}. */
  void add(String table, @Nullable Object... values) {
    byTable.computeIfAbsent(table, name -> new ArrayList<>()).add(values);
  }

  /** One insert per table. */
  void insert(Connection connection, String database) throws SQLException {
    for (Map.Entry<String, List<@Nullable Object[]>> table : byTable.entrySet()) {
      insert(connection, database + "." + table.getKey(), table.getValue());
    }
  }

  private void insert(Connection connection, String table, List<@Nullable Object[]> rows)
      throws SQLException {
    String values = ", ?".repeat(rows.get(0).length);
    String sql =
        "INSERT INTO %s VALUES (fromUnixTimestamp64Milli(?, 'UTC'), ?%s)".formatted(table, values);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (@Nullable Object[] row : rows) {
        statement.setLong(1, loadedAtMillis);
        statement.setString(2, version);
        for (int i = 0; i < row.length; i++) {
          statement.setObject(i + 3, row[i]);
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
