package org.ipv6flow.launcher.monitoring;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which metrics an expression of PromQL reads. */
final class PromQl {

  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring", "inf");

  /** What holds names that are no metrics: strings, matchers, ranges, lists of labels. */
  private static final Pattern NO_METRICS =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|\\{[^}]*}|\\[[^]]*]"
              + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

  private static final Pattern DURATION = Pattern.compile("\\b\\d+(?:ms|[smhdwy])\\b");

  /** A name that no bracket follows: one that a bracket follows is a function. */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w:.])([a-zA-Z_:][\\w:]*)(?![\\w:])(?!\\s*\\()");

  private PromQl() {}

  static Set<String> metrics(String expression) {
    // Aggregations may have their labels before the bracket: sum by (x) (y).
    String bare = expression.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "\"\"");
    bare = NO_METRICS.matcher(bare).replaceAll(" ");
    bare = DURATION.matcher(bare).replaceAll(" ");
    bare = bare.replaceAll("\\b(sum|min|max|avg|count|topk|bottomk|quantile)\\s+\\(", "(");
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(bare);
    while (name.find()) {
      if (!KEYWORDS.contains(name.group(1))) {
        names.add(name.group(1));
      }
    }
    return names;
  }
}
