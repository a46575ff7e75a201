package org.ipv6flow.schema.flow;

/** Which rule decided a record's IP version, in order of precedence. */
public enum IpVersionRule {
  /** No rule applied: the version is 0. */
  NONE(0),
  /** IE 60 ipVersion was 4 or 6. */
  IP_VERSION_ELEMENT(1),
  /** An address of one family was not zero. */
  NON_ZERO_ADDRESS(2),
  /** EtherType or a frame section said so. */
  FRAME(3),
  /** Only which address fields the template has. */
  TEMPLATE(4);

  private final int code;

  IpVersionRule(int code) {
    this.code = code;
  }

  /** The code in {@code flow.proto}; never changes. */
  public byte code() {
    return (byte) code;
  }
}
