package org.ipv6flow.jobs.aggregate;

/** How a second observer saw a link direction. */
public enum CrossCheckMeter {
  /** On its way in, at an interface of the link. */
  INGRESS(1),
  /** On its way out (IE 61 = 1), at an interface of the link. */
  EGRESS(2),
  /** On its way in from the core, to leave by an interface of the link (IE 14). */
  CORE(3);

  private final int code;

  CrossCheckMeter(int code) {
    this.code = code;
  }

  /** The value of the ClickHouse enum {@code meter}. */
  public byte code() {
    return (byte) code;
  }
}
