package org.ipv6flow.collector.decode;

import java.util.List;
import org.ipv6flow.collector.session.ExporterInterval;

/**
 * Turns the counters of all decoders into what grew since the last report, per exporter and
 * observation domain.
 *
 * <p>For one reporting thread, beside the threads that decode.
 */
public final class ExporterReports {

  private final List<ExportDecoder> decoders;

  public ExporterReports(List<ExportDecoder> decoders) {
    this.decoders = List.copyOf(decoders);
  }

  /** One entry per domain that counted anything since the last call. */
  public List<ExporterInterval> take() {
    return List.of();
  }
}
