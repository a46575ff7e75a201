package org.ipv6flow.simulator.export;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an exporter sends in one observation domain: templates, options data and flows. */
final class DomainExport {

  private final ExportSession dataSession;
  private final ExportSession optionsSession;
  private final List<DataLayout> layouts;
  private final @Nullable OptionsLayout options;
  private final List<DataMessage> optionsMessages = new ArrayList<>();
  private final List<Long> interfaces;
  private final @Nullable DataMessage ipv4;
  private final @Nullable DataMessage ipv6;
  private final byte[] templateMessage = new byte[DataMessage.MAX_LENGTH];
  private final FlowRecord optionsScope = new FlowRecord();

  /**
   * @param layouts the data templates of this domain: of one family or of both
   * @param interfaces indexes of the exporter's interfaces
   */
  DomainExport(
      ExportStyle style,
      long domain,
      List<DataLayout> layouts,
      List<Long> interfaces,
      ExporterState exporter,
      ExportSinks sinks,
      SessionCounters counters) {
    this.layouts = layouts;
    this.options = style.options();
    this.interfaces = interfaces;
    Protocol protocol = style.protocol();
    this.dataSession = new ExportSession(protocol, domain, sinks.data(), exporter, counters);
    this.optionsSession =
        style.hasOptionsPort()
            ? new ExportSession(protocol, domain, sinks.options(), exporter, counters)
            : dataSession;
    this.ipv4 =
        flows(layouts.contains(style.ipv4()) ? style.ipv4() : null, domain, exporter, counters);
    this.ipv6 =
        flows(layouts.contains(style.ipv6()) ? style.ipv6() : null, domain, exporter, counters);
    if (options != null) {
      List<Field> fields = new ArrayList<>(options.scope());
      fields.addAll(options.fields());
      for (int scopedTemplate : scopedTemplates(options)) {
        RecordEncoder encoder =
            new RecordEncoder(fields, scopedTemplate, domain, exporter, counters);
        optionsMessages.add(DataMessage.ofOptions(optionsSession, encoder, options.templateId()));
      }
    }
  }

  private @Nullable DataMessage flows(
      @Nullable DataLayout layout, long domain, ExporterState exporter, SessionCounters counters) {
    if (layout == null) {
      return null;
    }
    RecordEncoder encoder =
        new RecordEncoder(layout.fields(), layout.templateId(), domain, exporter, counters);
    return DataMessage.ofFlows(dataSession, encoder, layout.templateId());
  }

  private List<Integer> scopedTemplates(OptionsLayout options) {
    return options.per() == OptionsLayout.Per.DATA_TEMPLATE
        ? layouts.stream().map(DataLayout::templateId).toList()
        : List.of(0);
  }

  boolean carries(boolean ofIpv6) {
    return (ofIpv6 ? ipv6 : ipv4) != null;
  }

  void sendTemplates() {
    Protocol protocol = dataSession.protocol();
    int end = Sets.templates(protocol, templateMessage, protocol.headerLength, layouts);
    dataSession.sendTemplates(templateMessage, end, layouts.size());
  }

  /** Sends the options template and the options data, in the session that has them. */
  void sendOptions() {
    if (options == null) {
      return;
    }
    Protocol protocol = optionsSession.protocol();
    int end = Sets.optionsTemplate(protocol, templateMessage, protocol.headerLength, options);
    optionsSession.sendTemplates(templateMessage, end, 1);
    for (DataMessage message : optionsMessages) {
      if (options.per() == OptionsLayout.Per.INTERFACE) {
        for (long index : interfaces) {
          optionsScope.ingressInterface = index;
          message.add(optionsScope);
        }
      } else {
        message.add(optionsScope);
      }
      message.flush();
    }
  }

  void add(FlowRecord flow) {
    DataMessage message = flow.ipv6 ? ipv6 : ipv4;
    if (message != null) {
      message.add(flow);
    }
  }

  void flush() {
    if (ipv4 != null) {
      ipv4.flush();
    }
    if (ipv6 != null) {
      ipv6.flush();
    }
  }

  void restart() {
    dataSession.restart();
    optionsSession.restart();
  }
}
