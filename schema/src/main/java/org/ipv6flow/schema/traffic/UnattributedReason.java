package org.ipv6flow.schema.traffic;

/** Why a flow record's octets belong to no link direction. They are kept apart, never lost. */
public enum UnattributedReason {
  /** The exporter is not in the inventory. */
  UNKNOWN_EXPORTER(1, "unknown_exporter"),
  /** The record names no interface. */
  NO_INTERFACE(2, "no_interface"),
  /** The exporter has no such interface in the inventory. */
  UNKNOWN_INTERFACE(3, "unknown_interface"),
  /** The interface is known, but counts elsewhere: another observation of its link is primary. */
  NOT_PRIMARY(4, "not_primary"),
  /** The interface is known and joins no link. */
  INTERNAL_INTERFACE(5, "internal_interface"),
  /** The router dropped or consumed the packets (IE 89). */
  NOT_FORWARDED(6, "not_forwarded"),
  /** The link is known, the sampling interval is not: no estimate is possible. */
  SAMPLING_UNKNOWN(7, "sampling_unknown"),
  /** The record's time is too far in the past or the future. */
  TIME_OUT_OF_RANGE(8, "time_out_of_range");

  private final int code;
  private final String label;

  UnattributedReason(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** The value of the ClickHouse enum; never changes. */
  public byte code() {
    return (byte) code;
  }

  public String label() {
    return label;
  }
}
