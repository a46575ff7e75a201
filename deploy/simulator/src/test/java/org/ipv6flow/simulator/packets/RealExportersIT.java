package org.ipv6flow.simulator.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipv6flow.collector.config.ListenerConfig;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.kafka.ShardBatches;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecodeCounters;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.transport.ReceiveLoop;
import org.ipv6flow.collector.transport.Transport;
import org.ipv6flow.collector.transport.UdpReceiver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real exporters read a capture of packets, whose octets are known, and export them to a socket of
 * the collector: packets and octets are equal to the truth in each IP version.
 *
 * <p>What each counts as octets was found here: pmacctd those that the IP header states; softflowd
 * those of the frame behind its Ethernet header, with the padding that short frames have.
 */
class RealExportersIT {

  private static final int FLOWS = 3_000;
  private static final Duration EXPORTED_WITHIN = Duration.ofSeconds(60);
  private static final Duration RECEIVED_WITHIN = Duration.ofSeconds(20);

  @TempDir private Path directory;
  private final CountedFlows flows = new CountedFlows();
  private Path capture = Path.of("");
  private PacketCapture.Truth truth =
      new PacketCapture.Truth(0, 0, PacketTotals.NONE, PacketTotals.NONE);

  @BeforeEach
  void writeCapture() throws IOException {
    capture = directory.resolve("packets.pcap");
    truth = PacketCapture.write(capture, FLOWS, 7, System.currentTimeMillis());
    assertThat(truth.fragments()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10})
  void softflowd(int version) throws Exception {
    String softflowd = executable("softflowd");

    try (UdpReceiver collector = collector()) {
      run(
          softflowd,
          // In the foreground, without the socket that controls it, on which it would wait.
          "-d",
          "-c",
          "none",
          "-p",
          directory.resolve("softflowd.pid").toString(),
          "-r",
          capture.toString(),
          "-n",
          "127.0.0.1:" + collector.port(),
          "-v",
          Integer.toString(version));
      awaitPackets(collector);

      assertThat(flows.octets(4)).isEqualTo(truth.ipv4().octetsBehindEthernet());
      assertThat(flows.octets(6)).isEqualTo(truth.ipv6().octetsBehindEthernet());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10})
  void nfprobeOfPmacctd(int version) throws Exception {
    String pmacctd = executable("pmacctd");

    try (UdpReceiver collector = collector()) {
      Path settings =
          Files.writeString(
              directory.resolve("pmacctd.conf"),
              """
              pcap_savefile: %s
              plugins: nfprobe[probe]
              nfprobe_receiver[probe]: 127.0.0.1:%d
              nfprobe_version[probe]: %d
              aggregate[probe]: src_host, dst_host, src_port, dst_port, proto, tos
              """
                  .formatted(capture, collector.port(), version));
      run(pmacctd, "-f", settings.toString());
      awaitPackets(collector);

      assertThat(flows.octets(4)).isEqualTo(truth.ipv4().ipOctets());
      assertThat(flows.octets(6)).isEqualTo(truth.ipv6().ipOctets());
    }
  }

  private static String executable(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
    String found =
        Stream.of(path.split(File.pathSeparator))
            .map(place -> Path.of(place, name))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse("");
    assumeTrue(!found.isEmpty(), name + " is not installed");
    return found;
  }

  /** Everything from a socket to Kafka's producer, as it is in the collector. */
  private UdpReceiver collector() throws Exception {
    PublisherConfig publisher = new PublisherConfig("unused", "none", 1, 4, 512, 50, 4, Map.of());
    DecoderState state = new DecoderState(DecoderLimits.defaults());
    UdpReceiver receiver =
        new UdpReceiver(new ListenerConfig("127.0.0.1", 0, 1, 8 << 20, 2_048), Transport.best());
    receiver.start(() -> new ReceiveLoop(state, new ShardBatches("test", publisher, flows)));
    return receiver;
  }

  private void run(String... command) throws IOException, InterruptedException {
    Path log = directory.resolve("exporter.log");
    Process exporter =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(exporter.waitFor(EXPORTED_WITHIN.toSeconds(), TimeUnit.SECONDS))
          .as(() -> "%s has ended; its log: %s".formatted(command[0], read(log)))
          .isTrue();
    } finally {
      exporter.descendants().forEach(ProcessHandle::destroyForcibly);
      exporter.destroyForcibly();
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void awaitPackets(UdpReceiver collector) {
    await()
        .atMost(RECEIVED_WITHIN)
        .untilAsserted(
            () -> {
              assertThat(flows.packets(4)).isEqualTo(truth.ipv4().packets());
              assertThat(flows.packets(6)).isEqualTo(truth.ipv6().packets());
            });
    DecodeCounters counters = collector.loops().get(0).decoder().totals();
    assertThat(collector.socketDrops()).isZero();
    assertThat(counters.value(Counter.LOST_MESSAGES)).isZero();
    for (DropReason.Level level : DropReason.Level.values()) {
      assertThat(counters.dropped(level)).as(level.name()).isZero();
    }
  }
}
