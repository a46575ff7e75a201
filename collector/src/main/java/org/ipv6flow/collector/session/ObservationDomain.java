package org.ipv6flow.collector.session;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  private final long exporterHigh;
  private final long exporterLow;
  private final int domainId;
  private final int protocolVersion;
  private final SessionStore store;
  private final ExporterState exporter;
  private final HeldSets held;
  private final DomainTemplates templates;
  private final DomainPorts ports;
  private volatile SamplingRates samplingRates = SamplingRates.NONE;
  private volatile long systemInitTimeMillis;

  ObservationDomain(
      long exporterHigh,
      long exporterLow,
      int domainId,
      int protocolVersion,
      SessionStore store,
      ExporterState exporter) {
    this.exporterHigh = exporterHigh;
    this.exporterLow = exporterLow;
    this.domainId = domainId;
    this.protocolVersion = protocolVersion;
    this.store = store;
    this.exporter = exporter;
    held = new HeldSets(exporter.heldOctets, store.heldOctets());
    templates = new DomainTemplates(store, exporter);
    ports = new DomainPorts(this, store);
  }

  /** Begins to keep sequence numbers in the store's file, if it has one. */
  void keepSequences() {
    ports.keepSequences();
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
    /** The domain, its exporter or all together have as many templates as they may. */
    REFUSED
  }

  /** The template for data from a port; null if none is known or the one known has expired. */
  public @Nullable KnownTemplate template(int templateId, int sourcePort) {
    return templates.find(templateId, sourcePort);
  }

  /** Takes an announced template; a different definition replaces the port's old one at once. */
  public Learned learn(Template template, int sourcePort, long nowMillis, DecoderLimits limits) {
    return templates.learn(template, sourcePort, nowMillis, limits);
  }

  /** Takes over a template of an earlier run unless it has expired; tells whether it did. */
  boolean restore(SavedDomain.SavedTemplate saved, long nowMillis, DecoderLimits limits) {
    return templates.restore(saved, nowMillis, limits);
  }

  /** A connection withdraws a template of its own; tells whether there was one. */
  public boolean withdraw(int templateId, int connection) {
    return templates.withdraw(templateId, connection);
  }

  /** A connection withdraws all its templates of a kind; tells whether there were any. */
  public boolean withdrawAll(Template.Kind kind, int connection) {
    return templates.withdrawAll(kind, connection);
  }

  void expireTemplates(long nowMillis, DecoderLimits limits) {
    templates.expire(nowMillis, limits);
  }

  /**
   * Takes note of a NetFlow v9 message's clocks. An exporter that started anew, or whose clock was
   * set, may announce its templates anew (RFC 3954 section 9): those of before are forgotten, and
   * what waits for one comes from before a restart and must not be read by those of after it.
   */
  void clocks(ExportMessage message, DomainSession counters) {
    PortSession port = ports.port(message);
    switch (port.clocks(message)) {
      case RESTART -> beginAnew(Set.of(message.sourcePort), counters);
      case CLOCK_SET -> {
        counters.count(Counter.CLOCK_CHANGES, 1);
        templates.forget(Set.of(message.sourcePort));
      }
      case NONE -> {
        if (port.isNew()) {
          succeed(port, message, counters);
        }
      }
    }
  }

  private void beginAnew(Set<Integer> sourcePorts, DomainSession counters) {
    templates.forget(sourcePorts);
    counters.heldExpired(held.expire(set -> sourcePorts.contains(set.message().sourcePort)));
  }

  /**
   * A restarted exporter may use another port: the ports it used before are no more. All of them at
   * once, for a domain may have many thousand templates.
   */
  private void succeed(PortSession added, ExportMessage message, DomainSession counters) {
    Set<Integer> succeeded = new HashSet<>();
    for (PortSession port : ports.all()) {
      if (port != added && port.isSucceededBy(message)) {
        counters.count(Counter.RESTARTS, 1);
        succeeded.add(port.sourcePort());
        ports.remove(port, counters);
      }
    }
    if (!succeeded.isEmpty()) {
      beginAnew(succeeded, counters);
    }
  }

  /** A connection has ended, and with it all that was announced on it. */
  public void closeConnection(int connection, DomainSession counters) {
    beginAnew(Set.of(connection), counters);
    for (PortSession port : ports.all()) {
      if (port.sourcePort() == connection) {
        ports.remove(port, counters);
      }
    }
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
    if (changed != samplingRates) {
      samplingRates = changed;
      store.changed();
    }
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
    return exporter.familySampling;
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

  /** Takes out the sets that wait for a template ID and can be read by what is known now. */
  public List<HeldSet> takeHeld(int templateId) {
    return held.isEmpty()
        ? List.of()
        : held.takeFor(templateId, set -> template(templateId, set.message().sourcePort) != null);
  }

  int expireHeld(long receivedBeforeMillis) {
    return held.isEmpty()
        ? 0
        : held.expire(set -> set.message().receiveTimeMillis < receivedBeforeMillis);
  }

  int templateCount(Template.Kind kind) {
    return templates.count(kind);
  }

  List<KnownTemplate> templates() {
    return templates.all();
  }

  /** Takes over a port of an earlier run. */
  void restorePort(Slot slot, PortState state) {
    ports.keepSequences();
    ports.restore(slot, state);
  }

  /** Follows the sequence numbers. */
  void sequence(ExportMessage message, MessageUnits units, DomainSession counters) {
    ports.port(message).sequence(message, units, counters);
  }

  /** Some of a message's records are published before the rest is decoded. */
  void partly(ExportMessage message, int dataRecords, MessageUnits units) {
    ports.port(message).partly(message, dataRecords, units);
  }

  void closeGaps(long openedBeforeMillis, DomainSession counters) {
    ports.closeGaps(openedBeforeMillis, counters);
  }
}
