package org.ipv6flow.collector.transport;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A socket's receive buffer: how large it was granted, and what did not fit into it. */
final class ReceiveBuffer {

  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SO_MEMINFO = 55;

  /** SK_MEMINFO_VARS words of 32 bits; the last one counts drops. */
  private static final int MEMINFO_BYTES = 36;

  private static final int MEMINFO_RECEIVE_ALLOCATED = 0;
  private static final int MEMINFO_DROPS = 32;

  /** Beyond net.core.rmem_max; needs CAP_NET_ADMIN. */
  private static final IntegerUnixChannelOption FORCE =
      new IntegerUnixChannelOption("SO_RCVBUFFORCE", SOL_SOCKET, SO_RCVBUFFORCE);

  private static final RawUnixChannelOption MEMINFO =
      new RawUnixChannelOption("SO_MEMINFO", SOL_SOCKET, SO_MEMINFO, MEMINFO_BYTES);

  private ReceiveBuffer() {}

  /**
   * Asks for a buffer.
   *
   * @return what was granted, in bytes as the kernel counts: twice what was asked for, at most
   */
  static int request(DatagramChannel channel, int bytes, Transport transport) {
    channel.config().setOption(ChannelOption.SO_RCVBUF, bytes);
    int granted = channel.config().getReceiveBufferSize();
    if (transport.isEpoll() && granted < bytes) {
      try {
        channel.config().setOption(FORCE, bytes);
        granted = channel.config().getReceiveBufferSize();
      } catch (ChannelException e) {
        // Not allowed to go beyond net.core.rmem_max: what was granted is logged.
      }
    }
    return granted;
  }

  /** Datagrams the kernel dropped because the buffer was full, since the socket was opened. */
  static long drops(DatagramChannel channel, Transport transport) {
    return memoryInfo(channel, transport, MEMINFO_DROPS);
  }

  /** Bytes of datagrams that wait to be read; 0 where that cannot be told. */
  static long waitingBytes(DatagramChannel channel, Transport transport) {
    return memoryInfo(channel, transport, MEMINFO_RECEIVE_ALLOCATED);
  }

  private static long memoryInfo(DatagramChannel channel, Transport transport, int offset) {
    if (!transport.isEpoll() || !channel.isOpen()) {
      return 0;
    }
    try {
      ByteBuffer info = channel.config().getOption(MEMINFO);
      return info == null
          ? 0
          : Integer.toUnsignedLong(info.order(ByteOrder.nativeOrder()).getInt(offset));
    } catch (ChannelException e) {
      return 0;
    }
  }
}
