package org.ipv6flow.console.http;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The query string of a request. An endpoint reads what it knows; what nobody read is an error, so
 * that a misspelt parameter is not a silent default.
 */
public final class Parameters {

  private static final int MAX_VALUE = 8_000;

  private final Map<String, List<String>> values;
  private final Set<String> read = new TreeSet<>();

  public Parameters(Map<String, List<String>> values) {
    this.values = new LinkedHashMap<>(values);
  }

  public Optional<String> text(String name) throws Problem {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw Problem.parameter(name, "given %d times (expected: once)".formatted(all.size()));
    }
    return all.isEmpty() || all.get(0).isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  public String text(String name, String otherwise) throws Problem {
    return text(name).orElse(otherwise);
  }

  /** Values of a parameter that may be repeated. */
  public List<String> all(String name) throws Problem {
    read.add(name);
    List<String> all = values.getOrDefault(name, List.of());
    for (String value : all) {
      if (value.length() > MAX_VALUE) {
        throw Problem.parameter(name, "longer than %d characters".formatted(MAX_VALUE));
      }
      if (value.indexOf('\0') >= 0) {
        throw Problem.parameter(name, "holds a NUL character");
      }
    }
    return all;
  }

  /** Values of a parameter that may be repeated, at most so many. */
  public List<String> all(String name, int most) throws Problem {
    List<String> all = new ArrayList<>(all(name));
    all.removeIf(String::isEmpty);
    if (all.size() > most) {
      throw Problem.parameter(name, "%d values (expected: at most %d)".formatted(all.size(), most));
    }
    return all;
  }

  /** One of a few words. */
  public String oneOf(String name, String otherwise, List<String> words) throws Problem {
    String value = text(name, otherwise);
    if (!words.contains(value)) {
      throw Problem.parameter(
          name, "'%s' is not one of %s".formatted(value, String.join(", ", words)));
    }
    return value;
  }

  public int integer(String name, int otherwise, int least, int most) throws Problem {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Problem.parameter(
        name, "'%s' (expected: a whole number from %d to %d)".formatted(value.get(), least, most));
  }

  public Optional<Double> number(String name, double least, double most) throws Problem {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      double number = new BigDecimal(value.get()).doubleValue();
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Problem.parameter(
        name, "'%s' (expected: a number from %s to %s)".formatted(value.get(), least, most));
  }

  /** Fails if there is a parameter that nobody read. */
  public void requireAllRead() throws Problem {
    for (String name : values.keySet()) {
      if (!read.contains(name)) {
        throw Problem.parameter(
            name,
            "no such parameter here (there are: %s)"
                .formatted(read.isEmpty() ? "none" : String.join(", ", read)));
      }
    }
  }
}
