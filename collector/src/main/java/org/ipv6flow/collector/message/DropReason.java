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
  DATAGRAM_TOO_SHORT(DATAGRAM, "datagram_too_short"),
  /** The version field is neither 5 nor 9 nor 10. */
  UNSUPPORTED_VERSION(DATAGRAM, "unsupported_version"),
  /** An sFlow datagram: its version field has 32 bits. */
  SFLOW(DATAGRAM, "sflow"),
  /** An IPFIX message length below the header's own 16 octets (RFC 7011 section 3.1). */
  MESSAGE_LENGTH_INVALID(DATAGRAM, "message_length_invalid"),
  /** The collector keeps state for as many exporters as it may. */
  TOO_MANY_EXPORTERS(DATAGRAM, "too_many_exporters"),
  /** The exporter uses more observation domains than it may. */
  TOO_MANY_DOMAINS(DATAGRAM, "too_many_domains"),
  /** The sender is no exporter that the collector is told to listen to. */
  SENDER_NOT_ALLOWED(DATAGRAM, "sender_not_allowed"),
  /** The exporter sends more than it may. */
  RATE_LIMITED(DATAGRAM, "rate_limited"),
  /** The exporter sent so much that is malformed that it is not listened to for a while. */
  QUARANTINED(DATAGRAM, "quarantined"),

  /** A set length below the set header's own 4 octets. */
  SET_LENGTH_INVALID(SET, "set_length_invalid"),
  /** A set that ends after its message does. */
  SET_EXCEEDS_MESSAGE(SET, "set_exceeds_message"),
  /** Set IDs that no protocol version defines (RFC 7011 section 3.3.2). */
  RESERVED_SET(SET, "reserved_set"),
  /** A data set whose template did not arrive in time. */
  TEMPLATE_UNKNOWN(SET, "template_unknown"),
  /** A data set whose template is unknown, and no room is left to hold it. */
  HOLD_LIMIT(SET, "hold_limit"),
  /** A data set of a template whose records have no octets. */
  RECORD_LENGTH_ZERO(SET, "record_length_zero"),
  /** A data set too short for one record of its template. */
  SET_TOO_SHORT(SET, "set_too_short"),

  /** A template record that ends after its set does. */
  TEMPLATE_TRUNCATED(TEMPLATE, "template_truncated"),
  /** A template ID below 256 (RFC 7011 section 3.4.1). */
  RESERVED_TEMPLATE_ID(TEMPLATE, "reserved_template_id"),
  /** A template without fields, or with more scope fields than fields. */
  TEMPLATE_FIELDS_INVALID(TEMPLATE, "template_fields_invalid"),
  /** A template with more fields than allowed. */
  TOO_MANY_FIELDS(TEMPLATE, "too_many_fields"),
  /** The observation domain has as many templates as it may. */
  TOO_MANY_TEMPLATES(TEMPLATE, "too_many_templates"),
  /** A withdrawal, which over UDP must be ignored (RFC 7011 section 8.4). */
  WITHDRAWAL_IGNORED(TEMPLATE, "withdrawal_ignored"),
  /** A withdrawal of what the connection has not announced (RFC 7011 section 8.1). */
  WITHDRAWAL_UNKNOWN(TEMPLATE, "withdrawal_unknown"),

  /** A record that ends after its set does, or after its datagram (v5). */
  RECORD_TRUNCATED(RECORD, "record_truncated"),
  /** An event (IE 230 natEvent, 233 firewallEvent) that carries no octets. */
  NOT_TRAFFIC(RECORD, "not_traffic"),
  /** No element counts the octets since the last report (IE 1). */
  NO_OCTET_DELTA(RECORD, "no_octet_delta"),
  /** A sampled frame (IE 104, 313, 315) instead of IE 1, and nothing says how long it was. */
  FRAME_SECTION(RECORD, "frame_section"),
  /** Octets for another record behind as many as the header of a NetFlow v5 packet counts. */
  BEYOND_COUNT(RECORD, "beyond_count");

  /** What is lost by a drop. */
  public enum Level {
    DATAGRAM,
    SET,
    TEMPLATE,
    RECORD
  }

  /** Number of reasons. */
  public static final int COUNT = values().length;

  private final Level level;
  private final String label;

  DropReason(Level level, String label) {
    this.level = level;
    this.label = label;
  }

  /** Whether it is a sign of a broken or hostile exporter, and not of a limit or of bad luck. */
  public boolean isMalformed() {
    return switch (this) {
      case DATAGRAM_TOO_SHORT,
          UNSUPPORTED_VERSION,
          MESSAGE_LENGTH_INVALID,
          SET_LENGTH_INVALID,
          SET_EXCEEDS_MESSAGE,
          RESERVED_SET,
          TEMPLATE_TRUNCATED,
          RESERVED_TEMPLATE_ID,
          TEMPLATE_FIELDS_INVALID,
          TOO_MANY_FIELDS,
          RECORD_TRUNCATED ->
          true;
      default -> false;
    };
  }

  /** Position in an array of counters. */
  public int index() {
    return ordinal();
  }

  public Level level() {
    return level;
  }

  /** The name in metrics, in the exporter status and in summaries. */
  public String label() {
    return label;
  }
}
