package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;

import java.util.Arrays;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.ipv6flow.schema.flow.IpVersionRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flows that are told by the sampled frame instead of by elements (RFC 7133, RFC 5477). */
class FrameSectionsTest {

  private static final FieldSpecifier FRAME = field(315, 65_535);
  private static final FieldSpecifier FRAME_SIZE = field(312, 2);
  private static final long JUNIPER = 2_636;
  private static final int TCP = 6;
  private static final int UDP = 17;

  private final TestCollector collector = new TestCollector();

  @Test
  void readsIpv6OutOfTheFrame_junosInlineMonitoring() {
    receive(1_518, ethernet(0x86DD).octets(ipv6(TCP, 1_440).octets(tcp()).build()));

    FlowColumns flows = collector.flows();
    assertThat(flows.recordCount).isEqualTo(1);
    assertThat(flows.ipVersion[0]).isEqualTo((byte) 6);
    assertThat(flows.ipVersionRule[0]).isEqualTo(IpVersionRule.FRAME.code());
    assertThat(flows.sourceAddressHigh[0]).isEqualTo(0x2409_8000_0000_0000L);
    assertThat(flows.destinationAddressLow[0]).isEqualTo(2);
    assertThat(flows.octets[0]).as("from the IP header on").isEqualTo(1_480);
    assertThat(flows.packets[0]).isEqualTo(1);
    assertThat(flows.protocol[0]).isEqualTo((byte) TCP);
    assertThat(flows.nextHeader[0]).isEqualTo((byte) TCP);
    assertThat(flows.sourcePort[0]).isEqualTo(50_000);
    assertThat(flows.destinationPort[0]).isEqualTo(443);
    assertThat(flows.tcpControlBits[0]).isEqualTo(0x18);
    assertThat(flows.ipClassOfService[0]).isEqualTo((byte) 0xB8);
    assertThat(flows.flowLabel[0]).isEqualTo(0xABCDE);
    assertThat(flows.flags[0]).isEqualTo(FlowFlags.FRAME_SECTION);
    assertThat(collector.count(Counter.IP_VERSION_BY_FRAME)).isEqualTo(1);
    assertThat(collector.count(Counter.OCTETS)).isEqualTo(1_480);
  }

  @Test
  void readsIpv4OutOfTheFrame() {
    receive(100, ethernet(0x0800).octets(ipv4(UDP, 60, 0).u16(53).u16(4_000).build()));

    FlowColumns flows = collector.flows();
    assertThat(flows.ipVersion[0]).isEqualTo((byte) 4);
    assertThat(flows.sourceAddressLow[0]).isEqualTo(0xFFFF_0A00_0001L);
    assertThat(flows.destinationAddressLow[0]).isEqualTo(0xFFFF_0A00_0002L);
    assertThat(flows.octets[0]).as("not the padding of a short frame").isEqualTo(60);
    assertThat(flows.sourcePort[0]).isEqualTo(53);
    assertThat(flows.destinationPort[0]).isEqualTo(4_000);
  }

  @Test
  void readsBehindVlanTags_ieee8021ad() {
    receive(
        100,
        ethernet(0x88A8)
            .u16(0x6000 | 100)
            .u16(0x8100)
            .u16(200)
            .u16(0x86DD)
            .octets(ipv6(UDP, 8).build()));

    assertThat(collector.flows().ipVersion[0]).isEqualTo((byte) 6);
    assertThat(collector.flows().vlanId[0]).as("the outer tag").isEqualTo(100);
    assertThat(collector.flows().octets[0]).isEqualTo(48);
  }

  @ParameterizedTest
  @CsvSource({"true, 6", "false, 4"})
  void readsBehindMplsLabels_rfc3032(boolean ipv6, int version) {
    RecordBuilder packet = ipv6 ? ipv6(UDP, 8) : ipv4(UDP, 28, 0);
    receive(
        100,
        ethernet(0x8847).u32(24_001L << 12 | 0xFF).u32(2L << 12 | 0x1FF).octets(packet.build()));

    assertThat(collector.flows().ipVersion[0]).isEqualTo((byte) version);
    assertThat(collector.flows().topMplsLabel[0] >>> 4).isEqualTo(24_001);
  }

  @Test
  void readsPppoeSessions_rfc2516() {
    receive(
        100, ethernet(0x8864).u16(0x1100).u16(1).u16(50).u16(0x57).octets(ipv6(UDP, 8).build()));

    assertThat(collector.flows().ipVersion[0]).isEqualTo((byte) 6);
  }

  @Test
  void followsExtensionHeaders_rfc8200Section4() {
    receive(
        200,
        ethernet(0x86DD)
            .octets(ipv6(0, 64).build())
            .u8(60)
            .u8(0)
            .zeros(6) // Hop-by-hop.
            .u8(51)
            .u8(1)
            .zeros(14) // Destination options.
            .u8(44)
            .u8(4)
            .zeros(22) // Authentication, in units of four octets.
            .u8(UDP)
            .u8(0)
            .u16(1)
            .u32(7) // First fragment.
            .u16(1_000)
            .u16(2_000));

    FlowColumns flows = collector.flows();
    assertThat(flows.nextHeader[0]).isZero();
    assertThat(flows.protocol[0]).isEqualTo((byte) UDP);
    assertThat(flows.destinationPort[0]).isEqualTo(2_000);
    assertThat(flows.flags[0]).isEqualTo(FlowFlags.FRAME_SECTION);
  }

  @Test
  void laterFragmentHasNoPorts_rfc8200Section4_5() {
    receive(
        200,
        ethernet(0x86DD)
            .octets(ipv6(44, 64).build())
            .u8(UDP)
            .u8(0)
            .u16(185 << 3)
            .u32(7)
            .u16(1_000)
            .u16(2_000));

    assertThat(collector.flows().protocol[0]).isEqualTo((byte) UDP);
    assertThat(collector.flows().sourcePort[0]).isZero();
  }

  @Test
  void laterFragmentHasNoPorts_rfc791() {
    receive(200, ethernet(0x0800).octets(ipv4(UDP, 60, 185).u16(53).u16(4_000).build()));

    assertThat(collector.flows().sourcePort[0]).isZero();
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "41, 6"})
  void seesSegmentRoutingAndWhatItCarries_rfc8754(int inner, int version) {
    RecordBuilder packet =
        ethernet(0x86DD)
            .octets(ipv6(43, 100).build())
            .u8(inner)
            .u8(2)
            .u8(4)
            .u8(0)
            .u8(0)
            .u8(0)
            .u16(0)
            .address("2409:8000::2");
    packet.octets((inner == 4 ? ipv4(TCP, 76, 0) : ipv6(TCP, 36)).build());
    receive(200, packet);

    FlowColumns flows = collector.flows();
    assertThat(flows.ipVersion[0]).isEqualTo((byte) 6);
    assertThat(flows.protocol[0]).isEqualTo((byte) inner);
    assertThat(flows.nextHeader[0]).isEqualTo((byte) 43);
    assertThat(flows.innerIpVersion[0]).isEqualTo((byte) version);
    assertThat(flows.flags[0])
        .isEqualTo(FlowFlags.FRAME_SECTION | FlowFlags.SRV6 | FlowFlags.ROUTING_HEADER);
  }

  /** SRv6 with one segment needs no SRH: then the protocol alone says what is inside. */
  @ParameterizedTest
  @CsvSource({"4, 4", "41, 6"})
  void seesReducedEncapsulation_rfc8986Section5_2(int inner, int version) {
    receive(200, ethernet(0x86DD).octets(ipv6(inner, 100).build()));

    assertThat(collector.flows().innerIpVersion[0]).isEqualTo((byte) version);
    assertThat(collector.flows().flags[0]).isEqualTo(FlowFlags.FRAME_SECTION);
  }

  @ParameterizedTest
  @CsvSource({"0x0800, 4", "0x86DD, 6", "0x0806, 0"})
  void seesInnerVersionInEthernetOverSrv6_rfc8986Section4_11(String type, int version) {
    receive(
        200, ethernet(0x86DD).octets(ipv6(143, 100).build()).zeros(12).u16(Integer.decode(type)));

    assertThat(collector.flows().innerIpVersion[0]).isEqualTo((byte) version);
  }

  @ParameterizedTest
  @CsvSource({"0x0800, 4", "0x86DD, 6", "0x6558, 0"})
  void seesInnerVersionInGre_rfc2784(String type, int version) {
    receive(200, ethernet(0x0800).octets(ipv4(47, 80, 0).u16(0).u16(Integer.decode(type)).build()));

    assertThat(collector.flows().innerIpVersion[0]).isEqualTo((byte) version);
  }

  @Test
  void otherRoutingHeadersAreNoSegmentRouting() {
    receive(200, ethernet(0x86DD).octets(ipv6(43, 60).build()).u8(UDP).u8(0).u8(3).u8(0).zeros(4));

    assertThat(collector.flows().flags[0])
        .isEqualTo(FlowFlags.FRAME_SECTION | FlowFlags.ROUTING_HEADER);
  }

  @Test
  void takesTheSizeOfTheFrameWhereTheHeaderStatesNone_rfc2675() {
    receive(9_018, ethernet(0x86DD).octets(ipv6(0, 0).build()).u8(UDP).u8(0).zeros(6));
    receive(1_518, ethernet(0x0800).octets(ipv4(TCP, 0, 0).build()));

    assertThat(collector.flows().octets).startsWith(9_018 - 14, 1_518 - 14);
  }

  @Test
  void countsFramesOfOtherProtocolsAsOfNoIpVersion() {
    receive(64, ethernet(0x0806).zeros(28));

    assertThat(collector.flows().ipVersion[0]).isZero();
    assertThat(collector.flows().octets[0]).isEqualTo(50);
    assertThat(collector.count(Counter.IP_VERSION_UNKNOWN)).isEqualTo(1);
  }

  @Test
  void dropsFramesWhoseOctetsNothingTells() {
    RecordBuilder arp = record().variable(ethernet(0x0806).zeros(28).build());
    RecordBuilder ip = record().variable(ethernet(0x0800).octets(ipv4(UDP, 60, 0).build()).build());
    collector.receive(
        ipfix(1).template(256, FRAME).data(256, ip, arp, ip, ip, arp, arp, ip).data(256, arp, arp));

    assertThat(collector.flows().recordCount).isEqualTo(4);
    assertThat(collector.flows().octets).startsWith(60, 60, 60, 60);
    assertThat(collector.dropped(DropReason.FRAME_SECTION)).isEqualTo(5);
    assertThat(collector.count(Counter.DATA_RECORDS)).isEqualTo(9);
    assertThat(collector.count(Counter.TRAFFIC_RECORDS)).isEqualTo(4);
    assertThat(collector.flows().messageRecordCount[0]).isEqualTo(4);
  }

  @Test
  void dropsThemInBatchesOfOneRecordToo() {
    TestCollector small = new TestCollector(new DecoderState(DecoderLimits.defaults()), 1);
    RecordBuilder arp = record().variable(ethernet(0x0806).zeros(28).build());
    RecordBuilder ip = record().variable(ethernet(0x0800).octets(ipv4(UDP, 60, 0).build()).build());

    small.receive(ipfix(1).template(256, FRAME).data(256, arp, ip, arp, ip, ip));

    assertThat(small.count(Counter.FLOW_RECORDS)).isEqualTo(3);
    assertThat(small.dropped(DropReason.FRAME_SECTION)).isEqualTo(2);
  }

  @Test
  void readsIpHeaderSections_ie313() {
    collector.receive(
        ipfix(1)
            .template(256, field(313, 48), FRAME_SIZE)
            .data(
                256,
                record().octets(ipv6(UDP, 500).u64(0).build()).u16(600),
                record().octets(ipv4(TCP, 1_500, 0).zeros(28).build()).u16(1_514)));

    assertThat(collector.flows().ipVersion).startsWith(6, 4);
    assertThat(collector.flows().octets).startsWith(540, 1_500);
  }

  @Test
  void readsLayer2SectionsOfNetflow9_ie104() {
    collector.receive(
        netflow9(1)
            .template(256, field(104, 65_535))
            .data(256, record().variable(ethernet(0x86DD).octets(ipv6(UDP, 8).build()).build())));

    assertThat(collector.flows().ipVersion[0]).isEqualTo((byte) 6);
    assertThat(collector.flows().octets[0]).isEqualTo(48);
  }

  @Test
  void sectionThatDoesNotBeginWithTheFrameIsNotRead_rfc7133Section3_6() {
    byte[] frame = ethernet(0x86DD).octets(ipv6(UDP, 8).build()).build();
    collector.receive(
        ipfix(1)
            .template(256, field(409, 2), FRAME_SIZE, FRAME)
            .data(256, record().u16(14).u16(100).variable(frame)));

    assertThat(collector.flows().ipVersion[0]).isZero();
    assertThat(collector.flows().octets[0]).isEqualTo(100);
  }

  @Test
  void sectionOfAnotherTypeOfFrameIsNotRead_ie408() {
    byte[] frame = ethernet(0x86DD).octets(ipv6(UDP, 8).build()).build();
    collector.receive(
        ipfix(1)
            .template(256, field(408, 2), FRAME_SIZE, FRAME)
            .data(
                256,
                record().u16(2).u16(100).variable(frame),
                record().u16(1).u16(100).variable(frame)));

    assertThat(collector.flows().ipVersion).startsWith(0, 6);
  }

  /** Common properties as a router sends them: class, exception code, next hop, interfaces. */
  @ParameterizedTest
  @CsvSource({"2082, 64", "2242, 64", "2048, 0"})
  void flagsPacketsThatRanIntoAnException_junosResiliencyInterface(int exception, int flag) {
    byte[] frame = ethernet(0x86DD).octets(ipv6(UDP, 8).build()).build();
    collector.receive(
        ipfix(1)
            .template(
                256,
                field(JUNIPER, 137, 4),
                field(JUNIPER, 137, 2),
                field(JUNIPER, 137, 4),
                field(JUNIPER, 137, 4),
                FRAME)
            .data(
                256,
                record()
                    .u32(67_108_864)
                    .u16(exception)
                    .u32(201_326_592)
                    .u32(402_653_526)
                    .variable(frame)));

    assertThat(collector.flows().flags[0]).isEqualTo(FlowFlags.FRAME_SECTION | flag);
  }

  @Test
  void elementsComeBeforeTheFrame() {
    byte[] frame = ethernet(0x86DD).octets(ipv6(TCP, 1_440).octets(tcp()).build()).build();
    collector.receive(
        ipfix(1)
            .template(256, field(1, 8), field(60, 1), field(8, 4), field(11, 2), FRAME)
            .data(256, record().u64(5_000).u8(4).address("10.9.9.9").u16(80).variable(frame)));

    FlowColumns flows = collector.flows();
    assertThat(flows.octets[0]).isEqualTo(5_000);
    assertThat(flows.flags[0]).isZero();
    assertThat(flows.ipVersion[0]).isEqualTo((byte) 4);
    assertThat(flows.ipVersionRule[0]).isEqualTo(IpVersionRule.IP_VERSION_ELEMENT.code());
    assertThat(flows.sourceAddressLow[0]).isEqualTo(0xFFFF_0A09_0909L);
    assertThat(flows.destinationPort[0]).isEqualTo(80);
    assertThat(flows.sourcePort[0]).as("what no element tells").isEqualTo(50_000);
  }

  @Test
  void nonZeroAddressComesBeforeTheFrameAndTheFrameBeforeTheTemplate() {
    byte[] frame = ethernet(0x86DD).octets(ipv6(TCP, 1_440).build()).build();
    collector.receive(
        ipfix(1)
            .template(256, field(1, 8), field(8, 4), field(12, 4), FRAME)
            .data(
                256,
                record().u64(1).address("10.0.0.1").address("10.0.0.2").variable(frame),
                record().u64(1).address("0.0.0.0").address("0.0.0.0").variable(frame),
                record().u64(1).address("0.0.0.0").address("0.0.0.0").variable()));

    assertThat(collector.flows().ipVersion).startsWith(4, 6, 4);
    assertThat(collector.flows().ipVersionRule)
        .startsWith(
            IpVersionRule.NON_ZERO_ADDRESS.code(),
            IpVersionRule.FRAME.code(),
            IpVersionRule.TEMPLATE.code());
    assertThat(collector.flows().sourceAddressHigh[1]).isEqualTo(0x2409_8000_0000_0000L);
  }

  /** Cut off anywhere, a section tells what is left of it and nothing else. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsSectionsCutOffAnywhere(boolean ipv6) {
    byte[] frame =
        ethernet(0x8100)
            .u16(5)
            .u16(ipv6 ? 0x86DD : 0x0800)
            .octets((ipv6 ? ipv6(43, 60) : ipv4(TCP, 100, 0)).build())
            .u8(TCP)
            .u8(2)
            .u8(4)
            .zeros(21)
            .octets(tcp())
            .build();
    for (int octets = 0; octets <= frame.length; octets++) {
      TestCollector one = new TestCollector();
      one.receive(
          ipfix(1)
              .template(256, FRAME_SIZE, FRAME)
              .data(256, record().u16(1_000).variable(Arrays.copyOf(frame, octets))));

      assertThat(one.flows().recordCount).isEqualTo(1);
      int header = ipv6 ? 40 : 20;
      boolean hasAddresses = octets >= 18 + header;
      assertThat(one.flows().sourceAddressLow[0] != 0).as("%d", octets).isEqualTo(hasAddresses);
      assertThat(one.flows().ipVersion[0] != 0).as("%d", octets).isEqualTo(octets >= 18);
      assertThat(one.flows().vlanId[0] != 0).as("%d", octets).isEqualTo(octets >= 16);
    }
  }

  private void receive(int frameSize, RecordBuilder frame) {
    collector.receive(
        ipfix(1)
            .template(256, FRAME_SIZE, FRAME)
            .data(256, record().u16(frameSize).variable(frame.build())));
  }

  private static RecordBuilder ethernet(int type) {
    return record().octets(new byte[] {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2}).u16(type);
  }

  private static RecordBuilder ipv6(int nextHeader, int payloadOctets) {
    return record()
        .u32(0x6B8A_BCDEL)
        .u16(payloadOctets)
        .u8(nextHeader)
        .u8(64)
        .address("2409:8000::1")
        .address("2408:8000::2");
  }

  private static RecordBuilder ipv4(int protocol, int totalLength, int fragmentOffset) {
    return record()
        .u8(0x45)
        .u8(0xB8)
        .u16(totalLength)
        .u16(1)
        .u16(fragmentOffset)
        .u8(64)
        .u8(protocol)
        .u16(0)
        .address("10.0.0.1")
        .address("10.0.0.2");
  }

  private static byte[] tcp() {
    return record().u16(50_000).u16(443).u64(0).u16(0x5018).u16(0).u32(0).build();
  }
}
