package org.ipv6flow.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.Simulator;
import org.ipv6flow.simulator.SimulatorConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedLoadTest {

  @TempDir private Path directory;

  /** A load that looked like restarts or repetitions would measure something else. */
  @Test
  void goesOnRoundAfterRoundAsIfExportersDid() throws Exception {
    RecordedLoad load = RecordedLoad.read(capture());
    ExportDecoder decoder =
        new ExportDecoder(new DecoderState(DecoderLimits.defaults()), new ForgetfulSink());
    ByteBuffer buffer = ByteBuffer.allocate(65_535);
    long records = 0;
    int rounds = 3;
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < load.messages(); i++) {
        load.put(i, round, buffer);
        decoder.decode(
            Unpooled.wrappedBuffer(buffer), 0, load.exporter(i), 1, System.currentTimeMillis());
        records += load.records(i);
      }
    }

    assertThat(load.exporters()).hasSizeGreaterThan(60);
    assertThat(records).isPositive();
    assertThat(decoder.totals().value(Counter.FLOW_RECORDS)).isEqualTo(records);
    assertThat(decoder.totals().value(Counter.DUPLICATE_MESSAGES)).isZero();
    assertThat(decoder.totals().value(Counter.RESTARTS)).isZero();
  }

  private Path capture() throws Exception {
    Path file = directory.resolve("load.pcap");
    new Simulator(
            SimulatorConfig.builder(
                    InventoryLoader.load(Path.of("../deploy/inventory/demo-nation")),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
                .captureFile(file)
                .recordsPerSecond(5_000)
                .duration(Duration.ofSeconds(2))
                .asFastAsPossible()
                .build())
        .run();
    return file;
  }
}
