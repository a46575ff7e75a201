package org.ipv6flow.console.explore;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ipv6flow.console.query.Step;
import org.ipv6flow.console.query.TimeRange;

/**
 * A question of Explore.
 *
 * @param dimensions fields to group by; none for one total
 * @param truncate4 prefix length of IPv4 addresses
 */
public record ExploreQuery(
    TimeRange range,
    Step step,
    Family family,
    List<Field> dimensions,
    Optional<Filter> filter,
    Measure measure,
    int top,
    Order order,
    int truncate4,
    int truncate6) {

  /** What is measured. */
  public enum Measure {
    BPS("bit/s", "octets", 8, true),
    PPS("1/s", "packets", 1, true),
    OCTETS("octets", "octets", 1, false),
    PACKETS("packets", "packets", 1, false),
    RECORDS("records", "records", 1, false);

    private final String unit;
    private final String column;
    private final int factor;
    private final boolean isRate;

    Measure(String unit, String column, int factor, boolean isRate) {
      this.unit = unit;
      this.column = column;
      this.factor = factor;
      this.isRate = isRate;
    }

    public String unit() {
      return unit;
    }

    String column() {
      return column;
    }

    int factor() {
      return factor;
    }

    boolean isRate() {
      return isRate;
    }
  }

  /** What the largest are chosen by. */
  public enum Order {
    MEAN,
    P95,
    MAX,
    LAST
  }

  public ExploreQuery {
    dimensions = List.copyOf(dimensions);
  }

  /** Fields of the dimensions and the filter. */
  public static Set<Field> fields(List<Field> dimensions, Optional<Filter> filter) {
    Set<Field> fields = new LinkedHashSet<>(dimensions);
    filter.ifPresent(some -> fields.addAll(some.fields()));
    return fields;
  }
}
