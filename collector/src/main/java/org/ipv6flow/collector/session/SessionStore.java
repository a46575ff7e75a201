package org.ipv6flow.collector.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.message.ExportMessage;
import org.jspecify.annotations.Nullable;

/**
 * All observation domains of all exporters, shared by the event loops; bounded in both. Loops come
 * here once per domain and then keep what they found.
 */
public final class SessionStore {

  private record ExporterKey(long high, long low) {}

  private record DomainKey(long high, long low, int domainId, int protocolVersion) {}

  private final DecoderLimits limits;
  private final ConcurrentHashMap<ExporterKey, ExporterState> exporters = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<DomainKey, ObservationDomain> domains = new ConcurrentHashMap<>();
  private final AtomicLong heldOctets = new AtomicLong();
  private final AtomicLong templateFields = new AtomicLong();
  private final AtomicLong changes = new AtomicLong();
  private @Nullable SequenceFile sequences;
  private @Nullable DeliveryLedger ledger;

  public SessionStore(DecoderLimits limits) {
    this.limits = limits;
  }

  /**
   * Keeps sequence numbers in a file from now on, and goes on with those it holds; to be called
   * before anything is decoded.
   *
   * @return the number of ports whose sequence goes on
   */
  public int keepSequences(SequenceFile file, long nowMillis) {
    DeliveryLedger restored = new DeliveryLedger(file);
    sequences = file;
    ledger = restored;
    int ports = new RestoredSequences(file, restored, nowMillis).into(this);
    domains.values().forEach(ObservationDomain::keepSequences);
    return ports;
  }

  /** What became of all that was decoded; null if that is not kept in a file. */
  public @Nullable DeliveryLedger ledger() {
    return ledger;
  }

  @Nullable SequenceFile sequences() {
    return sequences;
  }

  /** Octets of data sets that wait for their template. */
  AtomicLong heldOctets() {
    return heldOctets;
  }

  /** Fields of all templates. */
  AtomicLong templateFields() {
    return templateFields;
  }

  /** A template or a sampling interval has changed. */
  void changed() {
    changes.incrementAndGet();
  }

  /** Changes of templates and sampling intervals so far; for knowing when to save them. */
  public long changes() {
    return changes.get();
  }

  public DecoderLimits limits() {
    return limits;
  }

  /** The domain a message belongs to, made if it is new; null if a limit forbids it. */
  @Nullable ObservationDomain domain(long exporterHigh, long exporterLow, ExportMessage message) {
    return domain(exporterHigh, exporterLow, message.observationDomainId, message.protocolVersion);
  }

  synchronized @Nullable ObservationDomain domain(
      long exporterHigh, long exporterLow, int domainId, int protocolVersion) {
    DomainKey key = new DomainKey(exporterHigh, exporterLow, domainId, protocolVersion);
    ObservationDomain present = domains.get(key);
    if (present != null) {
      return present;
    }
    ExporterKey exporterKey = new ExporterKey(exporterHigh, exporterLow);
    ExporterState exporter = exporters.get(exporterKey);
    if (exporter == null) {
      if (exporters.size() >= limits.maxExporters()) {
        return null;
      }
      exporter = new ExporterState();
      exporters.put(exporterKey, exporter);
    }
    if (exporter.domains.get() >= limits.maxDomainsPerExporter()) {
      return null;
    }
    exporter.domains.incrementAndGet();
    ObservationDomain added =
        new ObservationDomain(exporterHigh, exporterLow, domainId, protocolVersion, this, exporter);
    added.keepSequences();
    domains.put(key, added);
    return added;
  }

  boolean knows(long exporterHigh, long exporterLow, int domainId, int protocolVersion) {
    return domains.containsKey(new DomainKey(exporterHigh, exporterLow, domainId, protocolVersion));
  }

  /** Why {@link #domain} returned nothing. */
  DropReason refusal(long exporterHigh, long exporterLow) {
    return exporters.containsKey(new ExporterKey(exporterHigh, exporterLow))
        ? DropReason.TOO_MANY_DOMAINS
        : DropReason.TOO_MANY_EXPORTERS;
  }

  public List<ObservationDomain> domains() {
    return new ArrayList<>(domains.values());
  }
}
