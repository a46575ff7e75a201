package org.ipv6flow.collector.testing;

import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ipv6flow.collector.template.FieldSpecifier;

/** Messages in the shapes that real exporters send: what tests begin from. */
public final class ExporterStyles {

  private static final long REVERSE = 29_305;

  /** Ethernet with a VLAN tag, IPv6, a segment routing header of one segment, and IPv4 inside. */
  private static final byte[] SRV6_FRAME =
      record()
          .zeros(12)
          .u16(0x8100)
          .u16(5)
          .u16(0x86DD)
          .u32(0x6000_0000L)
          .u16(60)
          .u8(43)
          .u8(64)
          .address("2409:8000::1")
          .address("2409:8000::2")
          .octets(new byte[] {4, 2, 4, 0, 0, 0, 0, 0})
          .address("2409:8000::2")
          .u8(0x45)
          .zeros(19)
          .build();

  private ExporterStyles() {}

  /** Field specifiers of an IPv6 template as IOS XR exports it; 25 fields, 127 octets. */
  public static FieldSpecifier[] ipv6Fields() {
    return new FieldSpecifier[] {
      field(27, 16), field(28, 16), field(63, 16), field(10, 4), field(14, 4),
      field(2, 8), field(1, 8), field(22, 4), field(21, 4), field(31, 4),
      field(7, 2), field(11, 2), field(16, 4), field(17, 4), field(64, 4),
      field(4, 1), field(6, 1), field(5, 1), field(61, 1), field(89, 1),
      field(48, 2), field(29, 1), field(30, 1), field(136, 1), field(160, 8)
    };
  }

  /** One record of {@link #ipv6Fields}. */
  public static RecordBuilder ipv6Record(int number, long systemInitTimeMillis) {
    return record()
        .address("2409:8000:1::" + Integer.toHexString(number & 0xFFFF))
        .address("2408:8000:2::1")
        .address("2409:8000::9")
        .u32(number % 16)
        .u32(100)
        .u64(1 + number % 7)
        .u64(64 + number % 1_400)
        .u32(935_000)
        .u32(995_000)
        .u32(number)
        .u16(443)
        .u16(10_000 + number % 50_000)
        .u32(56_040)
        .u32(4_837)
        .u32(0)
        .u8(6)
        .u8(0x18)
        .u8(0)
        .u8(0)
        .u8(0x40)
        .u16(1)
        .u8(32)
        .u8(32)
        .u8(1)
        .u64(systemInitTimeMillis);
  }

  /** A message of as many IPv6 records as fit into 1,400 octets, with its template if asked. */
  public static byte[] ipv6Message(long domain, int records) {
    RecordBuilder[] data = new RecordBuilder[records];
    for (int i = 0; i < records; i++) {
      data[i] = ipv6Record(i, TestCollector.NOW_MILLIS - 1_000_000);
    }
    return ipfix(domain).data(256, data).build();
  }

  public static byte[] ipv6Template(long domain) {
    return ipfix(domain).template(256, ipv6Fields()).build();
  }

  /** An SRv6 packet that carries IPv4, in Ethernet with a VLAN tag. */
  public static byte[] srv6Frame() {
    return SRV6_FRAME.clone();
  }

  /** A bit of everything: both protocols, options, variable length, biflows, events. */
  public static List<byte[]> mixture() {
    List<byte[]> messages = new ArrayList<>();
    messages.add(ipv6Template(1));
    messages.add(ipv6Message(1, 10));
    messages.add(
        ipfix(2)
            .template(256, field(1, 8), field(2, 4), field(8, 4), field(12, 4), field(96, 65_535))
            .data(
                256,
                record().u64(1).u32(2).address("10.0.0.1").address("10.0.0.2").string("a"),
                record().u64(3).u32(4).address("10.0.0.3").address("10.0.0.4").string("bcd"))
            .build());
    messages.add(
        ipfix(2)
            .template(257, field(1, 8), field(REVERSE, 1, 8), field(27, 16), field(28, 16))
            .data(257, record().u64(1).u64(2).address("2409::1").address("2409::2"))
            .build());
    messages.add(
        netflow9(3)
            .template(256, field(8, 4), field(12, 4), field(1, 4), field(2, 4), field(34, 4))
            .optionsTemplate(300, 1, field(1, 4), field(48, 2), field(50, 4))
            .data(300, record().u32(0).u16(1).u32(1_000))
            .data(
                256,
                record().address("10.0.0.1").address("10.0.0.2").u32(100).u32(1).u32(500),
                record().address("10.0.0.3").address("10.0.0.4").u32(200).u32(2).u32(700))
            .build());
    messages.add(
        netflow9(3)
            .template(258, field(8, 4), field(230, 1))
            .data(258, record().address("10.0.0.1").u8(1))
            .data(999, record().zeros(40))
            .build());
    messages.add(
        ipfix(4)
            .optionsTemplate(301, 2, field(149, 4), field(145, 2), field(305, 4), field(306, 4))
            .data(301, record().u32(4).u16(256).u32(1).u32(99))
            .template(256, field(60, 1), field(8, 4), field(27, 16), field(1, 8))
            .data(256, record().u8(4).address("10.0.0.1").address("::").u64(77))
            .build());
    messages.add(
        ipfix(5)
            .template(256, field(312, 2), field(315, 65_535))
            .template(257, field(315, 64), field(496, 65_535), field(REVERSE, 1, 4))
            .data(
                256,
                record().u16(100).variable(SRV6_FRAME),
                record().u16(64).variable(),
                record().u16(0).variable(new byte[40]))
            .data(257, record().octets(Arrays.copyOf(SRV6_FRAME, 64)).variable().u32(7))
            .build());
    messages.add(
        record()
            .u16(5)
            .u16(2)
            .u32(1_000_000)
            .u32(1_700_000_000)
            .zeros(8)
            .u16(7)
            .u16(0x4064)
            .octets(new byte[96])
            .build());
    return messages;
  }
}
