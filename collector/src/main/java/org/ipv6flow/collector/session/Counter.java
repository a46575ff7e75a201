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
  DATAGRAMS(0),
  /** Octets of their UDP payload. */
  DATAGRAM_OCTETS(1),
  /** Datagrams whose sets were walked; single sets may still have been dropped. */
  DATAGRAMS_DECODED(2),
  /** Sets of any kind, good or bad. */
  SETS(3),
  TEMPLATE_SETS(4),
  OPTIONS_TEMPLATE_SETS(5),
  /** Data sets decoded, of options data too. */
  DATA_SETS(6),
  /** Template records received, new or repeated. */
  TEMPLATE_RECORDS(7),
  OPTIONS_TEMPLATE_RECORDS(8),
  /** Templates that replaced a different definition of the same template ID. */
  TEMPLATES_REDEFINED(9),
  /** Data records of flow templates; a biflow counts once. */
  DATA_RECORDS(10),
  /** Data records that became flow records. */
  TRAFFIC_RECORDS(11),
  /** Flow records; a biflow makes two. */
  FLOW_RECORDS(12),
  /** Data records of options templates. */
  OPTIONS_RECORDS(13),
  /** Sum of the flow records' octets, as observed. */
  OCTETS(14),
  /** Data records lost in transport (IPFIX). */
  LOST_RECORDS(15),
  /** Messages lost in transport (NetFlow v9). */
  LOST_MESSAGES(16),
  DUPLICATE_MESSAGES(17),
  REORDERED_MESSAGES(18),
  /** Restarts of the exporter or jumps of its sequence number. */
  RESTARTS(19),
  /** Data sets whose template was unknown when they came, and that were held. */
  HELD_SETS(20),
  HELD_SETS_DECODED(21),
  /** Held sets given up; each is a drop too. */
  HELD_SETS_EXPIRED(22),
  /** Flow records whose sampling interval was known. */
  SAMPLING_KNOWN_RECORDS(23),
  SAMPLING_UNKNOWN_RECORDS(24),
  CLOCK_SUSPECT_RECORDS(25),
  /** Announced sampling intervals that replaced a different one. */
  SAMPLING_CHANGES(26),
  /** Options records that state two different sampling intervals for one thing. */
  SAMPLING_CONTRADICTIONS(27),
  /** Options records about flow selection (RFC 7014), which is no sampling of packets. */
  FLOW_SELECTION_RECORDS(28),
  /** Times an interface was seen with a sampling interval for one IP version only. */
  ONE_FAMILY_SAMPLED(29),
  /** Flow records by what decided their IP version: IE 60. */
  IP_VERSION_BY_ELEMENT(30),
  /** An address that is not zero. */
  IP_VERSION_BY_ADDRESS(31),
  /** The EtherType or a frame section. */
  IP_VERSION_BY_FRAME(32),
  /** Only which addresses the template has. */
  IP_VERSION_BY_TEMPLATE(33),
  /** Nothing: these are of no IP version. */
  IP_VERSION_UNKNOWN(34);

  /** Number of counters. */
  public static final int COUNT = values().length;

  private final int index;

  Counter(int index) {
    this.index = index;
  }

  /** Position in an array of counters. */
  public int index() {
    return index;
  }
}
