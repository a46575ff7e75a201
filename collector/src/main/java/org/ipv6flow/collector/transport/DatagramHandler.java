package org.ipv6flow.collector.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each datagram of a socket to the receiver's decoder, on the event loop it came in on. */
final class DatagramHandler extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(DatagramHandler.class);

  private final ReceiveLoop loop;
  private boolean reading;
  private long receiveTimeMillis;

  DatagramHandler(ReceiveLoop loop) {
    this.loop = loop;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket datagram = (DatagramPacket) message;
    try {
      if (!reading) {
        // Once per read, which may bring many datagrams.
        reading = true;
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
    reading = false;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Such as an ICMP "port unreachable" answered to nobody; the socket stays open.
    LOG.warn("Receiving on {}: {}", context.channel().localAddress(), cause.toString());
  }
}
