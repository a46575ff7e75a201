package org.ipv6flow.launcher.monitoring;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Expands macros as the official ClickHouse data source does, and variables as Grafana does. */
final class GrafanaMacros {

  private static final Pattern TIME_FILTER = Pattern.compile("\\$__timeFilter\\(([^()]*)\\)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::(singlequote))?}");

  private GrafanaMacros() {}

  /**
   * @param values of the variables; those with one value each but for multi-value ones
   * @throws IllegalArgumentException if a macro or a variable is left
   */
  static String expand(String sql, Instant from, Instant until, Map<String, List<String>> values) {
    String fromTime = "toDateTime(%d)".formatted(from.getEpochSecond());
    String untilTime = "toDateTime(%d)".formatted(until.getEpochSecond());
    String expanded =
        TIME_FILTER
            .matcher(sql)
            // Both ends are in it.
            .replaceAll(
                filter ->
                    "%1$s >= %2$s AND %1$s <= %3$s"
                        .formatted(filter.group(1), fromTime, untilTime));
    expanded = expanded.replace("$__fromTime", fromTime).replace("$__toTime", untilTime);
    expanded =
        VARIABLE
            .matcher(expanded)
            .replaceAll(name -> Matcher.quoteReplacement(value(name, values)));
    if (expanded.contains("$")) {
      throw new IllegalArgumentException("not expanded: " + expanded);
    }
    return expanded;
  }

  private static String value(java.util.regex.MatchResult name, Map<String, List<String>> values) {
    List<String> value = values.get(name.group(1));
    if (value == null) {
      throw new IllegalArgumentException("no variable " + name.group());
    }
    if (name.group(2) != null) {
      return value.stream().map(one -> "'" + one + "'").collect(Collectors.joining(","));
    }
    return value.get(0);
  }
}
