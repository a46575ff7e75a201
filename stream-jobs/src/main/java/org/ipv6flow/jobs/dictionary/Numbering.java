package org.ipv6flow.jobs.dictionary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Small numbers for names, given out in the order in which the names come and never taken back.
 *
 * <p>The numbers are one operator instance's own: several inventories share them there, and they
 * mean nothing outside of it. Not thread-safe.
 *
 * @param <T> what is numbered, by equality
 */
public final class Numbering<T> {

  private final Map<T, Integer> numbers = new HashMap<>();
  private final List<T> names = new ArrayList<>();

  /** The number of a name, a new one for a new name. */
  public int number(T name) {
    Integer known = numbers.putIfAbsent(name, names.size());
    if (known != null) {
      return known;
    }
    names.add(name);
    return names.size() - 1;
  }

  public T name(int number) {
    return names.get(number);
  }

  public int size() {
    return names.size();
  }
}
