package org.ipv6flow.schema.inventory;

/** Which records metered at an interface count as their link's traffic. */
public enum CountMode {
  /** Records metered on the way in. */
  IN("in"),
  /** Records metered on the way out. */
  OUT("out"),
  /** Both: the far side exports nothing. */
  IN_OUT("in+out"),
  /** Neither: the interface is a cross-check. */
  NONE("none");

  private final String label;

  CountMode(String label) {
    this.label = label;
  }

  /** The word in the inventory file. */
  public String label() {
    return label;
  }

  static CountMode ofLabel(String label) {
    for (CountMode mode : values()) {
      if (mode.label.equals(label)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("no such count mode: " + label);
  }

  public boolean countsIngress() {
    return this == IN || this == IN_OUT;
  }

  public boolean countsEgress() {
    return this == OUT || this == IN_OUT;
  }
}
