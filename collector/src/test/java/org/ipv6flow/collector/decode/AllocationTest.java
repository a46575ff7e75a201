package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.RecordBuilder.record;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.testing.ExporterStyles;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.junit.jupiter.api.Test;

/** In steady state decoding allocates nothing, for fixed and for variable length. */
class AllocationTest {

  /** Rounds in which classes are loaded and call sites linked. */
  private static final int WARM_UP_ROUNDS = 2_000;

  private static final int ROUNDS = 2_000;

  /** Class loading and the JIT's own bookkeeping, over all rounds; not per record. */
  private static final long TOLERATED_BYTES = 4_096;

  private final ClearingSink sink = new ClearingSink();
  private final ExportDecoder decoder =
      new ExportDecoder(new DecoderState(DecoderLimits.defaults()), sink);

  @Test
  void allocatesNothingForRecordsOfFixedLength() {
    receive(ExporterStyles.ipv6Template(1));

    assertAllocatesNothing(ExporterStyles.ipv6Message(1, 11), 11);
  }

  @Test
  void allocatesNothingForRecordsOfVariableLength() {
    receive(
        ipfix(1)
            .template(256, field(27, 16), field(96, 65_535), field(1, 8), field(34, 4))
            .build());
    RecordBuilder[] records = new RecordBuilder[20];
    for (int i = 0; i < records.length; i++) {
      records[i] = record().address("2409::1").string("x".repeat(i)).u64(i).u32(100);
    }

    assertAllocatesNothing(ipfix(1).data(256, records).build(), records.length);
  }

  @Test
  void allocatesNothingForSampledFrames() {
    receive(ipfix(1).template(256, field(312, 2), field(315, 65_535)).build());
    RecordBuilder[] records = new RecordBuilder[10];
    for (int i = 0; i < records.length; i++) {
      records[i] = record().u16(100).variable(ExporterStyles.srv6Frame());
    }

    assertAllocatesNothing(ipfix(1).data(256, records).build(), records.length);
  }

  @Test
  void allocatesNothingForNetflow5() {
    RecordBuilder packet = record().u16(5).u16(30).zeros(18).u16(0x4064).zeros(30 * 48);

    assertAllocatesNothing(packet.build(), 30);
  }

  private void assertAllocatesNothing(byte[] message, int records) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuf datagram = PooledByteBufAllocator.DEFAULT.directBuffer(message.length);
    datagram.writeBytes(message);
    try {
      decode(datagram, WARM_UP_ROUNDS);
      long decodedBefore = decoder.totals().value(Counter.FLOW_RECORDS);
      long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
      decode(datagram, ROUNDS);
      long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
      long decoded = decoder.totals().value(Counter.FLOW_RECORDS) - decodedBefore;

      assertThat(decoded).isEqualTo((long) ROUNDS * records);
      assertThat(allocated).as("bytes for %d records", decoded).isLessThan(TOLERATED_BYTES);
    } finally {
      datagram.release();
    }
  }

  private void decode(ByteBuf datagram, int rounds) {
    for (int i = 0; i < rounds; i++) {
      decoder.decode(datagram, 0, TestCollector.EXPORTER_LOW, 1, TestCollector.NOW_MILLIS);
    }
  }

  private void receive(byte[] message) {
    ByteBuf datagram = PooledByteBufAllocator.DEFAULT.directBuffer(message.length);
    datagram.writeBytes(message);
    decoder.decode(datagram, 0, TestCollector.EXPORTER_LOW, 1, TestCollector.NOW_MILLIS);
    datagram.release();
  }

  private static final class ClearingSink implements BatchSink {
    private final FlowColumns columns = new FlowColumns(FlowColumns.DEFAULT_CAPACITY);

    @Override
    public FlowColumns batch(long exporterHigh, long exporterLow, int observationDomainId) {
      return columns;
    }

    @Override
    public void flush(FlowColumns batch) {
      batch.clear();
    }
  }
}
