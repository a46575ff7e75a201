package org.ipv6flow.console.query;

import java.util.Set;

/** What a column holds, by its type in ClickHouse and by the naming rules of the schema. */
public final class ColumnKind {

  private static final Set<String> FLAGS =
      Set.of(
          "provisional",
          "reported",
          "ipv6_enabled",
          "met",
          "is_due",
          "ipv6_collapsed",
          "a_to_b_missing",
          "b_to_a_missing",
          "is_other",
          "is_corrected");
  private static final Set<String> OPEN_ENDED = Set.of("ipv6_enabled_on", "in_service_until");

  private ColumnKind() {}

  /** A column of a view as it is selected: flags as Bool, open ends as null. */
  public static String selected(String column) {
    if (FLAGS.contains(column)) {
      return "toBool(rows.%s) AS %s".formatted(column, column);
    }
    if (OPEN_ENDED.contains(column)) {
      return "nullIf(rows.%s, toDate('2149-06-06')) AS %s".formatted(column, column);
    }
    if (column.equals("address")) {
      // IPv4 is stored as IPv4-mapped IPv6.
      return "replaceOne(toString(rows.address), '::ffff:', '') AS address";
    }
    return "rows.%s AS %s".formatted(column, column);
  }

  /** Its type in the API. */
  public static String type(String clickHouseType) {
    String bare =
        clickHouseType
            .replaceAll("LowCardinality\\((.*)\\)", "$1")
            .replaceAll("Nullable\\((.*)\\)", "$1");
    if (bare.equals("Bool")) {
      return "boolean";
    }
    if (bare.startsWith("DateTime")) {
      return "time";
    }
    if (bare.startsWith("Date")) {
      return "date";
    }
    if (bare.matches("U?Int[0-9]+")) {
      return "integer";
    }
    if (bare.startsWith("Float") || bare.startsWith("Decimal")) {
      return "number";
    }
    return bare.startsWith("Array(") ? "strings" : "string";
  }

  /** Its unit, which its name says. */
  public static String unit(String column) {
    if (column.contains("_bps_a_day")) {
      return "bit/s a day";
    }
    if (column.matches("(.*_)?bps(_.*)?")) {
      return "bit/s";
    }
    if (column.matches(
        "(share|utilisation|growth)_.*|utilisation|fraction.*|coverage|loss|.*_fraction|visibility_gap|disagreement.*|progress|sampling_unknown|clock_suspect|change|threshold|ipv6_capacity_fraction")) {
      return "fraction";
    }
    if (column.matches("(.*_)?octets(_.*)?")) {
      return "octets";
    }
    if (column.matches(".*packets_per_second|.*_per_second")) {
      return "1/s";
    }
    if (column.matches("(.*_)?packets(_.*)?")) {
      return "packets";
    }
    if (column.matches("(.*_)?(flow_|data_|options_|lost_)?records(_.*)?")) {
      return "records";
    }
    if (column.endsWith("_millis")) {
      return "ms";
    }
    if (column.endsWith("_seconds")) {
      return "s";
    }
    if (column.matches("asymmetry|ratio|peak_factor|.*_to_week_before")) {
      return "quotient";
    }
    return "";
  }
}
