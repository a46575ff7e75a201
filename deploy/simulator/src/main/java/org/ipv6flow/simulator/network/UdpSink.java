package org.ipv6flow.simulator.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.ipv6flow.simulator.export.DatagramSink;

/** A UDP socket bound to an exporter's address and connected to the collector. */
final class UdpSink implements DatagramSink, AutoCloseable {

  private static final int MAX_MESSAGE_BYTES = 65_535;

  private final DatagramChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_MESSAGE_BYTES);

  private UdpSink(DatagramChannel channel) {
    this.channel = channel;
  }

  static UdpSink open(InetAddress exporter, InetSocketAddress collector) throws IOException {
    // A socket of both families would look up the route anew for every datagram to IPv4.
    boolean isIpv4 =
        exporter instanceof Inet4Address && collector.getAddress() instanceof Inet4Address;
    DatagramChannel channel =
        isIpv4 ? DatagramChannel.open(StandardProtocolFamily.INET) : DatagramChannel.open();
    try {
      channel.bind(new InetSocketAddress(exporter, 0));
      channel.connect(collector);
    } catch (IOException e) {
      channel.close();
      throw new IOException(
          "exporter address "
              + exporter.getHostAddress()
              + " cannot send to "
              + collector
              + ": "
              + e.getMessage(),
          e);
    }
    return new UdpSink(channel);
  }

  @Override
  public void send(byte[] message, int length, int records, long scaledOctets) {
    buffer.clear();
    buffer.put(message, 0, length).flip();
    try {
      try {
        channel.write(buffer);
      } catch (PortUnreachableException e) {
        // Tells of an earlier datagram; this one has not been sent yet.
        channel.write(buffer);
      }
    } catch (PortUnreachableException e) {
      // Nobody listens. As with a real router, that is no reason to stop.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
