package org.ipv6flow.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.testing.ExporterStyles;
import org.ipv6flow.collector.testing.TestCollector;
import org.junit.jupiter.api.Test;

/** In steady state nothing is allocated from a datagram to an encoded batch. */
class PublishingAllocationTest {

  private static final int ROUNDS = 4_000;
  private static final int RECORDS = 10;

  /** Class loading and the JIT's own bookkeeping, over all rounds; not per record. */
  private static final long TOLERATED_BYTES = 4_096;

  private long octets;

  @Test
  void encodesBatchesIntoTheSameArraysAgainAndAgain() {
    ShardBatches batches =
        new ShardBatches(
            "collector-1",
            new PublisherConfig("unused", "none", 1, 1, 512, 50, 1, Map.of()),
            (shard, timestampMillis, batch, records, contents) -> {
              octets += batch.length;
              contents.release();
            });
    ExportDecoder decoder = new ExportDecoder(new DecoderState(DecoderLimits.defaults()), batches);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    decode(decoder, Unpooled.wrappedBuffer(ExporterStyles.ipv6Template(1)));
    ByteBuf message = Unpooled.wrappedBuffer(ExporterStyles.ipv6Message(1, RECORDS));
    for (int i = 0; i < ROUNDS; i++) {
      decode(decoder, message);
    }
    octets = 0;
    long decodedBefore = decoder.totals().value(Counter.FLOW_RECORDS);

    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      decode(decoder, message);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;

    assertThat(decoder.totals().value(Counter.FLOW_RECORDS) - decodedBefore)
        .isEqualTo((long) ROUNDS * RECORDS);
    assertThat(octets).isPositive();
    assertThat(allocated).as("bytes for %d records", ROUNDS * RECORDS).isLessThan(TOLERATED_BYTES);
  }

  private static void decode(ExportDecoder decoder, ByteBuf message) {
    decoder.decode(message, 0, TestCollector.EXPORTER_LOW, 1, TestCollector.NOW_MILLIS);
  }
}
