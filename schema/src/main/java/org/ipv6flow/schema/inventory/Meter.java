package org.ipv6flow.schema.inventory;

/** Where on an interface packets were metered (IE 61 flowDirection). */
public enum Meter {
  INGRESS(1, "ingress"),
  EGRESS(2, "egress");

  private final int code;
  private final String label;

  Meter(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /**
   * The value of the ClickHouse enum, and of the column {@code direction} in {@code flow.proto}.
   */
  public byte code() {
    return (byte) code;
  }

  public String label() {
    return label;
  }
}
