package org.ipv6flow.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.launcher.command.SimulatedCapture.DEMO_NATION;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.ipv6flow.launcher.CommandRun;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decodes what the simulator's exporters of all styles sent, of which the sums are known. */
class DecodeCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path directory;

  private static SimulatedCapture nation;

  @BeforeAll
  static void writeCapture() throws IOException, InvalidConfigException {
    nation = SimulatedCapture.write(directory.resolve("nation.pcap"));
    assertThat(nation.sent().recordsSent()).isGreaterThan(500);
  }

  @Test
  void theSummaryAddsUpToWhatWasSent() throws IOException {
    CommandRun run = decode("summary", nation.file());

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.outLines()).hasSize(1);
    JsonNode summary = MAPPER.readTree(run.out());
    assertThat(summary.path("file").asText()).isEqualTo(nation.file().toString());
    assertThat(summary.path("export_packets").asLong()).isEqualTo(nation.sent().messagesSent());
    assertThat(summary.path("data_records").asLong()).isEqualTo(nation.sent().recordsSent());
    assertThat(summary.path("options_records").asLong())
        .isEqualTo(nation.sent().optionsRecordsSent());
    assertThat(summary.path("data_sets_without_template").asLong()).isZero();
    assertThat(summary.path("dropped")).isEmpty();
    JsonNode ipv4 = summary.path("ipv4");
    JsonNode ipv6 = summary.path("ipv6");
    assertThat(ipv4.path("records").asLong()).isPositive();
    assertThat(ipv6.path("records").asLong()).isPositive();
    assertThat(ipv4.path("records").asLong() + ipv6.path("records").asLong())
        .isEqualTo(nation.sent().recordsSent());
    assertThat(ipv4.path("octetDeltaCount").asLong() + ipv6.path("octetDeltaCount").asLong())
        .isEqualTo(nation.sent().octetsObservedSent());
  }

  @Test
  void theSummaryKeepsTheOrderOfItsKeys() throws IOException {
    JsonNode summary = MAPPER.readTree(decode("summary", nation.file()).out());

    assertThat(summary.fieldNames())
        .toIterable()
        .containsExactly(
            "file",
            "export_packets",
            "templates",
            "options_templates",
            "data_records",
            "options_records",
            "data_sets_without_template",
            "ipv4",
            "ipv6",
            "no_ip",
            "frames",
            "netflow5",
            "sampling",
            "dropped");
  }

  @Test
  void jsonHasAnObjectPerRecordWhoseScaledOctetsAddUpToWhatMustBeEstimated()
      throws IOException, InvalidConfigException {
    CommandRun run = decode("json", nation.file());

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.outLines()).hasSize((int) nation.sent().recordsSent());
    long observed = 0;
    long scaled = 0;
    Set<String> exporters = new HashSet<>();
    for (String line : run.outLines()) {
      JsonNode flow = MAPPER.readTree(line);
      long octets = flow.path("octetDeltaCount").asLong();
      observed += octets;
      scaled += Math.round(octets * flow.at("/decoded/samplingInterval").asDouble());
      exporters.add(flow.path("exporter").asText());
    }
    assertThat(observed).isEqualTo(nation.sent().octetsObservedSent());
    assertThat(scaled).isEqualTo(nation.sent().octetsScaledSent());
    assertThat(InventoryLoader.load(DEMO_NATION).exporters())
        .extracting(exporter -> exporter.address())
        .containsAll(exporters);
  }

  @Test
  void everyFileStartsWithoutTheTemplatesOfTheOneBefore() throws IOException {
    CommandRun run = decode("summary", nation.file(), nation.file());

    assertThat(run.outLines()).hasSize(2);
    assertThat(run.outLines().get(1)).isEqualTo(run.outLines().get(0));
  }

  @Test
  void whatIsNoCaptureFailsAfterTheOthersAreDone() throws IOException {
    Path text = Files.writeString(directory.resolve("text.pcap"), "no capture");
    Path missing = directory.resolve("missing.pcap");

    CommandRun run = decode("summary", text, nation.file(), missing, directory, nation.file());

    assertThat(run.outLines()).hasSize(2);
    assertThat(run.err())
        .isEqualTo(
            """
            ipv6flow decode: %s: not a capture (expected: a pcap or pcapng file, or an IPFIX file)
            ipv6flow decode: %s: no such file
            ipv6flow decode: %s: is a directory
            """
                .formatted(text, missing, directory));
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void anEmptyFileIsNoCapture() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.pcap"));

    CommandRun run = decode("json", empty);

    assertThat(run.err())
        .isEqualTo(
            "ipv6flow decode: %s: not a capture (expected: a pcap or pcapng file, or an IPFIX file)%n"
                .formatted(empty));
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aTruncatedCaptureCountsWhatIsThereAndSaysThatItIsTruncated() throws IOException {
    byte[] octets = Files.readAllBytes(nation.file());
    Path truncated = directory.resolve("truncated.pcap");
    Files.write(truncated, Arrays.copyOf(octets, octets.length - 10));

    CommandRun run = decode("summary", truncated);

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode summary = MAPPER.readTree(run.out());
    assertThat(summary.at("/dropped/capture_truncated").asLong()).isEqualTo(1);
    assertThat(summary.path("export_packets").asLong()).isEqualTo(nation.sent().messagesSent() - 1);
  }

  @Test
  void aMessageOfAnUnknownProtocolIsCountedAsDropped() throws IOException {
    byte[] octets = Files.readAllBytes(nation.file());
    // The first message's version: pcap, frame, Ethernet, IPv4 and UDP headers come before it.
    int version = 24 + 16 + 14 + 20 + 8;
    octets[version + 1] = 77;
    Path malformed = Files.write(directory.resolve("malformed.pcap"), octets);

    CommandRun run = decode("summary", malformed);

    assertThat(run.status()).isZero();
    JsonNode summary = MAPPER.readTree(run.out());
    assertThat(summary.path("dropped")).isNotEmpty();
    assertThat(summary.path("export_packets").asLong()).isEqualTo(nation.sent().messagesSent() - 1);
  }

  @Test
  void holdingUnknownDecodesDataThatComesBeforeItsTemplate() throws IOException {
    Path reversed = reversed(nation.file());

    JsonNode inOrder = MAPPER.readTree(decode("summary", reversed).out());
    CommandRun held =
        CommandRun.of("decode", "--format", "summary", "--hold-unknown", reversed.toString());

    assertThat(inOrder.path("data_sets_without_template").asLong()).isPositive();
    assertThat(summaryRecords(held)).isEqualTo(nation.sent().recordsSent());
  }

  private static long summaryRecords(CommandRun run) throws JsonProcessingException {
    return MAPPER.readTree(run.out()).path("data_records").asLong();
  }

  private static CommandRun decode(String format, Path... files) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("decode", "--format", format), Arrays.stream(files).map(Path::toString))
            .toArray(String[]::new));
  }

  /** The same frames, the last one first. */
  private static Path reversed(Path capture) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] fileHeader = new byte[24];
    in.get(fileHeader);
    Deque<byte[]> frames = new ArrayDeque<>();
    while (in.hasRemaining()) {
      byte[] frame = new byte[16 + in.getInt(in.position() + 8)];
      in.get(frame);
      frames.push(frame);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(fileHeader);
    for (byte[] frame : frames) {
      out.write(frame);
    }
    return Files.write(directory.resolve("reversed.pcap"), out.toByteArray());
  }
}
