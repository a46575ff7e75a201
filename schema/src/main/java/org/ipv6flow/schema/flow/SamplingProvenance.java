package org.ipv6flow.schema.flow;

/** Where a sampling interval came from. Codes are part of {@code flow.proto} and never change. */
public enum SamplingProvenance {
  /** Nothing is known: the record's octets must not be scaled, nor counted as if 1:1. */
  UNKNOWN(0),
  /** IE 34 or 50 (or 305/306 …) in the data record itself. */
  RECORD(1),
  /** A sampler or selector named by the record (IE 48, 302), learned from options. */
  SAMPLER(2),
  /** Options scoped to the record's template (IE 145). */
  TEMPLATE(3),
  /** Options scoped to the record's interface. */
  INTERFACE(4),
  /** Options scoped to the line card. */
  LINE_CARD(5),
  /** Options scoped to the observation domain, metering or exporting process, or system. */
  SYSTEM(6),
  /** The inventory says so. */
  INVENTORY(7);

  private static final SamplingProvenance[] BY_CODE = values();

  private final int code;

  SamplingProvenance(int code) {
    this.code = code;
  }

  public byte code() {
    return (byte) code;
  }

  /** The provenance of a code; {@link #UNKNOWN} for codes of later versions. */
  public static SamplingProvenance of(byte code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
  }
}
