package org.ipv6flow.launcher.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.ipv6flow.collector.capture.CaptureReader;
import org.ipv6flow.collector.capture.CapturedDatagram;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ipv6flow replay}: sends the UDP payloads of a capture again.
 *
 * <p>Source addresses cannot be forged without privileges. Towards a loopback address each exporter
 * of the capture gets a source address of its own in 127.19.0.0/16, so that they stay apart;
 * towards others each gets a source port of its own.
 */
@Command(
    name = "replay",
    description = "Sends the export packets of a capture file to a collector.",
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

  private static final byte[] LOOPBACK_SOURCES = {127, 19, 0, 1};
  private static final double NANOS_PER_SECOND = 1e9;

  private record Sender(long high, long low, int port) {}

  private record Exporter(long high, long low) {}

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.pcap", description = "a pcap or pcapng file")
  private Path file = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "HOST:PORT",
      converter = HostAndPort.class,
      description = "where the collector listens")
  private InetSocketAddress target = new InetSocketAddress(0);

  @Option(
      names = "--rate",
      paramLabel = "PPS",
      defaultValue = "1000",
      description = "datagrams per second (default: ${DEFAULT-VALUE})")
  private double rate;

  private final Map<Sender, DatagramChannel> channels = new HashMap<>();
  private final Map<Exporter, Integer> exporters = new HashMap<>();

  @Override
  public Integer call() throws UserError {
    if (!(rate > 0)) {
      throw new UserError("--rate %s (expected: more than 0)".formatted(rate));
    }
    long sent = 0;
    long octets = 0;
    try (CaptureReader capture = CaptureReader.open(file)) {
      CapturedDatagram datagram = new CapturedDatagram();
      long startNanos = System.nanoTime();
      while (capture.next(datagram)) {
        waitUntil(startNanos + (long) (sent * NANOS_PER_SECOND / rate));
        channel(datagram)
            .send(ByteBuffer.wrap(datagram.data, datagram.offset, datagram.length), target);
        sent++;
        octets += datagram.length;
      }
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": no such file");
    } catch (IOException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    } finally {
      closeAll();
    }
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %,d datagrams, %,d octets of %d exporters sent to %s%n",
            file, sent, octets, exporters.size(), target);
    return ExitCode.OK;
  }

  private DatagramChannel channel(CapturedDatagram datagram) throws IOException {
    Sender sender = new Sender(datagram.sourceHigh, datagram.sourceLow, datagram.sourcePort);
    DatagramChannel open = channels.get(sender);
    if (open == null) {
      int number =
          exporters.computeIfAbsent(
              new Exporter(sender.high(), sender.low()), exporter -> exporters.size());
      open = DatagramChannel.open();
      open.bind(source(number));
      channels.put(sender, open);
    }
    return open;
  }

  private SocketAddress source(int exporterNumber) throws UnknownHostException {
    byte[] address = target.getAddress().getAddress();
    if (address.length != LOOPBACK_SOURCES.length || address[0] != LOOPBACK_SOURCES[0]) {
      return new InetSocketAddress(0);
    }
    byte[] source = LOOPBACK_SOURCES.clone();
    source[2] = (byte) (exporterNumber >> Byte.SIZE);
    source[3] = (byte) (exporterNumber + 1);
    return new InetSocketAddress(InetAddress.getByAddress(source), 0);
  }

  private static void waitUntil(long nanoTime) {
    long left = nanoTime - System.nanoTime();
    if (left > 0) {
      LockSupport.parkNanos(left);
    }
  }

  private void closeAll() {
    for (DatagramChannel channel : channels.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        // Nothing can be lost by it: what was sent is sent.
      }
    }
  }
}
