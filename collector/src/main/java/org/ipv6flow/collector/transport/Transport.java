package org.ipv6flow.collector.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Netty's ways to reach the kernel. */
public enum Transport {
  /** Linux: many datagrams per system call, several sockets on a port, counts of kernel drops. */
  EPOLL,
  /** Everywhere: one datagram per system call, one socket per port. */
  NIO;

  /** The best that works here. */
  public static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  EventLoopGroup newGroup(int loops) {
    DefaultThreadFactory threads = new DefaultThreadFactory("receive");
    return new MultiThreadIoEventLoopGroup(
        loops, threads, this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  Class<? extends DatagramChannel> channelClass() {
    return this == EPOLL ? EpollDatagramChannel.class : NioDatagramChannel.class;
  }
}
