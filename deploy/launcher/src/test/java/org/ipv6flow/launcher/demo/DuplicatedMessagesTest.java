package org.ipv6flow.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.ipv6flow.collector.decode.BatchSink;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.jobs.deduplication.MessageDeduplicator;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.Scenario;
import org.ipv6flow.simulator.Simulator;
import org.ipv6flow.simulator.SimulatorConfig;
import org.ipv6flow.simulator.SimulatorSummary;
import org.ipv6flow.simulator.export.DatagramSink;
import org.ipv6flow.simulator.network.Impairments;
import org.ipv6flow.simulator.network.Transport;
import org.junit.jupiter.api.Test;

/**
 * What a network delivers twice, and out of order, to one collector counts once, at a rate that
 * fills batch after batch: through the collector's decoder and the job's memory of messages.
 */
class DuplicatedMessagesTest {

  private static final Path DEMO_NATION = Path.of("../inventory/demo-nation");
  private static final long START_MILLIS = 1_795_000_000_000L;
  private static final int PORT = 2_055;

  @Test
  void everyRecordCountsOnce() throws Exception {
    Path nation = DEMO_NATION;
    Counted counted = new Counted();

    SimulatorSummary sent = play(nation, counted);
    counted.flush(counted.batch);

    assertThat(sent.messagesDuplicated()).isGreaterThan(500);
    assertThat(sent.messagesReordered()).isGreaterThan(500);
    assertThat(counted.repeated).isPositive();
    assertThat(counted.records).isEqualTo(sent.recordsSent());
    assertThat(counted.octets).isEqualTo(sent.octetsObservedSent());
  }

  private static SimulatorSummary play(Path inventory, Transport transport)
      throws InvalidConfigException, IOException {
    Inventory nation = InventoryLoader.load(inventory);
    InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    return new Simulator(
            SimulatorConfig.builder(nation, nowhere)
                .recordsPerSecond(100_000)
                .duration(Duration.ofSeconds(3))
                .asFastAsPossibleFrom(START_MILLIS)
                .seed(5)
                .scenario(Scenario.NOTHING.withImpairments(new Impairments(0, 0.05, 0.05)))
                .build(),
            transport)
        .run();
  }

  /** Decodes, and counts what was not counted before. */
  private static final class Counted implements BatchSink, Transport {

    final FlowColumns batch = new FlowColumns(FlowColumns.DEFAULT_CAPACITY);
    private final ExportDecoder decoder =
        new ExportDecoder(new DecoderState(DecoderLimits.defaults()), this);
    private final MessageDeduplicator deduplicator =
        new MessageDeduplicator(MessageDeduplicator.DEFAULT_MESSAGES);
    private int ports = PORT;
    private long records;
    private long octets;
    private long repeated;

    @Override
    public DatagramSink open(String exporterAddress) throws UnknownHostException {
      byte[] address = InetAddress.getByName(exporterAddress).getAddress();
      long low = FlowColumns.IPV4_MAPPED_PREFIX | (ByteBuffer.wrap(address).getInt() & 0xFFFFFFFFL);
      int port = ports++;
      return (message, length, recordsInIt, scaledOctets) ->
          decoder.decode(
              Unpooled.copiedBuffer(message, 0, length), 0, low, port, START_MILLIS + 2_000);
    }

    @Override
    public FlowColumns batch(long exporterHigh, long exporterLow, int observationDomainId) {
      return batch;
    }

    @Override
    public void flush(FlowColumns full) {
      int from = 0;
      for (int message = 0; message < full.messageCount; message++) {
        int to = from + full.messageRecordCount[message];
        if (deduplicator.isRepeated(full, message, from, to)) {
          repeated += to - from;
        } else {
          records += to - from;
          for (int i = from; i < to; i++) {
            octets += full.octets[i];
          }
        }
        from = to;
      }
      full.clear();
    }

    @Override
    public void close() {}
  }
}
