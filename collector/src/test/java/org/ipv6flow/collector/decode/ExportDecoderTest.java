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
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages, sets and batches: what is walked, what is dropped, and where records land. */
class ExportDecoderTest {

  private static final FieldSpecifier OCTETS = field(1, 8);
  private static final FieldSpecifier PACKETS = field(2, 8);

  private final TestCollector collector = new TestCollector();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 11, 0x0500})
  void countsOtherVersionsAsUnsupported(int version) {
    collector.receive(record().u16(version).u16(1).zeros(68).build());

    assertThat(collector.dropped(DropReason.UNSUPPORTED_VERSION)).isEqualTo(1);
  }

  @Test
  void recognisesSflowByItsVersionOf32Bits() {
    collector.receive(record().u32(5).u32(1).zeros(40).build());

    assertThat(collector.dropped(DropReason.SFLOW)).isEqualTo(1);
    assertThat(collector.dropped(DropReason.UNSUPPORTED_VERSION)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 15})
  void dropsDatagramShorterThanItsHeader(int octets) {
    collector.receive(Arrays.copyOf(ipfix(1).build(), octets));

    assertThat(collector.dropped(DropReason.DATAGRAM_TOO_SHORT)).isEqualTo(1);
  }

  @Test
  void dropsMessageWhoseLengthExcludesItsHeader_rfc7011Section3_1() {
    collector.receive(ipfix(1).lengthError(-4));

    assertThat(collector.dropped(DropReason.MESSAGE_LENGTH_INVALID)).isEqualTo(1);
  }

  @Test
  void ignoresOctetsBehindTheMessage_rfc7011Section3_1() {
    MessageBuilder message = ipfix(1).template(256, OCTETS, PACKETS).data(256, counts(10, 1));
    message.data(256, counts(20, 1)).lengthError(-20);

    collector.receive(message);

    assertThat(collector.flows().recordCount).isEqualTo(1);
  }

  @Test
  void decodesTheSetsAroundOneOfUnknownTemplate() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, PACKETS)
            .data(256, counts(10, 1))
            .set(999, new byte[40])
            .data(256, counts(20, 2)));

    assertThat(collector.flows().recordCount).isEqualTo(2);
    assertThat(collector.flows().octets).startsWith(10, 20);
    assertThat(collector.count(Counter.HELD_SETS)).isEqualTo(1);
  }

  @Test
  void decodesTheSetsBeforeOneThatExceedsItsMessage() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, PACKETS)
            .data(256, counts(10, 1))
            .raw(record().u16(256).u16(400).zeros(16).build()));

    assertThat(collector.flows().recordCount).isEqualTo(1);
    assertThat(collector.dropped(DropReason.SET_EXCEEDS_MESSAGE)).isEqualTo(1);
  }

  @Test
  void stopsAtSetShorterThanItsHeader_rfc7011Section3_3_2() {
    collector.receive(
        ipfix(1).template(256, OCTETS, PACKETS).raw(record().u16(256).u16(3).zeros(16).build()));

    assertThat(collector.dropped(DropReason.SET_LENGTH_INVALID)).isEqualTo(1);
    assertThat(collector.flows().recordCount).isZero();
  }

  @Test
  void dropsReservedSets_rfc7011Section3_3_2() {
    collector.receive(ipfix(1).set(4, new byte[8]).template(256, OCTETS, PACKETS));

    assertThat(collector.dropped(DropReason.RESERVED_SET)).isEqualTo(1);
    assertThat(collector.count(Counter.TEMPLATE_RECORDS)).isEqualTo(1);
  }

  @Test
  void takesZerosBehindTheLastFlowSetAsPadding_paloAlto() {
    collector.receive(
        netflow9(1)
            .template(256, OCTETS, PACKETS)
            .data(256, counts(10, 1))
            .raw(record().zeros(1_220).build()));

    assertThat(collector.flows().recordCount).isEqualTo(1);
    assertThat(collector.decoder().totals().dropped(DropReason.Level.SET)).isZero();
  }

  @Test
  void takesFewerOctetsThanARecordAsPadding_rfc7011Section3_3_1() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, PACKETS)
            .set(256, record().u64(10).u64(1).octets(new byte[] {1, 2, 3}).build()));

    assertThat(collector.flows().recordCount).isEqualTo(1);
  }

  @Test
  void doesNotLoopOnTemplateWithoutOctets_softflowd() {
    collector.receive(ipfix(1).template(256, field(1, 0)).set(256, new byte[64]));

    assertThat(collector.dropped(DropReason.RECORD_LENGTH_ZERO)).isEqualTo(1);
  }

  @Test
  void readsVariableLengthInNetflow9Too_h3c() {
    collector.receive(
        netflow9(1)
            .template(256, OCTETS, field(96, 65_535), PACKETS)
            .data(256, record().u64(10).string("h3c").u64(2)));

    assertThat(collector.flows().octets[0]).isEqualTo(10);
    assertThat(collector.flows().packets[0]).isEqualTo(2);
  }

  @Test
  void readsLongFormOfVariableLength_rfc7011Section7() {
    collector.receive(
        ipfix(1)
            .template(256, field(96, 65_535), OCTETS, PACKETS)
            .data(256, record().longVariable(new byte[300]).u64(10).u64(2)));

    assertThat(collector.flows().octets[0]).isEqualTo(10);
  }

  @Test
  void dropsRecordWhoseVariableLengthLeavesItsSet() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(96, 65_535))
            .set(256, record().u64(10).string("ok").u64(20).u8(200).zeros(3).build()));

    assertThat(collector.flows().recordCount).isEqualTo(1);
    assertThat(collector.dropped(DropReason.RECORD_TRUNCATED)).isEqualTo(1);
  }

  @Test
  void splitsSetThatDoesNotFitIntoItsBatch() {
    TestCollector small = new TestCollector(new DecoderState(DecoderLimits.defaults()), 8);
    RecordBuilder[] records = new RecordBuilder[20];
    for (int i = 0; i < records.length; i++) {
      records[i] = counts(i, 1);
    }

    small.receive(ipfix(1).sequence(7).template(256, OCTETS, PACKETS).data(256, records));

    assertThat(small.flushedRecordCounts()).containsExactly(8, 8);
    FlowColumns last = small.flows();
    assertThat(last.recordCount).isEqualTo(4);
    assertThat(last.octets).startsWith(16, 17, 18, 19);
    assertThat(last.messageCount).isEqualTo(1);
    assertThat(last.messageRecordCount[0]).isEqualTo(4);
    assertThat(last.messageSequenceNumber[0]).isEqualTo(7);
  }

  /** A message that a network delivers twice is told by its content: its copy is not cut either. */
  @Test
  void beginsAnotherBatchForAMessageThatMightBeCut() {
    TestCollector small = new TestCollector(new DecoderState(DecoderLimits.defaults()), 8);
    small.receive(ipfix(1).template(256, OCTETS, PACKETS));
    byte[] message =
        ipfix(1).sequence(3).data(256, counts(1, 1), counts(2, 1), counts(3, 1)).build();

    small.receive(message).receive(message).receive(message);

    // Three records fit behind three, and twice; a third time they would be cut after two.
    assertThat(small.flushedRecordCounts()).containsExactly(6);
    assertThat(small.flows().recordCount).isEqualTo(3);
    assertThat(small.flows().messageRecordCount).startsWith(3);
  }

  @Test
  void splitsSetOfVariableLengthRecordsThatDoesNotFit() {
    TestCollector small = new TestCollector(new DecoderState(DecoderLimits.defaults()), 100);
    RecordBuilder[] records = new RecordBuilder[250];
    long expected = 0;
    for (int i = 0; i < records.length; i++) {
      records[i] = record().string("x".repeat(i % 7)).u64(i).u64(1);
      expected += i;
    }

    small.receive(ipfix(1).template(256, field(96, 65_535), OCTETS, PACKETS).data(256, records));

    assertThat(small.flushedRecordCounts()).containsExactly(100, 100);
    assertThat(small.count(Counter.OCTETS)).isEqualTo(expected);
    assertThat(small.flows().octets).startsWith(200, 201, 202);
  }

  @Test
  void givesEachMessageOneEntryWithItsRecords() {
    collector.receive(
        ipfix(1)
            .sequence(1)
            .template(256, OCTETS, PACKETS)
            .data(256, counts(1, 1), counts(2, 1))
            .data(256, counts(3, 1)));
    collector.receive(ipfix(1).sequence(4).data(256, counts(4, 1)));

    FlowColumns flows = collector.flows();
    assertThat(flows.messageCount).isEqualTo(2);
    assertThat(flows.messageRecordCount).startsWith(3, 1);
    assertThat(flows.messageSequenceNumber).startsWith(1, 4);
    assertThat(flows.sourceCount).isEqualTo(1);
  }

  @Test
  void sendsBatchWhenNoRoomIsLeftForAnotherSamplingInterval() {
    RecordBuilder[] records = new RecordBuilder[400];
    for (int i = 0; i < records.length; i++) {
      records[i] = record().u64(1).u32(i + 1);
    }

    collector.receive(ipfix(1).template(256, OCTETS, field(34, 4)).data(256, records));

    assertThat(collector.flushedRecordCounts()).containsExactly(255);
    FlowColumns flows = collector.flows();
    assertThat(flows.recordCount).isEqualTo(145);
    assertThat(flows.samplingIntervals[flows.samplingIndex[0] & 0xFF]).isEqualTo(256);
    assertThat(flows.samplingIntervals[flows.samplingIndex[144] & 0xFF]).isEqualTo(400);
  }

  @Test
  void refusesMoreExportersThanAllowed() {
    DecoderLimits one = limits(1, 1);
    TestCollector limited = new TestCollector(one);

    limited.receive(ipfix(1)).receive(ipfix(2));

    assertThat(limited.count(Counter.DATAGRAMS_DECODED)).isEqualTo(1);
    assertThat(limited.dropped(DropReason.TOO_MANY_DOMAINS)).isEqualTo(1);
  }

  private static DecoderLimits limits(int exporters, int domains) {
    DecoderLimits d = DecoderLimits.defaults();
    return new DecoderLimits(
        exporters,
        domains,
        d.maxTemplatesPerDomain(),
        d.maxFieldsPerTemplate(),
        d.maxTemplateFieldsPerExporter(),
        d.maxTemplateFields(),
        d.holdUnknownSets(),
        d.maxHeldOctetsPerExporter(),
        d.maxHeldOctets(),
        d.maxHoldTime(),
        d.minTemplateLifetime(),
        d.maxClockDifference());
  }

  private static RecordBuilder counts(long octets, long packets) {
    return record().u64(octets).u64(packets);
  }
}
