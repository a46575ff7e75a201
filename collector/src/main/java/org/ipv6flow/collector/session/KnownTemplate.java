package org.ipv6flow.collector.session;

import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.record.RecordPlan;
import org.ipv6flow.collector.record.RecordPlanCompiler;
import org.ipv6flow.collector.template.Template;
import org.jspecify.annotations.Nullable;

/**
 * A template in use: its definition, the plan compiled from it, and when it was last announced.
 *
 * <p>Immutable but for the times of refresh, which any decoding thread may move forward.
 */
public final class KnownTemplate {

  private final Template template;
  private final @Nullable RecordPlan plan;
  private final int minRecordOctets;
  private final int[] fieldsWithOctets;
  private final int sourcePort;
  private volatile long refreshedMillis;
  private volatile long refreshIntervalMillis;

  private KnownTemplate(
      Template template,
      @Nullable RecordPlan plan,
      int[] fieldsWithOctets,
      int sourcePort,
      long nowMillis) {
    this.template = template;
    this.fieldsWithOctets = fieldsWithOctets;
    this.plan = plan;
    this.minRecordOctets = template.minRecordOctets();
    this.sourcePort = sourcePort;
    this.refreshedMillis = nowMillis;
  }

  /** A template with a new definition, announced from a port. */
  static KnownTemplate of(Template template, int sourcePort, long nowMillis) {
    RecordPlan plan =
        template.kind() == Template.Kind.FLOW && template.minRecordOctets() > 0
            ? RecordPlanCompiler.compile(template)
            : null;
    return new KnownTemplate(template, plan, template.fieldsWithOctets(), sourcePort, nowMillis);
  }

  /** The same definition, announced from another port too. */
  KnownTemplate from(int otherPort, long nowMillis) {
    return new KnownTemplate(template, plan, fieldsWithOctets, otherPort, nowMillis);
  }

  public Template template() {
    return template;
  }

  /** How to decode its records; null for options, and for records of no octets. */
  public @Nullable RecordPlan plan() {
    return plan;
  }

  /** Indices of its fields that have octets; for options, which have no plan. */
  public int[] fieldsWithOctets() {
    return fieldsWithOctets;
  }

  /** Octets of its shortest record. */
  public int minRecordOctets() {
    return minRecordOctets;
  }

  /** The UDP port, or the connection, it was announced from. */
  int sourcePort() {
    return sourcePort;
  }

  long refreshedMillis() {
    return refreshedMillis;
  }

  /** Announced again, unchanged. */
  void refresh(long nowMillis) {
    long interval = nowMillis - refreshedMillis;
    if (interval > 0) {
      refreshIntervalMillis = Math.max(refreshIntervalMillis, interval);
      refreshedMillis = nowMillis;
    }
  }

  long refreshIntervalMillis() {
    return refreshIntervalMillis;
  }

  /** Goes on with the refresh interval that an earlier run observed. */
  void restoreRefreshInterval(long millis) {
    refreshIntervalMillis = millis;
  }

  /**
   * Whether it was not announced for three refresh intervals (RFC 5153 section 6.2). Templates of a
   * connection live as long as that does (RFC 7011 section 8.1).
   */
  boolean isExpired(long nowMillis, long minLifetimeMillis) {
    if (ExportMessage.isConnection(sourcePort)) {
      return false;
    }
    long lifetime = Math.max(minLifetimeMillis, 3 * refreshIntervalMillis);
    return nowMillis - refreshedMillis > lifetime;
  }
}
