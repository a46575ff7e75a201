package org.ipv6flow.launcher.replay;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.ipv6flow.collector.capture.CaptureReader;
import org.ipv6flow.collector.capture.CapturedDatagram;

/**
 * Sends the UDP payloads of a capture again, in their order.
 *
 * <p>Source addresses cannot be forged without privileges. Towards an IPv4 loopback address each
 * exporter of the capture gets a loopback address of its own, so that they stay apart; towards
 * others each sender gets a source port of its own. Not thread-safe.
 */
public final class CaptureReplay implements Closeable {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int IPV4_OCTETS = 4;
  private static final int LOOPBACK = 127;

  private record Sender(long high, long low, int port) {}

  private record Exporter(long high, long low) {}

  private final InetSocketAddress target;
  private final byte[] loopbackNetwork;
  private final Map<Sender, DatagramChannel> channels = new HashMap<>();
  private final Map<Exporter, Integer> exporters = new HashMap<>();
  private long datagrams;
  private long octets;

  /**
   * A replay that has sent nothing yet.
   *
   * @param secondOctet of the loopback addresses that stand for exporters: 127.SECOND.x.y
   */
  public CaptureReplay(InetSocketAddress target, int secondOctet) {
    this.target = target;
    loopbackNetwork = new byte[] {LOOPBACK, (byte) secondOctet, 0, 0};
  }

  /**
   * Sends a file.
   *
   * @param datagramsPerSecond at most so fast
   * @throws IOException if the file is no capture, or sending fails
   */
  public void send(Path file, double datagramsPerSecond) throws IOException {
    try (CaptureReader capture = CaptureReader.open(file)) {
      CapturedDatagram datagram = new CapturedDatagram();
      long startNanos = System.nanoTime();
      long sent = 0;
      while (capture.next(datagram)) {
        waitUntil(startNanos + (long) (sent * NANOS_PER_SECOND / datagramsPerSecond));
        send(datagram);
        sent++;
        octets += datagram.length;
      }
      datagrams += sent;
    }
  }

  public long datagrams() {
    return datagrams;
  }

  /** Octets of UDP payload sent. */
  public long octets() {
    return octets;
  }

  public int exporters() {
    return exporters.size();
  }

  @Override
  public void close() throws IOException {
    for (DatagramChannel channel : channels.values()) {
      channel.close();
    }
  }

  private void send(CapturedDatagram datagram) throws IOException {
    DatagramChannel channel = channel(datagram);
    try {
      channel.send(ByteBuffer.wrap(datagram.data, datagram.offset, datagram.length), target);
    } catch (IOException e) {
      throw new IOException(
          "cannot be sent to %s:%d: %s"
              .formatted(target.getAddress().getHostAddress(), target.getPort(), e.getMessage()),
          e);
    }
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

  private SocketAddress source(int exporterNumber) throws IOException {
    byte[] address = target.getAddress().getAddress();
    if (address.length != IPV4_OCTETS || address[0] != LOOPBACK) {
      return new InetSocketAddress(0);
    }
    byte[] source = loopbackNetwork.clone();
    source[2] = (byte) ((exporterNumber + 1) >> Byte.SIZE);
    source[3] = (byte) (exporterNumber + 1);
    return new InetSocketAddress(InetAddress.getByAddress(source), 0);
  }

  private static void waitUntil(long nanoTime) {
    long left = nanoTime - System.nanoTime();
    if (left > 0) {
      LockSupport.parkNanos(left);
    }
  }
}
