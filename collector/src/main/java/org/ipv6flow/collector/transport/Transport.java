package org.ipv6flow.collector.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Ways to reach the kernel. */
public enum Transport {
  /**
   * Linux: as {@link #EPOLL}, but a busy socket is read by {@code recvmmsg} called directly, once a
   * millisecond and without an object per datagram.
   */
  BULK,
  /** Linux: many datagrams per system call, several sockets on a port, counts of kernel drops. */
  EPOLL,
  /** Everywhere: one datagram per system call, one socket per port. */
  NIO;

  /** The best that works here. */
  public static Transport best() {
    return BULK.isAvailable() ? BULK : EPOLL.isAvailable() ? EPOLL : NIO;
  }

  /** Whether it works here. */
  public boolean isAvailable() {
    return switch (this) {
      case BULK -> Epoll.isAvailable() && SystemCalls.isAvailable();
      case EPOLL -> Epoll.isAvailable();
      case NIO -> true;
    };
  }

  /** Whether several sockets can share a port, and the kernel says what it dropped. */
  boolean isEpoll() {
    return this != NIO;
  }

  EventLoopGroup newGroup(int loops) {
    DefaultThreadFactory threads = new DefaultThreadFactory("receive");
    return new MultiThreadIoEventLoopGroup(
        loops, threads, isEpoll() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  Class<? extends ServerSocketChannel> serverChannelClass() {
    return isEpoll() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  Class<? extends DatagramChannel> channelClass() {
    return isEpoll() ? EpollDatagramChannel.class : NioDatagramChannel.class;
  }
}
