package org.ipv6flow.simulator.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statements beside this class, with {@code {name}} for what differs from run to run. */
final class Script {

  private static final Pattern NAME = Pattern.compile("\\{([a-z_0-9]+)}");

  private final Connection connection;
  private final Map<String, String> common;

  Script(Connection connection, Map<String, String> common) {
    this.connection = connection;
    this.common = Map.copyOf(common);
  }

  void run(String name, Map<String, ?> values) throws SQLException {
    Map<String, String> all = new TreeMap<>(common);
    values.forEach((key, value) -> all.put(key, String.valueOf(value)));
    String text = read(name + ".sql").replaceAll("(?m)^\\s*--.*$", "");
    for (String statement : text.split(";\\s*\\n", -1)) {
      execute(expand(statement, all));
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String expand(String text, Map<String, String> values) {
    StringBuilder expanded = new StringBuilder(text.length());
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null) {
        throw new IllegalArgumentException("no value for " + matcher.group());
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(expanded).toString();
  }

  private static String read(String file) {
    try (InputStream in = Script.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
