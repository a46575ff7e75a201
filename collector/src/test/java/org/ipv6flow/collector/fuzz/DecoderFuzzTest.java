package org.ipv6flow.collector.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.ipv6flow.collector.capture.NotACaptureException;
import org.ipv6flow.collector.decode.CaptureDecoder;
import org.ipv6flow.collector.decode.CaptureSummary;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.packet.PacketHeaders;
import org.ipv6flow.collector.testing.Accounting;
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each layer of the decoder against arbitrary octets, with Jazzer.
 *
 * <p>Without anything else the seeds run, as any other test. With {@code JAZZER_FUZZ=1} in the
 * environment and one method chosen, Jazzer mutates them, guided by coverage, until it finds
 * something:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl collector -am test -Dtest=DecoderFuzzTest#data</pre>
 */
class DecoderFuzzTest {

  private static final int MAX_OCTETS = 60_000;
  private static final int PORT = 1;
  private static final int CONNECTION = ExportMessage.MAX_PORT + 1;
  private static final int[] TEMPLATE_IDS = {256, 257, 258, 259, 260, 261, 300, 301, 302, 303, 304};
  private static final int DOMAINS = 14;

  static List<byte[]> messages() {
    return Seeds.messages();
  }

  /** What follows the header in each message. */
  static Stream<byte[]> sets() {
    return Seeds.messages().stream()
        .filter(message -> message.length > 20)
        .map(message -> Arrays.copyOfRange(message, message[1] == 10 ? 16 : 20, message.length));
  }

  /** What follows the header of the first set in each message. */
  static Stream<byte[]> contents() {
    return sets().filter(set -> set.length > 4).map(set -> Arrays.copyOfRange(set, 4, set.length));
  }

  static List<byte[]> frames() {
    return Seeds.frames();
  }

  /** Version, lengths, and whatever is behind them. */
  @MethodSource("messages")
  @FuzzTest
  void header(byte[] datagram) {
    DecoderUnderTest decoder = new DecoderUnderTest();
    decoder.decode(atMost(datagram), 0, PORT, TestCollector.NOW_MILLIS);
    decoder.decode(atMost(datagram), 0, CONNECTION, TestCollector.NOW_MILLIS + 1);

    Accounting.check(decoder.counters());
    decoder.finish();
  }

  /** Set IDs and lengths, behind a right header of each protocol. */
  @MethodSource("sets")
  @FuzzTest
  void sets(byte[] sets) {
    DecoderUnderTest decoder = new DecoderUnderTest();
    decode(decoder, MessageBuilder.ipfix(1).raw(atMost(sets)));
    decode(decoder, MessageBuilder.netflow9(1).raw(atMost(sets)));

    decoder.finish();
  }

  /** Templates and options templates, and data of whatever they announce. */
  @MethodSource("contents")
  @FuzzTest
  void templates(byte[] content) {
    DecoderUnderTest decoder = new DecoderUnderTest();
    for (int set : new int[] {2, 3}) {
      decode(decoder, withData(MessageBuilder.ipfix(1).set(set, atMost(content))));
      decode(decoder, withData(MessageBuilder.netflow9(1).set(set - 2, atMost(content))));
    }

    decoder.finish();
  }

  private static MessageBuilder withData(MessageBuilder message) {
    byte[] data = new byte[300];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i % 7);
    }
    for (int id : TEMPLATE_IDS) {
      message.set(id, data);
    }
    return message;
  }

  /** Records of every template that the seeds announce. */
  @MethodSource("contents")
  @FuzzTest
  void data(byte[] content) {
    DecoderUnderTest decoder = new DecoderUnderTest();
    for (byte[] seed : Seeds.messages()) {
      decoder.decode(seed, 0, PORT, TestCollector.NOW_MILLIS);
    }
    for (int domain = 1; domain < DOMAINS; domain++) {
      for (int id : TEMPLATE_IDS) {
        decode(decoder, MessageBuilder.ipfix(domain).set(id, atMost(content)));
        decode(decoder, MessageBuilder.netflow9(domain).set(id, atMost(content)));
      }
    }

    decoder.finish();
  }

  /** What is read of a frame is in the frame: what is around it in the message changes nothing. */
  @MethodSource("frames")
  @FuzzTest
  void frame(byte[] section) {
    assertThat(headers(section, (byte) 0)).isEqualTo(headers(section, (byte) 0x45));
    assertThat(headers(section, (byte) 0)).isEqualTo(headers(section, (byte) 0x86));
  }

  private static List<Object> headers(byte[] section, byte around) {
    byte[] data = new byte[section.length + 160];
    Arrays.fill(data, around);
    System.arraycopy(section, 0, data, 80, section.length);
    PacketHeaders frame = new PacketHeaders();
    frame.readFrame(data, 80, 80 + section.length);
    PacketHeaders packet = new PacketHeaders();
    packet.readIp(data, 80, 80 + section.length);
    return Stream.of(frame, packet)
        .flatMap(
            h ->
                Stream.<Object>of(
                    h.ipVersion,
                    h.sourceHigh,
                    h.sourceLow,
                    h.destinationHigh,
                    h.destinationLow,
                    h.nextHeader,
                    h.protocol,
                    h.classOfService,
                    h.flowLabel,
                    h.sourcePort,
                    h.destinationPort,
                    h.tcpControlBits,
                    h.vlanId,
                    h.topMplsLabel,
                    h.innerIpVersion,
                    h.hasRoutingHeader,
                    h.isSegmentRouted,
                    h.layer2Octets,
                    h.ipOctets))
        .toList();
  }

  /** A file of any kind, as {@code ipv6flow decode} reads it: all its records can be listed. */
  @MethodSource("messages")
  @FuzzTest
  void file(byte[] octets) throws IOException {
    Path file = Files.createTempFile("fuzz", ".capture");
    try {
      Files.write(file, octets);
      AtomicLong listed = new AtomicLong();
      CaptureSummary summary = CaptureDecoder.inOrder().summarize(file);
      CaptureDecoder.inOrder().list(file, record -> listed.incrementAndGet());

      assertThat(summary.dataRecords()).isEqualTo(listed.get());
    } catch (NotACaptureException e) {
      // That is an answer too.
    } finally {
      Files.delete(file);
    }
  }

  private static void decode(DecoderUnderTest decoder, MessageBuilder message) {
    decoder.decode(message.build(), 0, PORT, TestCollector.NOW_MILLIS);
  }

  /** As much as fits into a datagram, headers included. */
  private static byte[] atMost(byte[] octets) {
    return octets.length <= MAX_OCTETS ? octets : Arrays.copyOf(octets, MAX_OCTETS);
  }
}
