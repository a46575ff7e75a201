package org.ipv6flow.schema.clickhouse;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script into statements at its semicolons: ClickHouse takes one statement a request.
 *
 * <p>Semicolons in string literals, quoted identifiers and comments do not count. Comments are left
 * out, so that a script that ends with one does not end with an empty statement.
 */
final class SqlScript {

  private final String text;
  private final StringBuilder statement = new StringBuilder();
  private final List<String> statements = new ArrayList<>();
  private int position;

  private SqlScript(String text) {
    this.text = text;
  }

  /** The statements in order, without semicolons. */
  static List<String> statements(String text) {
    return new SqlScript(text).split();
  }

  private List<String> split() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (text.startsWith("--", position)) {
        skipTo("\n", "");
      } else if (text.startsWith("/*", position)) {
        skipTo("*/", " ");
      } else if (c == '\'' || c == '"' || c == '`') {
        copyQuoted(c);
      } else if (c == ';') {
        endStatement();
        position++;
      } else {
        statement.append(c);
        position++;
      }
    }
    endStatement();
    return statements;
  }

  private void skipTo(String end, String replacement) {
    int found = text.indexOf(end, position);
    boolean keepsEnd = end.equals("\n");
    position = found < 0 ? text.length() : keepsEnd ? found : found + end.length();
    statement.append(replacement);
  }

  /** A quote inside is doubled or follows a backslash; a doubled one reads as two literals. */
  private void copyQuoted(char quote) {
    int start = position++;
    while (position < text.length() && text.charAt(position) != quote) {
      position += text.charAt(position) == '\\' ? 2 : 1;
    }
    position = Math.min(position + 1, text.length());
    statement.append(text, start, position);
  }

  private void endStatement() {
    String complete = statement.toString().strip();
    if (!complete.isEmpty()) {
      statements.add(complete);
    }
    statement.setLength(0);
  }
}
