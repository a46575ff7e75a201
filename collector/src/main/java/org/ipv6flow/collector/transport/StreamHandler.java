package org.ipv6flow.collector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an exporter: a transport session (RFC 7011 section 10.4), whose templates end
 * with it.
 */
final class StreamHandler extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);

  private final ReceiveLoop loop;
  private final StreamCounters counters;
  private final IpfixFrames frames;
  private final int connection;
  private final boolean tls;
  private final long exporterHigh;
  private final long exporterLow;
  private final InetSocketAddress remote;
  private boolean accepted;

  /**
   * @param connection its number, unlike that of any other connection
   */
  StreamHandler(
      ReceiveLoop loop,
      StreamCounters counters,
      IpfixFrames frames,
      InetSocketAddress remote,
      int connection,
      boolean tls) {
    this.loop = loop;
    this.counters = counters;
    this.frames = frames;
    this.remote = remote;
    this.connection = connection;
    this.tls = tls;
    InetAddress address = remote.getAddress();
    exporterHigh = Addresses.high(address);
    exporterLow = Addresses.low(address);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (!tls) {
      accept();
    }
    context.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        accept();
      } else {
        counters.tlsFailed.increment();
        LOG.warn("TLS with {} failed: {}", remote, rootMessage(handshake.cause()));
        context.close();
      }
    }
    context.fireUserEventTriggered(event);
  }

  private void accept() {
    accepted = true;
    counters.accepted.increment();
    LOG.info("Exporter {} is connected", remote);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf octets) {
      try {
        long nowMillis = System.currentTimeMillis();
        loop.batches().now(nowMillis);
        loop.decoder().decode(octets, exporterHigh, exporterLow, connection, nowMillis);
      } finally {
        octets.release();
      }
    } else if (message instanceof IpfixFrames.End) {
      counters.malformed.increment();
      LOG.warn("{} sends what is no IPFIX: the connection is closed", remote);
      context.close();
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (accepted) {
      if (frames.isTruncated()) {
        counters.truncated.increment();
      }
      loop.decoder().closeConnection(connection);
      LOG.info("Exporter {} is disconnected", remote);
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Such as a connection reset; a failed handshake has been told already.
    if (accepted) {
      LOG.warn("Receiving from {}: {}", remote, rootMessage(cause));
    }
    context.close();
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
