package org.ipv6flow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ipv6flow.collector.decode.CaptureDecoder;
import org.ipv6flow.collector.decode.CaptureSummary;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.simulator.network.Impairments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorTest {

  /** Amid a bucket, so that the first and the last bucket are parts. */
  private static final long START = 1_795_531_234_500L;

  private static final InetSocketAddress NOWHERE = new InetSocketAddress("127.0.0.1", 9);

  private final Inventory inventory = DemoNation.load();
  private final Path directory;

  SimulatorTest(@TempDir Path directory) throws Exception {
    this.directory = directory;
  }

  @Test
  void collectorDecodesExactlyWhatWasSent() throws Exception {
    Path capture = directory.resolve("nation.pcap");

    SimulatorSummary sent = new Simulator(config(capture, 20_000, 1).build()).run();

    CaptureSummary decoded = CaptureDecoder.inOrder().summarize(capture);
    assertThat(decoded.dropped()).isEmpty();
    assertThat(decoded.dataSetsWithoutTemplate()).isZero();
    assertThat(decoded.exportPackets()).isEqualTo(sent.messagesSent());
    assertThat(decoded.dataRecords()).isEqualTo(sent.recordsSent());
    assertThat(decoded.optionsRecords()).isEqualTo(sent.optionsRecordsSent());
    assertThat(decoded.ipv4().records() + decoded.ipv6().records()).isEqualTo(sent.recordsSent());
    assertThat(decoded.ipv4().octets() + decoded.ipv6().octets())
        .isEqualTo(sent.octetsObservedSent());
    assertThat(decoded.ipv4().scaledOctets() + decoded.ipv6().scaledOctets())
        .isEqualTo(sent.octetsScaledSent());
    assertThat(decoded.ipv4().samplingKnownRecords() + decoded.ipv6().samplingKnownRecords())
        .isEqualTo(sent.recordsSent());
  }

  @Test
  void sendsAsManyRecordsAsAskedFor() throws Exception {
    for (double rate : new double[] {2_000, 50_000}) {
      SimulatorSummary sent =
          new Simulator(config(directory.resolve("rate.pcap"), rate, 2).build()).run();

      assertThat(sent.recordsSent() / 25.0).isCloseTo(rate, within(rate * 0.1));
    }
  }

  @Test
  void truthAddsUpAndIsCloseToTheEstimate() throws Exception {
    SimulatorSummary sent =
        new Simulator(
                config(directory.resolve("truth.pcap"), 20_000, 3)
                    .truthDirectory(directory.resolve("truth"))
                    .build())
            .run();

    List<String> rows = Files.readAllLines(directory.resolve("truth/truth.csv"));
    assertThat(rows.get(0))
        .isEqualTo("link,direction,ip_version,traffic_class,bucket_epoch_seconds,octets,packets");
    long octets = 0;
    long octetsV6 = 0;
    Set<String> cells = new HashSet<>();
    Set<String> buckets = new HashSet<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] columns = row.split(",", -1);
      assertThat(columns).hasSize(7);
      assertThat(cells.add(String.join(",", List.of(columns).subList(0, 5)))).isTrue();
      buckets.add(columns[4]);
      octets += Long.parseLong(columns[5]);
      octetsV6 += columns[2].equals("6") ? Long.parseLong(columns[5]) : 0;
    }
    assertThat(buckets).containsExactlyInAnyOrder("1795531230", "1795531240", "1795531250");
    assertThat(octets).isEqualTo(sent.octetsTruth());
    assertThat(octetsV6).isEqualTo(sent.octetsTruthV6());
    assertThat(sent.octetsTruthV4() + sent.octetsTruthV6()).isEqualTo(sent.octetsTruth());
    assertThat((double) sent.octetsScaledSent())
        .isCloseTo(sent.octetsTruth(), within(sent.octetsTruth() * 0.02));
    JsonNode summary =
        new ObjectMapper().readTree(directory.resolve("truth/summary.json").toFile());
    assertThat(summary.get("records_sent").asLong()).isEqualTo(sent.recordsSent());
    assertThat(summary.get("octets_scaled_sent").asLong()).isEqualTo(sent.octetsScaledSent());
    assertThat(directory.resolve("truth")).isDirectoryNotContaining("glob:**unfinished");
  }

  @Test
  void sameSeedGivesTheSameMessages() throws Exception {
    Path first = directory.resolve("first.pcap");
    Path second = directory.resolve("second.pcap");
    Path other = directory.resolve("other.pcap");

    new Simulator(config(first, 1_000, 4).build()).run();
    new Simulator(config(second, 1_000, 4).build()).run();
    new Simulator(config(other, 1_000, 5).build()).run();

    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(Files.mismatch(first, other)).isNotEqualTo(-1);
  }

  @Test
  void stoppedEarlyItWritesTheTruthSoFar() throws Exception {
    Simulator simulator =
        new Simulator(
            config(directory.resolve("stopped.pcap"), 20_000, 6)
                .truthDirectory(directory.resolve("truth"))
                .build());
    simulator.onProgress(
        progress -> {
          if (progress.elapsedMillis() == 8_000) {
            simulator.stop();
          }
        });

    SimulatorSummary sent = simulator.run();

    assertThat(sent.endedEpochMillis()).isEqualTo(START + 8_000);
    assertThat(directory.resolve("truth/truth.csv")).isNotEmptyFile();
    assertThat((double) sent.octetsScaledSent())
        .isCloseTo(sent.octetsTruth(), within(sent.octetsTruth() * 0.04));
  }

  @Test
  void lossIsCountedOnPurposeAndNothingElseIsMissing() throws Exception {
    Path capture = directory.resolve("loss.pcap");
    Scenario scenario = Scenario.NOTHING.withImpairments(new Impairments(0.05, 0, 0));

    SimulatorSummary sent =
        new Simulator(config(capture, 5_000, 7).scenario(scenario).build()).run();

    CaptureSummary decoded = CaptureDecoder.holdingUnknown().summarize(capture);
    assertThat(sent.messagesLost()).isPositive();
    assertThat(decoded.dataRecords()).isEqualTo(sent.recordsSent() - sent.recordsLost());
  }

  @Test
  void samplingAnnouncedLateIsUnknownBefore() throws Exception {
    Path capture = directory.resolve("late.pcap");
    Scenario scenario = Scenario.NOTHING.withSamplingOptionsDelay(Duration.ofSeconds(10));

    SimulatorSummary sent =
        new Simulator(config(capture, 5_000, 8).scenario(scenario).build()).run();

    CaptureSummary decoded = CaptureDecoder.inOrder().summarize(capture);
    long known = decoded.ipv4().samplingKnownRecords() + decoded.ipv6().samplingKnownRecords();
    assertThat(decoded.dataRecords()).isEqualTo(sent.recordsSent());
    assertThat(known).isBetween(sent.recordsSent() / 3, sent.recordsSent() * 9 / 10);
  }

  @Test
  void restartOfAnExporterLosesNothing() throws Exception {
    Path capture = directory.resolve("restart.pcap");
    Scenario scenario =
        Scenario.NOTHING
            .withRestart("DCP-BJ-CT-R1", Duration.ofSeconds(12))
            .withClockSkew("DCP-BJ-CU-R1", Duration.ofMinutes(-30));

    SimulatorSummary sent =
        new Simulator(config(capture, 5_000, 9).scenario(scenario).build()).run();

    CaptureSummary decoded = CaptureDecoder.inOrder().summarize(capture);
    assertThat(decoded.dropped()).isEmpty();
    assertThat(decoded.dataRecords()).isEqualTo(sent.recordsSent());
    assertThat(decoded.ipv4().scaledOctets() + decoded.ipv6().scaledOctets())
        .isEqualTo(sent.octetsScaledSent());
  }

  @Test
  void refusesAScenarioForAnExporterThatIsNotThere() {
    Scenario scenario = Scenario.NOTHING.withRestart("R9", Duration.ZERO);
    SimulatorConfig config =
        config(directory.resolve("none.pcap"), 100, 1).scenario(scenario).build();

    assertThatThrownBy(() -> new Simulator(config).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no exporter R9 in the inventory");
  }

  @Test
  void everyExporterSendsFromItsOwnAddressInRealTime() throws Exception {
    try (DatagramChannel collector = DatagramChannel.open()) {
      collector.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      collector.configureBlocking(false);
      long before = System.currentTimeMillis();

      new Simulator(
              SimulatorConfig.builder(inventory, (InetSocketAddress) collector.getLocalAddress())
                  .recordsPerSecond(500)
                  .duration(Duration.ofSeconds(1))
                  .exportDelay(Duration.ofMillis(200))
                  .build())
          .run();

      assertThat(System.currentTimeMillis() - before).isBetween(1_200L, 20_000L);
      Set<String> sources = new HashSet<>();
      ByteBuffer buffer = ByteBuffer.allocate(2_000);
      for (InetSocketAddress from = receive(collector, buffer);
          from != null;
          from = receive(collector, buffer)) {
        sources.add(from.getAddress().getHostAddress());
      }
      assertThat(sources)
          .containsExactlyInAnyOrderElementsOf(
              inventory.exporters().stream().map(Exporter::address).toList());
    }
  }

  private static InetSocketAddress receive(DatagramChannel collector, ByteBuffer buffer)
      throws Exception {
    buffer.clear();
    return (InetSocketAddress) collector.receive(buffer);
  }

  private SimulatorConfig.Builder config(Path capture, double rate, long seed) {
    return SimulatorConfig.builder(inventory, NOWHERE)
        .captureFile(capture)
        .recordsPerSecond(rate)
        .duration(Duration.ofSeconds(25))
        .asFastAsPossibleFrom(START)
        .seed(seed);
  }
}
