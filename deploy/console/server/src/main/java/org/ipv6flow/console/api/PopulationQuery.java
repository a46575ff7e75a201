package org.ipv6flow.console.api;

import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.console.access.Access;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.ViewQuery;

/** dimension, member and direction of a request, as conditions on a view of populations. */
final class PopulationQuery {

  private static final int MOST_MEMBERS = 200;
  private static final List<String> DIRECTIONS =
      List.of("both", "in", "out", "a_to_b", "b_to_a", "any");

  private PopulationQuery() {}

  /** Adds the three conditions. */
  static void restrict(Call call, ViewQuery query) throws Problem {
    String dimension = dimension(call);
    List<String> members = call.parameters().all("member", MOST_MEMBERS);
    String direction = call.parameters().oneOf("direction", "both", DIRECTIONS);
    query.whereEquals("dimension", dimension).whereIn("member", members);
    if (!direction.equals("any")) {
      query.whereEquals("direction", direction);
    }
    query.says(population(dimension, members), direction, query.unit());
  }

  /** The same for capacities, which have no direction. */
  static void restrictCapacity(Call call, ViewQuery query) throws Problem {
    String dimension = dimension(call);
    List<String> members = call.parameters().all("member", MOST_MEMBERS);
    query.whereEquals("dimension", dimension).whereIn("member", members);
    query.says(population(dimension, members), "one direction", query.unit());
  }

  static String dimension(Call call) throws Problem {
    List<String> allowed = Access.dimensions(call.principal().role());
    String otherwise = allowed.contains("role") || allowed.isEmpty() ? "role" : allowed.get(0);
    String dimension = call.parameters().oneOf("dimension", otherwise, Access.DIMENSIONS);
    if (!allowed.contains(dimension)) {
      throw Problem.of(
          Problem.Kind.NOT_PERMITTED,
          "dimension %s is not for the role %s (there are: %s)"
              .formatted(dimension, call.principal().role().label(), String.join(", ", allowed)));
    }
    return dimension;
  }

  static String population(String dimension, List<String> members) {
    if (members.isEmpty()) {
      return "members of " + dimension;
    }
    return dimension + " " + String.join(", ", new ArrayList<>(members));
  }
}
