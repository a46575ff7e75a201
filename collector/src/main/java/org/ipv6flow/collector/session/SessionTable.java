package org.ipv6flow.collector.session;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.sampling.SamplingOverrides;
import org.ipv6flow.collector.sampling.StatedSampling;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one event loop, found by exporter, domain and protocol without allocation.
 *
 * <p>Open addressing with linear probing; entries are never removed, and limited by the store.
 * Changed by the loop's thread only; {@link #all} may be called by any.
 */
public final class SessionTable {

  private static final int MIN_SLOTS = 64;

  /** Odd, and not to be guessed: or else domains could be chosen that all have one slot. */
  private final long multiplier = ThreadLocalRandom.current().nextLong() | 1;

  private final SessionStore store;
  private final SamplingOverrides overrides;
  private final DecodeCounters totals;
  private @Nullable DomainSession[] slots = new @Nullable DomainSession[MIN_SLOTS];
  private final ConcurrentLinkedQueue<DomainSession> all = new ConcurrentLinkedQueue<>();
  private int size;
  private @Nullable DomainSession last;

  public SessionTable(SessionStore store, SamplingOverrides overrides, DecodeCounters totals) {
    this.store = store;
    this.overrides = overrides;
    this.totals = totals;
  }

  /** The session of a message; null if a limit forbids it. */
  public @Nullable DomainSession find(long exporterHigh, long exporterLow, ExportMessage message) {
    DomainSession previous = last;
    if (previous != null && matches(previous, exporterHigh, exporterLow, message)) {
      return previous;
    }
    int mask = slots.length - 1;
    int slot = hash(exporterHigh, exporterLow, message.observationDomainId) & mask;
    while (true) {
      DomainSession candidate = slots[slot];
      if (candidate == null) {
        return add(exporterHigh, exporterLow, message, slot);
      }
      if (matches(candidate, exporterHigh, exporterLow, message)) {
        last = candidate;
        return candidate;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Why {@link #find} returned nothing. */
  public DropReason refusal(long exporterHigh, long exporterLow) {
    return store.refusal(exporterHigh, exporterLow);
  }

  /** All sessions; may be called from any thread. */
  public List<DomainSession> all() {
    return List.copyOf(all);
  }

  private @Nullable DomainSession add(
      long exporterHigh, long exporterLow, ExportMessage message, int slot) {
    ObservationDomain domain = store.domain(exporterHigh, exporterLow, message);
    if (domain == null) {
      return null;
    }
    StatedSampling override = overrides.of(exporterHigh, exporterLow, message.observationDomainId);
    DomainSession added = new DomainSession(domain, override, totals);
    slots[slot] = added;
    all.add(added);
    size++;
    if (size * 2 > slots.length) {
      rehash();
    }
    last = added;
    return added;
  }

  private void rehash() {
    @Nullable DomainSession[] larger = new @Nullable DomainSession[slots.length * 2];
    int mask = larger.length - 1;
    for (DomainSession session : all) {
      ObservationDomain domain = session.domain();
      int slot = hash(domain.exporterHigh(), domain.exporterLow(), domain.domainId()) & mask;
      while (larger[slot] != null) {
        slot = (slot + 1) & mask;
      }
      larger[slot] = session;
    }
    slots = larger;
  }

  private static boolean matches(
      DomainSession session, long exporterHigh, long exporterLow, ExportMessage message) {
    ObservationDomain domain = session.domain();
    return domain.exporterLow() == exporterLow
        && domain.exporterHigh() == exporterHigh
        && domain.domainId() == message.observationDomainId
        && domain.protocolVersion() == message.protocolVersion;
  }

  private int hash(long exporterHigh, long exporterLow, int domainId) {
    long mixed = (exporterHigh * multiplier ^ exporterLow) * multiplier;
    mixed = (mixed ^ mixed >>> 32 ^ domainId) * multiplier;
    return (int) (mixed >>> 32);
  }
}
