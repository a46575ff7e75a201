package org.ipv6flow.jobs.aggregate;

/** End of a flow. Every flow counts once at each. */
public enum Side {
  SOURCE(1),
  DESTINATION(2);

  private final int code;

  Side(int code) {
    this.code = code;
  }

  /** The value of the ClickHouse enum {@code side}. */
  public byte code() {
    return (byte) code;
  }
}
