package org.ipv6flow.collector.sampling;

import static org.ipv6flow.collector.element.ElementId.*;
import static org.ipv6flow.collector.message.Octets.u16;
import static org.ipv6flow.collector.message.Octets.u8;
import static org.ipv6flow.collector.message.Octets.unsigned;

import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.template.Template;
import org.ipv6flow.schema.flow.SamplingProvenance;

/**
 * One record of options data (RFC 7011 section 3.4.2.2, RFC 3954 section 6): what it says about
 * sampling, to what that applies, and when the exporter started.
 *
 * <p>Reused from record to record. Options come once in minutes, so this reads them field by field.
 */
public final class OptionsRecord {

  private static final int LONG_LENGTH_PREFIX = 255;
  private static final long ABSENT = -1;
  private static final int STATEMENTS = 7;

  /** The one statement that another may differ from, see {@link #statement}. */
  private static final int WEAKEST_STATEMENT = 6;

  /** A probability and an interval never agree to the last bit. */
  private static final double MAX_RELATIVE_ERROR = 1e-3;

  private long samplerId;
  private long templateId;
  private long interfaceIndex;
  private int direction;
  private int flowDirection;
  private int ipVersion;
  private long lineCardId;
  private long domainId;
  private long samplingInterval;
  private long samplerInterval;
  private long packetInterval;
  private long packetSpace;
  private long timeInterval;
  private long timeSpace;
  private long size;
  private long population;
  private long probabilityBits;
  private boolean flowSelection;
  private long systemInitTimeMillis;

  /**
   * Reads the record at {@code from}.
   *
   * @param fields indices of the template's fields that have octets
   * @return where it ends; -1 if that is after {@code to}
   */
  public int read(Template template, int[] fields, byte[] data, int from, int to) {
    reset();
    int position = from;
    for (int i : fields) {
      FieldSpecifier field = template.fields().get(i);
      int length = field.length();
      if (field.isVariableLength()) {
        if (position >= to) {
          return -1;
        }
        length = u8(data, position++);
        if (length == LONG_LENGTH_PREFIX) {
          if (to - position < 2) {
            return -1;
          }
          length = u16(data, position);
          position += 2;
        }
      }
      if (to - position < length) {
        return -1;
      }
      // A scope of no octets names the whole system, as no scope at all would.
      if (length > 0 && field.enterpriseNumber() == 0) {
        long value = unsigned(data, position, length);
        if (template.isV9Scope(i)) {
          v9Scope(field.elementId(), value);
        } else {
          element(field.elementId(), value);
        }
      }
      position += length;
    }
    return position;
  }

  private void reset() {
    samplerId = -1;
    templateId = -1;
    interfaceIndex = -1;
    direction = SamplingScope.BOTH;
    flowDirection = SamplingScope.BOTH;
    ipVersion = 0;
    lineCardId = -1;
    domainId = -1;
    samplingInterval = 0;
    samplerInterval = 0;
    packetInterval = 0;
    packetSpace = ABSENT;
    timeInterval = 0;
    timeSpace = ABSENT;
    size = 0;
    population = 0;
    probabilityBits = 0;
    flowSelection = false;
    systemInitTimeMillis = 0;
  }

  private void v9Scope(int scopeType, long value) {
    switch (scopeType) {
      case V9_SCOPE_INTERFACE -> interfaceIndex = value;
      case V9_SCOPE_LINE_CARD -> lineCardId = value;
      case V9_SCOPE_TEMPLATE -> templateId = value;
      default -> {
        // System and cache: the whole exporter.
      }
    }
  }

  private void element(int elementId, long value) {
    switch (elementId) {
      case SAMPLER_ID, SELECTOR_ID -> samplerId = value;
      case TEMPLATE_ID -> templateId = value;
      case INGRESS_INTERFACE, INGRESS_PHYSICAL_INTERFACE -> {
        interfaceIndex = value;
        direction = SamplingScope.INGRESS;
      }
      case EGRESS_INTERFACE, EGRESS_PHYSICAL_INTERFACE -> {
        interfaceIndex = value;
        direction = SamplingScope.EGRESS;
      }
      case FLOW_DIRECTION ->
          flowDirection = value == 0 ? SamplingScope.INGRESS : SamplingScope.EGRESS;
      case IP_VERSION -> ipVersion = value == 4 || value == 6 ? (int) value : 0;
      case LINE_CARD_ID -> lineCardId = value;
      case OBSERVATION_DOMAIN_ID -> domainId = value & 0xFFFF_FFFFL;
      case FLOW_SELECTOR_ALGORITHM, SAMPLING_FLOW_INTERVAL, SAMPLING_FLOW_SPACING ->
          flowSelection = true;
      case SAMPLING_INTERVAL -> samplingInterval = value;
      case SAMPLER_RANDOM_INTERVAL -> samplerInterval = value;
      case SAMPLING_PACKET_INTERVAL -> packetInterval = value;
      case SAMPLING_PACKET_SPACE -> packetSpace = value;
      case SAMPLING_TIME_INTERVAL -> timeInterval = value;
      case SAMPLING_TIME_SPACE -> timeSpace = value;
      case SAMPLING_SIZE -> size = value;
      case SAMPLING_POPULATION -> population = value;
      case SAMPLING_PROBABILITY -> probabilityBits = value;
      case SYSTEM_INIT_TIME_MILLISECONDS -> systemInitTimeMillis = value;
      default -> {
        // Names, statistics and the like say nothing about sampling.
      }
    }
  }

  /** What the interval applies to; the narrowest scope the record names. */
  public SamplingScope scope() {
    if (samplerId >= 0) {
      return scope(SamplingProvenance.SAMPLER, samplerId, SamplingScope.BOTH);
    }
    if (templateId >= 0) {
      return scope(SamplingProvenance.TEMPLATE, templateId, SamplingScope.BOTH);
    }
    if (interfaceIndex >= 0) {
      int scopeDirection = flowDirection == SamplingScope.BOTH ? direction : flowDirection;
      return scope(SamplingProvenance.INTERFACE, interfaceIndex, scopeDirection);
    }
    if (lineCardId >= 0) {
      return scope(SamplingProvenance.LINE_CARD, lineCardId, SamplingScope.BOTH);
    }
    return scope(SamplingProvenance.SYSTEM, 0, SamplingScope.BOTH);
  }

  private SamplingScope scope(SamplingProvenance provenance, long id, int scopeDirection) {
    return new SamplingScope(provenance, id, scopeDirection, ipVersion);
  }

  /** The observation domain the record is about (IE 149); -1 if it names none. */
  public long domainId() {
    return domainId;
  }

  /**
   * The N of "1 in N" packets; 0 if the record states none. A random n-out-of-N pair comes before
   * the packet interval, which IOS XR sends beside it without a meaning of its own.
   *
   * <p>Flow selection (RFC 7014) chooses among flows whose packets were all counted: its numbers
   * are no sampling of packets, whichever elements carry them.
   */
  public double interval() {
    if (flowSelection) {
      return 0;
    }
    for (int statement = 0; statement < STATEMENTS; statement++) {
      double interval = statement(statement);
      if (interval != 0) {
        return interval;
      }
    }
    return 0;
  }

  /** Whether the record states two intervals that differ. */
  public boolean isContradictory() {
    double first = interval();
    for (int statement = 0; statement < STATEMENTS && first != 0; statement++) {
      double interval = statement(statement);
      if (statement != WEAKEST_STATEMENT
          && interval != 0
          && Math.abs(interval - first) > MAX_RELATIVE_ERROR * first) {
        return true;
      }
    }
    return false;
  }

  /** What the elements of one algorithm state; in order of precedence. */
  private double statement(int index) {
    return switch (index) {
      case 0 -> SamplingRatio.ofInterval(samplerInterval);
      case 1 -> SamplingRatio.ofInterval(samplingInterval);
      case 2 -> SamplingRatio.ofSize(size, population);
      case 3 -> SamplingRatio.ofInterval(packetInterval, packetSpace);
      case 4 -> SamplingRatio.ofInterval(timeInterval, timeSpace);
      case 5 -> SamplingRatio.ofProbability(probabilityBits);
      // Packets taken, and none said to be passed over: all are taken. IOS XR sends so for a
      // sampler of 1 in 1, and beside the pair of 309 and 310, where it means nothing.
      default -> packetSpace < 0 ? SamplingRatio.ofInterval(packetInterval, 0) : 0;
    };
  }

  /** Whether the record is about flow selection (IE 390, 396, 397; RFC 7014). */
  public boolean isFlowSelection() {
    return flowSelection;
  }

  /** When the exporter started (IE 160), in milliseconds since the epoch; 0 if not stated. */
  public long systemInitTimeMillis() {
    return systemInitTimeMillis;
  }
}
