package org.ipv6flow.schema.clickhouse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What repeats in a migration, written once: the columns of a table's levels, and the levels
 * themselves. Directives are comments of SQL, each on a line of its own.
 *
 * <pre>
 * --@ block sums
 *     octets UInt64
 * --@ end
 *
 * --@ repeat level: 1h | source: 5m
 * --@ repeat level: 1d | source: 1h
 * CREATE TABLE traffic_@{level}
 * (
 * --@ use sums
 * );
 * --@ end
 * </pre>
 *
 * A block may use blocks before it, and names of the repeat it is used in.
 */
final class Template {

  private static final Pattern DIRECTIVE = Pattern.compile("--@ (block|repeat|use|end) ?(.*)");
  private static final Pattern NAME = Pattern.compile("@\\{([a-z_]+)}");
  private static final Pattern SEPARATOR = Pattern.compile(" \\| ");

  private final String source;
  private final List<String> lines;
  private final Map<String, List<String>> blocks = new HashMap<>();
  private int position;

  private Template(String source, List<String> lines) {
    this.source = source;
    this.lines = lines;
  }

  /** The text without directives; text without any is returned as it is. */
  static String expand(String text, String source) throws MigrationException {
    if (!text.contains("--@ ")) {
      return text;
    }
    Template template = new Template(source, text.lines().toList());
    List<String> expanded = new ArrayList<>();
    while (template.position < template.lines.size()) {
      template.line(expanded);
    }
    return String.join("\n", expanded) + "\n";
  }

  private void line(List<String> into) throws MigrationException {
    String line = lines.get(position++);
    Matcher directive = DIRECTIVE.matcher(line);
    if (!directive.matches()) {
      into.add(line);
      return;
    }
    switch (directive.group(1)) {
      case "block" -> blocks.put(directive.group(2), body());
      case "repeat" -> repeat(directive.group(2), into);
      case "use" -> into.addAll(block(directive.group(2)));
      default -> throw wrong("end without a beginning");
    }
  }

  /** Lines up to the end, with the blocks they use. */
  private List<String> body() throws MigrationException {
    List<String> body = new ArrayList<>();
    while (position < lines.size()) {
      Matcher directive = DIRECTIVE.matcher(lines.get(position));
      if (directive.matches() && directive.group(1).equals("end")) {
        position++;
        return body;
      }
      if (directive.matches() && !directive.group(1).equals("use")) {
        throw wrong(directive.group(1) + " within another");
      }
      line(body);
    }
    throw wrong("no end");
  }

  private void repeat(String first, List<String> into) throws MigrationException {
    List<Map<String, String>> rounds = new ArrayList<>();
    rounds.add(values(first));
    while (position < lines.size()) {
      Matcher directive = DIRECTIVE.matcher(lines.get(position));
      if (!directive.matches() || !directive.group(1).equals("repeat")) {
        break;
      }
      rounds.add(values(directive.group(2)));
      position++;
    }
    List<String> body = body();
    for (Map<String, String> values : rounds) {
      for (String line : body) {
        into.add(fill(line, values));
      }
    }
  }

  private Map<String, String> values(String text) throws MigrationException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : SEPARATOR.split(text, -1)) {
      int colon = pair.indexOf(": ");
      if (colon < 0) {
        throw wrong("'" + pair + "' (expected: name: value)");
      }
      values.put(pair.substring(0, colon).strip(), pair.substring(colon + 2).strip());
    }
    return values;
  }

  private String fill(String line, Map<String, String> values) throws MigrationException {
    StringBuilder filled = new StringBuilder();
    Matcher name = NAME.matcher(line);
    while (name.find()) {
      String value = values.get(name.group(1));
      if (value == null) {
        throw wrong("no value for " + name.group());
      }
      name.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return name.appendTail(filled).toString();
  }

  private List<String> block(String name) throws MigrationException {
    List<String> block = blocks.get(name);
    if (block == null) {
      throw wrong("no block " + name);
    }
    return block;
  }

  private MigrationException wrong(String what) {
    return new MigrationException("%s:%d: %s".formatted(source, position, what));
  }
}
