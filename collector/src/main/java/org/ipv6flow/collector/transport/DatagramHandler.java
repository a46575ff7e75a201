package org.ipv6flow.collector.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each datagram of a socket to the receiver's decoder, on the event loop it came in on. */
final class DatagramHandler extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(DatagramHandler.class);

  /** Datagrams of one read that make a socket busy. */
  private static final int BUSY_DATAGRAMS = 2;

  private final ReceiveLoop loop;
  private final @Nullable BusyReading busyReading;
  private int datagramsOfRead;
  private long receiveTimeMillis;

  /**
   * @param busyReading reads in Netty's stead when there is much to read; null if nothing does, and
   *     the channel reads by itself
   */
  DatagramHandler(ReceiveLoop loop, @Nullable BusyReading busyReading) {
    this.loop = loop;
    this.busyReading = busyReading;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (busyReading != null) {
      context.read();
    }
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket datagram = (DatagramPacket) message;
    try {
      if (datagramsOfRead++ == 0) {
        // Once per read, which may bring many datagrams.
        receiveTimeMillis = System.currentTimeMillis();
        loop.batches().now(receiveTimeMillis);
      }
      InetSocketAddress sender = datagram.sender();
      InetAddress address = sender.getAddress();
      loop.decoder()
          .decode(
              datagram.content(),
              Addresses.high(address),
              Addresses.low(address),
              sender.getPort(),
              receiveTimeMillis);
    } finally {
      datagram.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    boolean busy = datagramsOfRead >= BUSY_DATAGRAMS;
    datagramsOfRead = 0;
    if (busyReading == null) {
      return;
    }
    if (busy) {
      busyReading.begin();
    } else {
      context.read();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Such as an ICMP "port unreachable" answered to nobody; the socket stays open.
    LOG.warn("Receiving on {}: {}", context.channel().localAddress(), cause.toString());
  }
}
