package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;

import java.math.BigInteger;
import java.util.Random;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.Accounting;
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.ipv6flow.schema.flow.IpVersionRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements and the columns they feed. */
class FieldsTest {

  private static final FieldSpecifier OCTETS = field(1, 8);
  private static final long REVERSE = 29_305;

  private final TestCollector collector = new TestCollector();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 32})
  void readsIntegersOfEveryLength_rfc7011Section6_2(int length) {
    BigInteger value = new BigInteger(8 * Math.min(length, 8), new Random(length));

    collector.receive(
        ipfix(1).template(256, field(1, length)).data(256, record().unsigned(value, length)));

    assertThat(collector.flows().octets[0]).isEqualTo(value.longValue());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 8})
  void readsInterfacesOfEveryLength(int length) {
    collector.receive(
        netflow9(1)
            .template(256, OCTETS, field(10, length), field(14, length))
            .data(256, record().u64(1).unsigned(0x41, length).unsigned(0x42, length)));

    assertThat(collector.flows().ingressInterface[0]).isEqualTo(0x41);
    assertThat(collector.flows().egressInterface[0]).isEqualTo(0x42);
  }

  @Test
  void readsThreeOctetFlowLabel_iosXr() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(31, 3))
            .data(256, record().u64(1).unsigned(0xABCDE, 3)));

    assertThat(collector.flows().flowLabel[0]).isEqualTo(0xABCDE);
  }

  @Test
  void takesPhysicalInterfacesWhereThereAreNoLogicalOnes_nokia() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(252, 4), field(253, 4))
            .template(257, OCTETS, field(252, 4), field(10, 4))
            .data(256, record().u64(1).u32(7).u32(8))
            .data(257, record().u64(1).u32(7).u32(9)));

    assertThat(collector.flows().ingressInterface).startsWith(7, 9);
    assertThat(collector.flows().egressInterface).startsWith(8, 0);
  }

  @Test
  void takesTheFirstOfRepeatedElementsAsTheOuterOne_rfc7011Section8() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(7, 2), field(4, 1), field(7, 2), field(4, 1))
            .data(256, record().u64(1).u16(100).u8(4).u16(200).u8(17)));

    assertThat(collector.flows().sourcePort[0]).isEqualTo(100);
    assertThat(collector.flows().protocol[0]).isEqualTo((byte) 4);
  }

  @Test
  void skipsPaddingElement_ie210() {
    collector.receive(
        netflow9(1)
            .template(256, field(210, 3), OCTETS)
            .data(256, record().octets(new byte[] {9, 9, 9}).u64(77)));

    assertThat(collector.flows().octets[0]).isEqualTo(77);
  }

  @ParameterizedTest
  @ValueSource(ints = {23, 85, 231, 232, 352})
  void neverAddsOtherOctetCountsToOctetDeltaCount(int other) {
    collector.receive(
        ipfix(1).template(256, field(other, 8), OCTETS).data(256, record().u64(5_000).u64(100)));

    assertThat(collector.flows().recordCount).isEqualTo(1);
    assertThat(collector.flows().octets[0]).isEqualTo(100);
    assertThat(collector.flows().flags[0]).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {23, 85, 352})
  void doesNotTakeOtherCountsForTheDelta(int other) {
    collector.receive(ipfix(1).template(256, field(other, 8)).data(256, record().u64(5_000)));

    assertThat(collector.flows().recordCount).isZero();
    assertThat(collector.dropped(DropReason.NO_OCTET_DELTA)).isEqualTo(1);
    assertThat(collector.count(Counter.DATA_RECORDS)).isEqualTo(1);
  }

  @Test
  void takesInitiatorAndResponderOctetsForTwoFlowsWithoutOctetDeltaCount_asa() {
    collector.receive(
        netflow9(1)
            .template(256, field(8, 4), field(12, 4), field(231, 4), field(232, 4))
            .data(256, record().address("10.0.0.1").address("10.0.0.2").u32(300).u32(700)));

    FlowColumns flows = collector.flows();
    assertThat(flows.octets).startsWith(300, 700);
    assertThat(flows.flags[0]).isEqualTo(FlowFlags.INITIATOR_OCTETS);
    assertThat(flows.flags[1]).isEqualTo(FlowFlags.INITIATOR_OCTETS | FlowFlags.BIFLOW_REVERSE);
    assertThat(flows.sourceAddressLow[1]).isEqualTo(flows.destinationAddressLow[0]);
    assertThat(collector.count(Counter.DATA_RECORDS)).isEqualTo(1);
    assertThat(collector.count(Counter.FLOW_RECORDS)).isEqualTo(2);
  }

  @Test
  void doesNotTakeTwoOctetsForInitiatorOctets_huawei() {
    collector.receive(
        netflow9(1).template(256, field(231, 2), field(4, 1)).data(256, record().u16(9).u8(6)));

    assertThat(collector.dropped(DropReason.NO_OCTET_DELTA)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {230, 233})
  void doesNotCountEventsAsTraffic_rfc8158(int event) {
    collector.receive(
        ipfix(1)
            .template(256, field(8, 4), field(event, 1))
            .data(256, record().address("10.0.0.1").u8(1), record().address("10.0.0.2").u8(2)));

    assertThat(collector.flows().recordCount).isZero();
    assertThat(collector.dropped(DropReason.NOT_TRAFFIC)).isEqualTo(2);
  }

  /** ASA reports a session's totals with the event of its end. */
  @ParameterizedTest
  @ValueSource(ints = {230, 233})
  void doesNotCountSessionTotalsOfEventsAsTraffic_asa(int event) {
    collector.receive(
        netflow9(1)
            .template(256, field(8, 4), field(event, 1), field(231, 4), field(232, 4))
            .data(256, record().address("10.0.0.1").u8(2).u32(300).u32(700)));

    assertThat(collector.flows().recordCount).isZero();
    assertThat(collector.dropped(DropReason.NOT_TRAFFIC)).isEqualTo(1);
  }

  @Test
  void countsFlowsThatMentionAFirewallEvent_paloAlto() {
    collector.receive(
        netflow9(1).template(256, OCTETS, field(233, 1)).data(256, record().u64(300).u8(2)));

    assertThat(collector.flows().octets[0]).isEqualTo(300);
  }

  @Test
  void doesNotCountSnmpObjectsAsTraffic_rfc8038() {
    collector.receive(
        ipfix(1)
            .template(256, field(10, 4), field(445, 65_535), field(439, 8))
            .data(256, record().u32(7).variable(new byte[] {43, 6, 1}).u64(123_456)));

    assertThat(collector.flows().recordCount).isZero();
    assertThat(collector.dropped(DropReason.NOT_TRAFFIC)).isEqualTo(1);
  }

  @Test
  void countsByWhichRuleTheIpVersionWasDecided() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(60, 1), field(27, 16))
            .data(
                256,
                record().u64(1).u8(4).address("::"),
                record().u64(1).u8(0).address("2409:8000::1"),
                record().u64(1).u8(0).address("::")));

    assertThat(collector.count(Counter.IP_VERSION_BY_ELEMENT)).isEqualTo(1);
    assertThat(collector.count(Counter.IP_VERSION_BY_ADDRESS)).isEqualTo(1);
    assertThat(collector.count(Counter.IP_VERSION_BY_TEMPLATE)).isEqualTo(1);
  }

  @Test
  void makesTwoFlowsOfABiflow_rfc5103() {
    collector.receive(
        ipfix(1)
            .template(
                256,
                field(27, 16),
                field(28, 16),
                field(7, 2),
                field(11, 2),
                field(10, 4),
                field(14, 4),
                field(61, 1),
                OCTETS,
                field(2, 8),
                field(REVERSE, 1, 8),
                field(REVERSE, 2, 8))
            .data(256, biflow(1_000, 10, 2_000, 20), biflow(3_000, 30, 0, 0)));

    FlowColumns flows = collector.flows();
    assertThat(flows.recordCount).isEqualTo(3);
    assertThat(flows.octets).startsWith(1_000, 3_000, 2_000);
    assertThat(flows.packets).startsWith(10, 30, 20);
    assertThat(flows.flags).startsWith(0, 0, FlowFlags.BIFLOW_REVERSE);
    assertThat(flows.sourcePort).startsWith(1_111, 1_111, 443);
    assertThat(flows.destinationPort).startsWith(443, 443, 1_111);
    assertThat(flows.ingressInterface).startsWith(5, 5, 6);
    assertThat(flows.direction).startsWith(1, 1, 2);
    assertThat(flows.sourceAddressLow[2]).isEqualTo(flows.destinationAddressLow[0]);
    assertThat(collector.count(Counter.DATA_RECORDS)).isEqualTo(2);
    assertThat(flows.messageRecordCount[0]).isEqualTo(3);
  }

  private static RecordBuilder biflow(
      long octets, long packets, long reverse, long reversePackets) {
    return record()
        .address("2409:8000::1")
        .address("2408:8000::2")
        .u16(1_111)
        .u16(443)
        .u32(5)
        .u32(6)
        .u8(0)
        .u64(octets)
        .u64(packets)
        .u64(reverse)
        .u64(reversePackets);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 10.0.0.1, 2409:8000::1, 4, IP_VERSION_ELEMENT",
    "6, 10.0.0.1, 2409:8000::1, 6, IP_VERSION_ELEMENT",
    "0, 0.0.0.0, 2409:8000::1, 6, NON_ZERO_ADDRESS",
    "0, 10.0.0.1, ::, 4, NON_ZERO_ADDRESS",
    "0, 10.0.0.1, 2409:8000::1, 6, NON_ZERO_ADDRESS",
    "7, 10.0.0.1, ::, 4, NON_ZERO_ADDRESS",
    "0, 0.0.0.0, ::, 4, TEMPLATE"
  })
  void decidesIpVersionByElementThenAddressThenTemplate(
      int element, String ipv4, String ipv6, int version, IpVersionRule rule) {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(60, 1), field(8, 4), field(27, 16))
            .data(256, record().u64(1).u8(element).address(ipv4).address(ipv6)));

    assertThat(collector.flows().ipVersion[0]).isEqualTo((byte) version);
    assertThat(collector.flows().ipVersionRule[0]).isEqualTo(rule.code());
  }

  @Test
  void decidesIpVersionByEtherTypeWhereThereAreNoAddresses() {
    collector.receive(
        ipfix(1).template(256, OCTETS, field(256, 2)).data(256, record().u64(1).u16(0x86DD)));

    assertThat(collector.flows().ipVersion[0]).isEqualTo((byte) 6);
    assertThat(collector.flows().ipVersionRule[0]).isEqualTo(IpVersionRule.FRAME.code());
  }

  @Test
  void seesInnerIpv4BesideOuterIpv6_srv6() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(27, 16), field(28, 16), field(8, 4), field(12, 4))
            .data(
                256,
                record()
                    .u64(1)
                    .address("2409:8000::1")
                    .address("2409:8000::2")
                    .address("10.0.0.1")
                    .address("10.0.0.2")));

    assertThat(collector.flows().ipVersion[0]).isEqualTo((byte) 6);
    assertThat(collector.flows().innerIpVersion[0]).isEqualTo((byte) 4);
    assertThat(collector.flows().sourceAddressHigh[0]).isEqualTo(0x2409_8000_0000_0000L);
  }

  @Test
  void seesInnerVersionInTheSecondOfTwoVersionElements() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(60, 1), field(60, 1))
            .data(256, record().u64(1).u8(6).u8(4)));

    assertThat(collector.flows().ipVersion[0]).isEqualTo((byte) 6);
    assertThat(collector.flows().innerIpVersion[0]).isEqualTo((byte) 4);
  }

  @Test
  void mapsIpv4IntoIpv6() {
    collector.receive(
        netflow9(1)
            .template(256, OCTETS, field(8, 4), field(12, 4), field(18, 4))
            .data(
                256,
                record().u64(1).address("10.0.0.1").address("192.0.2.255").address("1.2.3.4")));

    FlowColumns flows = collector.flows();
    assertThat(flows.sourceAddressHigh[0]).isZero();
    assertThat(flows.sourceAddressLow[0]).isEqualTo(0xFFFF_0A00_0001L);
    assertThat(flows.destinationAddressLow[0]).isEqualTo(0xFFFF_C000_02FFL);
    assertThat(flows.bgpNextHopLow[0]).isEqualTo(0xFFFF_0102_0304L);
  }

  @ParameterizedTest
  @CsvSource({"0x40, 0", "0x42, 0", "0x80, 64", "0xC4, 64"})
  void flagsPacketsThatTheRouterDroppedOrConsumed_ie89(String status, int flag) {
    collector.receive(
        netflow9(1)
            .template(256, OCTETS, field(89, 1))
            .data(256, record().u64(1).u8(Integer.decode(status))));

    assertThat(collector.flows().flags[0]).isEqualTo(flag);
    assertThat(FlowFlags.NOT_FORWARDED).isEqualTo(64);
  }

  @Test
  void flagsSegmentLists_rfc9487() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(497, 65_535))
            .data(256, record().u64(1).variable(new byte[] {1, 2}), record().u64(1).variable()));

    assertThat(collector.flows().flags).startsWith(FlowFlags.SRV6, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "494, 16, 1, 4",
    "495, 16, 1, 4",
    "499, 8, 1, 4",
    "500, 1, 2, 4",
    "502, 2, 1, 4",
    "495, 16, 0, 0",
    "500, 1, 0, 0",
    "502, 2, 0, 0",
    // Flags, tag, segments left and locator length may be there without a routing header.
    "492, 1, 1, 0",
    "493, 2, 1, 0",
    "498, 1, 1, 0",
    "501, 1, 48, 0"
  })
  void flagsElementsThatOnlyASegmentRoutingHeaderFills_rfc9487(
      int element, int length, long value, int flag) {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(element, length))
            .data(256, record().u64(1).unsigned(value, length)));

    assertThat(collector.flows().flags[0]).isEqualTo(flag);
  }

  @Test
  void listOfNoSegmentsIsNoSegmentRouting_rfc6313Section4_5_1() {
    byte[] empty = record().u8(255).u16(494).u16(16).build();
    byte[] one = record().octets(empty).address("2409::1").build();
    byte[] cutOff = {(byte) 255, 1};
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(496, 65_535))
            .data(
                256,
                record().u64(1).variable(empty),
                record().u64(2).variable(one),
                record().u64(3).variable(cutOff),
                record().u64(4).variable()));

    assertThat(collector.flows().octets).startsWith(1, 2, 3, 4);
    assertThat(collector.flows().flags).startsWith(0, FlowFlags.SRV6, 0, 0);
  }

  /** basicList, subTemplateList, subTemplateMultiList: whatever they hold, by their length. */
  @ParameterizedTest
  @ValueSource(ints = {291, 292, 293})
  void skipsStructuredDataByItsLength_rfc6313(int list) {
    byte[] large = new byte[700];
    new Random(list).nextBytes(large);
    collector.receive(
        ipfix(1)
            .template(256, field(list, 65_535), OCTETS, field(2, 8))
            .data(
                256,
                record().longVariable(large).u64(10).u64(1),
                record().variable().u64(20).u64(2),
                record().variable(new byte[] {3, 1, 4}).u64(30).u64(3)));

    assertThat(collector.flows().octets).startsWith(10, 20, 30);
    assertThat(collector.flows().packets).startsWith(1, 2, 3);
  }

  /** A list that says it is longer than what is left of its set: the records before it count. */
  @ParameterizedTest
  @ValueSource(ints = {291, 292, 293})
  void countsAListThatEndsAfterItsSet_rfc6313(int list) {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(list, 65_535))
            .data(256, record().u64(10).variable(new byte[3]), record().u64(20).u8(9).zeros(4))
            .data(256, record().u64(30).variable()));

    assertThat(collector.flows().octets).startsWith(10, 30, 0);
    assertThat(collector.dropped(DropReason.RECORD_TRUNCATED)).isEqualTo(1);
    Accounting.check(collector.decoder().totals());
  }

  /** RFC 5102 counts the bits of IE 64 from the left, its erratum the other way round. */
  @ParameterizedTest
  @CsvSource({
    "0x20000000, 8",
    "0x04000000, 8",
    "0x00000020, 8",
    "0x80000000, 0",
    "0x01000000, 0",
    "0x00000001, 0",
    "0, 0"
  })
  void seesTheRoutingHeaderInExtensionHeaders_ie64(String bits, int flag) {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(64, 4))
            .data(256, record().u64(1).u32(Long.decode(bits))));

    assertThat(collector.flows().flags[0]).isEqualTo(flag);
  }

  @ParameterizedTest
  @CsvSource({"1, 32, 8", "2, 32, 8", "8, 32, 8", "32, 32, 8", "32, 64, 0", "1, 0, 0"})
  void seesTheRoutingHeaderInExtensionHeadersFull_ie515Unsigned256(
      int length, long bits, int flag) {
    collector.receive(
        ipfix(1)
            .template(256, field(515, length), OCTETS)
            .data(256, record().unsigned(bits, length).u64(77)));

    assertThat(collector.flows().flags[0]).isEqualTo(flag);
    assertThat(collector.flows().octets[0]).isEqualTo(77);
  }

  /** The first of three is the outer one; all others are the inner packet's, or deeper. */
  @Test
  void takesTheOuterAddressesOfRepeatedPairs_rfc7011Section8() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(27, 16), field(28, 16), field(27, 16), field(28, 16))
            .data(
                256,
                record()
                    .u64(1)
                    .address("2409::1")
                    .address("2409::2")
                    .address("::")
                    .address("2409::4"),
                record().u64(1).address("2409::1").address("2409::2").address("::").address("::")));

    assertThat(collector.flows().sourceAddressLow).startsWith(1, 1);
    assertThat(collector.flows().destinationAddressLow).startsWith(2, 2);
    assertThat(collector.flows().innerIpVersion).startsWith(6, 0);
  }

  @Test
  void elementsOfNoOctetsSayNothing() {
    collector.receive(
        ipfix(1)
            .template(
                256, field(1, 0), field(60, 0), field(27, 0), OCTETS, field(8, 4), field(2, 0))
            .data(256, record().u64(9).address("10.0.0.1")));

    assertThat(collector.flows().octets[0]).isEqualTo(9);
    assertThat(collector.flows().ipVersion[0]).isEqualTo((byte) 4);
  }

  /** The same record, decoded column by column and by its offsets, gives the same row. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void decodesFixedAndVariableLengthRecordsAlike(long seed) {
    int[] elements = {
      1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 27, 28, 29, 30, 31, 58, 60, 61, 63,
      64, 70, 89, 128, 129, 136, 152, 153, 193, 256
    };
    Random random = new Random(seed);
    FieldSpecifier[] fixed = new FieldSpecifier[elements.length + 1];
    for (int i = 0; i < elements.length; i++) {
      fixed[i] = field(elements[i], length(elements[i], random));
    }
    fixed[elements.length] = field(210, 1);
    FieldSpecifier[] variable = fixed.clone();
    variable[elements.length] = field(210, 65_535);
    MessageBuilder message = ipfix(1).template(256, fixed).template(257, variable);
    RecordBuilder[] records = new RecordBuilder[50];
    for (int i = 0; i < records.length; i++) {
      records[i] = record();
      for (int f = 0; f < elements.length; f++) {
        byte[] value = new byte[fixed[f].length()];
        if (random.nextInt(4) != 0) {
          random.nextBytes(value);
        }
        records[i].octets(value);
      }
      records[i].u8(0); // One octet of padding; or a padding of no octets.
    }

    collector.receive(message.data(256, records).data(257, records));

    FlowColumns flows = collector.flows();
    assertThat(flows.recordCount).isEqualTo(100);
    for (int i = 0; i < 50; i++) {
      assertThat(row(flows, 50 + i)).as("seed %d row %d", seed, i).isEqualTo(row(flows, i));
    }
  }

  private static int length(int element, Random random) {
    return switch (element) {
      case 8, 12, 18 -> 4;
      case 27, 28, 63 -> 16;
      default -> 1 + random.nextInt(10);
    };
  }

  private static String row(FlowColumns c, int i) {
    return String.join(
        " ",
        Long.toString(c.octets[i]),
        Long.toString(c.packets[i]),
        Integer.toString(c.protocol[i]),
        Integer.toString(c.ipClassOfService[i]),
        Integer.toString(c.tcpControlBits[i]),
        Integer.toString(c.sourcePort[i]),
        Integer.toString(c.destinationPort[i]),
        Integer.toString(c.ingressInterface[i]),
        Integer.toString(c.egressInterface[i]),
        Integer.toString(c.direction[i]),
        Integer.toString(c.ipVersion[i]),
        Integer.toString(c.ipVersionRule[i]),
        Integer.toString(c.innerIpVersion[i]),
        Long.toString(c.sourceAddressHigh[i]),
        Long.toString(c.sourceAddressLow[i]),
        Long.toString(c.destinationAddressHigh[i]),
        Long.toString(c.destinationAddressLow[i]),
        Integer.toString(c.sourcePrefixLength[i]),
        Integer.toString(c.destinationPrefixLength[i]),
        Integer.toString(c.sourceAs[i]),
        Integer.toString(c.destinationAs[i]),
        Integer.toString(c.nextAdjacentAs[i]),
        Integer.toString(c.previousAdjacentAs[i]),
        Long.toString(c.bgpNextHopHigh[i]),
        Long.toString(c.bgpNextHopLow[i]),
        Integer.toString(c.vlanId[i]),
        Integer.toString(c.topMplsLabel[i]),
        Integer.toString(c.flowLabel[i]),
        Integer.toString(c.nextHeader[i]),
        Integer.toString(c.forwardingStatus[i]),
        Integer.toString(c.flowEndReason[i]),
        Long.toString(c.firstSwitchedMillis[i]),
        Long.toString(c.lastSwitchedMillis[i]),
        Integer.toString(c.samplingIndex[i]),
        Integer.toString(c.flags[i]));
  }
}
