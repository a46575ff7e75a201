package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;

import org.ipv6flow.collector.sampling.StatedSampling;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.SamplingProvenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sampling interval a record has, by the order of precedence, and how it is announced. */
class SamplingTest {

  private static final FieldSpecifier OCTETS = field(1, 8);

  private static final int OPTIONS = 300;
  private static final int FLOWS = 256;

  private final TestCollector collector = new TestCollector();

  @Test
  void nothingKnownIsUnknownAndNeverOne() {
    collector.receive(ipfix(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(100)));

    assertThat(collector.flows().samplingIndex[0]).isZero();
    assertThat(collector.flows().samplingIntervals[0]).isZero();
    assertThat(collector.count(Counter.SAMPLING_UNKNOWN_RECORDS)).isEqualTo(1);
    assertThat(collector.count(Counter.SAMPLING_KNOWN_RECORDS)).isZero();
  }

  @Test
  void samplingIntervalOfZeroInTheRecordIsUnknown_h3c() {
    collector.receive(
        netflow9(1).template(FLOWS, OCTETS, field(34, 4)).data(FLOWS, record().u64(1).u32(0)));

    assertThat(collector.flows().samplingIndex[0]).isZero();
  }

  @Test
  void recordsOwnIntervalComesFirst() {
    system(ipfix(1), 500);
    collector.receive(
        ipfix(1).template(FLOWS, OCTETS, field(34, 4)).data(FLOWS, record().u64(1).u32(1_000)));

    assertSampling(1_000, SamplingProvenance.RECORD);
  }

  @Test
  void unknownSamplerFallsBackToTheSystem() {
    system(ipfix(1), 500);
    collector.receive(
        ipfix(1).template(FLOWS, OCTETS, field(302, 8)).data(FLOWS, record().u64(1).u64(9)));

    assertSampling(500, SamplingProvenance.SYSTEM);
  }

  @Test
  void twoSamplersOfOneRouterHaveTheirOwnIntervals_asr9k() {
    collector.receive(
        netflow9(1)
            .optionsTemplate(OPTIONS, 1, field(1, 4), field(48, 2), field(50, 4), field(49, 1))
            .data(
                OPTIONS,
                record().u32(0).u16(1).u32(2_000).u8(2),
                record().u32(0).u16(2).u32(4_000).u8(2)));
    collector.receive(
        netflow9(1)
            .template(FLOWS, OCTETS, field(48, 1))
            .data(FLOWS, record().u64(1).u8(2), record().u64(1).u8(1)));

    FlowColumns flows = collector.flows();
    assertThat(interval(flows, 0)).isEqualTo(4_000);
    assertThat(interval(flows, 1)).isEqualTo(2_000);
    assertThat(provenance(flows, 0)).isEqualTo(SamplingProvenance.SAMPLER);
  }

  @Test
  void templateScopeAppliesToThatTemplateOnly_nokia() {
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 2, field(149, 4), field(145, 2), field(305, 4), field(306, 4))
            .data(OPTIONS, record().u32(1).u16(FLOWS).u32(1).u32(999)));
    collector.receive(
        ipfix(1)
            .template(FLOWS, OCTETS)
            .template(257, OCTETS)
            .data(FLOWS, record().u64(1))
            .data(257, record().u64(1)));

    assertSampling(1_000, SamplingProvenance.TEMPLATE);
    assertThat(collector.flows().samplingIndex[1]).isZero();
  }

  @Test
  void interfaceScopeOfNetflow9AppliesToTheMeteringInterface_rfc3954Section6_1() {
    collector.receive(
        netflow9(1)
            .optionsTemplate(OPTIONS, 1, field(2, 4), field(34, 4))
            .data(OPTIONS, record().u32(7).u32(200), record().u32(8).u32(300)));
    collector.receive(
        netflow9(1)
            .template(FLOWS, OCTETS, field(10, 2), field(14, 2), field(61, 1))
            .data(
                FLOWS,
                record().u64(1).u16(7).u16(8).u8(0),
                record().u64(1).u16(7).u16(8).u8(1),
                record().u64(1).u16(9).u16(8).u8(0)));

    FlowColumns flows = collector.flows();
    assertThat(interval(flows, 0)).isEqualTo(200);
    assertThat(interval(flows, 1)).isEqualTo(300);
    assertThat(provenance(flows, 1)).isEqualTo(SamplingProvenance.INTERFACE);
    assertThat(flows.samplingIndex[2]).isZero();
  }

  @Test
  void interfaceOptionWithDirectionAppliesToThatDirection_huawei() {
    collector.receive(
        netflow9(1)
            .optionsTemplate(OPTIONS, 1, field(1, 4), field(61, 1), field(10, 4), field(34, 4))
            .data(OPTIONS, record().u32(0).u8(1).u32(7).u32(64)));
    collector.receive(
        netflow9(1)
            .template(FLOWS, OCTETS, field(10, 4), field(14, 4), field(61, 1))
            .data(FLOWS, record().u64(1).u32(1).u32(7).u8(1), record().u64(1).u32(7).u32(1).u8(0)));

    assertThat(interval(collector.flows(), 0)).isEqualTo(64);
    assertThat(collector.flows().samplingIndex[1]).isZero();
  }

  @Test
  void lineCardScopeAppliesToRecordsOfThatCard() {
    collector.receive(
        netflow9(1)
            .optionsTemplate(OPTIONS, 1, field(3, 4), field(34, 4))
            .data(OPTIONS, record().u32(3).u32(700)));
    collector.receive(
        netflow9(1)
            .template(FLOWS, OCTETS, field(141, 4))
            .data(FLOWS, record().u64(1).u32(3), record().u64(1).u32(4)));

    assertSampling(700, SamplingProvenance.LINE_CARD);
    assertThat(collector.flows().samplingIndex[1]).isZero();
  }

  @Test
  void scopeOfNoOctetsIsTheSystem_junosSrx() {
    collector.receive(
        netflow9(1)
            .optionsTemplate(OPTIONS, 1, field(1, 0), field(35, 1), field(34, 4))
            .data(OPTIONS, record().u8(2).u32(100)));
    collector.receive(netflow9(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));

    assertSampling(100, SamplingProvenance.SYSTEM);
  }

  @ParameterizedTest
  @CsvSource({"144, 4", "143, 4", "149, 4", "130, 4"})
  void processAndDomainScopesAreTheSystem(int scope, int length) {
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(scope, length), field(34, 4))
            .data(OPTIONS, record().unsigned(2, length).u32(256)));
    collector.receive(ipfix(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));

    assertSampling(256, SamplingProvenance.SYSTEM);
  }

  @Test
  void optionsAndDataFromDifferentPortsBelongTogether_junosMx() {
    collector.receiveFromPort(
        50_103,
        ipfix(524_288)
            .optionsTemplate(512, 1, field(144, 4), field(34, 4))
            .data(512, record().u32(2).u32(256))
            .build());
    collector.receiveFromPort(
        50_101, ipfix(524_288).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)).build());

    assertSampling(256, SamplingProvenance.SYSTEM);
  }

  @Test
  void anotherDomainsIntervalDoesNotApply_junosFamilies() {
    system(ipfix(1), 500);
    collector.receive(ipfix(2).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));

    assertThat(collector.flows().samplingIndex[0]).isZero();
  }

  @Test
  void operatorsStatementComesLast() {
    TestCollector stated = new TestCollector((high, low, domain) -> StatedSampling.of(128));
    stated.receive(ipfix(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));
    stated.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(144, 4), field(34, 4))
            .data(OPTIONS, record().u32(0).u32(500))
            .data(FLOWS, record().u64(1)));

    assertThat(interval(stated.flows(), 0)).isEqualTo(128);
    assertThat(provenance(stated.flows(), 0)).isEqualTo(SamplingProvenance.INVENTORY);
    assertThat(interval(stated.flows(), 1)).isEqualTo(500);
  }

  /** For routers that announce a wrong number, and there are such: MikroTik, H3C. */
  @Test
  void operatorsStatementReplacesWhatIsAnnouncedWhereItSaysSo() {
    TestCollector stated =
        new TestCollector((high, low, domain) -> StatedSampling.of(128).replacingAnnounced());
    stated.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(302, 4), field(34, 4))
            .data(OPTIONS, record().u32(1).u32(500))
            .template(FLOWS, OCTETS, field(302, 4))
            .template(257, OCTETS, field(34, 4))
            .template(258, OCTETS)
            .data(FLOWS, record().u64(1).u32(1))
            .data(257, record().u64(1).u32(16_777_216))
            .data(258, record().u64(1)));

    for (int row = 0; row < 3; row++) {
      assertThat(interval(stated.flows(), row)).as("%d", row).isEqualTo(128);
      assertThat(provenance(stated.flows(), row)).isEqualTo(SamplingProvenance.INVENTORY);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void operatorsStatementMayBeAboutAnInterfaceADirectionOrAnIpVersion(boolean replacing) {
    StatedSampling parts =
        StatedSampling.of(10)
            .with(0, 0, 6, 20)
            .with(7, 0, 0, 30)
            .with(7, 2, 0, 40)
            .with(7, 2, 6, 50);
    TestCollector stated =
        new TestCollector((high, low, domain) -> replacing ? parts.replacingAnnounced() : parts);
    stated.receive(
        ipfix(1)
            .template(FLOWS, OCTETS, field(10, 4), field(14, 4), field(61, 1), field(60, 1))
            .data(
                FLOWS,
                record().u64(1).u32(1).u32(7).u8(0).u8(4),
                record().u64(1).u32(1).u32(7).u8(0).u8(6),
                record().u64(1).u32(7).u32(1).u8(0).u8(4),
                record().u64(1).u32(1).u32(7).u8(1).u8(4),
                record().u64(1).u32(1).u32(7).u8(1).u8(6)));

    for (int row = 0; row < 5; row++) {
      assertThat(interval(stated.flows(), row)).as("%d", row).isEqualTo(10 * (row + 1));
    }
  }

  /** Only what is announced is replaced: the operator may state it for some interfaces only. */
  @Test
  void announcedIntervalAppliesWhereTheReplacingStatementSaysNothing() {
    TestCollector stated =
        new TestCollector(
            (high, low, domain) -> StatedSampling.NONE.with(7, 0, 0, 30).replacingAnnounced());
    stated.receive(
        ipfix(1)
            .template(FLOWS, OCTETS, field(10, 4), field(34, 4))
            .data(FLOWS, record().u64(1).u32(7).u32(500), record().u64(1).u32(8).u32(500)));

    assertThat(interval(stated.flows(), 0)).isEqualTo(30);
    assertThat(interval(stated.flows(), 1)).isEqualTo(500);
    assertThat(provenance(stated.flows(), 1)).isEqualTo(SamplingProvenance.RECORD);
  }

  @Test
  void changedIntervalAppliesToTheRecordsAfterIt() {
    system(ipfix(1), 500);
    collector.receive(ipfix(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));
    system(ipfix(1), 1_000);
    collector.receive(ipfix(1).data(FLOWS, record().u64(1)));

    assertThat(interval(collector.flows(), 0)).isEqualTo(500);
    assertThat(interval(collector.flows(), 1)).isEqualTo(1_000);
  }

  @ParameterizedTest
  @CsvSource({
    // 34, 50, 305, 306, 309, 310 -> N; RFC 5477 section 8.2, RFC 7270 section 4.
    "1000, 0, 0, 0, 0, 0, 1000",
    "0, 2000, 0, 0, 0, 0, 2000",
    "0, 0, 1, 9, 0, 0, 10",
    "0, 0, 1, 999, 0, 0, 1000",
    "0, 0, 2, 6, 0, 0, 4",
    "0, 0, 1, 0, 0, 0, 1",
    "0, 0, 0, 0, 1, 256, 256",
    "0, 0, 0, 0, 3, 7, 2.3333333",
    "0, 0, 1, 0, 1, 256, 256"
  })
  void computesTheIntervalOfEachAlgorithm(
      long ie34, long ie50, long ie305, long ie306, long ie309, long ie310, double interval) {
    RecordBuilder options =
        record().u32(0).u32(ie34).u32(ie50).u32(ie305).u32(ie306).u32(ie309).u32(ie310);
    collector.receive(
        ipfix(1)
            .optionsTemplate(
                OPTIONS,
                1,
                field(144, 4),
                field(34, 4),
                field(50, 4),
                field(305, 4),
                field(306, 4),
                field(309, 4),
                field(310, 4))
            .data(OPTIONS, options));
    collector.receive(ipfix(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));

    assertThat(interval(collector.flows(), 0)).isCloseTo(interval, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 4})
  void invertsSamplingProbability_ie311(int length) {
    RecordBuilder options = record().u32(0);
    if (length == 8) {
      options.u64(Double.doubleToLongBits(0.001));
    } else {
      options.u32(Float.floatToIntBits(0.001f));
    }
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(144, 4), field(311, length))
            .data(OPTIONS, options));
    collector.receive(ipfix(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));

    assertThat(interval(collector.flows(), 0)).isCloseTo(1_000, within(1e-3));
  }

  /** 1 by the least positive number is infinite, which no reader of a batch would take. */
  @ParameterizedTest
  @CsvSource({"311, 1", "311, 4457293557087583675", "34, 4294967296", "50, -1"})
  void intervalBeyond32BitsIsNone_ie34(int element, long bits) {
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(144, 4), field(element, 8))
            .data(OPTIONS, record().u32(0).u64(bits)));
    collector.receive(
        ipfix(1).template(FLOWS, OCTETS, field(element, 8)).data(FLOWS, record().u64(1).u64(bits)));

    assertThat(collector.count(Counter.SAMPLING_UNKNOWN_RECORDS)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    // 306 alone; 309 greater than 310; 310 alone: none states an interval.
    "306, 4, 100, 0, 0, 0",
    "309, 4, 256, 310, 4, 1",
    "310, 4, 256, 0, 0, 0",
    "34, 8, -5, 0, 0, 0",
    "311, 8, 0, 0, 0, 0"
  })
  void incompleteOrImpossibleStatementIsUnknownAndNeverOne_rfc5477(
      int first, int firstLength, long firstValue, int second, int secondLength, long secondValue) {
    FieldSpecifier filler = second == 0 ? field(210, 1) : field(second, secondLength);
    RecordBuilder options = record().u32(0).unsigned(firstValue, firstLength);
    options.unsigned(secondValue, second == 0 ? 1 : secondLength);
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(144, 4), field(first, firstLength), filler)
            .data(OPTIONS, options));
    collector.receive(ipfix(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));
    collector.receive(
        ipfix(1)
            .template(257, OCTETS, field(first, firstLength), filler)
            .data(
                257,
                record()
                    .u64(1)
                    .unsigned(firstValue, firstLength)
                    .unsigned(secondValue, second == 0 ? 1 : secondLength)));

    assertThat(collector.flows().samplingIndex[0]).isZero();
    assertThat(collector.flows().samplingIndex[1]).isZero();
  }

  /** IOS XR: 305 = 1 stands alone for 1 in 1, and means nothing beside 309 and 310. */
  @Test
  void packetIntervalAloneIsTheWeakestStatement_iosXr() {
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(302, 4), field(305, 4), field(309, 4), field(310, 4))
            .optionsTemplate(301, 1, field(302, 4), field(305, 4), field(304, 2))
            .data(OPTIONS, record().u32(1).u32(1).u32(1).u32(256))
            .data(301, record().u32(2).u32(1).u16(3)));
    collector.receive(
        ipfix(1)
            .template(FLOWS, OCTETS, field(302, 4))
            .data(FLOWS, record().u64(1).u32(1), record().u64(1).u32(2)));

    assertThat(interval(collector.flows(), 0)).isEqualTo(256);
    assertThat(interval(collector.flows(), 1)).isEqualTo(1);
    assertThat(collector.count(Counter.SAMPLING_CONTRADICTIONS)).isZero();
  }

  @Test
  void timeBasedSamplingIsTheSumOfIntervalAndSpace_rfc5477Section8_2() {
    collector.receive(
        ipfix(1)
            .template(FLOWS, OCTETS, field(307, 4), field(308, 4))
            .data(FLOWS, record().u64(1).u32(10).u32(990)));

    assertSampling(100, SamplingProvenance.RECORD);
  }

  /** FortiGate sends codes such as 131 and 241; the interval beside them is right. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 131, 241})
  void algorithmCodeIsNeverAReasonToDoubt_fortigate(int algorithm) {
    collector.receive(
        netflow9(1)
            .optionsTemplate(OPTIONS, 1, field(1, 4), field(35, 1), field(34, 4))
            .data(OPTIONS, record().u32(0).u8(algorithm).u32(512)));
    collector.receive(netflow9(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));

    assertSampling(512, SamplingProvenance.SYSTEM);
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 396, 397})
  void flowSelectionIsNoSamplingOfPackets_rfc7014(int element) {
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(144, 4), field(element, 4), field(34, 4))
            .data(OPTIONS, record().u32(0).u32(1).u32(100)));
    collector.receive(
        ipfix(1)
            .template(FLOWS, OCTETS)
            .template(257, OCTETS, field(element, 4), field(309, 4), field(310, 4))
            .data(FLOWS, record().u64(1))
            .data(257, record().u64(1).u32(1).u32(1).u32(50)));

    assertThat(collector.flows().samplingIndex).startsWith(0, 0);
    assertThat(collector.count(Counter.FLOW_SELECTION_RECORDS)).isEqualTo(1);
  }

  @Test
  void intervalOfOneIpVersionAppliesToThatVersionOnly_iosXr() {
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 2, field(144, 4), field(60, 1), field(34, 4))
            .data(OPTIONS, record().u32(0).u8(4).u32(1_000), record().u32(0).u8(6).u32(100)));
    collector.receive(
        ipfix(1)
            .template(FLOWS, OCTETS, field(8, 4))
            .template(257, OCTETS, field(27, 16))
            .data(FLOWS, record().u64(1).address("10.0.0.1"))
            .data(257, record().u64(1).address("2409:8000::1")));

    assertThat(interval(collector.flows(), 0)).isEqualTo(1_000);
    assertThat(interval(collector.flows(), 1)).isEqualTo(100);
  }

  @Test
  void interfaceDirectionAndIpVersionAreTheNarrowestScope() {
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 3, field(10, 4), field(61, 1), field(60, 1), field(34, 4))
            .optionsTemplate(301, 1, field(10, 4), field(34, 4))
            .data(OPTIONS, record().u32(7).u8(0).u8(6).u32(64))
            .data(301, record().u32(7).u32(128)));
    collector.receive(
        ipfix(1)
            .template(FLOWS, OCTETS, field(10, 4), field(60, 1))
            .data(FLOWS, record().u64(1).u32(7).u8(6), record().u64(1).u32(7).u8(4)));

    assertThat(interval(collector.flows(), 0)).isEqualTo(64);
    assertThat(interval(collector.flows(), 1)).isEqualTo(128);
    assertThat(provenance(collector.flows(), 0)).isEqualTo(SamplingProvenance.INTERFACE);
  }

  @Test
  void optionsOfOneDomainMayBeAboutAnother_ie149() {
    collector.receive(ipfix(2).template(FLOWS, OCTETS));
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(149, 4), field(34, 4))
            .data(OPTIONS, record().u32(2).u32(300)));
    collector.receive(ipfix(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));
    collector.receive(ipfix(2).data(FLOWS, record().u64(1)));

    assertThat(collector.flows().samplingIndex[0]).isZero();
    assertThat(interval(collector.flows(), 1)).isEqualTo(300);
  }

  @Test
  void samplerZeroIsTheOnlySamplerThereIs_cisco7600() {
    collector.receive(
        netflow9(1)
            .optionsTemplate(OPTIONS, 1, field(1, 4), field(48, 1), field(50, 4))
            .data(OPTIONS, record().u32(0).u8(3).u32(512)));
    collector.receive(
        netflow9(1).template(FLOWS, OCTETS, field(48, 1)).data(FLOWS, record().u64(1).u8(0)));

    assertSampling(512, SamplingProvenance.SAMPLER);
  }

  @Test
  void samplerZeroOfTwoSamplersIsUnknown() {
    collector.receive(
        netflow9(1)
            .optionsTemplate(OPTIONS, 1, field(1, 4), field(48, 1), field(50, 4))
            .data(OPTIONS, record().u32(0).u8(3).u32(512), record().u32(0).u8(4).u32(1_024)));
    collector.receive(
        netflow9(1).template(FLOWS, OCTETS, field(48, 1)).data(FLOWS, record().u64(1).u8(0)));

    assertThat(collector.flows().samplingIndex[0]).isZero();
  }

  /** Decoded after the change, but exported before it: as from another, slower path. */
  @Test
  void changeAppliesByExportTimeNotByArrival() {
    system(ipfix(1).exportTimeSeconds(1_700_000_000), 500);
    collector.receive(ipfix(1).exportTimeSeconds(1_700_000_000).template(FLOWS, OCTETS));
    system(ipfix(1).exportTimeSeconds(1_700_000_010), 1_000);
    collector.receive(ipfix(1).exportTimeSeconds(1_700_000_009).data(FLOWS, record().u64(1)));
    collector.receive(ipfix(1).exportTimeSeconds(1_700_000_010).data(FLOWS, record().u64(1)));

    assertThat(interval(collector.flows(), 0)).isEqualTo(500);
    assertThat(interval(collector.flows(), 1)).isEqualTo(1_000);
    assertThat(collector.count(Counter.SAMPLING_CHANGES)).isEqualTo(1);
  }

  /** The exporter set its clock back by an hour after it had announced the change. */
  @Test
  void changeStaysWhenTheExportersClockIsSetBackAfterIt() {
    system(ipfix(1).exportTimeSeconds(1_700_000_000), 500);
    collector.receive(ipfix(1).exportTimeSeconds(1_700_000_000).template(FLOWS, OCTETS));
    system(ipfix(1).exportTimeSeconds(1_700_000_010), 1_000);
    collector.receive(ipfix(1).exportTimeSeconds(1_699_996_420).data(FLOWS, record().u64(1)));

    assertThat(interval(collector.flows(), 0)).isEqualTo(1_000);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "8, 1", "20, 1", "21, 0", "256, 0"})
  void intervalThatMayBeAnExponentIsCountedOnce_h3c(int interval, int counted) {
    system(ipfix(1), interval);
    system(ipfix(1), interval);

    assertThat(collector.count(Counter.SAMPLING_LOOKS_LIKE_EXPONENT)).isEqualTo(counted);
  }

  /** Huawei names the interface as the sampler (48), and the selector beside it (302). */
  @Test
  void selectorAppliesWhereTheSamplerIsUnknown_huawei() {
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(302, 8), field(305, 4), field(306, 4))
            .data(OPTIONS, record().u64(3).u32(1).u32(999)));
    collector.receive(
        ipfix(1)
            .template(FLOWS, OCTETS, field(48, 4), field(302, 8))
            .template(257, OCTETS, field(302, 8), field(48, 4))
            .data(FLOWS, record().u64(1).u32(17).u64(3))
            .data(257, record().u64(1).u64(9).u32(3)));

    assertThat(interval(collector.flows(), 0)).isEqualTo(1_000);
    assertThat(interval(collector.flows(), 1)).isEqualTo(1_000);
  }

  @Test
  void announcementThatWasOvertakenDoesNotUndoTheLaterOne() {
    system(ipfix(1).exportTimeSeconds(1_700_000_000), 500);
    system(ipfix(1).exportTimeSeconds(1_700_000_010), 1_000);
    system(ipfix(1).exportTimeSeconds(1_700_000_005), 500);
    collector.receive(
        ipfix(1)
            .exportTimeSeconds(1_700_000_020)
            .template(FLOWS, OCTETS)
            .data(FLOWS, record().u64(1)));

    assertSampling(1_000, SamplingProvenance.SYSTEM);
  }

  @Test
  void recordsBeforeTheFirstAnnouncementStayUnknown() {
    collector.receive(ipfix(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));
    system(ipfix(1), 500);
    collector.receive(ipfix(1).data(FLOWS, record().u64(1)));

    assertThat(collector.flows().samplingIndex[0]).isZero();
    assertThat(interval(collector.flows(), 1)).isEqualTo(500);
    assertThat(collector.count(Counter.SAMPLING_CHANGES)).isZero();
  }

  /** Cisco C9300: options template, options data and flows all in one packet. */
  @Test
  void announcementAndDataInOneMessageBelongTogether_ciscoC9300() {
    collector.receive(
        netflow9(1)
            .optionsTemplate(OPTIONS, 1, field(1, 4), field(34, 4))
            .data(OPTIONS, record().u32(0).u32(400))
            .template(FLOWS, OCTETS)
            .data(FLOWS, record().u64(1)));

    assertSampling(400, SamplingProvenance.SYSTEM);
  }

  @Test
  void contradictoryStatementsAreCountedAndTakenInOrder() {
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(144, 4), field(34, 4), field(309, 4), field(310, 4))
            .data(OPTIONS, record().u32(0).u32(100).u32(1).u32(1_000)));
    collector.receive(ipfix(1).template(FLOWS, OCTETS).data(FLOWS, record().u64(1)));

    assertSampling(100, SamplingProvenance.SYSTEM);
    assertThat(collector.count(Counter.SAMPLING_CONTRADICTIONS)).isEqualTo(1);
  }

  @Test
  void statementsThatAgreeAreNoContradiction() {
    collector.receive(
        ipfix(1)
            .optionsTemplate(OPTIONS, 1, field(144, 4), field(34, 4), field(311, 8))
            .data(OPTIONS, record().u32(0).u32(1_000).u64(Double.doubleToLongBits(0.001))));

    assertThat(collector.count(Counter.SAMPLING_CONTRADICTIONS)).isZero();
  }

  /** Junos sends each IP version in a domain of its own; the interface is the same. */
  @Test
  void alarmIsRaisedOnceWhereOneIpVersionHasAnIntervalAndTheOtherHasNone_junos() {
    system(ipfix(4), 500);
    MessageBuilder ipv4 =
        ipfix(4)
            .template(FLOWS, OCTETS, field(10, 4), field(8, 4))
            .data(FLOWS, record().u64(1).u32(7).address("10.0.0.1"));
    MessageBuilder ipv6 =
        ipfix(6)
            .template(FLOWS, OCTETS, field(10, 4), field(27, 16))
            .data(FLOWS, record().u64(1).u32(7).address("2409:8000::1"));
    collector.receive(ipv6);
    assertThat(collector.count(Counter.ONE_FAMILY_SAMPLED)).isZero();

    collector.receive(ipv4).receive(ipv6).receive(ipv4);

    assertThat(collector.count(Counter.ONE_FAMILY_SAMPLED)).isEqualTo(1);
    system(ipfix(6), 500);
    collector.receive(ipv6).receive(ipv4);
    assertThat(collector.count(Counter.ONE_FAMILY_SAMPLED)).isEqualTo(1);
  }

  @Test
  void noAlarmWhereNeitherIpVersionHasAnInterval() {
    collector.receive(
        ipfix(1)
            .template(FLOWS, OCTETS, field(60, 1))
            .data(FLOWS, record().u64(1).u8(4), record().u64(1).u8(6)));

    assertThat(collector.count(Counter.ONE_FAMILY_SAMPLED)).isZero();
  }

  private void system(MessageBuilder message, long interval) {
    collector.receive(
        message
            .optionsTemplate(OPTIONS, 1, field(144, 4), field(34, 4))
            .data(OPTIONS, record().u32(0).u32(interval)));
  }

  private void assertSampling(double interval, SamplingProvenance provenance) {
    assertThat(interval(collector.flows(), 0)).isEqualTo(interval);
    assertThat(provenance(collector.flows(), 0)).isEqualTo(provenance);
  }

  private static double interval(FlowColumns flows, int row) {
    return flows.samplingIntervals[flows.samplingIndex[row] & 0xFF];
  }

  private static SamplingProvenance provenance(FlowColumns flows, int row) {
    return SamplingProvenance.of(flows.samplingProvenances[flows.samplingIndex[row] & 0xFF]);
  }
}
