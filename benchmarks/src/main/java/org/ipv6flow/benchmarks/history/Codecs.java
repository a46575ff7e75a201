package org.ipv6flow.benchmarks.history;

import java.util.List;

/**
 * Ways to store a month of 5-minute link traffic.
 *
 * @param bucket codec of the time
 * @param sums codec of the sums
 * @param variance codec of the error's part
 * @param key sorting key
 */
record Codecs(String name, String bucket, String sums, String variance, String key) {

  private static final String BY_LINK = "link, direction, bucket, ip_version, traffic_class";
  private static final String BY_CLASS = "link, direction, ip_version, traffic_class, bucket";
  private static final String BY_TIME = "bucket, link, direction, ip_version, traffic_class";

  static List<Codecs> all() {
    return List.of(
        new Codecs("in use", "DoubleDelta, ZSTD(1)", "T64, ZSTD(1)", "ZSTD(1)", BY_LINK),
        new Codecs("sums ZSTD(1)", "DoubleDelta, ZSTD(1)", "ZSTD(1)", "ZSTD(1)", BY_LINK),
        new Codecs("sums ZSTD(3)", "DoubleDelta, ZSTD(3)", "ZSTD(3)", "ZSTD(3)", BY_LINK),
        new Codecs("sums T64, LZ4", "DoubleDelta, LZ4", "T64, LZ4", "LZ4", BY_LINK),
        new Codecs(
            "sums Delta, variance Gorilla",
            "DoubleDelta, ZSTD(1)",
            "Delta, ZSTD(1)",
            "Gorilla, ZSTD(1)",
            BY_LINK),
        new Codecs(
            "class before time", "DoubleDelta, ZSTD(1)", "T64, ZSTD(1)", "ZSTD(1)", BY_CLASS),
        new Codecs(
            "class before time, sums Delta",
            "DoubleDelta, ZSTD(1)",
            "Delta, ZSTD(1)",
            "ZSTD(1)",
            BY_CLASS),
        new Codecs("time first", "Delta, ZSTD(1)", "T64, ZSTD(1)", "ZSTD(1)", BY_TIME));
  }

  String create(String database) {
    return """
        CREATE TABLE %1$s.codecs
        (
            bucket DateTime('UTC') CODEC(%2$s),
            link LowCardinality(String),
            direction Enum8('a_to_b' = 1, 'b_to_a' = 2),
            ip_version UInt8,
            traffic_class Int8,
            octets UInt64 CODEC(%3$s),
            packets UInt64 CODEC(%3$s),
            observed_octets UInt64 CODEC(%3$s),
            observed_packets UInt64 CODEC(%3$s),
            records UInt64 CODEC(%3$s),
            octets_variance Float64 CODEC(%4$s)
        )
        ENGINE = SummingMergeTree
        ORDER BY (%5$s)"""
        .formatted(database, bucket, sums, variance, key);
  }
}
