package org.ipv6flow.console.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.console.clickhouse.QueryResult;

/** RFC 4180: a header line, CRLF, quotes where they are needed; UTF-8; null is an empty field. */
public final class Csv {

  public static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

  private Csv() {}

  public static byte[] write(QueryResult result) {
    StringBuilder out = new StringBuilder();
    List<JsonNode> columns = new ArrayList<>();
    for (int i = 0; i < result.columns().size(); i++) {
      String name = result.columns().get(i).name();
      out.append(i == 0 ? "" : ",").append(field(name));
      columns.add(result.data().path(name));
    }
    out.append("\r\n");
    for (int row = 0; row < result.rows(); row++) {
      for (int i = 0; i < columns.size(); i++) {
        out.append(i == 0 ? "" : ",").append(field(text(columns.get(i).path(row))));
      }
      out.append("\r\n");
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String text(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    if (value.isArray()) {
      List<String> parts = new ArrayList<>();
      value.forEach(part -> parts.add(part.asText()));
      return String.join(" ", parts);
    }
    // A number's digits as ClickHouse wrote them.
    return value.isNumber() ? value.toString() : value.asText();
  }

  private static String field(String text) {
    boolean formula = !text.isEmpty() && "=+@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
