package org.ipv6flow.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.simulator.export.DatagramSink;
import org.ipv6flow.simulator.export.ExportSinks;
import org.ipv6flow.simulator.export.RouterExport;
import org.ipv6flow.simulator.export.SessionCounters;
import org.ipv6flow.simulator.network.CaptureWriter;
import org.ipv6flow.simulator.network.ImpairedSink;
import org.ipv6flow.simulator.network.ImpairmentCounters;
import org.ipv6flow.simulator.network.Impairments;
import org.ipv6flow.simulator.network.Transport;
import org.ipv6flow.simulator.network.UdpTransport;
import org.ipv6flow.simulator.traffic.MeteredRouter;
import org.ipv6flow.simulator.traffic.NationalNetwork;
import org.ipv6flow.simulator.truth.MessageList;
import org.ipv6flow.simulator.truth.TruthTotals;
import org.ipv6flow.simulator.truth.TruthWriter;
import org.jspecify.annotations.Nullable;

/**
 * Plays the national network from start to end.
 *
 * <h2>Time</h2>
 *
 * Traffic is made in ticks of 100 ms and exported {@code exportDelay} later. A tick's routers are
 * spread over ten slices of 10 ms, so that what is sent in one slice fits any receive buffer.
 *
 * <p>One thread does everything: the one that calls {@link #run}. {@link #stop} may be called from
 * any.
 */
public final class Simulator {

  static final int TICK_MILLIS = 100;

  private static final int SLICES = 10;
  private static final int SLICE_MILLIS = TICK_MILLIS / SLICES;
  private static final int TICKS_PER_SECOND = 1_000 / TICK_MILLIS;

  /** Routers have been up for days when the simulation starts, each for its own time. */
  private static final long MOST_UP_MILLIS = 40L * 24 * 3_600_000;

  private static final long LEAST_UP_MILLIS = 3_600_000;

  /** How long ago a router started that has just restarted. */
  private static final long BOOT_MILLIS = 30_000;

  private static final double NANOS_PER_SECOND = 1e9;

  private final SimulatorConfig config;
  private final @Nullable Transport given;
  private final Pacer pacer;
  private final ImpairmentCounters impairmentCounters = new ImpairmentCounters();

  private volatile boolean stopped;
  private Consumer<SimulatorProgress> progressListener = progress -> {};

  public Simulator(SimulatorConfig config) {
    this(config, null);
  }

  /**
   * A simulator whose messages go somewhere else than the configuration says.
   *
   * @param transport closed at the end; null for what the configuration says
   */
  public Simulator(SimulatorConfig config, @Nullable Transport transport) {
    this.config = config;
    this.given = transport;
    this.pacer = new Pacer(config.realTime());
  }

  /** Calls {@code listener} once per second of simulated time, on the simulating thread. */
  public void onProgress(Consumer<SimulatorProgress> listener) {
    this.progressListener = listener;
  }

  /** Ends the traffic now; {@link #run} exports what is open and writes the truth. */
  public void stop() {
    stopped = true;
  }

  /**
   * Simulates until the duration is over or {@link #stop} is called. Do not interrupt the thread:
   * that closes the sockets.
   *
   * @throws IOException if an exporter's address cannot be used or the truth cannot be written
   * @throws IllegalArgumentException if the inventory cannot be simulated
   */
  public SimulatorSummary run() throws IOException {
    checkExporter(config.scenario().skewedExporter());
    checkExporter(config.scenario().restartedExporter());
    try {
      return simulate();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void checkExporter(@Nullable String id) {
    if (id != null && config.inventory().exporter(id).isEmpty()) {
      throw new IllegalArgumentException("no exporter " + id + " in the inventory");
    }
  }

  private SimulatorSummary simulate() throws IOException {
    long durationMillis = ticks(config.duration().toMillis());
    long startMillis = startMillis(durationMillis);
    long cpuStart = cpuNanos();
    NationalNetwork network = new NationalNetwork(config.inventory(), config.seed(), startMillis);
    List<MeteredRouter> metered =
        network.routers(config.recordsPerSecond(), startMillis + durationMillis);
    try (Transport transport = transport();
        TruthWriter truth = truthWriter();
        MessageList messages = messageList()) {
      List<SimulatedRouter> routers = routers(metered, transport, messages, startMillis);
      long endMillis = play(routers, startMillis, startMillis + durationMillis, truth);
      truth.finish();
      double cpuSeconds = (cpuNanos() - cpuStart) / NANOS_PER_SECOND;
      SimulatorSummary summary =
          summary(counters(routers), truth.totals(), startMillis, endMillis, cpuSeconds);
      write(summary);
      return summary;
    }
  }

  private long startMillis(long durationMillis) {
    if (!config.realTime() && config.startMillis() != 0) {
      return ticks(config.startMillis());
    }
    long now = System.currentTimeMillis();
    return ticks(config.realTime() ? now + TICK_MILLIS : now - durationMillis);
  }

  private static long ticks(long millis) {
    return Math.max(1, millis / TICK_MILLIS) * TICK_MILLIS;
  }

  private Transport transport() throws IOException {
    if (given != null) {
      return given;
    }
    Path capture = config.captureFile();
    return capture == null
        ? new UdpTransport(config.target())
        : new CaptureWriter(capture, pacer::nowMillis);
  }

  private TruthWriter truthWriter() throws IOException {
    Path directory = config.truthDirectory();
    return directory == null ? TruthWriter.ofTotals() : TruthWriter.in(directory);
  }

  private @Nullable MessageList messageList() throws IOException {
    Path directory = config.truthDirectory();
    return config.listMessages() && directory != null ? MessageList.in(directory) : null;
  }

  private List<SimulatedRouter> routers(
      List<MeteredRouter> metered,
      Transport transport,
      @Nullable MessageList messages,
      long startMillis)
      throws IOException {
    SplittableRandom random = new SplittableRandom(config.seed());
    Scenario scenario = config.scenario();
    List<SimulatedRouter> routers = new ArrayList<>();
    for (MeteredRouter router : metered) {
      Exporter exporter = router.exporter();
      long upMillis = random.nextLong(LEAST_UP_MILLIS, MOST_UP_MILLIS);
      boolean skewed = exporter.id().equals(scenario.skewedExporter());
      boolean restarts = exporter.id().equals(scenario.restartedExporter());
      ExportSinks sinks =
          new ExportSinks(
              sink(transport, exporter, messages, random),
              sink(transport, exporter, messages, random));
      RouterExport export =
          RouterExport.of(
              exporter,
              router.samplingInterval(),
              sinks,
              startMillis - upMillis,
              skewed ? scenario.clockSkew().toMillis() : 0);
      long firstOptions =
          scenario.samplingOptionsDelay().isZero()
              ? Long.MIN_VALUE
              : startMillis + scenario.samplingOptionsDelay().toMillis();
      long restart = restarts ? startMillis + scenario.restartAfter().toMillis() : Long.MAX_VALUE;
      RouterTimes times =
          new RouterTimes(config.templateRefresh().toMillis(), firstOptions, restart, BOOT_MILLIS);
      routers.add(new SimulatedRouter(router, export, times));
    }
    return routers;
  }

  private DatagramSink sink(
      Transport transport,
      Exporter exporter,
      @Nullable MessageList messages,
      SplittableRandom random)
      throws IOException {
    DatagramSink sink = transport.open(exporter.address());
    Impairments impairments = config.scenario().impairments();
    if (!impairments.equals(Impairments.NONE)) {
      sink = new ImpairedSink(sink, impairments, random.split(), impairmentCounters);
    }
    return messages == null ? sink : messages.of(exporter.address(), sink);
  }

  /** Returns when the traffic ended. */
  private long play(
      List<SimulatedRouter> routers, long startMillis, long plannedEndMillis, TruthWriter truth) {
    long delay = config.exportDelay().toMillis() + TICK_MILLIS;
    long rampUpMillis = config.rampUp().toMillis();
    long tick = startMillis;
    while (tick < plannedEndMillis && !stopped) {
      for (int slice = 0; slice < SLICES; slice++) {
        long sent = tick + delay + (long) slice * SLICE_MILLIS;
        pacer.await(sent, SLICE_MILLIS);
        for (int i = slice; i < routers.size(); i += SLICES) {
          if (tick - startMillis >= rampUpMillis * i / routers.size()) {
            routers.get(i).tick(tick, plannedEndMillis, sent, truth);
          }
        }
      }
      tick += TICK_MILLIS;
      if ((tick - startMillis) / TICK_MILLIS % TICKS_PER_SECOND == 0) {
        SessionCounters counters = counters(routers);
        progressListener.accept(
            new SimulatorProgress(
                tick - startMillis,
                plannedEndMillis - startMillis,
                counters.flowRecords,
                counters.messages));
      }
    }
    for (int slice = 0; slice < SLICES; slice++) {
      long sent = tick + delay + (long) slice * SLICE_MILLIS;
      pacer.await(sent, SLICE_MILLIS);
      for (int i = slice; i < routers.size(); i += SLICES) {
        routers.get(i).finish(tick, sent, truth);
      }
    }
    return tick;
  }

  private static SessionCounters counters(List<SimulatedRouter> routers) {
    SessionCounters sum = new SessionCounters();
    routers.forEach(router -> sum.add(router.counters()));
    return sum;
  }

  private SimulatorSummary summary(
      SessionCounters sent,
      TruthTotals truth,
      long startMillis,
      long endMillis,
      double cpuSeconds) {
    return new SimulatorSummary(
        sent.flowRecords,
        sent.optionsRecords,
        sent.messages,
        truth.octets(),
        truth.octetsV4(),
        truth.octetsV6(),
        truth.octetsNativeV6(),
        sent.observedOctets,
        sent.scaledOctets,
        impairmentCounters.lostRecords,
        impairmentCounters.lostMessages,
        impairmentCounters.lostScaledOctets,
        impairmentCounters.duplicatedMessages,
        impairmentCounters.reorderedMessages,
        startMillis,
        endMillis,
        cpuSeconds);
  }

  private void write(SimulatorSummary summary) throws IOException {
    Path directory = config.truthDirectory();
    if (directory == null) {
      return;
    }
    Path unfinished = directory.resolve(".summary.json.unfinished");
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.write(unfinished, mapper.writeValueAsBytes(summary));
    Files.move(
        unfinished,
        directory.resolve("summary.json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
