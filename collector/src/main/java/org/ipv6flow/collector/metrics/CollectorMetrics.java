package org.ipv6flow.collector.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.ipv6flow.collector.decode.Addresses;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.kafka.FlowPublisher;
import org.ipv6flow.collector.kafka.PublishDrop;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecodeCounters;
import org.ipv6flow.collector.session.DomainSession;
import org.ipv6flow.collector.transport.StreamCounters;

/**
 * The collector's metrics; docs/reference/metrics.md describes each.
 *
 * <p>They read the counters that the event loops keep anyway: nothing is added to the hot path.
 * Every series is there from the start, since a counter that never moved must read 0.
 */
public final class CollectorMetrics implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final List<ExportDecoder> decoders;

  /** By exporter, of which the decoders' limits allow so many: rows are made for each page. */
  private final MultiGauge lastDatagrams =
      MultiGauge.builder("collector.exporter.last.datagram.timestamp")
          .description("When an exporter was last heard, by the receiver's clock")
          .baseUnit("seconds")
          .register(registry);

  /** What is measured: the registry itself refers to it weakly, and would stand still without. */
  private final List<LongSupplier> sources = new ArrayList<>();

  /**
   * @param sockets those that receive
   * @param receiveBufferBytes granted to each socket
   */
  public CollectorMetrics(
      List<ExportDecoder> decoders,
      FlowPublisher publisher,
      StreamCounters streams,
      List<SocketDrops> sockets,
      LongSupplier receiveBufferBytes) {
    this.decoders = List.copyOf(decoders);
    registerDecoding();
    registerDrops();
    registerPublishing(publisher);
    registerConnections(streams);
    sockets.forEach(this::registerSocket);
    sources.add(receiveBufferBytes);
    Gauge.builder(
            "collector.socket.receive.buffer.bytes",
            receiveBufferBytes,
            bytes -> (double) bytes.getAsLong())
        .description("Receive buffer granted to each socket, as the kernel counts")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  /**
   * A socket.
   *
   * @param number of the sockets that share the port, from 0
   * @param dropped datagrams the kernel dropped because its buffer was full
   */
  public record SocketDrops(int port, int number, LongSupplier dropped) {}

  private void registerSocket(SocketDrops socket) {
    sources.add(socket.dropped());
    FunctionCounter.builder(
            "collector.socket.dropped", socket.dropped(), dropped -> (double) dropped.getAsLong())
        .description("Datagrams dropped by the kernel, by socket")
        .tag("port", Integer.toString(socket.port()))
        .tag("socket", Integer.toString(socket.number()))
        .register(registry);
  }

  /** The page, in Prometheus's text format. */
  public String scrape() {
    lastDatagrams.register(
        lastReceivedMillis().entrySet().stream()
            .map(
                exporter ->
                    MultiGauge.Row.of(
                        Tags.of("exporter", exporter.getKey()), exporter.getValue() / 1000.0))
            .toList(),
        true);
    return registry.scrape();
  }

  /** By the exporter's address. */
  private Map<String, Long> lastReceivedMillis() {
    Map<String, Long> newest = new TreeMap<>();
    for (ExportDecoder decoder : decoders) {
      for (DomainSession session : decoder.sessions()) {
        newest.merge(
            Addresses.text(session.domain().exporterHigh(), session.domain().exporterLow()),
            session.lastReceivedMillis(),
            Math::max);
      }
    }
    return newest;
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }

  private void registerDecoding() {
    count("collector.datagrams.received", "Datagrams received", Counter.DATAGRAMS);
    count("collector.datagrams.received.bytes", "Their UDP payload", Counter.DATAGRAM_OCTETS);
    count("collector.datagrams.decoded", "Datagrams decoded", Counter.DATAGRAMS_DECODED);
    count("collector.sets", "Sets seen", Counter.SETS);
    count("collector.templates", "Template records decoded", Counter.TEMPLATE_RECORDS);
    count(
        "collector.options.templates",
        "Options template records decoded",
        Counter.OPTIONS_TEMPLATE_RECORDS);
    count("collector.templates.redefined", "Templates redefined", Counter.TEMPLATES_REDEFINED);
    count("collector.data.records", "Data records of flow templates", Counter.DATA_RECORDS);
    count("collector.records.decoded", "Flow records decoded", Counter.FLOW_RECORDS);
    count("collector.options.records", "Options data records", Counter.OPTIONS_RECORDS);
    count("collector.octets", "Octets of the flow records, unscaled", Counter.OCTETS);
    count("collector.lost.records", "Records lost in transport (IPFIX)", Counter.LOST_RECORDS);
    count("collector.lost.messages", "Messages lost in transport (v9)", Counter.LOST_MESSAGES);
    count("collector.duplicate.messages", "Messages received twice", Counter.DUPLICATE_MESSAGES);
    count("collector.reordered.messages", "Messages out of order", Counter.REORDERED_MESSAGES);
    count("collector.exporter.restarts", "Restarts of exporters", Counter.RESTARTS);
    count("collector.held.sets", "Data sets held for a template", Counter.HELD_SETS);
    count("collector.held.sets.decoded", "Held sets decoded", Counter.HELD_SETS_DECODED);
    count(
        "collector.sampling.known.records",
        "Flow records with a known sampling interval",
        Counter.SAMPLING_KNOWN_RECORDS);
    count(
        "collector.sampling.unknown.records",
        "Flow records without a known sampling interval",
        Counter.SAMPLING_UNKNOWN_RECORDS);
    count(
        "collector.clock.suspect.records",
        "Flow records with implausible times",
        Counter.CLOCK_SUSPECT_RECORDS);
    count(
        "collector.exporter.clock.changes",
        "Steps of exporters' clocks against their up time",
        Counter.CLOCK_CHANGES);
    count(
        "collector.sequence.mode.changes",
        "Exporters found to count something else than their protocol says",
        Counter.SEQUENCE_MODE_CHANGES);
    count(
        "collector.templates.withdrawn",
        "Templates withdrawn over TCP",
        Counter.TEMPLATES_WITHDRAWN);
    registerRules();
    Gauge.builder("collector.exporter.domains", this, metrics -> metrics.domains())
        .description("Observation domains seen")
        .register(registry);
  }

  private void registerRules() {
    count(
        "collector.sampling.changes",
        "Announced sampling intervals that changed",
        Counter.SAMPLING_CHANGES);
    count(
        "collector.sampling.contradictions",
        "Options records that state two sampling intervals",
        Counter.SAMPLING_CONTRADICTIONS);
    count(
        "collector.flow.selection.records",
        "Options records about flow selection",
        Counter.FLOW_SELECTION_RECORDS);
    count(
        "collector.sampling.one.family",
        "Interfaces found with a sampling interval for one IP version only",
        Counter.ONE_FAMILY_SAMPLED);
    count(
        "collector.sampling.exponents",
        "Announced sampling intervals that look like an exponent of 2",
        Counter.SAMPLING_LOOKS_LIKE_EXPONENT);
    count(
        "collector.reverse.without.keys",
        "Data records with reverse counts, but no key that tells the directions apart",
        Counter.REVERSE_WITHOUT_KEYS);
    ipVersionRule("element", Counter.IP_VERSION_BY_ELEMENT);
    ipVersionRule("address", Counter.IP_VERSION_BY_ADDRESS);
    ipVersionRule("frame", Counter.IP_VERSION_BY_FRAME);
    ipVersionRule("template", Counter.IP_VERSION_BY_TEMPLATE);
    ipVersionRule("none", Counter.IP_VERSION_UNKNOWN);
  }

  private void ipVersionRule(String rule, Counter counter) {
    FunctionCounter.builder(
            "collector.ip.version.records",
            this,
            metrics -> metrics.sum(counters -> counters.value(counter)))
        .description("Flow records, by the rule that decided their IP version")
        .tag("rule", rule)
        .register(registry);
  }

  private void registerDrops() {
    for (DropReason reason : DropReason.values()) {
      String level = reason.level().name().toLowerCase(Locale.ROOT);
      FunctionCounter.builder(
              "collector.%ss.dropped".formatted(level),
              this,
              metrics -> metrics.sum(counters -> counters.dropped(reason)))
          .description("Dropped %ss, by reason".formatted(level))
          .tag("reason", reason.label())
          .register(registry);
    }
  }

  private void registerConnections(StreamCounters streams) {
    Gauge.builder("collector.connections.open", streams, StreamCounters::open)
        .description("TCP connections of exporters")
        .register(registry);
    count("collector.connections.accepted", "TCP connections accepted", streams::accepted);
    refused("tls_failed", streams::tlsFailed);
    refused("sender_not_allowed", streams::senderRefused);
    refused("too_many_connections", streams::limitRefused);
    ended("malformed", streams::malformed);
    ended("message_truncated", streams::truncated);
  }

  private void refused(String reason, LongSupplier value) {
    connections("refused", "TCP connections refused, by reason", reason, value);
  }

  private void ended(String reason, LongSupplier value) {
    connections("failed", "TCP connections that ended in disorder, by reason", reason, value);
  }

  private void connections(String what, String description, String reason, LongSupplier value) {
    FunctionCounter.builder(
            "collector.connections." + what, value, supplier -> (double) supplier.getAsLong())
        .description(description)
        .tag("reason", reason)
        .register(registry);
  }

  private void registerPublishing(FlowPublisher publisher) {
    count("collector.kafka.batches", "Batches acknowledged by Kafka", publisher::batchesSent);
    count("collector.kafka.batches.failed", "Batches Kafka did not take", publisher::batchesFailed);
    count("collector.kafka.records", "Flow records acknowledged", publisher::recordsSent);
    count("collector.kafka.bytes", "Batches before compression", publisher::octetsSent);
    for (PublishDrop reason : PublishDrop.values()) {
      FunctionCounter.builder(
              "collector.kafka.records.dropped",
              publisher,
              source -> (double) source.lost().total(reason))
          .description("Flow records that did not reach Kafka, by reason")
          .tag("reason", reason.label())
          .register(registry);
    }
  }

  private void count(String name, String description, Counter counter) {
    count(name, description, () -> sum(counters -> counters.value(counter)));
  }

  private void count(String name, String description, LongSupplier value) {
    sources.add(value);
    FunctionCounter.builder(name, value, supplier -> (double) supplier.getAsLong())
        .description(description)
        .register(registry);
  }

  private long sum(ToLongFunction<DecodeCounters> value) {
    long sum = 0;
    for (ExportDecoder decoder : decoders) {
      sum += value.applyAsLong(decoder.totals());
    }
    return sum;
  }

  private long domains() {
    return decoders.stream()
        .flatMap(decoder -> decoder.sessions().stream())
        .map(session -> session.domain())
        .distinct()
        .count();
  }
}
