package org.ipv6flow.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a new issue of a report says otherwise than the one before. */
public final class SnapshotDifference {

  /**
   * A value that is another one.
   *
   * @param row the columns that name it
   * @param column empty if the whole row is new or gone
   * @param before missing if it is new
   * @param after missing if it is gone
   */
  public record Change(String table, String row, String column, JsonNode before, JsonNode after) {}

  private SnapshotDifference() {}

  public static List<Change> between(Snapshot before, Snapshot after) {
    Map<String, SnapshotTable> earlier = new LinkedHashMap<>();
    before.tables().forEach(table -> earlier.put(table.id(), table));
    List<Change> changes = new ArrayList<>();
    for (SnapshotTable table : after.tables()) {
      SnapshotTable old =
          earlier.getOrDefault(
              table.id(), new SnapshotTable(table.id(), MissingNode.getInstance()));
      compare(old, table, changes);
    }
    return changes;
  }

  private static void compare(SnapshotTable before, SnapshotTable after, List<Change> changes) {
    Map<String, SnapshotTable.Row> old = byKey(before);
    Map<String, SnapshotTable.Row> now = byKey(after);
    Set<String> keys = new LinkedHashSet<>(old.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      SnapshotTable.Row was = old.get(key);
      SnapshotTable.Row is = now.get(key);
      if (was == null || is == null) {
        JsonNode there = Snapshot.MAPPER.getNodeFactory().booleanNode(true);
        JsonNode missing = MissingNode.getInstance();
        changes.add(
            new Change(
                after.id(), key, "", was == null ? missing : there, is == null ? missing : there));
        continue;
      }
      for (String column : after.columns()) {
        JsonNode oldValue =
            before.columns().contains(column) ? was.get(column) : MissingNode.getInstance();
        if (!isEqual(oldValue, is.get(column))) {
          changes.add(new Change(after.id(), key, column, oldValue, is.get(column)));
        }
      }
    }
  }

  private static boolean isEqual(JsonNode a, JsonNode b) {
    return (a.isNumber() && b.isNumber())
        ? a.decimalValue().compareTo(b.decimalValue()) == 0
        : a.equals(b);
  }

  /**
   * Rows by the columns that come before the first number, and by IP version where there is one.
   */
  private static Map<String, SnapshotTable.Row> byKey(SnapshotTable table) {
    List<String> keys = new ArrayList<>();
    for (String column : table.columns()) {
      String type = table.type(column);
      if (column.equals("ip_version") || type.equals("string") || type.equals("date")) {
        keys.add(column);
      } else {
        break;
      }
    }
    Map<String, SnapshotTable.Row> rows = new LinkedHashMap<>();
    for (SnapshotTable.Row row : table.rows()) {
      List<String> parts = new ArrayList<>();
      keys.forEach(column -> parts.add(row.text(column)));
      rows.put(String.join(" ", parts), row);
    }
    return rows;
  }
}
