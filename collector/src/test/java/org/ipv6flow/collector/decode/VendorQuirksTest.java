package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.ipv6flow.collector.testing.TestCollector.NOW_MILLIS;

import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.IpVersionRule;
import org.ipv6flow.schema.flow.SamplingProvenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole export styles of vendors, with what is peculiar to each. Where no export of a vendor was at
 * hand (Arista, ZTE), the style is made up of what its documentation lets one expect.
 */
class VendorQuirksTest {

  private static final FieldSpecifier OCTETS = field(1, 8);
  private static final FieldSpecifier PACKETS = field(2, 8);

  private final TestCollector collector = new TestCollector();

  /** IE 160 in every record, two-octet AS and interface, three octets of label and of padding. */
  @Test
  void readsIpv6NetStream_huawei() {
    collector.receive(
        ipfix(2)
            .template(
                1_500,
                field(27, 16),
                field(28, 16),
                field(63, 16),
                field(2, 4),
                field(1, 4),
                field(22, 4),
                field(21, 4),
                field(160, 8),
                field(10, 4),
                field(14, 4),
                field(16, 2),
                field(17, 2),
                field(31, 3),
                field(7, 2),
                field(11, 2),
                field(4, 1),
                field(5, 1),
                field(61, 1),
                field(210, 3),
                field(48, 4),
                field(232, 2),
                field(2_011, 232, 2))
            .data(
                1_500,
                record()
                    .address("2409:8000::1")
                    .address("2408:8000::2")
                    .address("2409:8000::9")
                    .u32(3)
                    .u32(4_200)
                    .u32(935_000)
                    .u32(995_000)
                    .u64(NOW_MILLIS - 1_000_000)
                    .u32(17)
                    .u32(18)
                    .u16(4_134)
                    .u16(4_837)
                    .unsigned(0xABCDE, 3)
                    .u16(443)
                    .u16(50_000)
                    .u8(6)
                    .u8(0)
                    .u8(0)
                    .zeros(3)
                    .u32(17)
                    .u16(999)
                    .u16(1)));

    FlowColumns flows = collector.flows();
    assertThat(flows.recordCount).isEqualTo(1);
    assertThat(flows.ipVersion[0]).isEqualTo((byte) 6);
    assertThat(flows.octets[0]).as("232 is not added").isEqualTo(4_200);
    assertThat(flows.flags[0]).isZero();
    assertThat(flows.ingressInterface[0]).isEqualTo(17);
    assertThat(flows.sourceAs[0]).isEqualTo(4_134);
    assertThat(flows.flowLabel[0]).isEqualTo(0xABCDE);
    assertThat(flows.lastSwitchedMillis[0]).isEqualTo(NOW_MILLIS - 5_000);
    assertThat(flows.samplingIndex[0]).as("no sampler of that ID was announced").isZero();
  }

  /** Outer IPv6 and inner IPv4 in one record, IEs 4 to 7 and 11 twice, SRv6 elements. */
  @Test
  void takesTheOuterOfSrv6RecordsAndNotesTheInner_huawei() {
    collector.receive(
        ipfix(1)
            .template(
                256,
                field(27, 16),
                field(28, 16),
                field(7, 2),
                field(11, 2),
                field(4, 1),
                field(5, 1),
                field(8, 4),
                field(12, 4),
                field(7, 2),
                field(11, 2),
                field(4, 1),
                field(5, 1),
                OCTETS,
                field(495, 16),
                field(497, 65_535))
            .data(
                256,
                record()
                    .address("2409:8000::1")
                    .address("2409:8000::2")
                    .u16(0)
                    .u16(0)
                    .u8(4)
                    .u8(0xC0)
                    .address("10.0.0.1")
                    .address("10.0.0.2")
                    .u16(1_000)
                    .u16(2_000)
                    .u8(17)
                    .u8(0)
                    .u64(500)
                    .address("::")
                    .variable(new byte[] {0x24, 9})));

    FlowColumns flows = collector.flows();
    assertThat(flows.ipVersion[0]).isEqualTo((byte) 6);
    assertThat(flows.innerIpVersion[0]).isEqualTo((byte) 4);
    assertThat(flows.protocol[0]).isEqualTo((byte) 4);
    assertThat(flows.sourcePort[0]).isZero();
    assertThat(flows.ipClassOfService[0]).isEqualTo((byte) 0xC0);
    assertThat(flows.flags[0]).as("any segment makes it SRv6").isEqualTo(4);
  }

  /** Types 0 of one octet and of none, another meaning of 43, lengths of 65535 in v9. */
  @Test
  void skipsPrivateAndEmptyTypes_h3c() {
    collector.receive(
        netflow9(1)
            .template(
                3_281,
                field(0, 1),
                field(8, 4),
                field(12, 4),
                field(43, 2),
                field(0, 0),
                field(82, 65_535),
                field(34, 4),
                field(35, 1),
                OCTETS,
                PACKETS)
            .data(
                3_281,
                record()
                    .u8(7)
                    .address("10.0.0.1")
                    .address("10.0.0.2")
                    .u16(9)
                    .string("GE1/0/1")
                    .u32(0)
                    .u8(0)
                    .u64(100)
                    .u64(2),
                record()
                    .u8(7)
                    .address("10.0.0.3")
                    .address("10.0.0.4")
                    .u16(9)
                    .string("")
                    .u32(0)
                    .u8(0)
                    .u64(300)
                    .u64(4)));

    assertThat(collector.flows().octets).startsWith(100, 300);
    assertThat(collector.flows().packets).startsWith(2, 4);
    assertThat(collector.flows().samplingIndex).startsWith((byte) 0, (byte) 0);
  }

  /** IPv4 before the translation and IPv6 after it: the packets that came in were IPv4. */
  @ParameterizedTest
  @CsvSource({"true, 4", "false, 6"})
  void takesTheAddressesBeforeTheTranslation_fortiGate(boolean from4, int version) {
    FieldSpecifier[] ipv4 = {field(8, 4), field(12, 4), field(281, 16), field(282, 16)};
    FieldSpecifier[] ipv6 = {field(27, 16), field(28, 16), field(225, 4), field(226, 4)};
    FieldSpecifier[] addresses = from4 ? ipv4 : ipv6;
    collector.receive(
        netflow9(1)
            .template(
                263, addresses[0], addresses[1], addresses[2], addresses[3], OCTETS, field(23, 8))
            .data(
                263,
                from4
                    ? record()
                        .address("10.0.0.1")
                        .address("10.0.0.2")
                        .address("2409::1")
                        .address("2409::2")
                        .u64(100)
                        .u64(7_000)
                    : record()
                        .address("2409::1")
                        .address("2409::2")
                        .address("10.0.0.1")
                        .address("10.0.0.2")
                        .u64(100)
                        .u64(7_000)));

    assertThat(collector.flows().ipVersion[0]).isEqualTo((byte) version);
    assertThat(collector.flows().innerIpVersion[0]).isZero();
    assertThat(collector.flows().octets[0]).as("23 is not added").isEqualTo(100);
  }

  /** A template with the source of one family and the destination of the other. */
  @Test
  void addressesOfBothFamiliesAreNoTunnel_fortiGate() {
    collector.receive(
        netflow9(1)
            .template(265, field(8, 4), field(28, 16), OCTETS)
            .data(265, record().address("10.0.0.1").address("2409::2").u64(100)));

    assertThat(collector.flows().ipVersion[0]).isEqualTo((byte) 6);
    assertThat(collector.flows().innerIpVersion[0]).isZero();
  }

  /** The high bit of a field type announces no enterprise number in v9. */
  @ParameterizedTest
  @ValueSource(ints = {56_701, 57_590, 65_535, 0x8001})
  void highTypesOfNetflow9AreNoEnterpriseElements_paloAlto_nProbe(int type) {
    collector.receive(
        netflow9(1)
            .template(256, field(8, 4), field(type, 3), OCTETS)
            .data(256, record().address("10.0.0.1").zeros(3).u64(100)));

    assertThat(collector.flows().octets[0]).isEqualTo(100);
  }

  /** Repeated counters: the second is the one of the inner packet, or a copy. */
  @Test
  void takesTheFirstOfRepeatedCounters_ciscoIsr() {
    collector.receive(
        netflow9(1)
            .template(256, OCTETS, PACKETS, OCTETS, PACKETS)
            .data(256, record().u64(100).u64(1).u64(900).u64(9)));

    assertThat(collector.flows().octets[0]).isEqualTo(100);
    assertThat(collector.flows().packets[0]).isEqualTo(1);
  }

  /** Template 313 of MPLS traffic has both families, one of them zero. */
  @Test
  void oneTemplateForBothFamilies_iosXrMpls() {
    FieldSpecifier[] fields = {
      field(70, 3), field(71, 3), field(8, 4), field(12, 4), field(27, 16), field(28, 16), OCTETS
    };
    collector.receive(
        netflow9(1)
            .template(313, fields)
            .data(
                313,
                record()
                    .unsigned(24_001 << 4 | 1, 3)
                    .zeros(3)
                    .zeros(8)
                    .address("2409::1")
                    .address("2409::2")
                    .u64(60),
                record()
                    .unsigned(24_002 << 4, 3)
                    .zeros(3)
                    .address("10.0.0.1")
                    .address("10.0.0.2")
                    .zeros(32)
                    .u64(40)));

    FlowColumns flows = collector.flows();
    assertThat(flows.ipVersion).startsWith(6, 4);
    assertThat(flows.innerIpVersion).startsWith(0, 0);
    assertThat(flows.ipVersionRule)
        .startsWith(IpVersionRule.NON_ZERO_ADDRESS.code(), IpVersionRule.NON_ZERO_ADDRESS.code());
    assertThat(flows.topMplsLabel[0] >>> 4).isEqualTo(24_001);
  }

  /** No flow cache: every sampled packet is a record, without timeouts in the options. */
  @Test
  void recordsOfSinglePacketsStartWhenTheyEnd_junosPtx() {
    collector.receive(
        ipfix(1)
            .optionsTemplate(512, 1, field(144, 4), field(34, 4), field(36, 2), field(37, 2))
            .data(512, record().u32(2).u32(1_000).u16(0).u16(0))
            .template(256, field(27, 16), OCTETS, PACKETS, field(152, 8), field(153, 8))
            .data(
                256,
                record()
                    .address("2409::1")
                    .u64(1_480)
                    .u64(1)
                    .u64(NOW_MILLIS - 3)
                    .u64(NOW_MILLIS - 3)));

    assertThat(collector.flows().firstSwitchedMillis[0]).isEqualTo(NOW_MILLIS - 3);
    assertThat(collector.flows().lastSwitchedMillis[0]).isEqualTo(NOW_MILLIS - 3);
    assertThat(interval(0)).isEqualTo(1_000);
  }

  /** Subscriber strings of PEN 637 in NAT logs: no traffic, whatever their length. */
  @Test
  void natLogsOfBroadbandGatewaysAreNoTraffic_nokia() {
    collector.receive(
        ipfix(1)
            .template(
                256,
                field(230, 1),
                field(8, 4),
                field(225, 4),
                field(637, 91, 2),
                field(637, 93, 65_535))
            .data(
                256,
                record()
                    .u8(1)
                    .address("100.64.0.1")
                    .address("203.0.113.1")
                    .u16(5)
                    .string("subscriber-1")));

    assertThat(collector.flows().recordCount).isZero();
    assertThat(collector.dropped(DropReason.NOT_TRAFFIC)).isEqualTo(1);
  }

  /** v9 IE 99, which counts replications of a multicast packet, is no counter of traffic. */
  @Test
  void multicastReplicationFactorIsNoCounter_nokia() {
    collector.receive(
        netflow9(1).template(256, OCTETS, field(99, 4)).data(256, record().u64(100).u32(8)));

    assertThat(collector.flows().octets[0]).isEqualTo(100);
  }

  /** The multicast copies that left (IE 19, 20) are not what came in. */
  @Test
  void replicatedMulticastIsCountedOnce_ie20() {
    collector.receive(
        netflow9(1)
            .template(256, field(19, 8), field(20, 8), OCTETS, PACKETS)
            .data(256, record().u64(80).u64(8_000).u64(100).u64(1)));

    assertThat(collector.flows().octets[0]).isEqualTo(100);
    assertThat(collector.flows().packets[0]).isEqualTo(1);
  }

  /** Hardware flow tracking: enterprise elements among registered ones, rate per domain. */
  @Test
  void skipsEnterpriseElements_arista() {
    collector.receive(
        ipfix(1)
            .optionsTemplate(300, 1, field(149, 4), field(305, 4), field(306, 4))
            .data(300, record().u32(1).u32(1).u32(16_383))
            .template(
                256,
                field(27, 16),
                field(28, 16),
                field(30_065, 1, 4),
                field(10, 4),
                field(14, 4),
                OCTETS,
                field(30_065, 2, 65_535),
                PACKETS)
            .data(
                256,
                record()
                    .address("2409::1")
                    .address("2409::2")
                    .u32(0xFFFF_FFFFL)
                    .u32(7)
                    .u32(8)
                    .u64(100)
                    .string("vrf")
                    .u64(1)));

    assertThat(collector.flows().octets[0]).isEqualTo(100);
    assertThat(collector.flows().packets[0]).isEqualTo(1);
    assertThat(collector.flows().egressInterface[0]).isEqualTo(8);
    assertThat(interval(0)).isEqualTo(16_384);
  }

  /** Private types beyond the registry, an interface option, data before its options. */
  @Test
  void skipsPrivateTypesAndAppliesInterfaceOptionsFromThenOn_zte() {
    collector.receive(
        netflow9(1)
            .template(256, field(8, 4), field(12, 4), field(10, 4), field(40_001, 6), OCTETS)
            .data(256, flow("10.0.0.1", 7)));
    collector.receive(
        netflow9(1)
            .optionsTemplate(300, 1, field(2, 4), field(34, 4), field(35, 1))
            .data(300, record().u32(7).u32(2_000).u8(2))
            .data(256, flow("10.0.0.1", 7), flow("10.0.0.1", 8)));

    FlowColumns flows = collector.flows();
    assertThat(flows.octets).startsWith(100, 100, 100);
    assertThat(interval(0)).isZero();
    assertThat(interval(1)).isEqualTo(2_000);
    assertThat(SamplingProvenance.of(flows.samplingProvenances[flows.samplingIndex[1]]))
        .isEqualTo(SamplingProvenance.INTERFACE);
    assertThat(interval(2)).isZero();
    assertThat(collector.count(Counter.SAMPLING_UNKNOWN_RECORDS)).isEqualTo(2);
  }

  private static org.ipv6flow.collector.testing.RecordBuilder flow(String source, int ingress) {
    return record().address(source).address("10.0.0.2").u32(ingress).zeros(6).u64(100);
  }

  private double interval(int row) {
    FlowColumns flows = collector.flows();
    return flows.samplingIntervals[flows.samplingIndex[row] & 0xFF];
  }
}
