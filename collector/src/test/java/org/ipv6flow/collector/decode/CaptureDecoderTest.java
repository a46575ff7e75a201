package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.ipv6flow.collector.decode.CaptureSummary.AnnouncedSampling;
import org.ipv6flow.collector.decode.CaptureSummary.FamilyCounts;
import org.ipv6flow.collector.testing.Captures;
import org.ipv6flow.collector.testing.Captures.Capture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures of real exporters decode to what an independent decoder found in them. */
class CaptureDecoderTest {

  /** RFC 5655: messages one behind the other; a session, in which withdrawals are obeyed. */
  @Test
  void decodesAnIpfixFile_rfc5655(@TempDir Path directory) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.write(ipfix(1).template(256, field(1, 8)).data(256, record().u64(5)).build());
    octets.write(
        ipfix(1)
            .set(2, record().u16(256).u16(0).build())
            .template(256, field(2, 8), field(1, 8))
            .data(256, record().u64(6).u64(7))
            .build());
    Path file = Files.write(directory.resolve("flows.ipfix"), octets.toByteArray());

    CaptureSummary summary = CaptureDecoder.inOrder().summarize(file);

    assertThat(summary.exportPackets()).isEqualTo(2);
    assertThat(summary.dataRecords()).isEqualTo(2);
    assertThat(summary.dropped()).isEmpty();
  }

  @Test
  void saysThatAnIpfixFileEndsInTheMiddleOfAMessage(@TempDir Path directory) throws IOException {
    byte[] message = ipfix(1).template(256, field(1, 8)).data(256, record().u64(5)).build();
    byte[] twice = Arrays.copyOf(message, 2 * message.length - 3);
    System.arraycopy(message, 0, twice, message.length, message.length - 3);
    Path file = Files.write(directory.resolve("flows.ipfix"), twice);

    CaptureSummary summary = CaptureDecoder.inOrder().summarize(file);

    assertThat(summary.exportPackets()).isEqualTo(1);
    assertThat(summary.dropped()).containsEntry("capture_truncated", 1L);
  }

  @Test
  void capturesAreThere() {
    assumeTrue(Captures.directory() != null, "no captures beside the repository: nothing checked");

    assertThat(Captures.all()).hasSizeGreaterThan(50);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("strict")
  void decodesStrictCaptureExactly(Capture capture) throws IOException {
    CaptureSummary summary = CaptureDecoder.inOrder().summarize(capture.file());

    JsonNode expected = capture.expected();
    assertThat(summary.exportPackets()).isEqualTo(expected.get("export_packets").asLong());
    assertThat(summary.templates()).as("templates").isEqualTo(expected.get("templates").asLong());
    assertThat(summary.optionsTemplates())
        .as("options templates")
        .isEqualTo(expected.get("options_templates").asLong());
    assertRecords(summary, expected.get("in_order"));
    assertSampling(summary, expected.get("sampling_options"));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("strict")
  void holdsDataUntilItsTemplateComes(Capture capture) throws IOException {
    CaptureSummary summary = CaptureDecoder.holdingUnknown().summarize(capture.file());

    JsonNode expected = capture.expected();
    assertRecords(
        summary, expected.has("two_pass") ? expected.get("two_pass") : expected.get("in_order"));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("sampled")
  void scalesByTheSamplingOfEachRecord(Capture capture) throws IOException {
    CaptureSummary summary = CaptureDecoder.inOrder().summarize(capture.file());

    JsonNode expected = capture.expected().get("scaled_by_sampling").get("key_src_in_order");
    double scaled =
        summary.ipv4().scaledOctets()
            + summary.ipv6().scaledOctets()
            + summary.noIp().scaledOctets();
    long known =
        summary.ipv4().samplingKnownRecords()
            + summary.ipv6().samplingKnownRecords()
            + summary.noIp().samplingKnownRecords();
    assertThat(known).isEqualTo(expected.get("records_with_rate").asLong());
    if (known == expected.get("records").asLong()) {
      assertThat(scaled).isCloseTo(expected.get("octets").asDouble(), within(0.5));
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("lenient")
  void takesNoRecordFromThinAir(Capture capture) throws IOException {
    CaptureSummary summary = CaptureDecoder.inOrder().summarize(capture.file());

    JsonNode expected = capture.expected();
    assertThat(summary.exportPackets()).isEqualTo(expected.get("export_packets").asLong());
    assertThat(summary.dataRecords())
        .isLessThanOrEqualTo(expected.get("in_order").get("data_records").asLong());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("strict")
  void listsEveryDataRecord(Capture capture) throws IOException {
    long[] records = new long[1];

    CaptureDecoder.inOrder()
        .list(
            capture.file(),
            node -> {
              // The expectations are about the protocols with templates.
              records[0] += node.get("protocolVersion").asInt() == 5 ? 0 : 1;
              new ObjectMapper().writeValueAsString(node);
            });

    assertThat(records[0])
        .isEqualTo(capture.expected().get("in_order").get("data_records").asLong());
  }

  /** A VLAN-tagged frame of 114 octets: 14 of Ethernet, 4 of the tag, 96 of IPv4. */
  @Test
  void countsWhatIsInsideSampledFrames_junosInlineMonitoring() throws IOException {
    CaptureSummary summary = CaptureDecoder.inOrder().summarize(capture("ak-ipfix-datalink"));

    assertThat(summary.frames().ipv4().records()).isEqualTo(1);
    assertThat(summary.frames().ipv4().octets()).isEqualTo(96);
    assertThat(summary.frames().ipv6().records()).isZero();
    assertThat(summary.dropped()).isEmpty();
  }

  /**
   * Five packets of NetFlow v5 among those of v9; the sums were added up by a script of its own.
   */
  @Test
  void countsNetflow5Apart_nProbe() throws IOException {
    CaptureSummary summary = CaptureDecoder.inOrder().summarize(capture("gl-nf9-nprobe1"));

    assertThat(summary.netflow5())
        .isEqualTo(new CaptureSummary.Netflow5Counts(5, 150, 15_062_820, 11_281));
  }

  private static Path capture(String id) {
    return Captures.all().stream()
        .filter(capture -> capture.id().equals(id))
        .map(Capture::file)
        .findFirst()
        .orElseGet(() -> abort("no capture " + id + " beside the repository: nothing checked"));
  }

  private static void assertRecords(CaptureSummary summary, JsonNode expected) {
    assertThat(summary.dataRecords())
        .as("data records")
        .isEqualTo(expected.get("data_records").asLong());
    assertThat(summary.optionsRecords())
        .as("options records")
        .isEqualTo(expected.get("options_records").asLong());
    assertThat(summary.dataSetsWithoutTemplate())
        .as("data sets without template")
        .isEqualTo(expected.get("data_sets_without_template").asLong());
    assertFamily("IPv4", summary.ipv4(), expected.get("ipv4"));
    assertFamily("IPv6", summary.ipv6(), expected.get("ipv6"));
    assertFamily("no IP", summary.noIp(), expected.get("no_ip"));
  }

  private static void assertFamily(String name, FamilyCounts counts, JsonNode expected) {
    assertThat(counts.records()).as(name + " records").isEqualTo(expected.path("records").asLong());
    assertThat(counts.octets())
        .as(name + " octets")
        .isEqualTo(expected.path("octetDeltaCount").asLong());
    assertThat(counts.packets())
        .as(name + " packets")
        .isEqualTo(expected.path("packetDeltaCount").asLong());
  }

  /** The interval each exporter's domain announced, by the formula of its algorithm. */
  private static void assertSampling(CaptureSummary summary, JsonNode options) {
    Map<String, Double> expected = new HashMap<>();
    for (JsonNode option : options) {
      double interval = interval(option);
      if (interval != 0) {
        expected.put(
            option.get("exporter").asText() + "/" + option.get("domain").asLong(), interval);
      }
    }
    Map<String, Double> actual = new HashMap<>();
    for (AnnouncedSampling sampling : summary.sampling()) {
      if (!sampling.provenance().equals("record")) {
        actual.put(
            sampling.exporter() + "/" + sampling.domain(), sampling.interval().doubleValue());
      }
    }
    assertThat(actual).isEqualTo(expected);
  }

  private static double interval(JsonNode option) {
    if (option.has("samplerRandomInterval")) {
      return option.get("samplerRandomInterval").asDouble();
    }
    if (option.has("samplingInterval")) {
      return option.get("samplingInterval").asDouble();
    }
    if (option.has("samplingPopulation")) {
      return option.get("samplingPopulation").asDouble() / option.get("samplingSize").asDouble();
    }
    if (option.has("samplingPacketInterval")) {
      double taken = option.get("samplingPacketInterval").asDouble();
      return (taken + option.path("samplingPacketSpace").asDouble()) / taken;
    }
    return 0;
  }

  private static Stream<Capture> strict() {
    return Captures.all().stream().filter(Capture::isStrict);
  }

  private static Stream<Capture> sampled() {
    return strict().filter(c -> c.expected().path("scaled_by_sampling").has("key_src_in_order"));
  }

  private static Stream<Capture> lenient() {
    return Captures.all().stream().filter(capture -> !capture.isStrict());
  }
}
