package org.ipv6flow.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.Simulator;
import org.ipv6flow.simulator.SimulatorConfig;
import org.ipv6flow.standalone.process.ProcessCpu;

/**
 * Sends the same packets to the collector, nfcapd and nfacctd in turn, and prints what each costs.
 *
 * <p>{@code benchmarks/peers/run} starts it. All peers run all the time, and are loaded one after
 * the other, round after round, so that whatever else the machine does meets them alike.
 */
public final class PeersMain {

  private static final int SETTLE_MILLIS = 1_500;
  private static final int RECEIVE_BUFFER_BYTES = 8 << 20;
  private static final int CAPTURED_RECORDS_PER_SECOND = 100_000;
  private static final int CAPTURED_SECONDS = 4;

  private final Map<String, String> options;
  private final Map<Peer, LoadSender> senders = new LinkedHashMap<>();
  private final Map<Peer, List<Measurement>> measured = new LinkedHashMap<>();

  private PeersMain(Map<String, String> options) {
    this.options = options;
  }

  public static void main(String[] args) throws Exception {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--datagrams-per-second", "40000");
    options.put("--seconds", "8");
    options.put("--rounds", "3");
    options.put("--warm-up-seconds", "60");
    options.put("--inventory", "deploy/inventory/demo-nation");
    for (int i = 0; i < args.length; i += 2) {
      if (!options.containsKey(args[i]) || i + 1 == args.length) {
        System.err.println("unknown option '" + args[i] + "' (expected: " + options + ")");
        System.exit(2);
      }
      options.put(args[i], args[i + 1]);
    }
    boolean good = new PeersMain(options).run();
    System.exit(good ? 0 : 1);
  }

  private boolean run() throws Exception {
    Path directory = Files.createTempDirectory("ipv6flow-peers");
    RecordedLoad load = RecordedLoad.read(capture(directory.resolve("load.pcap")));
    double rate = number("--datagrams-per-second");
    int rounds = (int) number("--rounds");
    long count = (long) (rate * number("--seconds"));
    System.out.printf(
        Locale.ROOT,
        "%d source ports of exporters, %.0f octets and %.1f records a datagram, %.0f datagrams a second%n",
        load.exporters().size(),
        load.octetsPerMessage(),
        load.recordsPerMessage(),
        rate);
    boolean complete = true;
    try {
      Peer ours = add(load, path -> Ours.start(path, RECEIVE_BUFFER_BYTES), directory);
      add(load, path -> CommandPeer.nfcapd(path, RECEIVE_BUFFER_BYTES), directory);
      add(load, path -> CommandPeer.nfacctd(path, RECEIVE_BUFFER_BYTES), directory);
      measure(ours, (long) (rate * number("--warm-up-seconds")), rate);
      System.out.printf(
          Locale.ROOT,
          "%-9s %5s %13s %10s %14s%n",
          "",
          "round",
          "datagrams/s",
          "dropped",
          "CPU-s/M");
      for (int round = 1; round <= rounds; round++) {
        for (Peer peer : senders.keySet()) {
          long before = peer.recordsOut();
          Measurement measurement = measure(peer, count, rate);
          measured.computeIfAbsent(peer, unseen -> new ArrayList<>()).add(measurement);
          print(peer, round, measurement);
          complete &= isComplete(peer, measurement, before, peer.recordsOut());
        }
      }
    } finally {
      for (Map.Entry<Peer, LoadSender> peer : senders.entrySet()) {
        peer.getValue().close();
        peer.getKey().close();
      }
      delete(directory);
    }
    printMedians();
    return complete;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private double number(String option) {
    return Double.parseDouble(options.getOrDefault(option, ""));
  }

  /** The demo nation's exporters in six vendors' styles, at a rate that fills their datagrams. */
  private Path capture(Path file) throws Exception {
    InetSocketAddress unused = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    new Simulator(
            SimulatorConfig.builder(
                    InventoryLoader.load(Path.of(options.getOrDefault("--inventory", ""))), unused)
                .captureFile(file)
                .recordsPerSecond(CAPTURED_RECORDS_PER_SECOND)
                .duration(Duration.ofSeconds(CAPTURED_SECONDS))
                .asFastAsPossible()
                .build())
        .run();
    return file;
  }

  private Peer add(RecordedLoad load, Peer.Starter starter, Path directory) throws Exception {
    Path own = Files.createDirectories(directory.resolve("peer-" + senders.size()));
    Peer peer = starter.start(own);
    senders.put(peer, new LoadSender(load, peer.udpPort()));
    return peer;
  }

  private Measurement measure(Peer peer, long datagrams, double rate)
      throws IOException, InterruptedException {
    LoadSender sender = senders.get(peer);
    if (sender == null) {
      throw new IllegalArgumentException(peer.name());
    }
    Thread.sleep(SETTLE_MILLIS);
    long recordsBefore = sender.records();
    long dropsBefore = SocketDrops.at(peer.udpPort());
    double cpuBefore = cpuSeconds(peer);
    double seconds = sender.send(datagrams, rate);
    Thread.sleep(SETTLE_MILLIS);
    return new Measurement(
        sender.records() - recordsBefore,
        datagrams,
        SocketDrops.at(peer.udpPort()) - dropsBefore,
        cpuSeconds(peer) - cpuBefore,
        datagrams / seconds);
  }

  /** Of the process and whatever it started. */
  private static double cpuSeconds(Peer peer) {
    double own = ProcessCpu.seconds(peer.pid());
    return own
        + ProcessHandle.of(peer.pid()).stream()
            .flatMap(ProcessHandle::descendants)
            .mapToDouble(child -> ProcessCpu.seconds(child.pid()))
            .sum();
  }

  /** What was not dropped by the kernel must have come out, to the record. */
  private static boolean isComplete(Peer peer, Measurement measurement, long before, long after) {
    long recordsOut = after - before;
    if (after < 0 || measurement.dropped() > 0 || recordsOut == measurement.records()) {
      return true;
    }
    System.out.printf(
        "%s: %,d records sent, %,d came out%n", peer.name(), measurement.records(), recordsOut);
    return false;
  }

  private static void print(Peer peer, int round, Measurement measurement) {
    System.out.printf(
        Locale.ROOT,
        "%-9s %5d %13.0f %10d %14.3f%n",
        peer.name(),
        round,
        measurement.datagramsPerSecond(),
        measurement.dropped(),
        measurement.cpuSecondsPerMillion());
  }

  private void printMedians() {
    System.out.printf(Locale.ROOT, "%n%-9s %-40s %14s %10s%n", "medians", "", "CPU-s/M", "dropped");
    Map<String, Double> medians = new LinkedHashMap<>();
    measured.forEach(
        (peer, rounds) -> {
          double cpu = Measurement.median(rounds, Measurement::cpuSecondsPerMillion);
          medians.put(peer.name(), cpu);
          System.out.printf(
              Locale.ROOT,
              "%-9s %-40s %14.3f %10d%n",
              peer.name(),
              peer.doing(),
              cpu,
              rounds.stream().mapToLong(Measurement::dropped).sum());
        });
    System.out.printf(
        Locale.ROOT,
        "ratio_nfcapd=%.2f ratio_nfacctd=%.2f%n",
        ratio(medians, "nfcapd"),
        ratio(medians, "nfacctd"));
  }

  private static double ratio(Map<String, Double> medians, String peer) {
    return medians.getOrDefault("ipv6flow", Double.NaN) / medians.getOrDefault(peer, Double.NaN);
  }
}
