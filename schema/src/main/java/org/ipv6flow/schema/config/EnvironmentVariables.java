package org.ipv6flow.schema.config;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Expands {@code ${NAME}} and {@code ${NAME:default}} in values. */
final class EnvironmentVariables {

  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");

  private final UnaryOperator<@Nullable String> lookup;

  /**
   * @param lookup value of a variable, null when it is not set
   */
  EnvironmentVariables(UnaryOperator<@Nullable String> lookup) {
    this.lookup = lookup;
  }

  /**
   * Replaces every reference.
   *
   * @throws IllegalArgumentException if a variable is neither set nor has a default; the message
   *     names it
   */
  String expand(String value) {
    if (!value.contains("${")) {
      return value;
    }
    Matcher matcher = REFERENCE.matcher(value);
    StringBuilder expanded = new StringBuilder();
    while (matcher.find()) {
      String set = lookup.apply(matcher.group(1));
      String replacement = set != null ? set : matcher.group(2);
      if (replacement == null) {
        throw new IllegalArgumentException(
            "environment variable %s is not set (expected: a value, or ${%s:default})"
                .formatted(matcher.group(1), matcher.group(1)));
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(replacement));
    }
    matcher.appendTail(expanded);
    return expanded.toString();
  }
}
