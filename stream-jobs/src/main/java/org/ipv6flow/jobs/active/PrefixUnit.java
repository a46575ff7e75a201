package org.ipv6flow.jobs.active;

/** What is counted as one: a subscriber has one or a few of them. */
enum PrefixUnit {
  /** A mobile terminal, or one network of a home. */
  V6_64(1),
  /** What many fixed networks delegate to a home. */
  V6_56(2),
  V4_32(3);

  private final int code;

  PrefixUnit(int code) {
    this.code = code;
  }

  /** The value of the ClickHouse enum {@code unit}. */
  byte code() {
    return (byte) code;
  }
}
