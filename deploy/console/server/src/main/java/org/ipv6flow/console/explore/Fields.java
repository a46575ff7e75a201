package org.ipv6flow.console.explore;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ipv6flow.console.explore.Field.Type;
import org.ipv6flow.schema.traffic.TrafficClass;

/** All fields by name. */
public final class Fields {

  private static final Set<Family> ALL = EnumSet.allOf(Family.class);
  private static final Set<Family> WITH_CLASS = EnumSet.of(Family.LINK, Family.FLOWS);
  private static final Set<Family> WITH_AS = EnumSet.of(Family.AS, Family.FLOWS);
  private static final Set<Family> WITH_SERVICE = EnumSet.of(Family.SERVICE, Family.FLOWS);
  private static final Set<Family> SAMPLES = EnumSet.of(Family.FLOWS);
  private static final List<String> ROLES = List.of("interconnect", "international", "ixp", "nap");

  private static final Map<String, Field> BY_NAME = new LinkedHashMap<>();

  static {
    string("link", "link", "rows.link", ALL);
    add(
        new Field(
            "direction",
            "direction of the link",
            Type.ENUM,
            List.of("toString(rows.direction)"),
            List.of("a_to_b", "b_to_a"),
            true,
            ALL));
    add(
        new Field(
            "ip_version",
            "version of the outermost IP header",
            Type.INTEGER,
            List.of("rows.ip_version"),
            List.of("4", "6"),
            true,
            ALL));
    string("node", "node of the link", "places.node", ALL);
    string("province", "province of the node", "places.province", ALL);
    string("region", "region of the node", "places.region", ALL);
    add(new Field("role", "role of the link", Type.ENUM, List.of("places.role"), ROLES, true, ALL));
    string("from_operator", "operator that hands over", "places.from_operator", ALL);
    string("to_operator", "operator that takes over", "places.to_operator", ALL);
    string("operator_pair", "both operators in alphabetical order", "places.operator_pair", ALL);
    add(
        new Field(
            "operator",
            "operator at either end of the link",
            Type.STRING,
            List.of("places.from_operator", "places.to_operator"),
            List.of(),
            false,
            ALL));
    add(
        new Field(
            "traffic_class",
            "class of docs/definitions.md",
            Type.ENUM,
            List.of("toString(rows.traffic_class)"),
            java.util.Arrays.stream(TrafficClass.values()).map(TrafficClass::label).toList(),
            true,
            WITH_CLASS));
    asNumber("source_as", "source AS (IE 16)", List.of("rows.source_as"), true);
    asNumber("destination_as", "destination AS (IE 17)", List.of("rows.destination_as"), true);
    asNumber("as", "either AS", List.of("rows.source_as", "rows.destination_as"), false);
    for (String side : List.of("source", "destination")) {
      Set<Family> family =
          EnumSet.of(
              side.equals("source") ? Family.ORGANISATION_SOURCE : Family.ORGANISATION_DESTINATION);
      string(side + "_organisation", "organisation of the " + side, "rows.organisation", family);
      string(
          side + "_organisation_kind",
          "kind of the organisation of the " + side,
          "rows.organisation_kind",
          family);
      string(side + "_industry", "industry of the " + side, "rows.industry", family);
      string(side + "_operator", "operator of the " + side + " address", "rows.operator", family);
      string(side + "_province", "province of the " + side + " address", "rows.province", family);
      string(side + "_region", "region of the " + side + " address", "rows.region", family);
      string(side + "_access", "kind of access of the " + side, "rows.access", family);
    }
    add(
        new Field(
            "protocol",
            "protocol number (IE 4)",
            Type.INTEGER,
            List.of("rows.protocol"),
            List.of(),
            true,
            WITH_SERVICE));
    string("service", "service by its registered port", "rows.service", WITH_SERVICE);
    prefix("source_prefix", "source address, truncated", List.of("rows.source_prefix"), true);
    prefix(
        "destination_prefix",
        "destination address, truncated",
        List.of("rows.destination_prefix"),
        true);
    prefix(
        "prefix",
        "either address, truncated",
        List.of("rows.source_prefix", "rows.destination_prefix"),
        false);
  }

  private Fields() {}

  public static Optional<Field> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  public static List<Field> all() {
    return new ArrayList<>(BY_NAME.values());
  }

  /** Names that are spelt alike, nearest first. */
  static List<String> like(String name) {
    String sought = name.toLowerCase(Locale.ROOT);
    return BY_NAME.keySet().stream()
        .filter(known -> distance(known, sought) <= 3 || known.contains(sought))
        .sorted((a, b) -> Integer.compare(distance(a, sought), distance(b, sought)))
        .limit(3)
        .toList();
  }

  /** Families that hold all of some fields, best first. */
  public static List<Family> holding(Iterable<Field> fields) {
    EnumSet<Family> left = EnumSet.allOf(Family.class);
    for (Field field : fields) {
      left.retainAll(field.families());
    }
    return new ArrayList<>(left);
  }

  private static void add(Field field) {
    BY_NAME.put(field.name(), field);
  }

  private static void string(String name, String description, String column, Set<Family> families) {
    add(new Field(name, description, Type.STRING, List.of(column), List.of(), true, families));
  }

  private static void asNumber(
      String name, String description, List<String> columns, boolean isGroupable) {
    add(new Field(name, description, Type.AS_NUMBER, columns, List.of(), isGroupable, WITH_AS));
  }

  private static void prefix(
      String name, String description, List<String> columns, boolean isGroupable) {
    add(new Field(name, description, Type.PREFIX, columns, List.of(), isGroupable, SAMPLES));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
