package org.ipv6flow.collector.session;

/**
 * What is counted per exporter and observation domain.
 *
 * <p>Relations that always hold:
 *
 * <ul>
 *   <li>{@link #DATAGRAMS} = {@link #DATAGRAMS_DECODED} + drops of level datagram
 *   <li>{@link #SETS} = {@link #TEMPLATE_SETS} + {@link #OPTIONS_TEMPLATE_SETS} + {@link
 *       #DATA_SETS} + sets held at the moment + drops of level set
 *   <li>{@link #DATA_RECORDS} = {@link #TRAFFIC_RECORDS} + drops of level record but for truncated
 *       ones, which have no end and are no record
 * </ul>
 */
public enum Counter {
  /** Datagrams received. */
  DATAGRAMS,
  /** Octets of their UDP payload. */
  DATAGRAM_OCTETS,
  /** Datagrams whose sets were walked; single sets may still have been dropped. */
  DATAGRAMS_DECODED,
  /** Sets of any kind, good or bad. */
  SETS,
  TEMPLATE_SETS,
  OPTIONS_TEMPLATE_SETS,
  /** Data sets decoded, of options data too. */
  DATA_SETS,
  /** Template records received, new or repeated. */
  TEMPLATE_RECORDS,
  OPTIONS_TEMPLATE_RECORDS,
  /** Templates that replaced a different definition of the same template ID. */
  TEMPLATES_REDEFINED,
  /** Data records of flow templates; a biflow counts once. */
  DATA_RECORDS,
  /** Data records that became flow records. */
  TRAFFIC_RECORDS,
  /** Flow records; a biflow makes two. */
  FLOW_RECORDS,
  /** Data records of options templates. */
  OPTIONS_RECORDS,
  /** Sum of the flow records' octets, as observed. */
  OCTETS,
  /** Data records lost in transport (IPFIX). */
  LOST_RECORDS,
  /** Messages lost in transport (NetFlow v9). */
  LOST_MESSAGES,
  DUPLICATE_MESSAGES,
  REORDERED_MESSAGES,
  /** Restarts of the exporter or jumps of its sequence number. */
  RESTARTS,
  /** Data sets whose template was unknown when they came, and that were held. */
  HELD_SETS,
  HELD_SETS_DECODED,
  /** Held sets given up; each is a drop too. */
  HELD_SETS_EXPIRED,
  /** Flow records whose sampling interval was known. */
  SAMPLING_KNOWN_RECORDS,
  SAMPLING_UNKNOWN_RECORDS,
  CLOCK_SUSPECT_RECORDS,
  /** Announced sampling intervals that replaced a different one. */
  SAMPLING_CHANGES,
  /** Options records that state two different sampling intervals for one thing. */
  SAMPLING_CONTRADICTIONS,
  /** Intervals announced for the first time, or anew, that look like an exponent of 2 (H3C). */
  SAMPLING_LOOKS_LIKE_EXPONENT,
  /** Options records about flow selection (RFC 7014), which is no sampling of packets. */
  FLOW_SELECTION_RECORDS,
  /** Times an interface was seen with a sampling interval for one IP version only. */
  ONE_FAMILY_SAMPLED,
  /** Flow records by what decided their IP version: IE 60. */
  IP_VERSION_BY_ELEMENT,
  /** An address that is not zero. */
  IP_VERSION_BY_ADDRESS,
  /** The EtherType or a frame section. */
  IP_VERSION_BY_FRAME,
  /** Only which addresses the template has. */
  IP_VERSION_BY_TEMPLATE,
  /** Nothing: these are of no IP version. */
  IP_VERSION_UNKNOWN,
  /** Steps of an exporter's clock against its up time (v9). */
  CLOCK_CHANGES,
  /** Times an exporter was found to count something else than its protocol says. */
  SEQUENCE_MODE_CHANGES,
  /** Templates withdrawn over TCP, where that is obeyed. */
  TEMPLATES_WITHDRAWN,
  /** Data records with reverse counts, but no key that tells the directions apart (RFC 5103). */
  REVERSE_WITHOUT_KEYS;

  /** Number of counters. */
  public static final int COUNT = values().length;

  /** Position in an array of counters. */
  public int index() {
    return ordinal();
  }
}
