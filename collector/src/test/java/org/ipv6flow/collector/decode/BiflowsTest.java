package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.ipv6flow.collector.testing.TestCollector.NOW_MILLIS;

import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bidirectional flows (RFC 5103): one data record, two flow records. */
class BiflowsTest {

  private static final FieldSpecifier OCTETS = field(1, 8);
  private static final FieldSpecifier SOURCE = field(8, 4);
  private static final FieldSpecifier DESTINATION = field(12, 4);
  private static final long REVERSE = 29_305;

  private final TestCollector collector = new TestCollector();

  @Test
  void reverseElementsBelongToTheReverseFlowOnly_rfc5103Section4() {
    collector.receive(
        ipfix(1)
            .template(
                256,
                SOURCE,
                DESTINATION,
                OCTETS,
                field(6, 1),
                field(5, 1),
                field(31, 4),
                field(58, 2),
                field(89, 1),
                field(REVERSE, 1, 8),
                field(REVERSE, 6, 1),
                field(REVERSE, 5, 1),
                field(REVERSE, 31, 4),
                field(REVERSE, 58, 2),
                field(REVERSE, 89, 1))
            .data(
                256,
                record()
                    .address("10.0.0.1")
                    .address("10.0.0.2")
                    .u64(100)
                    .u8(2)
                    .u8(0xB8)
                    .u32(0x11111)
                    .u16(10)
                    .u8(0x40)
                    .u64(200)
                    .u8(0x12)
                    .u8(0x28)
                    .u32(0x22222)
                    .u16(20)
                    .u8(0x80)));

    FlowColumns flows = collector.flows();
    assertThat(flows.octets).startsWith(100, 200);
    assertThat(flows.tcpControlBits).startsWith(2, 0x12);
    assertThat(flows.ipClassOfService).startsWith((byte) 0xB8, (byte) 0x28);
    assertThat(flows.flowLabel).startsWith(0x11111, 0x22222);
    assertThat(flows.vlanId).startsWith(10, 20);
    assertThat(flows.forwardingStatus).startsWith((byte) 0x40, (byte) 0x80);
    assertThat(flows.flags).startsWith(0, FlowFlags.BIFLOW_REVERSE | FlowFlags.NOT_FORWARDED);
  }

  @Test
  void reverseFlowHasItsOwnTimesIfStated() {
    collector.receive(
        ipfix(1)
            .template(
                256,
                SOURCE,
                OCTETS,
                field(152, 8),
                field(153, 8),
                field(REVERSE, 1, 8),
                field(REVERSE, 152, 8),
                field(REVERSE, 153, 8))
            .data(
                256,
                record()
                    .address("10.0.0.1")
                    .u64(1)
                    .u64(NOW_MILLIS - 9_000)
                    .u64(NOW_MILLIS - 1_000)
                    .u64(1)
                    .u64(NOW_MILLIS - 8_000)
                    .u64(NOW_MILLIS - 2_000)));

    assertThat(collector.flows().firstSwitchedMillis)
        .startsWith(NOW_MILLIS - 9_000, NOW_MILLIS - 8_000);
    assertThat(collector.flows().lastSwitchedMillis)
        .startsWith(NOW_MILLIS - 1_000, NOW_MILLIS - 2_000);
  }

  @Test
  void reverseFlowHasTheTimesOfTheForwardOneOtherwise() {
    collector.receive(
        ipfix(1)
            .template(256, SOURCE, OCTETS, field(153, 8), field(REVERSE, 1, 8))
            .data(256, record().address("10.0.0.1").u64(1).u64(NOW_MILLIS - 1_000).u64(1)));

    assertThat(collector.flows().lastSwitchedMillis)
        .startsWith(NOW_MILLIS - 1_000, NOW_MILLIS - 1_000);
  }

  /** Nothing tells which packets are which direction's: the reverse counts say nothing. */
  @Test
  void reverseCountsWithoutDirectionalKeysAreDroppedAndCounted_rfc5103() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(4, 1), field(REVERSE, 1, 8), field(REVERSE, 2, 8))
            .data(
                256,
                record().u64(100).u8(6).u64(200).u64(2),
                record().u64(300).u8(6).u64(0).u64(0)));

    assertThat(collector.flows().recordCount).isEqualTo(2);
    assertThat(collector.flows().octets).startsWith(100, 300);
    assertThat(collector.count(Counter.REVERSE_WITHOUT_KEYS)).isEqualTo(1);
    assertThat(collector.count(Counter.FLOW_RECORDS)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12, 7, 11, 10, 14, 252, 16, 17, 56})
  void anyDirectionalKeyTellsTheDirections(int key) {
    int length = key == 8 || key == 12 ? 4 : key == 56 ? 6 : 2;
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(key, length), field(REVERSE, 1, 8))
            .data(256, record().u64(100).unsigned(5, length).u64(200)));

    assertThat(collector.flows().octets).startsWith(100, 200);
    assertThat(collector.count(Counter.REVERSE_WITHOUT_KEYS)).isZero();
  }

  /** Flow and template IDs, domain, biflow direction, padding, sampling: RFC 5103 section 6.1. */
  @ParameterizedTest
  @ValueSource(ints = {148, 145, 149, 239, 210, 34, 41, 130, 8, 28, 10})
  void reversesOfElementsThatHaveNoneAreIgnored_rfc5103Section6_1(int element) {
    collector.receive(
        ipfix(1)
            .template(256, SOURCE, DESTINATION, OCTETS, field(REVERSE, element, 4))
            .data(256, record().address("10.0.0.1").address("10.0.0.2").u64(100).u32(7)));

    FlowColumns flows = collector.flows();
    assertThat(flows.recordCount).isEqualTo(1);
    assertThat(flows.octets[0]).isEqualTo(100);
    assertThat(flows.sourceAddressLow[0]).isEqualTo(0xFFFF_0A00_0001L);
    assertThat(flows.ingressInterface[0]).isZero();
    assertThat(flows.samplingIndex[0]).isZero();
  }

  @Test
  void biflowOfVariableLengthIsSplitToo() {
    collector.receive(
        ipfix(1)
            .template(256, SOURCE, field(96, 65_535), OCTETS, field(REVERSE, 1, 4))
            .data(
                256,
                record().address("10.0.0.1").string("dns").u64(100).u32(200),
                record().address("10.0.0.2").string("").u64(300).u32(400)));

    assertThat(collector.flows().octets).startsWith(100, 300, 200, 400);
    assertThat(collector.flows().destinationAddressLow[3]).isEqualTo(0xFFFF_0A00_0002L);
  }
}
