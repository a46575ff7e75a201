package org.ipv6flow.console.clickhouse;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Builds a {@link Statement}: {@link #add} takes SQL of this program, the {@code bind} methods take
 * values and give the placeholder that stands for them.
 */
public final class Sql {

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> parameters = new LinkedHashMap<>();

  /** Appends SQL that nobody but this program wrote. */
  public Sql add(String sql) {
    text.append(sql);
    return this;
  }

  public String bind(String name, Instant value) {
    return bind(name, "DateTime('UTC')", DATE_TIME.format(value));
  }

  public String bind(String name, LocalDate value) {
    return bind(name, "Date", value.toString());
  }

  public String bind(String name, String value) {
    return bind(name, "String", escape(value));
  }

  public String bind(String name, long value) {
    return bind(name, "Int64", Long.toString(value));
  }

  public String bind(String name, double value) {
    return bind(name, "Float64", Double.toString(value));
  }

  public String bind(String name, Collection<String> values) {
    return bind(
        name,
        "Array(String)",
        values.stream()
            .map(value -> "'" + escape(value).replace("'", "\\'") + "'")
            .collect(Collectors.joining(",", "[", "]")));
  }

  /** The placeholder of a value in ClickHouse's escaped text form. A name has one value. */
  private String bind(String name, String type, String text) {
    String before = parameters.put(name, text);
    if (before != null && !before.equals(text)) {
      throw new IllegalArgumentException("two values for parameter " + name);
    }
    return "{" + name + ":" + type + "}";
  }

  /** A name that no parameter has yet. */
  public String fresh(String prefix) {
    int n = 1;
    while (parameters.containsKey(prefix + n)) {
      n++;
    }
    return prefix + n;
  }

  public Statement statement() {
    return new Statement(text.toString(), parameters);
  }

  /** Values of parameters are read in ClickHouse's TabSeparated form. */
  private static String escape(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\0", "\\0");
  }
}
