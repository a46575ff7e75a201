package org.ipv6flow.collector.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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
  private final ExporterState exporter;
  private final HeldSets held;
  private volatile @Nullable SequenceSlot slot;
  private volatile TemplateTable templates = TemplateTable.EMPTY;
  private volatile SamplingRates samplingRates = SamplingRates.NONE;
  private volatile long systemInitTimeMillis;
  private volatile PortSession[] ports = new PortSession[0];

  /** Lost before the collector started, and not reported yet. */
  private long restoredRecords;

  private long restoredMessages;

  /** Whether there is something in the two above. */
  private volatile boolean isRestored;

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
    keepSequences();
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
    if (!replace(templates.with(learned), limits)) {
      return Learned.REFUSED;
    }
    if (present.length == 0) {
      return Learned.NEW;
    }
    return ownDiffers || same == null ? Learned.REDEFINED : Learned.REFRESHED;
  }

  /** Takes over a template of an earlier run unless it has expired; tells whether it did. */
  synchronized boolean restore(
      SavedDomain.SavedTemplate saved, long nowMillis, DecoderLimits limits) {
    KnownTemplate known =
        KnownTemplate.of(saved.template(), saved.sourcePort(), saved.refreshedMillis());
    known.restoreRefreshInterval(saved.refreshIntervalMillis());
    boolean isNew = templates.definitions(saved.template().templateId()).length == 0;
    return !known.isExpired(nowMillis, limits.minTemplateLifetime().toMillis())
        && !(isNew && templates.size() >= limits.maxTemplatesPerDomain())
        && replace(templates.with(known), limits);
  }

  /** Puts a larger table in place unless that would exceed a limit. */
  private boolean replace(TemplateTable changed, DecoderLimits limits) {
    int growth = changed.fieldCount() - templates.fieldCount();
    if (growth > 0
        && (exporter.templateFields.get() + growth > limits.maxTemplateFieldsPerExporter()
            || store.templateFields().get() + growth > limits.maxTemplateFields())) {
      return false;
    }
    replace(changed);
    return true;
  }

  private void replace(TemplateTable changed) {
    if (changed != templates) {
      int growth = changed.fieldCount() - templates.fieldCount();
      exporter.templateFields.addAndGet(growth);
      store.templateFields().addAndGet(growth);
      templates = changed;
      store.changed();
    }
  }

  /** What was announced from these ports no longer holds. */
  private synchronized void forgetTemplates(Set<Integer> sourcePorts) {
    replace(templates.without(known -> sourcePorts.contains(known.sourcePort())));
  }

  /** A connection withdraws a template of its own; tells whether there was one. */
  public synchronized boolean withdraw(int templateId, int connection) {
    return forget(
        known -> known.sourcePort() == connection && known.template().templateId() == templateId);
  }

  /** A connection withdraws all its templates of a kind; tells whether there were any. */
  public synchronized boolean withdrawAll(Template.Kind kind, int connection) {
    return forget(known -> known.sourcePort() == connection && known.template().kind() == kind);
  }

  private boolean forget(Predicate<KnownTemplate> withdrawn) {
    TemplateTable before = templates;
    replace(before.without(withdrawn));
    return templates != before;
  }

  synchronized void expireTemplates(long nowMillis, DecoderLimits limits) {
    long minLifetimeMillis = limits.minTemplateLifetime().toMillis();
    replace(templates.without(known -> known.isExpired(nowMillis, minLifetimeMillis)));
  }

  /**
   * Takes note of a NetFlow v9 message's clocks. An exporter that started anew, or whose clock was
   * set, may announce its templates anew (RFC 3954 section 9): those of before are forgotten, and
   * what waits for one comes from before a restart and must not be read by those of after it.
   */
  void clocks(ExportMessage message, DomainSession counters) {
    PortSession port = port(message);
    switch (port.clocks(message)) {
      case RESTART -> beginAnew(Set.of(message.sourcePort), counters);
      case CLOCK_SET -> {
        counters.count(Counter.CLOCK_CHANGES, 1);
        forgetTemplates(Set.of(message.sourcePort));
      }
      case NONE -> {
        if (port.isNew()) {
          succeed(port, message, counters);
        }
      }
    }
  }

  private void beginAnew(Set<Integer> sourcePorts, DomainSession counters) {
    forgetTemplates(sourcePorts);
    counters.heldExpired(held.expire(set -> sourcePorts.contains(set.message().sourcePort)));
  }

  /**
   * A restarted exporter may use another port: the ports it used before are no more. All of them at
   * once, for a domain may have many thousand templates.
   */
  private void succeed(PortSession added, ExportMessage message, DomainSession counters) {
    Set<Integer> succeeded = new HashSet<>();
    for (PortSession port : ports) {
      if (port != added && port.isSucceededBy(message)) {
        counters.count(Counter.RESTARTS, 1);
        succeeded.add(port.sourcePort());
        removePort(port, counters);
      }
    }
    if (!succeeded.isEmpty()) {
      beginAnew(succeeded, counters);
    }
  }

  /** A connection has ended, and with it all that was announced on it. */
  public void closeConnection(int connection, DomainSession counters) {
    beginAnew(Set.of(connection), counters);
    for (PortSession port : ports) {
      if (port.sourcePort() == connection) {
        removePort(port, counters);
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
    PortSession added = new PortSession(sourcePort, protocolVersion, newSlot(sourcePort));
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
    retire(changed[silent]);
    changed[silent] = added;
    ports = changed;
    return added;
  }

  /** Begins to keep sequence numbers in the store's file, if it has one. */
  final void keepSequences() {
    SequenceFile sequences = store.sequences();
    if (sequences != null && slot == null) {
      slot = sequences.allocate(this, SequenceSlot.WHOLE_DOMAIN);
    }
  }

  private @Nullable SequenceSlot newSlot(int sourcePort) {
    SequenceFile sequences = store.sequences();
    // A connection does not outlive the process.
    return sequences == null || slot == null || ExportMessage.isConnection(sourcePort)
        ? null
        : sequences.allocate(this, sourcePort);
  }

  private void removePort(PortSession removed, DomainSession counters) {
    removed.closeGaps(Long.MAX_VALUE, counters);
    synchronized (this) {
      List<PortSession> kept = new ArrayList<>(List.of(ports));
      if (kept.remove(removed)) {
        ports = kept.toArray(new PortSession[0]);
        retire(removed);
      }
    }
  }

  /** Gives the slot of a port back, and keeps what was lost on it. */
  private void retire(PortSession port) {
    SequenceFile sequences = store.sequences();
    SequenceSlot unused = port.slot();
    SequenceSlot whole = slot;
    if (sequences != null && unused != null && whole != null) {
      whole.addRetired(port.lostRecords(), port.lostMessages());
      sequences.release(unused);
    }
  }

  /**
   * Takes over the ports of an earlier run.
   *
   * @param whole the slot of the domain
   * @param records lost by then, and not reported
   */
  synchronized void restoreSequences(
      SequenceSlot whole, List<PortSession> restored, long records, long messages) {
    slot = whole;
    ports = restored.toArray(new PortSession[0]);
    restoredRecords = records;
    restoredMessages = messages;
    isRestored = true;
  }

  void beginPublished() {
    for (PortSession port : ports) {
      port.beginPublished();
    }
  }

  /** An earlier run published a message, or a part of one. */
  void published(int sequence, int records) {
    for (PortSession port : ports) {
      port.published(sequence, records);
    }
  }

  boolean lacksPublished(long sinceMillis) {
    for (PortSession port : ports) {
      if (port.lacksPublished(sinceMillis)) {
        return true;
      }
    }
    return false;
  }

  void endPublished() {
    for (PortSession port : ports) {
      port.endPublished();
    }
  }

  /** When a message was last received, on any port. */
  long lastMillis() {
    long last = 0;
    for (PortSession port : ports) {
      last = Math.max(last, port.lastMillis());
    }
    return last;
  }

  /** Follows the sequence numbers. */
  void sequence(ExportMessage message, MessageUnits units, DomainSession counters) {
    if (isRestored) {
      countRestored(counters);
    }
    port(message).sequence(message, units, counters);
  }

  private synchronized void countRestored(DomainSession counters) {
    counters.count(Counter.LOST_RECORDS, Math.max(restoredRecords, 0));
    counters.count(Counter.LOST_MESSAGES, Math.max(restoredMessages, 0));
    restoredRecords = 0;
    restoredMessages = 0;
    isRestored = false;
  }

  /** Loss has been reported: the next run of the collector need not do so again. */
  synchronized void lossReported(long records, long messages) {
    SequenceSlot whole = slot;
    if (whole != null && (records != 0 || messages != 0)) {
      whole.addReported(records, messages);
    }
  }

  void closeGaps(long openedBeforeMillis, DomainSession counters) {
    for (PortSession port : ports) {
      port.closeGaps(openedBeforeMillis, counters);
    }
  }
}
