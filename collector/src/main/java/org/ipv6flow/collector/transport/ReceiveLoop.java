package org.ipv6flow.collector.transport;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.kafka.ShardBatches;

/**
 * What belongs to one socket and its event loop: a decoder and the batches it fills.
 *
 * <p>Everything here is used on that event loop only, except {@link #decoder}'s counters.
 */
public final class ReceiveLoop {

  private static final int FLUSH_INTERVAL_MILLIS = 10;
  private static final int TICK_INTERVAL_MILLIS = 1_000;

  private final ShardBatches batches;
  private final ExportDecoder decoder;

  public ReceiveLoop(DecoderState state, ShardBatches batches) {
    this.batches = batches;
    decoder = new ExportDecoder(state, batches);
  }

  public ExportDecoder decoder() {
    return decoder;
  }

  ShardBatches batches() {
    return batches;
  }

  /** Begins to flush what lingers, on the channel's event loop. */
  void schedule(Channel channel) {
    channel
        .eventLoop()
        .scheduleWithFixedDelay(
            () -> {
              long nowMillis = System.currentTimeMillis();
              batches.now(nowMillis);
              batches.flushOld(nowMillis);
            },
            FLUSH_INTERVAL_MILLIS,
            FLUSH_INTERVAL_MILLIS,
            TimeUnit.MILLISECONDS);
    channel
        .eventLoop()
        .scheduleWithFixedDelay(
            () -> decoder.tick(System.currentTimeMillis()),
            TICK_INTERVAL_MILLIS,
            TICK_INTERVAL_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** Decodes what waits for a template no longer, and publishes the rest; on the event loop. */
  void drain() {
    batches.now(System.currentTimeMillis());
    decoder.close();
    batches.flushAll();
  }
}
