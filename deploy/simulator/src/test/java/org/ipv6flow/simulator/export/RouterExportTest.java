package org.ipv6flow.simulator.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.ipv6flow.collector.decode.BatchSink;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.decode.ExportDecoder;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.SamplingProvenance;
import org.ipv6flow.schema.inventory.CountMode;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterExportTest {

  private static final long NOW = 1_795_531_234_567L;
  private static final long START = NOW - 86_400_123L;
  private static final long INTERVAL = 3_000;

  private final RecordedMessages data = new RecordedMessages();
  private final RecordedMessages options = new RecordedMessages();
  private final SplittableRandom random = new SplittableRandom(42);

  @ParameterizedTest
  @CsvSource({
    "huawei-like, INTERFACE",
    "cisco-xr-like, SAMPLER",
    "juniper-mx-like, SYSTEM",
    "nokia-like, SYSTEM",
    "h3c-like, RECORD",
    "psamp-like, TEMPLATE"
  })
  void collectorReadsBackEveryFieldAndTheSamplingInterval(
      String style, SamplingProvenance provenance) {
    List<FlowRecord> flows = new ArrayList<>();
    RouterExport router = router(style);
    router.sendTemplates();
    router.sendOptions();

    for (int i = 0; i < 500; i++) {
      FlowRecord flow = randomFlow(i % 3 == 0);
      flows.add(flow);
      router.export(flow);
    }
    router.finish();

    Decoded decoded = decode();
    assertThat(decoded.rows).hasSameSizeAs(flows);
    Set<Row> expected = new HashSet<>(rows(flows, provenance));
    for (Row row : decoded.rows) {
      assertThat(expected.remove(row)).as("sent: %s", row).isTrue();
    }
    assertThat(decoded.decoder.totals().value(Counter.LOST_RECORDS)).isZero();
    assertThat(decoded.decoder.totals().value(Counter.LOST_MESSAGES)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "huawei-like",
        "cisco-xr-like",
        "juniper-mx-like",
        "nokia-like",
        "h3c-like",
        "psamp-like"
      })
  void messagesFitAndFollowTheirTemplates(String style) {
    RouterExport router = router(style);
    router.sendTemplates();
    router.sendOptions();
    for (int i = 0; i < 2_000; i++) {
      router.export(randomFlow(i % 2 == 0));
    }
    router.finish();

    Set<Long> announced = new HashSet<>();
    for (byte[] message : data.messages) {
      int header = RecordedMessages.version(message) == 9 ? 20 : 16;
      assertThat(message.length).isLessThanOrEqualTo(DataMessage.MAX_LENGTH);
      assertThat(header + RecordedMessages.setLength(message)).isEqualTo(message.length);
      if (RecordedMessages.setId(message) < 256) {
        announced.add(RecordedMessages.domain(message));
      } else {
        assertThat(announced).contains(RecordedMessages.domain(message));
      }
    }
    assertThat(data.messages).hasSizeGreaterThan(50);
  }

  /** RFC 3954 section 5.1: the sequence number counts export packets, whatever is in them. */
  @Test
  void netflow9CountsMessages() {
    RouterExport router = router("cisco-xr-like");
    router.sendTemplates();
    router.sendOptions();
    exportMany(router);

    for (int i = 0; i < data.messages.size(); i++) {
      assertThat(RecordedMessages.sequence(data.messages.get(i))).isEqualTo(i);
    }
  }

  /** RFC 7011 section 3.1: it counts data records sent before, per domain and session. */
  @Test
  void ipfixCountsDataRecordsPerDomainAndSourcePort() {
    RouterExport router = router("juniper-mx-like");
    router.sendTemplates();
    router.sendOptions();
    exportMany(router);

    Map<Long, Long> sent = new HashMap<>();
    for (int i = 0; i < data.messages.size(); i++) {
      byte[] message = data.messages.get(i);
      long domain = RecordedMessages.domain(message);
      assertThat(RecordedMessages.sequence(message)).isEqualTo(sent.getOrDefault(domain, 0L));
      sent.merge(domain, (long) data.records.get(i), Long::sum);
    }
    assertThat(sent).containsOnlyKeys(65_536L, 65_537L);
    // Junos sends options from another port, with sequence numbers of their own.
    assertThat(options.messages).hasSize(4);
    assertThat(RecordedMessages.sequence(options.messages.get(1))).isZero();
  }

  @Test
  void countsWhatItSends() {
    RouterExport router = router("nokia-like");
    long octets = exportMany(router);

    assertThat(router.counters().flowRecords).isEqualTo(1_000);
    assertThat(router.counters().observedOctets).isEqualTo(octets);
    assertThat(router.counters().scaledOctets).isEqualTo(octets * INTERVAL);
    assertThat(data.scaledOctets).isEqualTo(octets * INTERVAL);
  }

  /** The start that follows from a v9 header is the same in each, to the millisecond. */
  @Test
  void headersAgreeOnWhenTheExporterStarted() {
    RouterExport router = router("huawei-like");
    for (int i = 0; i < 100; i++) {
      router.setNow(NOW + i * 173L);
      router.sendTemplates();
    }

    for (byte[] message : data.messages) {
      ByteBuffer header = ByteBuffer.wrap(message);
      assertThat((header.getInt(8) & 0xffff_ffffL) * 1_000 - (header.getInt(4) & 0xffff_ffffL))
          .isEqualTo(START);
    }
  }

  @Test
  void restartsItsUpTimeAndSequence() {
    RouterExport router = router("h3c-like");
    exportMany(router);
    router.setNow(NOW + 60_000);
    router.restart(NOW + 30_000);
    router.sendTemplates();

    byte[] first = data.messages.get(data.messages.size() - 1);
    assertThat(RecordedMessages.sequence(first)).isZero();
    assertThat(ByteBuffer.wrap(first).getInt(4)).isBetween(29_000, 30_000);
  }

  @Test
  void namesTheStylesItKnows() {
    assertThatThrownBy(() -> router("acme"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("vendor style acme (expected: huawei-like, ");
  }

  private long exportMany(RouterExport router) {
    long octets = 0;
    for (int i = 0; i < 1_000; i++) {
      FlowRecord flow = randomFlow(random.nextBoolean());
      octets += flow.octets;
      router.export(flow);
    }
    router.finish();
    return octets;
  }

  private RouterExport router(String style) {
    Exporter exporter =
        new Exporter(
            "R1",
            "N1",
            "CT",
            "127.18.0.2",
            style,
            "ipfix",
            65_536,
            1_000,
            "random",
            "",
            60,
            15,
            4,
            List.of(
                new ExporterInterface(1_001, "edge", "L1", "edge", CountMode.IN_OUT, 1),
                new ExporterInterface(2_001, "core", null, "core", CountMode.NONE, 0)),
            null);
    RouterExport router =
        RouterExport.of(exporter, INTERVAL, new ExportSinks(data, options), START, 0);
    router.setNow(NOW);
    return router;
  }

  private FlowRecord randomFlow(boolean ipv6) {
    FlowRecord flow = new FlowRecord();
    flow.ipv6 = ipv6;
    flow.sourceHigh = ipv6 ? 0x240e_0000_0000_0000L | random.nextLong() >>> 18 : 0;
    flow.sourceLow = ipv6 ? random.nextLong() : 1 + random.nextLong(0xffff_fffeL);
    flow.destinationHigh = ipv6 ? 0x2408_8000_0000_0000L | random.nextLong() >>> 20 : 0;
    flow.destinationLow = ipv6 ? random.nextLong() : 1 + random.nextLong(0xffff_fffeL);
    flow.sourcePort = random.nextInt(65_536);
    flow.destinationPort = random.nextInt(65_536);
    flow.protocol = random.nextBoolean() ? 6 : 17;
    flow.tcpFlags = random.nextInt(64);
    flow.sourceAs = random.nextLong(1L << 32);
    flow.destinationAs = random.nextLong(1L << 32);
    boolean ingress = random.nextBoolean();
    flow.direction = ingress ? 0 : 1;
    flow.ingressInterface = ingress ? 1_001 : 2_001;
    flow.egressInterface = ingress ? 2_001 : 1_001;
    flow.packets = random.nextLong(1, 100);
    flow.octets = flow.packets * random.nextLong(40, 1_500);
    flow.lastMillis = NOW - random.nextLong(5_000);
    flow.firstMillis = flow.lastMillis - random.nextLong(60_000);
    return flow;
  }

  private record Row(
      int ipVersion,
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow,
      int sourcePort,
      int destinationPort,
      int protocol,
      long sourceAs,
      long destinationAs,
      long ingress,
      long egress,
      int direction,
      long octets,
      long packets,
      long firstMillis,
      long lastMillis,
      double samplingInterval,
      SamplingProvenance provenance) {}

  private static List<Row> rows(List<FlowRecord> flows, SamplingProvenance provenance) {
    List<Row> rows = new ArrayList<>();
    for (FlowRecord flow : flows) {
      long mapped = flow.ipv6 ? 0 : 0xffff_0000_0000L;
      rows.add(
          new Row(
              flow.ipv6 ? 6 : 4,
              flow.sourceHigh,
              flow.sourceLow | mapped,
              flow.destinationHigh,
              flow.destinationLow | mapped,
              flow.sourcePort,
              flow.destinationPort,
              flow.protocol,
              flow.sourceAs,
              flow.destinationAs,
              flow.ingressInterface,
              flow.egressInterface,
              flow.direction + 1,
              flow.octets,
              flow.packets,
              flow.firstMillis,
              flow.lastMillis,
              INTERVAL,
              provenance));
    }
    return rows;
  }

  private record Decoded(List<Row> rows, ExportDecoder decoder) {}

  /** What the collector's decoder makes of it: options first, from their own source port. */
  private Decoded decode() {
    List<Row> rows = new ArrayList<>();
    BatchSink sink =
        new BatchSink() {
          private final FlowColumns columns = new FlowColumns(FlowColumns.DEFAULT_CAPACITY);

          @Override
          public FlowColumns batch(long high, long low, int domain) {
            return columns;
          }

          @Override
          public void flush(FlowColumns batch) {
            for (int row = 0; row < batch.recordCount; row++) {
              rows.add(row(batch, row));
            }
            batch.clear();
          }
        };
    ExportDecoder decoder = new ExportDecoder(new DecoderState(DecoderLimits.defaults()), sink);
    long exporter = 0xffff_7f12_0002L;
    options.messages.forEach(
        m -> decoder.decode(Unpooled.wrappedBuffer(m), 0, exporter, 50_001, NOW));
    data.messages.forEach(m -> decoder.decode(Unpooled.wrappedBuffer(m), 0, exporter, 50_000, NOW));
    sink.flush(sink.batch(0, 0, 0));
    return new Decoded(rows, decoder);
  }

  private static Row row(FlowColumns columns, int row) {
    int sampling = columns.samplingIndex[row] & 0xff;
    return new Row(
        columns.ipVersion[row],
        columns.sourceAddressHigh[row],
        columns.sourceAddressLow[row],
        columns.destinationAddressHigh[row],
        columns.destinationAddressLow[row],
        columns.sourcePort[row] & 0xffff,
        columns.destinationPort[row] & 0xffff,
        columns.protocol[row] & 0xff,
        columns.sourceAs[row] & 0xffff_ffffL,
        columns.destinationAs[row] & 0xffff_ffffL,
        columns.ingressInterface[row] & 0xffff_ffffL,
        columns.egressInterface[row] & 0xffff_ffffL,
        columns.direction[row],
        columns.octets[row],
        columns.packets[row],
        columns.firstSwitchedMillis[row],
        columns.lastSwitchedMillis[row],
        columns.samplingIntervals[sampling],
        SamplingProvenance.of(columns.samplingProvenances[sampling]));
  }
}
