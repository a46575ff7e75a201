package org.ipv6flow.console.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a method and path. A path without placeholders goes before one with. */
public final class Routes {

  private final List<Endpoint> endpoints;

  public Routes(List<Endpoint> endpoints) {
    List<Endpoint> sorted = new ArrayList<>(endpoints);
    sorted.sort((a, b) -> Integer.compare(placeholders(a.path()), placeholders(b.path())));
    this.endpoints = List.copyOf(sorted);
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** An endpoint with what its placeholders stand for. */
  public record Match(Endpoint endpoint, Map<String, String> values) {}

  /**
   * Looks a request up.
   *
   * @throws Problem if there is no such path, or not with this method
   */
  public Match find(String method, String path) throws Problem {
    TreeSet<String> methods = new TreeSet<>();
    String sought = method.equals("HEAD") ? "GET" : method;
    int fewest = Integer.MAX_VALUE;
    for (Endpoint endpoint : endpoints) {
      int count = placeholders(endpoint.path());
      Map<String, String> values = count > fewest ? null : match(endpoint.path(), path);
      if (values != null) {
        if (endpoint.method().equals(sought)) {
          return new Match(endpoint, values);
        }
        fewest = count;
        methods.add(endpoint.method());
      }
    }
    if (methods.isEmpty()) {
      throw Problem.of(Problem.Kind.NOT_FOUND, path + ": no such path (see: /api/v1/openapi.yaml)");
    }
    throw Problem.of(
        Problem.Kind.METHOD, "%s (expected: %s)".formatted(method, String.join(" or ", methods)));
  }

  private static @Nullable Map<String, String> match(String template, String path) {
    String[] expected = template.split("/", -1);
    String[] actual = path.split("/", -1);
    if (expected.length != actual.length) {
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < expected.length; i++) {
      if (expected[i].startsWith("{")) {
        if (actual[i].isEmpty()) {
          return null;
        }
        values.put(expected[i].substring(1, expected[i].length() - 1), actual[i]);
      } else if (!expected[i].equals(actual[i])) {
        return null;
      }
    }
    return values;
  }

  private static int placeholders(String path) {
    return (int) path.chars().filter(c -> c == '{').count();
  }
}
