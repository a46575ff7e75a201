package org.ipv6flow.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Sends a {@link RecordedLoad} over loopback, each exporter from its own address. */
final class LoadSender implements AutoCloseable {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long PAUSE_NANOS = 100_000;
  private static final int MAX_DATAGRAM_OCTETS = 65_535;

  private final RecordedLoad load;
  private final InetSocketAddress target;
  private final List<DatagramChannel> channels = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_OCTETS);
  private int next;
  private int round;
  private long records;

  LoadSender(RecordedLoad load, int port) throws IOException {
    this.load = load;
    target = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    for (InetAddress exporter : load.exporters()) {
      DatagramChannel channel = DatagramChannel.open();
      channels.add(channel);
      channel.bind(new InetSocketAddress(exporter, 0));
      channel.connect(target);
    }
  }

  /**
   * Sends on, from where the last call ended.
   *
   * @param count datagrams
   * @param datagramsPerSecond evenly paced
   * @return seconds it took
   */
  double send(long count, double datagramsPerSecond) throws IOException {
    long start = System.nanoTime();
    long sent = 0;
    while (sent < count) {
      double elapsed = (System.nanoTime() - start) / NANOS_PER_SECOND;
      long due = Math.min(count, (long) (elapsed * datagramsPerSecond));
      if (sent >= due) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      for (; sent < due; sent++) {
        sendNext();
      }
    }
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }

  private void sendNext() throws IOException {
    load.put(next, round, buffer);
    channels.get(load.exporter(next)).write(buffer);
    records += load.records(next);
    next++;
    if (next == load.messages()) {
      next = 0;
      round++;
    }
  }

  /** Flow records sent so far. */
  long records() {
    return records;
  }

  @Override
  public void close() throws IOException {
    for (DatagramChannel channel : channels) {
      channel.close();
    }
  }
}
