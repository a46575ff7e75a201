package org.ipv6flow.simulator.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketCaptureTest {

  private static final int FLOWS = 500;

  @TempDir private Path directory;

  @Test
  void truthIsWhatTheHeadersInTheFileSay() throws IOException {
    Path file = directory.resolve("packets.pcap");

    PacketCapture.Truth truth = PacketCapture.write(file, FLOWS, 3, 1_700_000_000_000L);

    PacketTotals[] read = {PacketTotals.NONE, PacketTotals.NONE};
    ByteBuffer pcap = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    pcap.position(24);
    while (pcap.hasRemaining()) {
      int octets = pcap.getInt(pcap.position() + 8);
      ByteBuffer frame = pcap.slice(pcap.position() + 16, octets).order(ByteOrder.BIG_ENDIAN);
      boolean ipv6 = frame.getShort(12) == (short) 0x86DD;
      int ipOctets = Short.toUnsignedInt(frame.getShort(ipv6 ? 18 : 16)) + (ipv6 ? 40 : 0);
      read[ipv6 ? 1 : 0] = read[ipv6 ? 1 : 0].plus(ipOctets, octets);
      if (!ipv6) {
        assertThat(headerSum(frame)).as("sum of the IPv4 header").isEqualTo(0xFFFF);
      }
      pcap.position(pcap.position() + 16 + octets);
    }
    assertThat(read[0]).isEqualTo(truth.ipv4());
    assertThat(read[1]).isEqualTo(truth.ipv6());
    assertThat(truth.fragments()).isPositive();
    assertThat(truth.ipv4().octetsBehindEthernet()).isGreaterThan(truth.ipv4().ipOctets());
    assertThat(truth.ipv6().octetsBehindEthernet()).isEqualTo(truth.ipv6().ipOctets());
  }

  private static int headerSum(ByteBuffer frame) {
    int sum = 0;
    for (int at = 14; at < 34; at += 2) {
      sum += Short.toUnsignedInt(frame.getShort(at));
    }
    return (sum & 0xFFFF) + (sum >>> 16);
  }

  @Test
  void commandWritesAFileAndTellsTheTruthAboutIt() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Path file = directory.resolve("packets.pcap");

    int status =
        PacketsMain.run(
            List.of(file.toString(), "--flows", "10"),
            print(out),
            print(new ByteArrayOutputStream()));

    assertThat(status).isZero();
    assertThat(file).isNotEmptyFile();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("10 flows", "IPv4 ", "IPv6 ");
  }

  @Test
  void commandRefusesWhatItDoesNotKnow() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    assertThat(PacketsMain.run(List.of("--flow"), print(err), print(err))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--flow");
  }

  private static PrintStream print(ByteArrayOutputStream into) {
    return new PrintStream(into, true, StandardCharsets.UTF_8);
  }
}
