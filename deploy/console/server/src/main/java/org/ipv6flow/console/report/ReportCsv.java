package org.ipv6flow.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** RFC 4180, UTF-8: a file for each table, and one that says what they are; null is empty. */
final class ReportCsv {

  private ReportCsv() {}

  /** Files by the last part of their name. */
  static Map<String, byte[]> write(Snapshot snapshot) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("name", "value"));
    facts.addAll(ReportFacts.of(snapshot));
    files.put("report", lines(facts));
    for (SnapshotTable table : snapshot.tables()) {
      List<List<String>> lines = new ArrayList<>();
      lines.add(table.columns());
      for (SnapshotTable.Row row : table.rows()) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
          fields.add(text(row.at(i)));
        }
        lines.add(fields);
      }
      files.put(table.id(), lines(lines));
    }
    return files;
  }

  /** The list of differences from the issue before. */
  static byte[] write(List<SnapshotDifference.Change> changes) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("table", "row", "column", "before", "after"));
    for (SnapshotDifference.Change change : changes) {
      lines.add(
          List.of(
              change.table(),
              change.row(),
              change.column(),
              text(change.before()),
              text(change.after())));
    }
    return lines(lines);
  }

  private static String text(JsonNode value) {
    return value.isNull() || value.isMissingNode()
        ? ""
        // A number's digits as in the JSON file.
        : value.isNumber() ? value.toString() : value.asText();
  }

  private static byte[] lines(List<List<String>> lines) {
    StringBuilder out = new StringBuilder();
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        out.append(i == 0 ? "" : ",").append(field(line.get(i)));
      }
      out.append("\r\n");
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A text that a spreadsheet would take for a formula is no number: it gets an apostrophe. */
  private static String field(String text) {
    boolean isFormula = !text.isEmpty() && "=+@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = isFormula ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
