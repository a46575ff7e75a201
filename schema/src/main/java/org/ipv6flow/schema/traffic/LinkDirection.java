package org.ipv6flow.schema.traffic;

/** A link joins operator A and operator B; each direction is counted apart. */
public enum LinkDirection {
  A_TO_B(1, "a_to_b"),
  B_TO_A(2, "b_to_a");

  private final int code;
  private final String label;

  LinkDirection(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** The value of the ClickHouse enum; never changes. */
  public byte code() {
    return (byte) code;
  }

  /** The name in ClickHouse, in the inventory and in the API. */
  public String label() {
    return label;
  }
}
