package org.ipv6flow.collector.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.StreamListenerConfig;
import org.ipv6flow.collector.message.ExportMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP port for IPFIX, with TLS or without (RFC 7011 sections 10.4 and 11.3). All its
 * connections share an event loop: TCP is for exporters that send little, or that must be
 * authenticated.
 */
public final class StreamReceiver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamReceiver.class);
  private static final int STOP_SECONDS = 10;
  private static final int HANDSHAKE_SECONDS = 10;

  /** Shared by all ports, for a number must not be another connection's. */
  private static final AtomicInteger CONNECTIONS = new AtomicInteger();

  private final StreamListenerConfig config;
  private final Transport transport;
  private final ReceiveLoop loop;
  private final StreamCounters counters;
  private final EventLoopGroup group;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable Channel server;

  public StreamReceiver(
      StreamListenerConfig config, Transport transport, ReceiveLoop loop, StreamCounters counters) {
    this.config = config;
    this.transport = transport;
    this.loop = loop;
    this.counters = counters;
    group = transport.newGroup(1);
  }

  /** Binds the port and begins to accept connections. */
  public void start() throws StartupException {
    SslContext tls = config.tls() == null ? null : tls(config.tls());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(transport.serverChannelClass())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel, tls);
                  }
                });
    ChannelFuture bound =
        bootstrap
            .bind(new InetSocketAddress(config.address(), config.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      String message = String.valueOf(bound.cause().getMessage());
      throw new StartupException(
          "TCP port %d on %s %s"
              .formatted(
                  config.port(),
                  config.address(),
                  message.contains("in use") ? "is in use" : "cannot be bound (" + message + ")"));
    }
    server = bound.channel();
    loop.schedule(bound.channel());
    LOG.info("Listening on TCP {}:{}{}", config.address(), port(), tls == null ? "" : ", with TLS");
  }

  public int port() {
    Channel bound = server;
    if (bound == null) {
      throw new IllegalStateException("not started");
    }
    return ((InetSocketAddress) bound.localAddress()).getPort();
  }

  public ReceiveLoop loop() {
    return loop;
  }

  private void accept(SocketChannel channel, @Nullable SslContext tls) {
    InetSocketAddress remote = channel.remoteAddress();
    if (remote == null) {
      channel.close(); // Gone already.
      return;
    }
    InetAddress address = remote.getAddress();
    if (!loop.decoder().allows(Addresses.high(address), Addresses.low(address))) {
      counters.senderRefused.increment();
      LOG.warn("Connection from {} refused: it is no exporter that may send", remote);
      channel.close();
      return;
    }
    if (connections.size() >= config.maxConnections()) {
      counters.limitRefused.increment();
      LOG.warn("Connection from {} refused: {} are open already", remote, config.maxConnections());
      channel.close();
      return;
    }
    connections.add(channel);
    counters.open.incrementAndGet();
    channel.closeFuture().addListener(closed -> counters.open.decrementAndGet());
    if (tls != null) {
      var handler = tls.newHandler(channel.alloc());
      handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
      channel.pipeline().addLast(handler);
    }
    IpfixFrames frames = new IpfixFrames();
    channel
        .pipeline()
        .addLast(frames)
        .addLast(new StreamHandler(loop, counters, frames, remote, nextConnection(), tls != null));
  }

  private static int nextConnection() {
    int number = CONNECTIONS.getAndIncrement() & (Integer.MAX_VALUE >> 1);
    return ExportMessage.MAX_PORT + 1 + number;
  }

  private static SslContext tls(StreamListenerConfig.Tls files) throws StartupException {
    for (Path file : List.of(files.certificate(), files.key(), files.clientCa())) {
      if (!Files.isReadable(file)) {
        throw new StartupException("TLS: %s cannot be read".formatted(file));
      }
    }
    try {
      return SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
          .trustManager(files.clientCa().toFile())
          .clientAuth(ClientAuth.REQUIRE)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new StartupException(
          "TLS: %s, %s or %s is no PEM file of the right kind (%s; expected: certificates, and an"
                  .formatted(files.certificate(), files.key(), files.clientCa(), rootMessage(e))
              + " unencrypted PKCS #8 key)");
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** Ends all connections, and hands everything received so far to the publisher. */
  @Override
  public void close() {
    Channel bound = server;
    if (group.isShuttingDown()) {
      return;
    }
    if (bound != null) {
      bound.close().awaitUninterruptibly();
      connections.close().awaitUninterruptibly();
      bound.eventLoop().submit(loop::drain).awaitUninterruptibly();
    }
    group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
