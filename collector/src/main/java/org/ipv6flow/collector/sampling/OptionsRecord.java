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

  private long samplerId;
  private long templateId;
  private long interfaceIndex;
  private int direction;
  private int flowDirection;
  private long lineCardId;
  private long samplingInterval;
  private long samplerInterval;
  private long packetInterval;
  private long packetSpace;
  private long timeInterval;
  private long timeSpace;
  private long size;
  private long population;
  private long probabilityBits;
  private long systemInitTimeMillis;

  /**
   * Reads the record at {@code from}.
   *
   * @return where it ends; -1 if that is after {@code to}
   */
  public int read(Template template, byte[] data, int from, int to) {
    reset();
    int position = from;
    for (int i = 0; i < template.fields().size(); i++) {
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
    lineCardId = -1;
    samplingInterval = 0;
    samplerInterval = 0;
    packetInterval = 0;
    packetSpace = 0;
    timeInterval = 0;
    timeSpace = 0;
    size = 0;
    population = 0;
    probabilityBits = 0;
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
      case INGRESS_INTERFACE -> {
        interfaceIndex = value;
        direction = SamplingScope.INGRESS;
      }
      case EGRESS_INTERFACE -> {
        interfaceIndex = value;
        direction = SamplingScope.EGRESS;
      }
      case FLOW_DIRECTION ->
          flowDirection = value == 0 ? SamplingScope.INGRESS : SamplingScope.EGRESS;
      case LINE_CARD_ID -> lineCardId = value;
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
      return new SamplingScope(SamplingProvenance.SAMPLER, samplerId, SamplingScope.BOTH);
    }
    if (templateId >= 0) {
      return new SamplingScope(SamplingProvenance.TEMPLATE, templateId, SamplingScope.BOTH);
    }
    if (interfaceIndex >= 0) {
      int scopeDirection = flowDirection == SamplingScope.BOTH ? direction : flowDirection;
      return new SamplingScope(SamplingProvenance.INTERFACE, interfaceIndex, scopeDirection);
    }
    if (lineCardId >= 0) {
      return new SamplingScope(SamplingProvenance.LINE_CARD, lineCardId, SamplingScope.BOTH);
    }
    return SamplingScope.SYSTEM;
  }

  /**
   * The N of "1 in N"; 0 if the record states none. A random n-out-of-N pair comes before the
   * packet interval, which IOS XR sends beside it without a meaning of its own.
   */
  public double interval() {
    if (samplerInterval > 0) {
      return samplerInterval;
    }
    if (samplingInterval > 0) {
      return samplingInterval;
    }
    double interval = SamplingRatio.ofSize(size, population);
    if (interval == 0) {
      interval = SamplingRatio.ofPacketInterval(packetInterval, packetSpace);
    }
    if (interval == 0) {
      interval = SamplingRatio.ofPacketInterval(timeInterval, timeSpace);
    }
    return interval != 0 ? interval : SamplingRatio.ofProbability(probabilityBits);
  }

  /** When the exporter started (IE 160), in milliseconds since the epoch; 0 if not stated. */
  public long systemInitTimeMillis() {
    return systemInitTimeMillis;
  }
}
