package org.ipv6flow.schema.clickhouse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What differs between installations of one schema: <code>${name}</code> in a migration.
 *
 * <ul>
 *   <li>{@code database}: {@code ipv6flow}
 *   <li>{@code engine_prefix}: empty, or {@code Replicated} on a cluster
 *   <li>{@code on_cluster}: empty, or {@code ON CLUSTER 'name'}
 *   <li>{@code time_zone}: whose days the reports count by; {@code Asia/Shanghai}
 *   <li>{@code cluster}: the name of a sharded, replicated cluster; sets the two before, and two
 *       that only migrations name: {@code local}, the suffix of the tables that hold a shard's
 *       data, and {@code everywhere}, the arguments of an engine whose table every node holds in
 *       full
 * </ul>
 */
final class SchemaVariables {

  static final String DATABASE = "database";
  static final String ENGINE_PREFIX = "engine_prefix";
  static final String ON_CLUSTER = "on_cluster";
  static final String TIME_ZONE = "time_zone";
  static final String CLUSTER = "cluster";
  static final String LOCAL = "local";
  static final String EVERYWHERE = "everywhere";

  /** One replicated table over all nodes: its path names no shard, its replicas are the nodes. */
  private static final String ALL_NODES = "('/clickhouse/tables/{uuid}/all', '{shard}-{replica}')";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z_]+)}");

  private static final Map<String, Pattern> ALLOWED =
      Map.of(
          DATABASE, Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"),
          ENGINE_PREFIX, Pattern.compile("|Replicated"),
          ON_CLUSTER, Pattern.compile("|ON CLUSTER '?[A-Za-z0-9_.{}-]+'?"),
          TIME_ZONE, Pattern.compile("[A-Za-z0-9_+/-]+"),
          CLUSTER, Pattern.compile("[A-Za-z0-9_.-]+"));

  private final Map<String, String> values = new LinkedHashMap<>();

  SchemaVariables(Map<String, String> overrides) throws MigrationException {
    values.put(DATABASE, "ipv6flow");
    values.put(ENGINE_PREFIX, "");
    values.put(ON_CLUSTER, "");
    values.put(TIME_ZONE, "Asia/Shanghai");
    values.put(LOCAL, "");
    values.put(EVERYWHERE, "");
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      put(override.getKey(), override.getValue());
    }
    deriveFromCluster(overrides);
    if (engineIsReplicated()) {
      values.put(EVERYWHERE, ALL_NODES);
    }
  }

  private void deriveFromCluster(Map<String, String> overrides) throws MigrationException {
    String cluster = values.get(CLUSTER);
    if (cluster == null) {
      return;
    }
    if (overrides.containsKey(ENGINE_PREFIX) || overrides.containsKey(ON_CLUSTER)) {
      throw new MigrationException(
          "schema variable cluster: sets engine_prefix and on_cluster (expected: it or them)");
    }
    values.put(ENGINE_PREFIX, "Replicated");
    values.put(ON_CLUSTER, "ON CLUSTER '" + cluster + "'");
    values.put(LOCAL, "_local");
  }

  private boolean engineIsReplicated() {
    return "Replicated".equals(values.get(ENGINE_PREFIX));
  }

  /** The cluster's name; empty without one. */
  String cluster() {
    return values.getOrDefault(CLUSTER, "");
  }

  /** Whether data is spread over shards, each with tables of its own. */
  boolean isSharded() {
    return values.containsKey(CLUSTER);
  }

  private void put(String name, String value) throws MigrationException {
    Pattern allowed = ALLOWED.get(name);
    if (allowed == null) {
      throw new MigrationException(
          "unknown schema variable %s (expected: one of %s)"
              .formatted(name, new TreeSet<>(ALLOWED.keySet())));
    }
    if (!allowed.matcher(value).matches()) {
      throw new MigrationException(
          "schema variable %s: '%s' (expected: %s)".formatted(name, value, allowed));
    }
    values.put(name, value);
  }

  String database() {
    return values.getOrDefault(DATABASE, "");
  }

  /** The text with every variable replaced. */
  String expand(String text, String source) throws MigrationException {
    StringBuilder expanded = new StringBuilder(text.length());
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null) {
        throw new MigrationException(
            "%s: unknown variable %s (expected: one of %s)"
                .formatted(source, matcher.group(), values.keySet()));
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(expanded).toString();
  }
}
