package org.ipv6flow.embedded.clickhouse.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbEngine;

/**
 * The HTTP server in front of the engine.
 *
 * <p>Listens on the loopback address only: whoever can reach it can read every file this process
 * can, through table functions.
 */
public final class HttpFront implements AutoCloseable {

  private static final int NETWORK_THREADS = 2;

  /** Drivers put parameters, and some clients whole statements, into the request line. */
  private static final int MAX_REQUEST_LINE_BYTES = 1 << 20;

  private static final int MAX_HEADER_BYTES = 1 << 16;
  private static final int MAX_CHUNK_BYTES = 1 << 16;
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

  private final Workers workers;
  private final EventLoopGroup network =
      new MultiThreadIoEventLoopGroup(NETWORK_THREADS, NioIoHandler.newFactory());
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel listener;

  private HttpFront(ChdbEngine engine, int port, String password) throws IOException {
    this.workers = new Workers(engine, new Credentials(password));
    try {
      this.listener = bind(port);
    } catch (IOException e) {
      network.shutdownGracefully();
      throw e;
    }
  }

  /**
   * Starts to answer requests.
   *
   * @param port a port of the loopback address, or 0 for any free one
   * @param password of the user {@code default}; empty if none is asked for
   */
  public static HttpFront start(ChdbEngine engine, int port, String password) throws IOException {
    return new HttpFront(engine, port, password);
  }

  private Channel bind(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(network)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    clients.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(
                                MAX_REQUEST_LINE_BYTES, MAX_HEADER_BYTES, MAX_CHUNK_BYTES))
                        .addLast(new ExchangeHandler(workers));
                  }
                });
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (bound.cause() != null) {
      throw new IOException(
          "cannot listen on %s:%d: %s"
              .formatted(address.getAddress().getHostAddress(), port, bound.cause().getMessage()),
          bound.cause());
    }
    return bound.channel();
  }

  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Refuses new clients, ends all statements, and closes what is open. */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    workers.drain(DRAIN_LIMIT);
    clients.close().awaitUninterruptibly();
    network.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    workers.close();
  }
}
