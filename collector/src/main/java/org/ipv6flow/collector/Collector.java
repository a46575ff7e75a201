package org.ipv6flow.collector;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipv6flow.collector.admin.AdminServer;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.CollectorConfig;
import org.ipv6flow.collector.config.ListenerConfig;
import org.ipv6flow.collector.config.SenderConfig;
import org.ipv6flow.collector.config.StreamListenerConfig;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.decode.ExporterReports;
import org.ipv6flow.collector.kafka.FlowPublisher;
import org.ipv6flow.collector.kafka.ShardBatches;
import org.ipv6flow.collector.metrics.CollectorMetrics;
import org.ipv6flow.collector.sampling.SamplingOverrides;
import org.ipv6flow.collector.sampling.StatedSampling;
import org.ipv6flow.collector.sender.AddressPrefix;
import org.ipv6flow.collector.sender.SenderPolicy;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.status.StatusReporter;
import org.ipv6flow.collector.transport.Addresses;
import org.ipv6flow.collector.transport.ReceiveLoop;
import org.ipv6flow.collector.transport.StreamCounters;
import org.ipv6flow.collector.transport.StreamReceiver;
import org.ipv6flow.collector.transport.Transport;
import org.ipv6flow.collector.transport.UdpReceiver;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.schema.inventory.SamplingOverride;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collector: sockets, decoders, a publisher, and a server for metrics and health.
 *
 * <p>Inert until {@link #start}; {@link #close} stops receiving first, and returns when everything
 * received has been acknowledged by Kafka or counted as lost.
 */
public final class Collector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
  private static final long STATUS_INTERVAL_MILLIS = 10_000;
  private static final long SAVE_INTERVAL_SECONDS = 1;

  /** How long the end waits for a Kafka that does not answer. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  /** How long the end waits for what earlier runs left under way, just after a start. */
  private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(8);

  /** Nobody else can send from these addresses. */
  private static final List<AddressPrefix> THIS_MACHINE =
      List.of(AddressPrefix.parse("127.0.0.0/8"), AddressPrefix.parse("::1"));

  private final CollectorConfig config;
  private final List<UdpReceiver> receivers = new ArrayList<>();
  private final List<StreamReceiver> streamReceivers = new ArrayList<>();
  private final StreamCounters streamCounters = new StreamCounters();
  private final ScheduledExecutorService statusThread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "status");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable ExporterMemory memory;
  private @Nullable FlowPublisher publisher;
  private @Nullable StatusReporter status;
  private @Nullable CollectorMetrics metrics;
  private @Nullable AdminServer admin;
  private volatile boolean receiving;

  public Collector(CollectorConfig config) {
    this.config = config;
  }

  /**
   * Starts; when it returns, datagrams are received, whether or not Kafka is there.
   *
   * @throws StartupException if a port is taken, say; nothing is left running
   */
  public void start() throws StartupException {
    boolean started = false;
    try {
      List<Exporter> exporters = inventoryExporters();
      DecoderState state =
          new DecoderState(
              DecoderLimits.defaults(), samplingOverrides(exporters), senderPolicy(exporters));
      ExporterMemory remembered = new ExporterMemory(state, config.templates());
      memory = remembered;
      remembered.load();
      FlowPublisher publishing = new FlowPublisher(config.kafka(), state.sessions().ledger());
      publisher = publishing;
      publishing.start();
      Transport transport = Transport.best();
      for (StreamListenerConfig listener : config.streamListeners()) {
        StreamReceiver receiver =
            new StreamReceiver(listener, transport, newLoop(state, publishing), streamCounters);
        streamReceivers.add(receiver);
        receiver.start();
      }
      for (ListenerConfig listener : config.listeners()) {
        UdpReceiver receiver = new UdpReceiver(listener, transport);
        receivers.add(receiver);
        receiver.start(() -> newLoop(state, publishing));
      }
      startReporting(decoders(), publishing);
      statusThread.scheduleWithFixedDelay(
          () -> {
            remembered.saveIfDue();
            publishing.watch();
          },
          SAVE_INTERVAL_SECONDS,
          SAVE_INTERVAL_SECONDS,
          TimeUnit.SECONDS);
      receiving = true;
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private ReceiveLoop newLoop(DecoderState state, FlowPublisher publishing) {
    return new ReceiveLoop(
        state, new ShardBatches(config.id(), config.kafka(), publishing::shards, publishing));
  }

  /** The ports of the TCP listeners, in their order. */
  public List<Integer> tcpPorts() {
    return streamReceivers.stream().map(StreamReceiver::port).toList();
  }

  /** The first listener's port. */
  public int udpPort() {
    return receivers.get(0).port();
  }

  public int adminPort() {
    AdminServer server = admin;
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server.port();
  }

  @Override
  public void close() {
    boolean wasReceiving = receiving;
    receiving = false;
    statusThread.shutdown();
    streamReceivers.forEach(StreamReceiver::close);
    receivers.forEach(UdpReceiver::close);
    FlowPublisher publishing = publisher;
    if (publishing != null) {
      deliver(publishing);
    }
    if (memory != null) {
      memory.close();
    }
    if (admin != null) {
      admin.close();
    }
    if (metrics != null) {
      metrics.close();
    }
    if (wasReceiving && publishing != null) {
      LOG.info(
          "Stopped; Kafka has {} flow records in {} batches, {} batches were not taken",
          publishing.recordsSent(),
          publishing.batchesSent(),
          publishing.batchesFailed());
    }
  }

  /** Waits for Kafka, within bounds, and says what it has not acknowledged then. */
  private void deliver(FlowPublisher publishing) {
    boolean delivered = publishing.awaitDelivery(CLOSE_TIMEOUT);
    StatusReporter reporter = status;
    if (reporter != null) {
      publishing.awaitSettled(SETTLE_TIMEOUT);
      awaitStatusThread();
      reporter.report(System.currentTimeMillis());
      publishing.awaitDelivery(delivered ? CLOSE_TIMEOUT : Duration.ZERO);
    }
    publishing.close();
    if (publishing.recordsGivenUp() > 0) {
      LOG.warn(
          "{} flow records were not acknowledged by Kafka within {} s: {}",
          publishing.recordsGivenUp(),
          CLOSE_TIMEOUT.toSeconds(),
          publishing.hasLedger()
              ? "the next start finds out which of them are lost, and counts them"
              : "they are lost");
    }
  }

  private void startReporting(List<ExportDecoder> decoders, FlowPublisher publishing)
      throws StartupException {
    long nowMillis = System.currentTimeMillis();
    StatusReporter reporter =
        new StatusReporter(
            config.id(),
            new ExporterReports(decoders),
            publishing.lost(),
            publishing::takeOwed,
            this::socketDrops,
            publishing::send,
            nowMillis);
    status = reporter;
    CollectorMetrics started =
        new CollectorMetrics(
            decoders,
            publishing,
            streamCounters,
            sockets(),
            () -> receivers.get(0).grantedReceiveBufferBytes());
    metrics = started;
    AdminServer server =
        new AdminServer(
            config.admin(),
            String.valueOf(Collector.class.getPackage().getImplementationVersion()),
            started::scrape,
            () -> receiving ? publishing.trouble() : "the collector is starting or stopping");
    admin = server;
    server.start();
    // Aligned to the clock, so that the intervals of all collectors are the same.
    statusThread.scheduleAtFixedRate(
        () -> report(reporter),
        STATUS_INTERVAL_MILLIS - nowMillis % STATUS_INTERVAL_MILLIS,
        STATUS_INTERVAL_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private static void report(StatusReporter reporter) {
    try {
      reporter.report(System.currentTimeMillis());
    } catch (RuntimeException e) {
      // A task that throws is not scheduled again.
      LOG.error("Exporter status was not sent", e);
    }
  }

  private List<ExportDecoder> decoders() {
    return Stream.concat(
            receivers.stream().flatMap(receiver -> receiver.loops().stream()),
            streamReceivers.stream().map(StreamReceiver::loop))
        .map(ReceiveLoop::decoder)
        .toList();
  }

  private List<CollectorMetrics.SocketDrops> sockets() {
    List<CollectorMetrics.SocketDrops> sockets = new ArrayList<>();
    for (UdpReceiver receiver : receivers) {
      for (int i = 0; i < receiver.loops().size(); i++) {
        int number = i;
        sockets.add(
            new CollectorMetrics.SocketDrops(
                receiver.port(), number, () -> receiver.socketDrops(number)));
      }
    }
    return sockets;
  }

  private long socketDrops() {
    return receivers.stream().mapToLong(UdpReceiver::socketDrops).sum();
  }

  private void awaitStatusThread() {
    try {
      statusThread.awaitTermination(STATUS_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The exporters of the inventory; none if there is no inventory. */
  private List<Exporter> inventoryExporters() throws StartupException {
    if (config.inventory() == null) {
      return List.of();
    }
    try {
      return InventoryLoader.load(config.inventory()).exporters();
    } catch (InvalidConfigException e) {
      throw new StartupException(String.join("\n", e.findings()));
    }
  }

  private SenderPolicy senderPolicy(List<Exporter> exporters) throws StartupException {
    SenderConfig senders = config.senders();
    List<AddressPrefix> allowed = senders.allow();
    if (allowed == null && config.inventory() != null) {
      allowed = new ArrayList<>(THIS_MACHINE);
      for (Exporter exporter : exporters) {
        InetAddress address = address(exporter);
        allowed.add(AddressPrefix.of(Addresses.high(address), Addresses.low(address)));
      }
    }
    return new SenderPolicy(
        allowed,
        senders.maxDatagramsPerSecond(),
        senders.maxMalformedPerMinute(),
        senders.quarantine());
  }

  private static SamplingOverrides samplingOverrides(List<Exporter> exporters)
      throws StartupException {
    record Address(long high, long low) {}
    Map<Address, StatedSampling> stated = new HashMap<>();
    for (Exporter exporter : exporters) {
      if (exporter.samplingOverride() != null) {
        InetAddress address = address(exporter);
        stated.put(
            new Address(Addresses.high(address), Addresses.low(address)),
            stated(exporter.samplingOverride()));
      }
    }
    return (high, low, domain) -> stated.getOrDefault(new Address(high, low), StatedSampling.NONE);
  }

  private static StatedSampling stated(SamplingOverride override) {
    StatedSampling stated =
        override.interval() == 0 ? StatedSampling.NONE : StatedSampling.of(override.interval());
    for (SamplingOverride.Narrower part : override.narrower()) {
      stated =
          stated.with(part.interfaceIndex(), part.direction(), part.ipVersion(), part.interval());
    }
    return override.evenIfAnnounced() ? stated.replacingAnnounced() : stated;
  }

  private static InetAddress address(Exporter exporter) throws StartupException {
    try {
      return InetAddress.getByName(exporter.address());
    } catch (UnknownHostException e) {
      throw new StartupException("inventory: no literal address: " + e.getMessage());
    }
  }
}
