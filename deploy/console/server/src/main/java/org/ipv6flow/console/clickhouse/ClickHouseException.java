package org.ipv6flow.console.clickhouse;

/** A query that gave no result. */
public final class ClickHouseException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What kind of failure it is, as far as it matters to who asked. */
  public enum Kind {
    /** It took longer than it may. */
    TIMED_OUT,
    /** Its result or its memory is larger than it may be. */
    TOO_LARGE,
    /** Too many queries at a time. */
    BUSY,
    /** ClickHouse does not answer. */
    UNREACHABLE,
    /** The schema is not there, or another one. */
    NO_SCHEMA,
    /** Anything else. */
    FAILED
  }

  private final Kind kind;
  private final int code;

  public ClickHouseException(Kind kind, int code, String message) {
    super(message);
    this.kind = kind;
    this.code = code;
  }

  public Kind kind() {
    return kind;
  }

  /** ClickHouse's number of the error, or 0. */
  public int code() {
    return code;
  }

  static ClickHouseException ofAnswer(int code, String text) {
    Kind kind =
        switch (code) {
          case 159, 160, 209 -> Kind.TIMED_OUT;
          case 158, 307, 396, 241 -> Kind.TOO_LARGE;
          case 202 -> Kind.BUSY;
          case 60, 81 -> Kind.NO_SCHEMA;
          default -> Kind.FAILED;
        };
    return new ClickHouseException(kind, code, text);
  }
}
