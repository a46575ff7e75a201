package org.ipv6flow.collector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real system calls on real sockets of the loopback interface. */
class BulkReaderTest {

  private static final int MAX_OCTETS = 1_500;

  private @Nullable EventLoopGroup group;

  @AfterEach
  void tearDown() {
    if (group != null) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  /** Bound address, sender, halves of the sender's address; IPv4 is IPv4-mapped on any socket. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.5, 0, 0xFFFF7F000005",
    "'::', 127.0.0.5, 0, 0xFFFF7F000005",
    "'::', ::1, 0, 1",
    "'::1', ::1, 0, 1"
  })
  void knowsWhoSentWhat(String bound, String sender, long high, String low) throws Exception {
    EpollDatagramChannel channel = bind(bound);
    BulkReader reader = new BulkReader(channel.fd().intValue(), MAX_OCTETS);
    int port;
    try (DatagramSocket exporter = new DatagramSocket(new InetSocketAddress(sender, 0))) {
      port = exporter.getLocalPort();
      String target = sender.contains(":") ? "::1" : "127.0.0.1";
      send(exporter, target, channel, new byte[] {1, 2, 3});
      send(exporter, target, channel, new byte[0]);
      send(exporter, target, channel, new byte[MAX_OCTETS + 1]);
    }

    assertThat(reader.read()).isEqualTo(3);
    assertThat(ByteBufUtil.getBytes(reader.datagram(0))).containsExactly(1, 2, 3);
    assertThat(reader.datagram(1).readableBytes()).isZero();
    assertThat(reader.datagram(2).readableBytes()).as("cut off").isEqualTo(MAX_OCTETS);
    for (int i = 0; i < 3; i++) {
      assertThat(reader.senderHigh(i)).isEqualTo(high);
      assertThat(reader.senderLow(i)).isEqualTo(Long.decode(low));
      assertThat(reader.senderPort(i)).isEqualTo(port);
    }
    assertThat(reader.read()).isZero();
    assertThat(reader.lastError()).as("nothing waits").isZero();
  }

  @Test
  void readsInSeveralCallsWhatIsTooMuchForOne() throws Exception {
    EpollDatagramChannel channel = bind("127.0.0.1");
    BulkReader reader = new BulkReader(channel.fd().intValue(), MAX_OCTETS);
    int sent = BulkReader.MAX_DATAGRAMS + 10;
    try (DatagramSocket exporter = new DatagramSocket()) {
      for (int i = 0; i < sent; i++) {
        send(exporter, "127.0.0.1", channel, new byte[] {(byte) i});
      }
    }

    int first = reader.read();
    assertThat(first).isEqualTo(BulkReader.MAX_DATAGRAMS);
    assertThat(reader.datagram(first - 1).getByte(0)).isEqualTo((byte) (first - 1));
    assertThat(reader.read()).isEqualTo(10);
    assertThat(reader.datagram(9).getByte(0)).isEqualTo((byte) (sent - 1));
  }

  @Test
  void saysWhyItCannotRead() throws Exception {
    EpollDatagramChannel channel = bind("127.0.0.1");
    BulkReader reader = new BulkReader(channel.fd().intValue(), MAX_OCTETS);
    channel.close().sync();

    assertThat(reader.read()).isZero();
    assertThat(reader.lastError()).as("EBADF").isEqualTo(9);
  }

  @Test
  void allocatesNothing() throws Exception {
    EpollDatagramChannel channel = bind("127.0.0.1");
    BulkReader reader = new BulkReader(channel.fd().intValue(), MAX_OCTETS);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int rounds = 50;
    long octets = 0;
    long allocated = 0;
    try (DatagramSocket exporter = new DatagramSocket()) {
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < BulkReader.MAX_DATAGRAMS; i++) {
          send(exporter, "127.0.0.1", channel, new byte[100]);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        int count = reader.read();
        for (int i = 0; i < count; i++) {
          octets += reader.datagram(i).readableBytes();
          octets += reader.senderLow(i) == 0 ? 1 : 0;
        }
        // The first rounds load classes.
        allocated = round < rounds / 2 ? 0 : allocated + threads.getCurrentThreadAllocatedBytes();
        allocated -= round < rounds / 2 ? 0 : before;
      }
    }

    assertThat(octets).isEqualTo(100L * rounds * BulkReader.MAX_DATAGRAMS);
    assertThat(allocated).as("bytes in %d reads", rounds / 2).isLessThan(1_024);
  }

  private EpollDatagramChannel bind(String address) throws InterruptedException {
    assumeTrue(Transport.BULK.isAvailable(), "recvmmsg is Linux's");
    EventLoopGroup loops = Transport.BULK.newGroup(1);
    group = loops;
    return (EpollDatagramChannel)
        new Bootstrap()
            .group(loops)
            .channel(EpollDatagramChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_RCVBUF, 1 << 20)
            .handler(new ChannelInboundHandlerAdapter())
            .bind(new InetSocketAddress(address, 0))
            .sync()
            .channel();
  }

  private static void send(
      DatagramSocket from, String address, EpollDatagramChannel to, byte[] octets)
      throws IOException {
    from.send(
        new DatagramPacket(
            octets, octets.length, InetAddress.getByName(address), to.localAddress().getPort()));
  }
}
