package org.ipv6flow.schema.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipv6flow.schema.config.InvalidConfigException;

/** Everything wrong with an inventory, in the order of files and lines. */
final class Findings {

  private static final Pattern PLACE = Pattern.compile("^(.*?):(\\d+): ", Pattern.DOTALL);

  private final List<String> findings = new ArrayList<>();

  void add(String place, String message) {
    findings.add(place + ": " + message);
  }

  void addAll(List<String> others) {
    findings.addAll(others);
  }

  void throwIfAny() throws InvalidConfigException {
    if (!findings.isEmpty()) {
      throw new InvalidConfigException(
          findings.stream()
              .sorted(Comparator.comparing(Findings::file).thenComparing(Findings::line))
              .toList());
    }
  }

  private static String file(String finding) {
    Matcher matcher = PLACE.matcher(finding);
    return matcher.find() ? matcher.group(1) : finding;
  }

  private static int line(String finding) {
    Matcher matcher = PLACE.matcher(finding);
    return matcher.find() ? Integer.parseInt(matcher.group(2)) : 0;
  }
}
