package org.ipv6flow.collector.message;

import static org.ipv6flow.collector.message.DropReason.Level.DATAGRAM;
import static org.ipv6flow.collector.message.DropReason.Level.RECORD;
import static org.ipv6flow.collector.message.DropReason.Level.SET;
import static org.ipv6flow.collector.message.DropReason.Level.TEMPLATE;

/**
 * Why input was dropped.
 *
 * <p>At each level everything received is either decoded or dropped for exactly one of these
 * reasons. Labels appear in metrics, in the exporter status and in summaries, and never change.
 */
public enum DropReason {
  /** Fewer octets than the header of any supported protocol. */
  DATAGRAM_TOO_SHORT(0, DATAGRAM, "datagram_too_short"),
  /** The version field is neither 9 nor 10. */
  UNSUPPORTED_VERSION(1, DATAGRAM, "unsupported_version"),
  /** An sFlow datagram: its version field has 32 bits. */
  SFLOW(2, DATAGRAM, "sflow"),
  /** An IPFIX message length below the header's own 16 octets (RFC 7011 section 3.1). */
  MESSAGE_LENGTH_INVALID(3, DATAGRAM, "message_length_invalid"),
  /** The collector keeps state for as many exporters as it may. */
  TOO_MANY_EXPORTERS(4, DATAGRAM, "too_many_exporters"),
  /** The exporter uses more observation domains than it may. */
  TOO_MANY_DOMAINS(5, DATAGRAM, "too_many_domains"),

  /** A set length below the set header's own 4 octets. */
  SET_LENGTH_INVALID(6, SET, "set_length_invalid"),
  /** A set that ends after its message does. */
  SET_EXCEEDS_MESSAGE(7, SET, "set_exceeds_message"),
  /** Set IDs that no protocol version defines (RFC 7011 section 3.3.2). */
  RESERVED_SET(8, SET, "reserved_set"),
  /** A data set whose template did not arrive in time. */
  TEMPLATE_UNKNOWN(9, SET, "template_unknown"),
  /** A data set whose template is unknown, and no room is left to hold it. */
  HOLD_LIMIT(10, SET, "hold_limit"),
  /** A data set of a template whose records have no octets. */
  RECORD_LENGTH_ZERO(11, SET, "record_length_zero"),
  /** A data set too short for one record of its template. */
  SET_TOO_SHORT(12, SET, "set_too_short"),

  /** A template record that ends after its set does. */
  TEMPLATE_TRUNCATED(13, TEMPLATE, "template_truncated"),
  /** A template ID below 256 (RFC 7011 section 3.4.1). */
  RESERVED_TEMPLATE_ID(14, TEMPLATE, "reserved_template_id"),
  /** A template without fields, or with more scope fields than fields. */
  TEMPLATE_FIELDS_INVALID(15, TEMPLATE, "template_fields_invalid"),
  /** A template with more fields than allowed. */
  TOO_MANY_FIELDS(16, TEMPLATE, "too_many_fields"),
  /** The observation domain has as many templates as it may. */
  TOO_MANY_TEMPLATES(17, TEMPLATE, "too_many_templates"),
  /** A withdrawal, which over UDP must be ignored (RFC 7011 section 8.4). */
  WITHDRAWAL_IGNORED(18, TEMPLATE, "withdrawal_ignored"),

  /** A variable-length field that ends after its set does. */
  RECORD_TRUNCATED(19, RECORD, "record_truncated"),
  /** An event (IE 230 natEvent, 233 firewallEvent) that carries no octets. */
  NOT_TRAFFIC(20, RECORD, "not_traffic"),
  /** No element counts the octets since the last report (IE 1). */
  NO_OCTET_DELTA(21, RECORD, "no_octet_delta"),
  /** The flow is described only by a sampled frame (IE 104, 313, 315). */
  FRAME_SECTION(22, RECORD, "frame_section");

  /** What is lost by a drop. */
  public enum Level {
    DATAGRAM,
    SET,
    TEMPLATE,
    RECORD
  }

  /** Number of reasons. */
  public static final int COUNT = values().length;

  private final int index;
  private final Level level;
  private final String label;

  DropReason(int index, Level level, String label) {
    this.index = index;
    this.level = level;
    this.label = label;
  }

  /** Position in an array of counters. */
  public int index() {
    return index;
  }

  public Level level() {
    return level;
  }

  /** The name in metrics, in the exporter status and in summaries. */
  public String label() {
    return label;
  }
}
