package org.ipv6flow.collector.session;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.sampling.SamplingRates;
import org.ipv6flow.collector.sampling.SamplingScope;
import org.ipv6flow.collector.template.Template;
import org.jspecify.annotations.Nullable;

/**
 * What all event loops know of one observation domain (v9: source ID) of one exporter: templates,
 * sampling intervals, the exporter's start, data sets that wait, sequences.
 *
 * <p>Thread-safe. Decoding reads volatile, immutable tables; changes, which come once a template
 * refresh at most, lock the domain. Sampling and start are kept without regard to the UDP port:
 * Junos sends data and options of one domain from different ports.
 */
public final class ObservationDomain {

  /** Ports with a sequence of their own; the longest silent one makes room. */
  private static final int MAX_PORTS = 32;

  private final long exporterHigh;
  private final long exporterLow;
  private final int domainId;
  private final int protocolVersion;
  private final SessionStore store;
  private final FamilySampling familySampling;
  private final HeldSets held;
  private volatile TemplateTable templates = TemplateTable.EMPTY;
  private volatile SamplingRates samplingRates = SamplingRates.NONE;
  private volatile long systemInitTimeMillis;
  private volatile PortSession[] ports = new PortSession[0];

  ObservationDomain(
      long exporterHigh,
      long exporterLow,
      int domainId,
      int protocolVersion,
      SessionStore store,
      FamilySampling familySampling,
      AtomicLong exporterHeldOctets,
      AtomicLong allHeldOctets) {
    this.exporterHigh = exporterHigh;
    this.exporterLow = exporterLow;
    this.domainId = domainId;
    this.protocolVersion = protocolVersion;
    this.store = store;
    this.familySampling = familySampling;
    this.held = new HeldSets(exporterHeldOctets, allHeldOctets);
  }

  public long exporterHigh() {
    return exporterHigh;
  }

  public long exporterLow() {
    return exporterLow;
  }

  public int domainId() {
    return domainId;
  }

  public int protocolVersion() {
    return protocolVersion;
  }

  /** What became of an announced template. */
  public enum Learned {
    NEW,
    REFRESHED,
    REDEFINED,
    /** The domain has as many templates as it may. */
    REFUSED
  }

  /** The template for data from a port; null if none is known or the one known has expired. */
  public @Nullable KnownTemplate template(int templateId, int sourcePort) {
    return templates.find(templateId, sourcePort);
  }

  /** Takes an announced template; a different definition replaces the port's old one at once. */
  public synchronized Learned learn(
      Template template, int sourcePort, long nowMillis, DecoderLimits limits) {
    KnownTemplate[] present = templates.definitions(template.templateId());
    KnownTemplate same = null;
    boolean ownDiffers = false;
    for (KnownTemplate candidate : present) {
      boolean equal = candidate.template().equals(template);
      if (candidate.sourcePort() == sourcePort) {
        if (equal) {
          candidate.refresh(nowMillis);
          return Learned.REFRESHED;
        }
        ownDiffers = true;
      }
      if (equal && same == null) {
        same = candidate;
      }
    }
    if (present.length == 0 && templates.size() >= limits.maxTemplatesPerDomain()) {
      return Learned.REFUSED;
    }
    KnownTemplate learned =
        same == null
            ? KnownTemplate.of(template, sourcePort, nowMillis)
            : same.from(sourcePort, nowMillis);
    templates = templates.with(learned);
    if (present.length == 0) {
      return Learned.NEW;
    }
    return ownDiffers || same == null ? Learned.REDEFINED : Learned.REFRESHED;
  }

  /** The exporter restarted: what it announced from this port no longer holds. */
  public synchronized void forgetTemplates(int sourcePort) {
    templates = templates.without(known -> known.sourcePort() == sourcePort);
  }

  synchronized void expireTemplates(long nowMillis, DecoderLimits limits) {
    long minLifetimeMillis = limits.minTemplateLifetime().toMillis();
    templates = templates.without(known -> known.isExpired(nowMillis, minLifetimeMillis));
  }

  public SamplingRates samplingRates() {
    return samplingRates;
  }

  /**
   * Takes an announced sampling interval.
   *
   * @param exportTimeMillis when it was announced; it applies to records exported from then on
   * @return the interval it replaces; 0 if it replaces none, or changes nothing
   */
  public synchronized double learn(SamplingScope scope, double interval, long exportTimeMillis) {
    double present = samplingRates.get(scope);
    SamplingRates changed = samplingRates.with(scope, interval, exportTimeMillis);
    boolean replaced = changed != samplingRates && present != 0;
    samplingRates = changed;
    return replaced ? present : 0;
  }

  /** Another domain of the same exporter, made if it is new; null if a limit forbids it. */
  public @Nullable ObservationDomain sibling(int otherDomainId) {
    return otherDomainId == domainId
        ? this
        : store.domain(exporterHigh, exporterLow, otherDomainId, protocolVersion);
  }

  /** Whether the exporter is known to use a domain. */
  public boolean hasSibling(int otherDomainId) {
    return otherDomainId == domainId
        || store.knows(exporterHigh, exporterLow, otherDomainId, protocolVersion);
  }

  /** Which IP versions of the exporter's interfaces have a sampling interval. */
  public FamilySampling familySampling() {
    return familySampling;
  }

  /** When the exporter started (IE 160), in milliseconds since the epoch; 0 if unknown. */
  public long systemInitTimeMillis() {
    return systemInitTimeMillis;
  }

  public void systemInitTimeMillis(long millis) {
    systemInitTimeMillis = millis;
  }

  /** Keeps a data set until its template comes; false if there is no room. */
  public boolean hold(HeldSet set, DecoderLimits limits) {
    return held.offer(set, limits);
  }

  /** Takes out the sets that wait for a template ID. */
  public List<HeldSet> takeHeld(int templateId) {
    return held.isEmpty() ? List.of() : held.takeFor(templateId);
  }

  int expireHeld(long receivedBeforeMillis) {
    return held.isEmpty() ? 0 : held.expire(receivedBeforeMillis);
  }

  int templateCount(Template.Kind kind) {
    return templates.count(kind);
  }

  List<KnownTemplate> templates() {
    return templates.all();
  }

  PortSession port(ExportMessage message) {
    for (PortSession port : ports) {
      if (port.sourcePort() == message.sourcePort) {
        return port;
      }
    }
    return addPort(message.sourcePort);
  }

  private synchronized PortSession addPort(int sourcePort) {
    for (PortSession port : ports) {
      if (port.sourcePort() == sourcePort) {
        return port;
      }
    }
    PortSession added = new PortSession(sourcePort);
    PortSession[] all = ports;
    if (all.length < MAX_PORTS) {
      PortSession[] grown = Arrays.copyOf(all, all.length + 1);
      grown[all.length] = added;
      ports = grown;
      return added;
    }
    PortSession[] changed = all.clone();
    int silent = 0;
    for (int i = 1; i < changed.length; i++) {
      if (changed[i].lastMillis() < changed[silent].lastMillis()) {
        silent = i;
      }
    }
    changed[silent] = added;
    ports = changed;
    return added;
  }

  void closeGaps(long openedBeforeMillis, DomainSession counters) {
    for (PortSession port : ports) {
      port.closeGaps(openedBeforeMillis, counters);
    }
  }
}
