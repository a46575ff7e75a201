package org.ipv6flow.collector.session;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.ipv6flow.collector.session.ObservationDomain.Learned;
import org.ipv6flow.collector.template.Template;
import org.jspecify.annotations.Nullable;

/**
 * The templates of one observation domain, within the limits of the domain, of its exporter and of
 * all together.
 *
 * <p>Thread-safe: looking up reads a volatile, immutable table; changes lock.
 */
final class DomainTemplates {

  private final SessionStore store;
  private final ExporterState exporter;
  private volatile TemplateTable table = TemplateTable.EMPTY;

  DomainTemplates(SessionStore store, ExporterState exporter) {
    this.store = store;
    this.exporter = exporter;
  }

  @Nullable KnownTemplate find(int templateId, int sourcePort) {
    return table.find(templateId, sourcePort);
  }

  int count(Template.Kind kind) {
    return table.count(kind);
  }

  List<KnownTemplate> all() {
    return table.all();
  }

  /** Takes an announced template; a different definition replaces the port's old one at once. */
  synchronized Learned learn(
      Template template, int sourcePort, long nowMillis, DecoderLimits limits) {
    KnownTemplate[] present = table.definitions(template.templateId());
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
    if (present.length == 0 && table.size() >= limits.maxTemplatesPerDomain()) {
      return Learned.REFUSED;
    }
    KnownTemplate learned =
        same == null
            ? KnownTemplate.of(template, sourcePort, nowMillis)
            : same.from(sourcePort, nowMillis);
    if (!replace(table.with(learned), limits)) {
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
    boolean isNew = table.definitions(saved.template().templateId()).length == 0;
    return !known.isExpired(nowMillis, limits.minTemplateLifetime().toMillis())
        && !(isNew && table.size() >= limits.maxTemplatesPerDomain())
        && replace(table.with(known), limits);
  }

  /** What was announced from these ports no longer holds. */
  synchronized void forget(Set<Integer> sourcePorts) {
    replace(table.without(known -> sourcePorts.contains(known.sourcePort())));
  }

  /** A connection withdraws a template of its own; tells whether there was one. */
  synchronized boolean withdraw(int templateId, int connection) {
    return withdraw(
        known -> known.sourcePort() == connection && known.template().templateId() == templateId);
  }

  /** A connection withdraws all its templates of a kind; tells whether there were any. */
  synchronized boolean withdrawAll(Template.Kind kind, int connection) {
    return withdraw(known -> known.sourcePort() == connection && known.template().kind() == kind);
  }

  private boolean withdraw(Predicate<KnownTemplate> withdrawn) {
    TemplateTable before = table;
    replace(before.without(withdrawn));
    return table != before;
  }

  synchronized void expire(long nowMillis, DecoderLimits limits) {
    long minLifetimeMillis = limits.minTemplateLifetime().toMillis();
    replace(table.without(known -> known.isExpired(nowMillis, minLifetimeMillis)));
  }

  /** Puts a larger table in place unless that would exceed a limit. */
  private boolean replace(TemplateTable changed, DecoderLimits limits) {
    int growth = changed.fieldCount() - table.fieldCount();
    if (growth > 0
        && (exporter.templateFields.get() + growth > limits.maxTemplateFieldsPerExporter()
            || store.templateFields().get() + growth > limits.maxTemplateFields())) {
      return false;
    }
    replace(changed);
    return true;
  }

  private void replace(TemplateTable changed) {
    if (changed != table) {
      int growth = changed.fieldCount() - table.fieldCount();
      exporter.templateFields.addAndGet(growth);
      store.templateFields().addAndGet(growth);
      table = changed;
      store.changed();
    }
  }
}
