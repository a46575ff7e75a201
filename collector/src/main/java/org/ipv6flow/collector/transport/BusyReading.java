package org.ipv6flow.collector.transport;

import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a busy socket once a millisecond, in bulk, instead of being woken for every few datagrams.
 *
 * <p>While little comes, Netty waits for the next datagram, as with any channel. Everything here is
 * used on the channel's event loop.
 */
final class BusyReading implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(BusyReading.class);

  private static final long TICK_MICROS = 1_000;

  /** Ticks in a row without a datagram, after which the socket is not busy any more. */
  private static final int QUIET_TICKS = 16;

  /** After so many datagrams the event loop's other tasks get their turn. */
  private static final int MAX_DATAGRAMS_PER_TICK = 1_024;

  private final EpollDatagramChannel channel;
  private final ReceiveLoop loop;
  private final BulkReader reader;
  private @Nullable ScheduledFuture<?> ticks;
  private int quietTicks;
  private int reportedError;

  BusyReading(EpollDatagramChannel channel, ReceiveLoop loop, int maxDatagramOctets) {
    this.channel = channel;
    this.loop = loop;
    reader = new BulkReader(channel.fd().intValue(), maxDatagramOctets);
  }

  /** Takes over from Netty, until the socket is quiet again. */
  void begin() {
    if (ticks == null) {
      quietTicks = 0;
      ticks =
          channel
              .eventLoop()
              .scheduleWithFixedDelay(this, TICK_MICROS, TICK_MICROS, TimeUnit.MICROSECONDS);
    }
  }

  @Override
  public void run() {
    if (!channel.isOpen()) {
      end();
      return;
    }
    quietTicks = readWhatWaits() == 0 ? quietTicks + 1 : 0;
    if (quietTicks == QUIET_TICKS) {
      end();
      channel.read();
    }
  }

  private void end() {
    ScheduledFuture<?> scheduled = ticks;
    ticks = null;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }

  private int readWhatWaits() {
    int total = 0;
    int count;
    do {
      count = reader.read();
      if (count > 0) {
        long receiveTimeMillis = System.currentTimeMillis();
        loop.batches().now(receiveTimeMillis);
        for (int i = 0; i < count; i++) {
          loop.decoder()
              .decode(
                  reader.datagram(i),
                  reader.senderHigh(i),
                  reader.senderLow(i),
                  reader.senderPort(i),
                  receiveTimeMillis);
        }
        total += count;
      } else if (reader.lastError() != reportedError) {
        reportedError = reader.lastError();
        if (reportedError != 0) {
          LOG.warn("Receiving on {}: error {} of recvmmsg", channel.localAddress(), reportedError);
        }
      }
    } while (count == BulkReader.MAX_DATAGRAMS && total < MAX_DATAGRAMS_PER_TICK);
    return total;
  }
}
