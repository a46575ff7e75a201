package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.ipv6flow.collector.testing.TestCollector.NOW_MILLIS;

import java.util.Arrays;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.sampling.StatedSampling;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.SamplingProvenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NetFlow v5, on the port of the protocols with templates. */
class Netflow5Test {

  private static final int UP_TIME_MILLIS = 1_000_000;

  private final TestCollector collector = new TestCollector();

  @Test
  void readsEveryFieldOfARecord() {
    collector.receive(packet(1, 0, 0x4000 | 1_000, flow(1_400, 3)));

    FlowColumns flows = collector.flows();
    assertThat(flows.recordCount).isEqualTo(1);
    assertThat(flows.ipVersion[0]).isEqualTo((byte) 4);
    assertThat(flows.sourceAddressLow[0]).isEqualTo(0xFFFF_0A00_0001L);
    assertThat(flows.destinationAddressLow[0]).isEqualTo(0xFFFF_0A00_0002L);
    assertThat(flows.ingressInterface[0]).isEqualTo(7);
    assertThat(flows.egressInterface[0]).isEqualTo(8);
    assertThat(flows.octets[0]).isEqualTo(1_400);
    assertThat(flows.packets[0]).isEqualTo(3);
    assertThat(flows.firstSwitchedMillis[0]).isEqualTo(NOW_MILLIS - 65_000);
    assertThat(flows.lastSwitchedMillis[0]).isEqualTo(NOW_MILLIS - 5_000);
    assertThat(flows.sourcePort[0]).isEqualTo(50_000);
    assertThat(flows.destinationPort[0]).isEqualTo(443);
    assertThat(flows.tcpControlBits[0]).isEqualTo(0x1B);
    assertThat(flows.protocol[0]).isEqualTo((byte) 6);
    assertThat(flows.ipClassOfService[0]).isEqualTo((byte) 0xB8);
    assertThat(flows.sourceAs[0]).isEqualTo(4_134);
    assertThat(flows.destinationAs[0]).isEqualTo(65_535);
    assertThat(flows.sourcePrefixLength[0]).isEqualTo((byte) 24);
    assertThat(flows.destinationPrefixLength[0]).isEqualTo((byte) 16);
    assertThat(flows.bgpNextHopLow[0]).as("the next hop is no BGP next hop").isZero();
    assertThat(flows.sourceDomain[0]).as("engine").isEqualTo(0x0102);
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x4000, 0",
    "0x8000, 0",
    "0x03E8, 1000",
    "0x43E8, 1000",
    "0x83E8, 1000",
    "0xFFFF, 16383",
    "0x4001, 1"
  })
  void masksTheModeBitsOfTheSamplingInterval(String field, double interval) {
    collector.receive(packet(1, 0, Integer.decode(field), flow(100, 1)));

    assertThat(interval(0)).isEqualTo(interval);
    SamplingProvenance provenance =
        SamplingProvenance.of(
            collector.flows().samplingProvenances[collector.flows().samplingIndex[0] & 0xFF]);
    assertThat(provenance)
        .isEqualTo(interval == 0 ? SamplingProvenance.UNKNOWN : SamplingProvenance.SYSTEM);
  }

  @Test
  void takesTheOperatorsIntervalWhereTheHeaderStatesNone() {
    TestCollector stated = new TestCollector((high, low, domain) -> StatedSampling.of(128));

    stated.receive(packet(1, 0, 0, flow(100, 1)));

    assertThat(stated.flows().samplingIntervals[stated.flows().samplingIndex[0]]).isEqualTo(128);
  }

  @Test
  void aHeaderThatNoLongerStatesAnIntervalMakesItUnknown() {
    collector.receive(packet(1, 0, 500, flow(100, 1)));
    collector.receive(packet(1, 1, 0, flow(100, 1)));
    collector.receive(packet(1, 2, 250, flow(100, 1)));

    assertThat(interval(0)).isEqualTo(500);
    assertThat(interval(1)).isZero();
    assertThat(interval(2)).isEqualTo(250);
    assertThat(collector.count(Counter.SAMPLING_CHANGES)).isEqualTo(1);
  }

  @Test
  void sequenceCountsFlows() {
    collector.receive(packet(2, 100, 1, flow(1, 1), flow(1, 1)));
    collector.receive(packet(1, 102, 1, flow(1, 1)));
    collector.receive(packet(1, 110, 1, flow(1, 1)));
    collector.decoder().close();

    assertThat(collector.count(Counter.LOST_RECORDS)).isEqualTo(7);
    assertThat(collector.count(Counter.LOST_MESSAGES)).isZero();
  }

  @Test
  void enginesCountEachTheirOwnSequence() {
    collector.receive(packet(1, 0, 1, flow(1, 1)));
    collector.receive(engine(packet(1, 5_000, 1, flow(1, 1)), 9));
    collector.receive(packet(1, 1, 1, flow(1, 1)));
    collector.receive(engine(packet(1, 5_001, 1, flow(1, 1)), 9));
    collector.decoder().close();

    assertThat(collector.count(Counter.LOST_RECORDS)).isZero();
    assertThat(collector.count(Counter.RESTARTS)).isZero();
  }

  @Test
  void decodesWhatIsThereWhereTheHeaderCountsMore() {
    collector.receive(packet(30, 0, 1, flow(10, 1), flow(20, 1)));

    assertThat(collector.flows().recordCount).isEqualTo(2);
    assertThat(collector.dropped(DropReason.RECORD_TRUNCATED)).isEqualTo(1);
  }

  @Test
  void countsRecordsBehindAsManyAsTheHeaderCounts() {
    collector.receive(packet(1, 0, 1, flow(10, 1), flow(20, 1)));

    assertThat(collector.flows().recordCount).isEqualTo(1);
    assertThat(collector.dropped(DropReason.BEYOND_COUNT)).isEqualTo(1);
    assertThat(collector.count(Counter.DATA_RECORDS)).isEqualTo(2);
  }

  @Test
  void takesZerosBehindTheRecordsAsPadding() {
    collector.receive(packet(1, 0, 1, flow(10, 1), record().zeros(96)));

    assertThat(collector.dropped(DropReason.BEYOND_COUNT)).isZero();
    assertThat(collector.count(Counter.DATA_RECORDS)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 23})
  void dropsPacketShorterThanItsHeader(int octets) {
    collector.receive(Arrays.copyOf(packet(1, 0, 1, flow(1, 1)), octets));

    assertThat(collector.dropped(DropReason.DATAGRAM_TOO_SHORT)).isEqualTo(1);
  }

  @Test
  void takesAnEmptyPacket() {
    collector.receive(packet(0, 0, 1));

    assertThat(collector.count(Counter.DATAGRAMS_DECODED)).isEqualTo(1);
    assertThat(collector.count(Counter.DATA_SETS)).isEqualTo(1);
    assertThat(collector.flows().recordCount).isZero();
  }

  private double interval(int row) {
    FlowColumns flows = collector.flows();
    return flows.samplingIntervals[flows.samplingIndex[row] & 0xFF];
  }

  private static byte[] engine(byte[] packet, int engineId) {
    packet[21] = (byte) engineId;
    return packet;
  }

  private static byte[] packet(int count, long sequence, int sampling, RecordBuilder... records) {
    RecordBuilder packet =
        record()
            .u16(5)
            .u16(count)
            .u32(UP_TIME_MILLIS)
            .u32(NOW_MILLIS / 1_000)
            .u32(0)
            .u32(sequence)
            .u8(1)
            .u8(2)
            .u16(sampling);
    for (RecordBuilder flow : records) {
      packet.octets(flow.build());
    }
    return packet.build();
  }

  private static RecordBuilder flow(long octets, long packets) {
    return record()
        .address("10.0.0.1")
        .address("10.0.0.2")
        .address("10.0.0.254")
        .u16(7)
        .u16(8)
        .u32(packets)
        .u32(octets)
        .u32(UP_TIME_MILLIS - 65_000)
        .u32(UP_TIME_MILLIS - 5_000)
        .u16(50_000)
        .u16(443)
        .u8(0)
        .u8(0x1B)
        .u8(6)
        .u8(0xB8)
        .u16(4_134)
        .u16(65_535)
        .u8(24)
        .u8(16)
        .u16(0);
  }
}
