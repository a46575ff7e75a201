package org.ipv6flow.collector.decode;

import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.collector.sender.Sender;
import org.ipv6flow.collector.session.DecodeCounters;
import org.ipv6flow.collector.session.DomainSession;
import org.ipv6flow.collector.session.ExporterInterval;
import org.ipv6flow.collector.session.IntervalCounters;

/**
 * What the decoders of a collector counted since the last report, per exporter and observation
 * domain.
 *
 * <p>For one reporting thread, beside the threads that decode.
 */
public final class ExporterReports {

  private final List<ExportDecoder> decoders;
  private final IntervalCounters intervals = new IntervalCounters();

  public ExporterReports(List<ExportDecoder> decoders) {
    this.decoders = List.copyOf(decoders);
  }

  /**
   * One entry per domain that counted anything since the last call; what belongs to no domain has
   * an entry of protocol version 0, per sender for those that were refused.
   */
  public List<ExporterInterval> take() {
    List<DomainSession> sessions = new ArrayList<>();
    List<DecodeCounters> unattributed = new ArrayList<>();
    List<IntervalCounters.Refused> refused = new ArrayList<>();
    for (ExportDecoder decoder : decoders) {
      sessions.addAll(decoder.sessions());
      unattributed.add(decoder.unattributed());
      for (Sender sender : decoder.senders()) {
        DecodeCounters counters = sender.counters();
        if (counters != null) {
          refused.add(new IntervalCounters.Refused(sender.high(), sender.low(), counters));
        }
      }
    }
    return intervals.take(sessions, refused, unattributed);
  }
}
