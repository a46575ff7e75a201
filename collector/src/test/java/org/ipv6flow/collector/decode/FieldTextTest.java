package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.RecordBuilder.record;

import java.math.BigInteger;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.junit.jupiter.api.Test;

/** Names and values in listings. */
class FieldTextTest {

  private static final long REVERSE = 29_305;

  @Test
  void namesElementsOfEnterprisesAndReverseOnes() {
    assertThat(FieldText.name(field(1, 8))).isEqualTo("octetDeltaCount");
    assertThat(FieldText.name(field(REVERSE, 1, 8))).isEqualTo("reverseOctetDeltaCount");
    assertThat(FieldText.name(field(637, 93, 8))).isEqualTo("aluNatSubString");
    assertThat(FieldText.name(field(2_011, 232, 2))).isEqualTo("2011/232");
    assertThat(FieldText.name(field(0, 1))).isEqualTo("0/0");
  }

  @Test
  void listsTheValuesOfABasicList_rfc6313Section4_5_1() {
    RecordBuilder segments =
        record().u8(255).u16(494).u16(16).address("2409::1").address("2409::2");
    RecordBuilder names = record().u8(3).u16(82).u16(65_535).string("eth0").string("");
    RecordBuilder empty = record().u8(255).u16(494).u16(16);
    RecordBuilder cutOff = record().u8(255).u16(494).u16(16).address("2409::1").u8(9);

    assertThat(text(field(496, 65_535), segments)).isEqualTo("[\"2409::1\",\"2409::2\"]");
    assertThat(text(field(291, 65_535), names)).isEqualTo("[\"eth0\",\"\"]");
    assertThat(text(field(291, 65_535), empty)).isEqualTo("[]");
    assertThat(text(field(291, 65_535), cutOff)).startsWith("\"0xff01ee0010");
    assertThat(text(field(291, 65_535), record().u8(1))).isEqualTo("\"0x01\"");
  }

  @Test
  void listsInListsStayOctets() {
    RecordBuilder inner = record().u8(255).u16(494).u16(16);
    RecordBuilder outer = record().u8(255).u16(291).u16(65_535).u8(5).octets(inner.build());

    assertThat(text(field(291, 65_535), outer)).isEqualTo("[\"0xff01ee0010\"]");
  }

  /** The era of NTP that begins in 2036 (RFC 7011 section 6.1.9). */
  @Test
  void showsTimesOfBothErasOfNtp() {
    assertThat(text(field(154, 8), record().u32(0xE900_0000L).u32(0x8000_0000L)))
        .isEqualTo("\"2023-11-16T02:42:08.500Z\"");
    assertThat(text(field(154, 8), record().u64(0))).isEqualTo("\"2036-02-07T06:28:16Z\"");
  }

  @Test
  void showsIntegersOf32Octets_ie515() {
    assertThat(text(field(515, 32), record().u8(1).zeros(31)))
        .isEqualTo(BigInteger.TWO.pow(248).toString());
  }

  private static String text(FieldSpecifier field, RecordBuilder value) {
    byte[] octets = value.build();
    return FieldText.value(field, octets, 0, octets.length).toString();
  }
}
