package org.ipv6flow.schema.inventory;

import java.io.Serializable;

/** Autonomous system numbers {@code first} to {@code last}, both included. */
public record AsRange(long first, long last) implements Serializable {

  private static final long MAX_AS_NUMBER = 0xFFFF_FFFFL;

  public AsRange {
    if (first < 0 || last < first || last > MAX_AS_NUMBER) {
      throw new IllegalArgumentException(
          "AS range %d-%d (expected: 0 to 4294967295, ascending)".formatted(first, last));
    }
  }

  /**
   * Parses {@code "4134"} or {@code "64496-64511"}.
   *
   * @throws IllegalArgumentException if the range is none; the message is for people
   */
  static AsRange parse(String text) {
    int dash = text.indexOf('-');
    try {
      long first = Long.parseLong(dash < 0 ? text : text.substring(0, dash));
      long last = dash < 0 ? first : Long.parseLong(text.substring(dash + 1));
      return new AsRange(first, last);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "AS range %s (expected: 0 to 4294967295, ascending)".formatted(text), e);
    }
  }

  public boolean contains(long asNumber) {
    return asNumber >= first && asNumber <= last;
  }
}
