package org.ipv6flow.collector.session;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.template.Template;

/**
 * Turns counters that only grow into what grew since the last report, per exporter, observation
 * domain and protocol, over all event loops.
 *
 * <p>For one reporting thread, beside the threads that decode.
 */
public final class IntervalCounters {

  /** What was refused of one sender. */
  public record Refused(long high, long low, DecodeCounters counters) {}

  private record Key(long high, long low, int domainId, int protocolVersion) {}

  private final Map<DecodeCounters, long[]> lastReadings = new IdentityHashMap<>();

  /**
   * Reports what grew since the last call.
   *
   * @param sessions the sessions of all event loops
   * @param refused counters of senders whose datagrams were not even looked at, of all loops
   * @param unattributed counters of datagrams that belong to no domain, of all loops
   * @return one entry per domain that counted anything; one of protocol version 0 for the rest
   */
  public List<ExporterInterval> take(
      List<DomainSession> sessions, List<Refused> refused, List<DecodeCounters> unattributed) {
    Map<Key, ExporterInterval> intervals = new LinkedHashMap<>();
    for (DomainSession session : sessions) {
      ObservationDomain domain = session.domain();
      Key key =
          new Key(
              domain.exporterHigh(),
              domain.exporterLow(),
              domain.domainId(),
              domain.protocolVersion());
      ExporterInterval interval =
          intervals.computeIfAbsent(
              key, k -> new ExporterInterval(k.high, k.low, k.domainId, k.protocolVersion));
      interval.addGrowth(session.counters(), last(session.counters()));
      interval.state(
          domain.templateCount(Template.Kind.FLOW),
          domain.templateCount(Template.Kind.OPTIONS),
          session.clockOffsetMillis(),
          session.lastReceivedMillis());
    }
    for (Refused sender : refused) {
      intervals
          .computeIfAbsent(
              new Key(sender.high, sender.low, 0, 0),
              k -> new ExporterInterval(k.high, k.low, k.domainId, k.protocolVersion))
          .addGrowth(sender.counters, last(sender.counters));
    }
    ExporterInterval rest = new ExporterInterval(0, 0, 0, 0);
    for (DecodeCounters counters : unattributed) {
      rest.addGrowth(counters, last(counters));
    }
    List<ExporterInterval> reports = new ArrayList<>(intervals.values());
    reports.add(rest);
    reports.removeIf(ExporterInterval::isEmpty);
    return reports;
  }

  private long[] last(DecodeCounters counters) {
    return lastReadings.computeIfAbsent(counters, k -> new long[Counter.COUNT + DropReason.COUNT]);
  }
}
