package org.ipv6flow.collector.record;

import org.ipv6flow.collector.template.Template;

/**
 * A flow template compiled: which octets of a record go to which column.
 *
 * <p>Immutable; shared by all decoding threads. {@link RecordPlanCompiler} makes it once per
 * template, so that the loop over records does no look-ups and allocates nothing.
 */
public final class RecordPlan {

  /** What the records of a template are. */
  public enum Content {
    /** Flows with counted octets. */
    TRAFFIC,
    /** NAT or firewall events without octets. */
    EVENT,
    /** Flows without a count since the last report, for example with totals only. */
    NO_OCTET_DELTA,
    /** Sampled frames without IE 1: each record is one packet, its octets are in the frame. */
    FRAME_SECTION
  }

  /** How an element gives a time. */
  enum TimeFormat {
    NONE,
    SYS_UP_TIME,
    SECONDS,
    MILLISECONDS,
    NTP,
    /** Its low bits mean nothing (RFC 7011 section 6.1.9). */
    NTP_MICROSECONDS,
    DELTA_MICROSECONDS
  }

  private static final long SAMPLING_TARGETS =
      bit(Target.SAMPLER_ID)
          | bit(Target.SELECTOR_ID)
          | bit(Target.SAMPLING_INTERVAL)
          | bit(Target.SAMPLER_INTERVAL)
          | bit(Target.PACKET_INTERVAL)
          | bit(Target.TIME_INTERVAL)
          | bit(Target.SAMPLING_POPULATION)
          | bit(Target.SAMPLING_PROBABILITY);

  final Template template;
  final Content content;

  /** Octets of every record, or -1 if they vary. */
  final int recordOctets;

  final int minRecordOctets;

  /**
   * Length of each field in wire order; {@code VARIABLE_LENGTH} where it varies. Fields of no
   * octets are left out: a template of hundreds of them would make each octet of data expensive.
   */
  final int[] fieldLengths;

  /** For each field in wire order the operation that wants it, or -1. */
  final int[] operationOfField;

  /** Per operation, where its value goes. */
  final int[] targets;

  /** Per operation, where in the record its field is; only if the records have a fixed length. */
  final int[] offsets;

  /** Per operation, octets of its field. */
  final int[] lengths;

  private final long scratchTargets;

  final boolean hasIpv4Addresses;

  /** Whether records have both IPv4 addresses, as those of an inner packet would. */
  final boolean hasIpv4Pair;

  final boolean hasIpv6Addresses;
  final boolean hasForwardingStatus;

  /** Whether a field feeds one of the columns that several may feed. */
  final boolean hasPresences;

  final TimeFormat reverseStartFormat;
  final TimeFormat reverseEndFormat;

  /** Whether a record has a key that the other direction has swapped (RFC 5103 section 4). */
  final boolean hasDirectionalKeys;

  final TimeFormat startFormat;
  final TimeFormat endFormat;

  /** Units of the duration element in a millisecond; 0 if there is none. */
  final int durationUnitsPerMilli;

  /** Octets come from IE 231 and 232, because there is no IE 1. */
  final boolean initiatorOctets;

  /** What the records say about selection concerns flows, not packets (RFC 7014). */
  final boolean flowSelection;

  RecordPlan(RecordPlanCompiler compiler) {
    template = compiler.template();
    content = compiler.content();
    minRecordOctets = template.minRecordOctets();
    recordOctets = template.hasVariableLength() ? -1 : minRecordOctets;
    fieldLengths = compiler.fieldLengths();
    operationOfField = compiler.operationOfField();
    targets = compiler.targets();
    offsets = compiler.offsets();
    lengths = compiler.lengths();
    scratchTargets = scratchTargets(targets);
    hasIpv4Pair = has(Target.SOURCE_IPV4) && has(Target.DESTINATION_IPV4);
    hasIpv4Addresses = has(Target.SOURCE_IPV4) || has(Target.DESTINATION_IPV4);
    hasIpv6Addresses =
        contains(targets, Target.SOURCE_IPV6) || contains(targets, Target.DESTINATION_IPV6);
    hasForwardingStatus = contains(targets, Target.FORWARDING_STATUS);
    hasPresences =
        has(Target.SRV6)
            || has(Target.SRV6_LIST)
            || has(Target.INNER_IPV6)
            || has(Target.FORWARDING_EXCEPTION);
    reverseStartFormat = compiler.reverseStartFormat();
    reverseEndFormat = compiler.reverseEndFormat();
    hasDirectionalKeys = compiler.hasDirectionalKeys();
    startFormat = compiler.startFormat();
    endFormat = compiler.endFormat();
    durationUnitsPerMilli = compiler.durationUnitsPerMilli();
    initiatorOctets = compiler.initiatorOctets();
    flowSelection = compiler.flowSelection();
  }

  public Template template() {
    return template;
  }

  public Content content() {
    return content;
  }

  public boolean hasFixedLength() {
    return recordOctets >= 0;
  }

  /** Octets of every record; only if {@link #hasFixedLength}. */
  public int recordOctets() {
    return recordOctets;
  }

  public int minRecordOctets() {
    return minRecordOctets;
  }

  /** Whether a data record can hold two flow records (RFC 5103). */
  public boolean isBiflow() {
    return hasReverseCounts() && (hasDirectionalKeys || initiatorOctets);
  }

  /**
   * Whether records count packets of a reverse direction, but have no key that would tell it from
   * the other: such counts are of no use (RFC 5103 section 4).
   */
  public boolean hasReverseWithoutKeys() {
    return hasReverseCounts() && !isBiflow();
  }

  private boolean hasReverseCounts() {
    return has(Target.REVERSE_OCTETS) || has(Target.REVERSE_PACKETS);
  }

  /** Whether records carry a sampled frame. */
  public boolean hasFrames() {
    return has(Target.FRAME_SECTION) || has(Target.IP_SECTION);
  }

  /** Whether records name a sampler or carry a sampling rate themselves. */
  boolean hasSamplingFields() {
    return (scratchTargets & SAMPLING_TARGETS) != 0;
  }

  /** Whether IPv6 addresses are all that says which IP version a record is of. */
  boolean isPlainIpv6() {
    return hasIpv6Addresses
        && !hasIpv4Addresses
        && !has(Target.IP_VERSION)
        && !has(Target.ETHERNET_TYPE)
        && !hasFrames()
        && !has(Target.INNER_IPV6)
        && !has(Target.INNER_IP_VERSION);
  }

  /** The column of the sampler, if that is all records say about sampling; else -1. */
  int onlySamplerTarget() {
    long said = scratchTargets & SAMPLING_TARGETS;
    return said == bit(Target.SAMPLER_ID)
        ? Target.SAMPLER_ID
        : said == bit(Target.SELECTOR_ID) ? Target.SELECTOR_ID : -1;
  }

  /** Whether this plan writes a scratch column. */
  boolean has(int scratchTarget) {
    return (scratchTargets & bit(scratchTarget)) != 0;
  }

  private static long bit(int scratchTarget) {
    return 1L << (scratchTarget - Target.SCRATCH);
  }

  private static long scratchTargets(int[] targets) {
    long bits = 0;
    for (int target : targets) {
      if (target >= Target.SCRATCH) {
        bits |= bit(target);
      }
    }
    return bits;
  }

  private static boolean contains(int[] targets, int wanted) {
    for (int target : targets) {
      if (target == wanted) {
        return true;
      }
    }
    return false;
  }
}
