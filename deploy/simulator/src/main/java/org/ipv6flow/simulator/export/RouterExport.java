package org.ipv6flow.simulator.export;

import java.util.List;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;

/**
 * The exporting process of one router (RFC 7011 section 2): turns flow records into messages, in
 * the manner of the router's vendor. Single-threaded.
 */
public final class RouterExport {

  private final ExporterState state;
  private final ExportSinks sinks;
  private final DomainExport ipv4;
  private final DomainExport ipv6;
  private final SessionCounters counters = new SessionCounters();

  private RouterExport(
      ExporterState state,
      ExportSinks sinks,
      ExportStyle style,
      long domain,
      List<Long> interfaces) {
    this.state = state;
    this.sinks = sinks;
    if (style.hasDomainPerFamily()) {
      List<DataLayout> first = List.of(style.ipv4());
      List<DataLayout> second = List.of(style.ipv6());
      this.ipv4 = new DomainExport(style, domain, first, interfaces, state, sinks, counters);
      this.ipv6 = new DomainExport(style, domain + 1, second, interfaces, state, sinks, counters);
    } else {
      List<DataLayout> both = List.of(style.ipv4(), style.ipv6());
      this.ipv4 = new DomainExport(style, domain, both, interfaces, state, sinks, counters);
      this.ipv6 = ipv4;
    }
  }

  /**
   * @param samplingInterval the N of 1 in N that it samples with and announces
   * @param startMillis when the router started, before any flow that it exports
   * @param clockSkewMillis how much its clock is ahead of true time
   */
  public static RouterExport of(
      Exporter exporter,
      long samplingInterval,
      ExportSinks sinks,
      long startMillis,
      long clockSkewMillis) {
    ExporterState state =
        new ExporterState(
            Ipv4Literal.parse(exporter.address()),
            samplingInterval,
            exporter.samplingAlgorithm().equals("random"),
            clockSkewMillis,
            startMillis);
    List<Long> interfaces = exporter.interfaces().stream().map(ExporterInterface::index).toList();
    return new RouterExport(
        state,
        sinks,
        ExportStyle.of(exporter.vendorStyle()),
        exporter.observationDomainBase(),
        interfaces);
  }

  /** Sets the true time of what is sent from now on. */
  public void setNow(long trueMillis) {
    state.setNow(trueMillis);
  }

  public void sendTemplates() {
    ipv4.sendTemplates();
    if (ipv6 != ipv4) {
      ipv6.sendTemplates();
    }
  }

  /** Announces sampling, if the vendor does so in options. */
  public void sendOptions() {
    ipv4.sendOptions();
    if (ipv6 != ipv4) {
      ipv6.sendOptions();
    }
  }

  /** Adds a flow to the message in the making; a full one is sent. The record may be reused. */
  public void export(FlowRecord flow) {
    (flow.ipv6 ? ipv6 : ipv4).add(flow);
  }

  /** Sends messages that are not full yet. */
  public void flush() {
    ipv4.flush();
    if (ipv6 != ipv4) {
      ipv6.flush();
    }
  }

  /** Sends everything, also what an impaired network holds back. */
  public void finish() {
    flush();
    sinks.data().flush();
    sinks.options().flush();
  }

  /** Starts anew: up time and sequence numbers fall back. Templates must be sent again. */
  public void restart(long startMillis) {
    flush();
    state.restart(startMillis);
    ipv4.restart();
    if (ipv6 != ipv4) {
      ipv6.restart();
    }
  }

  public SessionCounters counters() {
    return counters;
  }
}
