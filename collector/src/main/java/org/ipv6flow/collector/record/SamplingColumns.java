package org.ipv6flow.collector.record;

import java.util.Arrays;
import org.ipv6flow.collector.sampling.SamplingRates;
import org.ipv6flow.collector.sampling.SamplingRatio;
import org.ipv6flow.collector.sampling.StatedSampling;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.SamplingProvenance;

/**
 * Fills the column of sampling intervals by the one order of precedence: the record itself, the
 * sampler it names, its template, its interface, its line card, the system, the operator; but the
 * operator first, who says that the exporter announces a wrong number. Where none of them knows,
 * index 0: unknown.
 */
public final class SamplingColumns {

  private static final int EGRESS_DIRECTION = 2;
  private static final int ANY_IP_VERSION = 0;

  private final RecordScratch scratch;
  private double interval;
  private SamplingProvenance provenance = SamplingProvenance.UNKNOWN;
  private long exportTime;
  private int known;

  public SamplingColumns(RecordScratch scratch) {
    this.scratch = scratch;
  }

  /**
   * Completes the rows {@code row} to {@code row + count}.
   *
   * @param exportTimeMillis when the records were exported: a changed interval applies from then
   * @param override what the operator states for the exporter
   * @return how many rows are complete: fewer than {@code count} when the batch has no room for
   *     another interval
   */
  public int complete(
      RecordPlan plan,
      SamplingRates rates,
      StatedSampling override,
      long exportTimeMillis,
      FlowColumns columns,
      int row,
      int count) {
    known = 0;
    exportTime = exportTimeMillis;
    boolean byRecord =
        rates.hasFamilies()
            || rates.hasInterfaces()
            || (rates.hasLineCards() && plan.has(Target.LINE_CARD))
            || override.isPerRecord();
    if (!byRecord && (!plan.hasSamplingFields() || isReplaced(override))) {
      resolveSet(plan, rates, override);
      return fill(columns, row, count);
    }
    int samplerTarget = plan.onlySamplerTarget();
    if (!byRecord && samplerTarget >= 0) {
      return bySampler(samplerTarget, plan, rates, override, columns, row, count);
    }
    double lastInterval = -1;
    SamplingProvenance lastProvenance = SamplingProvenance.UNKNOWN;
    int index = 0;
    for (int i = 0; i < count; i++) {
      resolveRecord(plan, rates, override, columns, row + i, i);
      if (interval != lastInterval || provenance != lastProvenance) {
        index = interval == 0 ? 0 : columns.samplingIndex(interval, provenance.code());
        if (index < 0) {
          return i;
        }
        lastInterval = interval;
        lastProvenance = provenance;
      }
      columns.samplingIndex[row + i] = (byte) index;
      known += index == 0 ? 0 : 1;
    }
    return count;
  }

  /** Rows of the last call whose interval is known. */
  public int known() {
    return known;
  }

  /** The common case: resolves a sampler once for as many neighbours as name the same. */
  private int bySampler(
      int samplerTarget,
      RecordPlan plan,
      SamplingRates rates,
      StatedSampling override,
      FlowColumns columns,
      int row,
      int count) {
    long[] samplers = scratch.column(samplerTarget);
    int from = 0;
    while (from < count) {
      int to = from + 1;
      while (to < count && samplers[to] == samplers[from]) {
        to++;
      }
      resolveRecord(plan, rates, override, columns, row + from, from);
      if (fill(columns, row + from, to - from) < to - from) {
        return from;
      }
      from = to;
    }
    return count;
  }

  private int fill(FlowColumns columns, int row, int count) {
    if (interval == 0) {
      return count;
    }
    int index = columns.samplingIndex(interval, provenance.code());
    if (index < 0) {
      return 0;
    }
    Arrays.fill(columns.samplingIndex, row, row + count, (byte) index);
    known += count;
    return count;
  }

  private void resolveRecord(
      RecordPlan plan,
      SamplingRates rates,
      StatedSampling override,
      FlowColumns columns,
      int at,
      int i) {
    int ipVersion = columns.ipVersion[at];
    if (override.replacesAnnounced()) {
      resolveStated(override, columns, at, ipVersion);
      if (interval != 0) {
        return;
      }
    }
    interval = ofRecord(plan, i);
    provenance = SamplingProvenance.RECORD;
    if (interval == 0 && plan.has(Target.SELECTOR_ID)) {
      interval = rates.ofSampler(scratch.column(Target.SELECTOR_ID)[i], ipVersion, exportTime);
      provenance = SamplingProvenance.SAMPLER;
    }
    if (interval == 0 && plan.has(Target.SAMPLER_ID)) {
      interval = rates.ofSampler(scratch.column(Target.SAMPLER_ID)[i], ipVersion, exportTime);
      provenance = SamplingProvenance.SAMPLER;
    }
    if (interval == 0) {
      interval = rates.ofTemplate(plan.template.templateId(), ipVersion, exportTime);
      provenance = SamplingProvenance.TEMPLATE;
    }
    if (interval == 0 && rates.hasInterfaces()) {
      interval = ofInterface(rates, columns, at, ipVersion);
      provenance = SamplingProvenance.INTERFACE;
    }
    if (interval == 0 && plan.has(Target.LINE_CARD)) {
      interval = rates.ofLineCard(scratch.column(Target.LINE_CARD)[i], ipVersion, exportTime);
      provenance = SamplingProvenance.LINE_CARD;
    }
    if (interval == 0) {
      interval = rates.ofSystem(ipVersion, exportTime);
      provenance = SamplingProvenance.SYSTEM;
    }
    if (interval == 0) {
      resolveStated(override, columns, at, ipVersion);
    }
  }

  private void resolveStated(StatedSampling override, FlowColumns columns, int at, int ipVersion) {
    interval =
        override.rates().hasInterfaces()
            ? ofInterface(override.rates(), columns, at, ipVersion)
            : 0;
    if (interval == 0) {
      interval = override.rates().ofSystem(ipVersion, exportTime);
    }
    provenance = SamplingProvenance.INVENTORY;
  }

  private double ofInterface(SamplingRates rates, FlowColumns columns, int at, int ipVersion) {
    return columns.direction[at] == EGRESS_DIRECTION
        ? rates.ofEgressInterface(columns.egressInterface[at] & 0xFFFF_FFFFL, ipVersion, exportTime)
        : rates.ofIngressInterface(
            columns.ingressInterface[at] & 0xFFFF_FFFFL, ipVersion, exportTime);
  }

  /** Whether an interval for all that the exporter meters replaces what it announces. */
  private static boolean isReplaced(StatedSampling override) {
    return override.replacesAnnounced() && override.rates().ofSystem(ANY_IP_VERSION, 0) != 0;
  }

  private void resolveSet(RecordPlan plan, SamplingRates rates, StatedSampling override) {
    double stated = override.rates().ofSystem(ANY_IP_VERSION, exportTime);
    interval = override.replacesAnnounced() ? stated : 0;
    provenance = SamplingProvenance.INVENTORY;
    if (interval == 0) {
      interval = rates.ofTemplate(plan.template.templateId(), ANY_IP_VERSION, exportTime);
      provenance = SamplingProvenance.TEMPLATE;
    }
    if (interval == 0) {
      interval = rates.ofSystem(ANY_IP_VERSION, exportTime);
      provenance = SamplingProvenance.SYSTEM;
    }
    if (interval == 0) {
      interval = stated;
      provenance = SamplingProvenance.INVENTORY;
    }
  }

  /** What the record states about itself; IE 34 and 50 of 0 state nothing. */
  private double ofRecord(RecordPlan plan, int i) {
    if (plan.flowSelection) {
      return 0;
    }
    double stated = SamplingRatio.ofInterval(value(plan, Target.SAMPLER_INTERVAL, i));
    if (stated == 0) {
      stated = SamplingRatio.ofInterval(value(plan, Target.SAMPLING_INTERVAL, i));
    }
    if (stated == 0 && plan.has(Target.SAMPLING_POPULATION)) {
      stated =
          SamplingRatio.ofSize(
              value(plan, Target.SAMPLING_SIZE, i), value(plan, Target.SAMPLING_POPULATION, i));
    }
    if (stated == 0 && plan.has(Target.PACKET_INTERVAL) && plan.has(Target.PACKET_SPACE)) {
      stated =
          SamplingRatio.ofInterval(
              value(plan, Target.PACKET_INTERVAL, i), value(plan, Target.PACKET_SPACE, i));
    }
    if (stated == 0 && plan.has(Target.TIME_INTERVAL) && plan.has(Target.TIME_SPACE)) {
      stated =
          SamplingRatio.ofInterval(
              value(plan, Target.TIME_INTERVAL, i), value(plan, Target.TIME_SPACE, i));
    }
    if (stated == 0 && plan.has(Target.SAMPLING_PROBABILITY)) {
      stated = SamplingRatio.ofProbability(value(plan, Target.SAMPLING_PROBABILITY, i));
    }
    return stated;
  }

  private long value(RecordPlan plan, int target, int i) {
    return plan.has(target) ? scratch.column(target)[i] : 0;
  }
}
