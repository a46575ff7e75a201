package org.ipv6flow.collector.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.ListenerConfig;
import org.ipv6flow.collector.session.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one UDP port. */
public final class UdpReceiver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UdpReceiver.class);

  /** Datagrams one system call may bring. */
  private static final int DATAGRAMS_PER_READ = 32;

  private static final int STOP_SECONDS = 10;
  private static final int MAX_DRAIN_SECONDS = 2;
  private static final int QUIET_ROUNDS = 2;

  /** One socket, its event loop and what runs on it. */
  private record Socket(DatagramChannel channel, ReceiveLoop loop, int grantedBytes) {}

  private final ListenerConfig config;
  private final Transport transport;
  private final EventLoopGroup group;
  private final List<Socket> sockets = new ArrayList<>();
  private long dropsOfClosed;

  public UdpReceiver(ListenerConfig config, Transport transport) {
    this.config = config;
    this.transport = transport;
    group = transport.newGroup(socketCount());
  }

  /**
   * Binds the sockets and begins to receive.
   *
   * @param loops makes what each socket's event loop needs
   */
  public void start(Supplier<ReceiveLoop> loops) throws StartupException {
    int port = config.port();
    if (socketCount() < config.sockets()) {
      LOG.warn("Only one socket for port {}: this platform has no epoll", port);
    }
    for (int i = 0; i < socketCount(); i++) {
      DatagramChannel channel = bind(port, loops.get());
      port = channel.localAddress().getPort();
    }
    if (config.spreadDatagrams() && sockets.size() > 1) {
      spread();
    }
    LOG.info(
        "Receiving on UDP {}:{} with {} sockets ({}), receive buffer {} bytes each",
        config.address(),
        port,
        sockets.size(),
        transport,
        sockets.get(0).grantedBytes());
    if (sockets.get(0).grantedBytes() < config.receiveBufferBytes()) {
      LOG.warn(
          "The kernel granted a receive buffer of {} bytes (asked for: {}); raise"
              + " net.core.rmem_max",
          sockets.get(0).grantedBytes(),
          config.receiveBufferBytes());
    }
  }

  private void spread() throws StartupException {
    try {
      Spreading.attach(sockets.get(0).channel(), sockets.size());
    } catch (ChannelException | LinkageError e) {
      throw new StartupException(
          "datagrams to UDP port %d cannot be spread over %d sockets (%s)"
              .formatted(port(), sockets.size(), e.getMessage()));
    }
  }

  public int port() {
    return sockets.get(0).channel().localAddress().getPort();
  }

  public List<ReceiveLoop> loops() {
    return sockets.stream().map(Socket::loop).toList();
  }

  /** Receive buffer of each socket, in bytes as the kernel counts. */
  public int grantedReceiveBufferBytes() {
    return sockets.isEmpty() ? 0 : sockets.get(0).grantedBytes();
  }

  /** Datagrams the kernel dropped because a receive buffer was full. */
  public synchronized long socketDrops() {
    long drops = dropsOfClosed;
    for (Socket socket : sockets) {
      drops += ReceiveBuffer.drops(socket.channel(), transport);
    }
    return drops;
  }

  /** Datagrams the kernel dropped at each of the sockets, as long as it is open. */
  public synchronized long socketDrops(int socket) {
    return ReceiveBuffer.drops(sockets.get(socket).channel(), transport);
  }

  /** Stops receiving, and hands everything received so far to the publisher. */
  @Override
  public void close() {
    if (group.isShuttingDown()) {
      return;
    }
    for (Socket socket : sockets) {
      readWhatWaits(socket);
      synchronized (this) {
        dropsOfClosed += ReceiveBuffer.drops(socket.channel(), transport);
        socket.channel().close().awaitUninterruptibly();
      }
      socket.channel().eventLoop().submit(socket.loop()::drain).awaitUninterruptibly();
    }
    group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** What is in the socket's buffer has been received: the loop reads it before it is closed. */
  private void readWhatWaits(Socket socket) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_DRAIN_SECONDS);
    int quietRounds = 0;
    while (quietRounds < QUIET_ROUNDS && System.nanoTime() < deadline) {
      long before = received(socket);
      // A task of the future runs in a later round of the loop, which polls the socket first.
      socket
          .channel()
          .eventLoop()
          .schedule(() -> {}, 1, TimeUnit.MILLISECONDS)
          .awaitUninterruptibly();
      boolean quiet =
          received(socket) == before
              && ReceiveBuffer.waitingBytes(socket.channel(), transport) == 0;
      quietRounds = quiet ? quietRounds + 1 : 0;
    }
  }

  private static long received(Socket socket) {
    return socket.loop().decoder().totals().value(Counter.DATAGRAMS);
  }

  private int socketCount() {
    return transport.isEpoll() ? config.sockets() : 1;
  }

  private DatagramChannel bind(int port, ReceiveLoop loop) throws StartupException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(transport.channelClass())
            .handler(
                new ChannelInitializer<DatagramChannel>() {
                  @Override
                  protected void initChannel(DatagramChannel channel) {
                    channel
                        .pipeline()
                        .addLast(new DatagramHandler(loop, busyReading(channel, loop)));
                  }
                });
    int slotOctets = config.maxDatagramOctets();
    if (transport.isEpoll()) {
      bootstrap
          .option(UnixChannelOption.SO_REUSEPORT, config.sockets() > 1)
          .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, slotOctets)
          .option(
              ChannelOption.RECVBUF_ALLOCATOR,
              new FixedRecvByteBufAllocator(slotOctets * DATAGRAMS_PER_READ));
    } else {
      bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(slotOctets));
    }
    // Where a busy socket is read in bulk, Netty reads when it is asked to.
    bootstrap.option(ChannelOption.AUTO_READ, transport != Transport.BULK);
    ChannelFuture bound =
        bootstrap.bind(new InetSocketAddress(config.address(), port)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new StartupException(
          "UDP port %d on %s %s".formatted(port, config.address(), refusal(bound.cause())));
    }
    DatagramChannel channel = (DatagramChannel) bound.channel();
    int granted = ReceiveBuffer.request(channel, config.receiveBufferBytes(), transport);
    loop.schedule(channel);
    sockets.add(new Socket(channel, loop, granted));
    return channel;
  }

  private @Nullable BusyReading busyReading(DatagramChannel channel, ReceiveLoop loop) {
    return transport == Transport.BULK
        ? new BusyReading((EpollDatagramChannel) channel, loop, config.maxDatagramOctets())
        : null;
  }

  private static String refusal(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("in use") ? "is in use" : "cannot be bound (" + message + ")";
  }
}
