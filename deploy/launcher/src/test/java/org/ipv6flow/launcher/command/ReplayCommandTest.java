package org.ipv6flow.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.launcher.CommandRun;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {

  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
  private static final int SILENCE_MILLIS = 2_000;

  @TempDir private static Path directory;

  private static SimulatedCapture nation;

  private record Received(long datagrams, long octets, Set<InetAddress> exporters) {}

  @BeforeAll
  static void writeCapture() throws IOException, InvalidConfigException {
    nation = SimulatedCapture.write(directory.resolve("nation.pcap"));
  }

  @Test
  void sendsEveryDatagramAndSaysHowMany() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
      CompletableFuture<Received> receiver =
          CompletableFuture.supplyAsync(() -> receive(socket, nation.sent().messagesSent()));

      CommandRun run = replay(nation.file(), "127.0.0.1:" + socket.getLocalPort(), 2_000);

      Received received = receiver.get(30, TimeUnit.SECONDS);
      assertThat(received.datagrams()).isEqualTo(nation.sent().messagesSent());
      assertThat(run.err()).isEmpty();
      assertThat(run.out())
          .isEqualTo(
              String.format(
                  Locale.ROOT,
                  "%s: %,d datagrams, %,d octets of %d exporters sent to 127.0.0.1:%d%n",
                  nation.file(),
                  received.datagrams(),
                  received.octets(),
                  received.exporters().size(),
                  socket.getLocalPort()));
      assertThat(received.exporters())
          .hasSizeGreaterThan(60)
          .allSatisfy(exporter -> assertThat(exporter.getHostAddress()).startsWith("127.19."));
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void keepsToTheRate() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      int datagramsPerSecond = 1_500;
      long start = System.nanoTime();

      CommandRun run =
          replay(nation.file(), "127.0.0.1:" + socket.getLocalPort(), datagramsPerSecond);

      double seconds = (System.nanoTime() - start) / 1e9;
      assertThat(run.status()).isZero();
      assertThat((nation.sent().messagesSent() - 1) / seconds).isLessThan(datagramsPerSecond);
    }
  }

  @Test
  void sendsToAnIpv6Address() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("::1"))) {
      CommandRun run = replay(nation.file(), "[::1]:" + socket.getLocalPort(), 1e6);

      assertThat(run.err()).isEmpty();
      assertThat(run.out())
          .endsWith(" sent to [0:0:0:0:0:0:0:1]:%d%n".formatted(socket.getLocalPort()));
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void saysWhereItCannotSendTo() {
    // Nobody may send to the broadcast address who has not asked for it.
    CommandRun run = replay(nation.file(), "255.255.255.255:4739", 1_000);

    assertThat(run.err())
        .startsWith(
            "ipv6flow replay: %s: cannot be sent to 255.255.255.255:4739: "
                .formatted(nation.file()))
        .hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing.pcap | no such file",
        ".            | is a directory",
        "text.pcap    | not a capture (expected: a pcap or pcapng file, or an IPFIX file)"
      })
  void saysWhatIsWrongWithTheFile(String name, String reason) throws IOException {
    Files.writeString(directory.resolve("text.pcap"), "no capture");
    Path file = directory.resolve(name);

    CommandRun run = replay(file, "127.0.0.1:9", 1_000);

    assertThat(run.err()).isEqualTo("ipv6flow replay: %s: %s%n".formatted(file, reason));
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  private static CommandRun replay(Path file, String target, double rate) {
    return CommandRun.of(
        "replay", file.toString(), "--to", target, "--rate", Double.toString(rate));
  }

  /** Receives so many datagrams, or what comes until there is silence. */
  private static Received receive(DatagramSocket socket, long expected) {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    Set<InetAddress> exporters = new HashSet<>();
    long datagrams = 0;
    long octets = 0;
    try {
      socket.setSoTimeout(SILENCE_MILLIS);
      while (datagrams < expected) {
        socket.receive(packet);
        datagrams++;
        octets += packet.getLength();
        exporters.add(packet.getAddress());
      }
    } catch (SocketTimeoutException e) {
      // The test finds out.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Received(datagrams, octets, exporters);
  }
}
