package org.ipv6flow.collector.fuzz;

import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.ExporterStyles;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;

/** Well-formed messages of every kind, and some that no router sends: what mutations begin from. */
final class Seeds {

  private static final long REVERSE = 29_305;
  private static final long JUNIPER = 2_636;
  private static final int VARIABLE = FieldSpecifier.VARIABLE_LENGTH;
  private static final int MAX_FIELDS = 512;

  private Seeds() {}

  static List<byte[]> messages() {
    List<byte[]> messages = new ArrayList<>(ExporterStyles.mixture());
    messages.addAll(options());
    messages.addAll(times());
    messages.addAll(lists());
    messages.addAll(frameMessages());
    messages.addAll(templates());
    messages.addAll(unusual());
    return messages;
  }

  /** Sampling of every algorithm and scope. */
  private static List<byte[]> options() {
    return List.of(
        ipfix(6)
            .optionsTemplate(300, 1, field(302, 8), field(304, 2), field(305, 4), field(306, 4))
            .data(300, record().u64(7).u16(1).u32(1).u32(999), record().u64(8).u16(1).u32(2).u32(8))
            .optionsTemplate(301, 1, field(145, 2), field(309, 4), field(310, 4))
            .data(301, record().u16(256).u32(1).u32(512))
            .optionsTemplate(302, 2, field(10, 4), field(60, 1), field(34, 4))
            .data(302, record().u32(5).u8(6).u32(64), record().u32(5).u8(4).u32(128))
            .optionsTemplate(303, 1, field(141, 4), field(311, 8))
            .data(303, record().u32(1).u64(Double.doubleToLongBits(0.01)))
            .optionsTemplate(304, 1, field(149, 4), field(160, 8))
            .data(304, record().u32(6).u64(TestCollector.NOW_MILLIS - 1_000_000))
            .optionsTemplate(305, 1, field(149, 4), field(390, 2), field(307, 4), field(308, 4))
            .data(305, record().u32(9).u16(1).u32(1).u32(99))
            .build(),
        netflow9(7)
            .optionsTemplate(300, 1, field(1, 0), field(48, 1), field(49, 1), field(50, 4))
            .data(300, record().u8(1).u8(2).u32(1_000))
            .optionsTemplate(301, 1, field(2, 4), field(34, 4), field(84, 8))
            .data(301, record().u32(9).u32(100).zeros(8))
            .optionsTemplate(302, 2, field(3, 2), field(5, 2), field(34, 2))
            .data(302, record().u16(1).u16(256).u16(10))
            .template(256, field(8, 4), field(12, 4), field(1, 4), field(48, 1), field(61, 1))
            .data(256, record().address("10.0.0.1").address("10.0.0.2").u32(9).u8(1).u8(1))
            .build());
  }

  private static List<byte[]> times() {
    return List.of(
        ipfix(8)
            .template(256, field(152, 8), field(153, 8), field(1, 4))
            .data(256, record().u64(1_699_999_999_000L).u64(1_700_000_000_000L).u32(1))
            .template(257, field(154, 8), field(157, 8), field(1, 4))
            .data(257, record().u64(0xE900_0000_8000_0000L).u64(0xE900_0001_0000_0000L).u32(1))
            .template(258, field(150, 4), field(161, 4), field(1, 4))
            .data(258, record().u32(1_700_000_000).u32(500).u32(1))
            .template(259, field(158, 4), field(159, 4), field(162, 4), field(1, 4))
            .data(259, record().u32(9_000).u32(8_000).u32(70).u32(1))
            .template(260, field(22, 4), field(21, 4), field(160, 8), field(1, 4))
            .data(260, record().u32(100).u32(900).u64(1_699_999_000_000L).u32(1))
            .template(261, field(323, 8), field(34, 4), field(1, 4))
            .data(261, record().u64(1_700_000_000_000L).u32(77).u32(1))
            .build(),
        netflow9(8)
            .template(256, field(22, 4), field(21, 4), field(1, 4), field(2, 4), field(34, 2))
            .data(256, record().u32(99_000).u32(100_000).u32(1_500).u32(1).u16(3))
            .data(256, record().u32(0xFFFF_FFF0L).u32(100).u32(1_500).u32(1).u16(0))
            .build());
  }

  /** Structured data (RFC 6313), reverse elements (RFC 5103), elements of enterprises. */
  private static List<byte[]> lists() {
    RecordBuilder basicList = record().u8(3).u16(27).u16(16).zeros(32);
    RecordBuilder subTemplates = record().u8(3).u16(256).zeros(12);
    return List.of(
        ipfix(9)
            .template(256, field(291, VARIABLE), field(292, VARIABLE), field(293, VARIABLE))
            .template(257, field(495, VARIABLE), field(1, 4), field(27, 16), field(27, 16))
            .data(
                256,
                record()
                    .variable(basicList.build())
                    .variable(subTemplates.build())
                    .variable(record().u8(3).u16(256).u16(9).zeros(5).build()))
            .data(257, record().variable(basicList.build()).u32(5).zeros(31).u8(1))
            .data(257, record().longVariable(basicList.build()).u32(6).zeros(32))
            .build(),
        ipfix(10)
            .template(
                256,
                field(8, 4),
                field(12, 4),
                field(1, 8),
                field(2, 8),
                field(152, 8),
                field(153, 8),
                field(REVERSE, 1, 8),
                field(REVERSE, 2, 8),
                field(REVERSE, 152, 8),
                field(REVERSE, 6, 1),
                field(JUNIPER, 137, 2))
            .data(
                256,
                record()
                    .address("10.0.0.1")
                    .address("10.0.0.2")
                    .u64(10)
                    .u64(1)
                    .u64(1_700_000_000_000L)
                    .u64(1_700_000_000_100L)
                    .u64(20)
                    .u64(2)
                    .u64(1_700_000_000_050L)
                    .u8(0x12)
                    .u16(0x0801))
            .template(257, field(231, 4), field(232, 4), field(298, 4), field(299, 4))
            .data(257, record().u32(1).u32(2).u32(3).u32(4))
            .template(258, field(23, 4), field(85, 8), field(352, 8))
            .data(258, record().zeros(20))
            .build());
  }

  static List<byte[]> frames() {
    byte[] ipv4 =
        record().u8(0x46).u8(0).u16(64).u32(0).u8(64).u8(6).u16(0).zeros(12).zeros(40).build();
    byte[] ipv6 =
        record()
            .u32(0x6000_0000L)
            .u16(48)
            .u8(0)
            .u8(64)
            .zeros(32)
            .octets(new byte[] {44, 0, 0, 0, 0, 0, 0, 0})
            .octets(new byte[] {51, 0, 0, 0, 0, 0, 0, 1})
            .octets(new byte[] {60, 4, 0, 0, 0, 0, 0, 0})
            .zeros(16)
            .octets(new byte[] {47, 0, 0, 0, 0, 0, 0, 0})
            .u16(0)
            .u16(0x86DD)
            .zeros(8)
            .build();
    byte[] qinq = record().zeros(12).u16(0x88A8).u16(7).u16(0x8100).u16(8).u16(0x0800).build();
    byte[] mpls = record().zeros(12).u16(0x8847).u32(0x0001_00FFL).u32(0x0002_01FFL).build();
    byte[] pppoe = record().zeros(12).u16(0x8864).zeros(6).u16(0x0057).build();
    byte[] snap = record().zeros(12).u16(60).u32(0xAAAA_0300L).u16(0).u16(0x86DD).build();
    byte[] inner = record().u32(0x6000_0000L).u16(18).u8(143).u8(1).zeros(32).zeros(12).build();
    return List.of(
        ExporterStyles.srv6Frame(),
        ipv4,
        ipv6,
        concat(qinq, ipv4),
        concat(mpls, ipv6),
        concat(pppoe, ipv6),
        concat(snap, ipv6),
        concat(inner, record().u16(0x8100).u16(1).u16(0x0800).build()));
  }

  private static byte[] concat(byte[] one, byte[] other) {
    return record().octets(one).octets(other).build();
  }

  private static List<byte[]> frameMessages() {
    RecordBuilder[] records =
        frames().stream()
            .map(frame -> record().u16(frame.length).variable(frame))
            .toArray(RecordBuilder[]::new);
    RecordBuilder[] packets =
        frames().stream().map(frame -> record().variable(frame)).toArray(RecordBuilder[]::new);
    return List.of(
        ipfix(11)
            .template(256, field(312, 2), field(315, VARIABLE))
            .template(257, field(313, VARIABLE))
            .data(256, records)
            .data(257, packets)
            .build(),
        netflow9(11)
            .template(256, field(104, 64), field(103, 2), field(102, 2))
            .data(256, record().octets(Arrays.copyOf(frames().get(4), 64)).u16(64).u16(0))
            .build());
  }

  private static List<byte[]> templates() {
    FieldSpecifier[] manyFields = new FieldSpecifier[MAX_FIELDS];
    Arrays.fill(manyFields, field(210, 1));
    manyFields[0] = field(1, 4);
    FieldSpecifier[] noOctets = new FieldSpecifier[MAX_FIELDS];
    Arrays.fill(noOctets, field(82, 0));
    noOctets[0] = field(1, VARIABLE);
    return List.of(
        ipfix(12).template(256, manyFields).data(256, record().u32(1).zeros(511)).build(),
        ipfix(12).template(257, noOctets).data(257, record().zeros(200)).build(),
        ipfix(12).template(258, field(82, 0)).data(258, record().zeros(8)).build(),
        ipfix(12).template(259, field(1, 65_534)).data(259, record().zeros(64)).build(),
        ipfix(12).optionsTemplate(300, 0, field(34, 4)).data(300, record().u32(5)).build(),
        ipfix(12).set(2, (byte) 1, (byte) 0, (byte) 0, (byte) 0).set(3, new byte[4]).build(),
        ipfix(12).set(2, (byte) 0, (byte) 2, (byte) 0, (byte) 0).build(),
        netflow9(12).template(256, manyFields).data(256, record().zeros(515).u8(1)).build(),
        netflow9(12).set(1, (byte) 1, (byte) 44, (byte) 0, (byte) 3, (byte) 0, (byte) 4).build());
  }

  /** Unknown templates, sets of nothing, padding, lengths that lie, other protocols. */
  private static List<byte[]> unusual() {
    RecordBuilder empty = record();
    for (int i = 0; i < 100; i++) {
      empty.u16(400 + i).u16(4);
    }
    return List.of(
        ipfix(13).raw(empty.build()).build(),
        netflow9(13).data(500, record().zeros(30)).raw(new byte[40]).build(),
        ipfix(13).data(256, record().u32(1)).lengthError(-3).build(),
        ipfix(13).data(257, record().u32(1)).lengthError(9).build(),
        record().u16(5).u16(30).zeros(18).u16(0x4001).zeros(30 * 48).build(),
        record().u16(5).u16(1).zeros(18).u16(0).zeros(2 * 48).build(),
        record().u32(5).u32(1).zeros(40).build(),
        new byte[0]);
  }
}
