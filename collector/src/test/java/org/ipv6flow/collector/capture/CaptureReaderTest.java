package org.ipv6flow.collector.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ipv6flow.collector.testing.RecordBuilder.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Capture files of several formats, link layers and IP headers, built octet by octet. */
class CaptureReaderTest {

  private static final int ETHERNET = 1;
  private static final byte[] PAYLOAD = "payload!".getBytes(StandardCharsets.US_ASCII);

  private record Datagram(long timeMillis, long sourceLow, int sourcePort, String payload) {}

  @ParameterizedTest
  @CsvSource({
    "0, 02000000", // BSD loopback, family in host order.
    "1, 0000000000010000000000020800",
    "1, 00000000000100000000000281000007 0800",
    "1, 000000000001000000000002 88A80007 81000008 0800",
    "101, ''",
    "113, 00000001000600000000000000000800",
    "228, ''",
    "276, 0800000000000002000104060000000000010000"
  })
  void readsUdpOverIpv4OnEveryLinkLayer(int linkType, String header, @TempDir Path directory)
      throws IOException {
    byte[] link = HexFormat.of().parseHex(header.replace(" ", ""));
    byte[] frame = record().octets(link).octets(ipv4(0, false, udp(4_739, PAYLOAD))).build();

    assertThat(read(pcap(directory, linkType, frame)))
        .containsExactly(new Datagram(1_700_000_000_123L, 0xFFFF_C000_0201L, 50_000, "payload!"));
  }

  @Test
  void readsUdpOverIpv6BehindExtensionHeaders(@TempDir Path directory) throws IOException {
    byte[] udp = udp(4_739, PAYLOAD);
    byte[] hopByHop = record().u8(17).u8(0).zeros(6).octets(udp).build();

    List<Datagram> datagrams = read(pcap(directory, 101, ipv6(0, hopByHop), ipv6(17, udp)));

    assertThat(datagrams).extracting(Datagram::payload).containsExactly("payload!", "payload!");
    assertThat(datagrams.get(0).sourceLow()).isEqualTo(1);
  }

  @Test
  void putsIpv4FragmentsTogetherInAnyOrder(@TempDir Path directory) throws IOException {
    byte[] udp = udp(4_739, "0123456789abcdef01234567".getBytes(StandardCharsets.US_ASCII));
    byte[] head = ipv4(0, true, Arrays.copyOfRange(udp, 0, 16));
    byte[] tail = ipv4(16, false, Arrays.copyOfRange(udp, 16, udp.length));

    assertThat(read(pcap(directory, 101, tail, head)))
        .extracting(Datagram::payload)
        .containsExactly("0123456789abcdef01234567");
  }

  @Test
  void putsIpv6FragmentsTogether(@TempDir Path directory) throws IOException {
    byte[] udp = udp(4_739, "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    byte[] head = record().u8(17).u8(0).u16(1).u32(7).octets(Arrays.copyOf(udp, 16)).build();
    byte[] tail =
        record().u8(17).u8(0).u16(16).u32(7).octets(Arrays.copyOfRange(udp, 16, 24)).build();

    assertThat(read(pcap(directory, 101, ipv6(44, head), ipv6(44, tail))))
        .extracting(Datagram::payload)
        .containsExactly("0123456789abcdef");
  }

  @Test
  void passesOverWhatIsNotUdp(@TempDir Path directory) throws IOException {
    byte[] tcp = ipv4(0, false, udp(179, PAYLOAD));
    tcp[9] = 6;
    byte[] arp = record().zeros(12).u16(0x0806).zeros(28).build();

    assertThat(read(pcap(directory, 101, tcp))).isEmpty();
    assertThat(read(pcap(directory, ETHERNET, arp))).isEmpty();
  }

  @Test
  void readsPcapng(@TempDir Path directory) throws IOException {
    byte[] frame = ipv4(0, false, udp(4_739, PAYLOAD));
    long nanos = 1_700_000_000_123_000_000L;
    ByteBuffer file = ByteBuffer.allocate(1_024).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0x0A0D0D0A).putInt(28).putInt(0x1A2B3C4D).putInt(1).putLong(-1).putInt(28);
    file.putInt(1).putInt(32).putShort((short) 101).putShort((short) 0).putInt(0);
    file.putShort((short) 9).putShort((short) 1).putInt(9).putShort((short) 0).putShort((short) 0);
    file.putInt(32);
    int padded = frame.length + 3 & ~3;
    file.putInt(6).putInt(32 + padded).putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos);
    file.putInt(frame.length).putInt(frame.length).put(frame).put(new byte[padded - frame.length]);
    file.putInt(32 + padded);
    Path path = directory.resolve("test.pcapng");
    Files.write(path, Arrays.copyOf(file.array(), file.position()));

    assertThat(read(path))
        .containsExactly(new Datagram(1_700_000_000_123L, 0xFFFF_C000_0201L, 50_000, "payload!"));
  }

  @Test
  void stopsWhereAFileIsCutOffAndSaysSo(@TempDir Path directory) throws IOException {
    byte[] frame = ipv4(0, false, udp(4_739, PAYLOAD));
    Path whole = pcap(directory, 101, frame, frame);
    Path cut = directory.resolve("cut.pcap");
    byte[] content = Files.readAllBytes(whole);
    Files.write(cut, Arrays.copyOf(content, content.length - 5));

    try (CaptureReader reader = CaptureReader.open(cut)) {
      CapturedDatagram datagram = new CapturedDatagram();
      assertThat(reader.next(datagram)).isTrue();
      assertThat(reader.next(datagram)).isFalse();
      assertThat(reader.isTruncated()).isTrue();
    }
  }

  @Test
  void refusesWhatIsNoCapture(@TempDir Path directory) throws IOException {
    Path text = directory.resolve("notes.txt");
    Files.writeString(text, "no capture");

    assertThatThrownBy(() -> CaptureReader.open(text))
        .isInstanceOf(NotACaptureException.class)
        .hasMessage("not a capture (expected: a pcap or pcapng file, or an IPFIX file)");
  }

  private static List<Datagram> read(Path file) throws IOException {
    List<Datagram> datagrams = new ArrayList<>();
    try (CaptureReader reader = CaptureReader.open(file)) {
      CapturedDatagram d = new CapturedDatagram();
      while (reader.next(d)) {
        datagrams.add(
            new Datagram(
                d.timeMillis,
                d.sourceLow,
                d.sourcePort,
                new String(d.data, d.offset, d.length, StandardCharsets.US_ASCII)));
      }
      assertThat(reader.isTruncated()).isFalse();
    }
    return datagrams;
  }

  private static Path pcap(Path directory, int linkType, byte[]... frames) throws IOException {
    RecordBuilder file =
        record().u32(0xA1B2C3D4L).u16(2).u16(4).u32(0).u32(0).u32(65_535).u32(linkType);
    for (byte[] frame : frames) {
      file.u32(1_700_000_000).u32(123_456).u32(frame.length).u32(frame.length).octets(frame);
    }
    return Files.write(directory.resolve("test.pcap"), file.build());
  }

  private static byte[] udp(int destinationPort, byte[] payload) {
    return record()
        .u16(50_000)
        .u16(destinationPort)
        .u16(8 + payload.length)
        .u16(0)
        .octets(payload)
        .build();
  }

  private static byte[] ipv4(int offset, boolean more, byte[] payload) {
    return record()
        .u8(0x45)
        .u8(0)
        .u16(20 + payload.length)
        .u16(77)
        .u16((more ? 0x2000 : 0) | offset / 8)
        .u8(64)
        .u8(17)
        .u16(0)
        .address("192.0.2.1")
        .address("192.0.2.2")
        .octets(payload)
        .build();
  }

  private static byte[] ipv6(int nextHeader, byte[] payload) {
    return record()
        .u32(0x6000_0000L)
        .u16(payload.length)
        .u8(nextHeader)
        .u8(64)
        .address("2001:db8::1")
        .address("2001:db8::2")
        .octets(payload)
        .build();
  }
}
