package org.ipv6flow.benchmarks.decode;

import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;

import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.ExporterStyles;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;

/** Datagrams of at most 1,400 octets, each with its template in a datagram of its own. */
public final class Datagrams {

  /** Records of {@link #ipv6}: 118 octets each, 25 fields. */
  public static final int IPV6_RECORDS = 10;

  static final int IPV4_RECORDS = 20;
  static final int REDUCED_RECORDS = 16;
  static final int VARIABLE_RECORDS = 16;
  static final int FRAMES = 10;
  static final int OPTIONS_RECORDS = 40;
  static final int SETS = 64;

  private static final int TEMPLATE_ID = 256;
  private static final long SYSTEM_INIT_TIME_MILLIS = TestCollector.NOW_MILLIS - 1_000_000;

  private Datagrams() {}

  /** A template and the data that go with it. */
  public record Pair(byte[] template, byte[] data) {}

  /** As IOS XR exports IPv6. */
  public static Pair ipv6() {
    return new Pair(ExporterStyles.ipv6Template(1), ExporterStyles.ipv6Message(1, IPV6_RECORDS));
  }

  /** The data records alone of {@link #ipv6}. */
  public static byte[] ipv6Records() {
    RecordBuilder records = record();
    for (int i = 0; i < IPV6_RECORDS; i++) {
      records.octets(ExporterStyles.ipv6Record(i, SYSTEM_INIT_TIME_MILLIS).build());
    }
    return records.build();
  }

  /** As IOS XR exports IPv4, NetFlow v9; 24 fields, 64 octets. */
  public static Pair ipv4() {
    FieldSpecifier[] fields = {
      field(8, 4), field(12, 4), field(15, 4), field(18, 4), field(10, 4), field(14, 4),
      field(2, 4), field(1, 4), field(22, 4), field(21, 4), field(7, 2), field(11, 2),
      field(16, 4), field(17, 4), field(4, 1), field(6, 1), field(5, 1), field(61, 1),
      field(89, 1), field(48, 2), field(9, 1), field(13, 1), field(136, 1), field(60, 1)
    };
    RecordBuilder[] records = new RecordBuilder[IPV4_RECORDS];
    for (int i = 0; i < records.length; i++) {
      records[i] =
          record()
              .address("36.1.2." + i)
              .address("42.3.4." + (255 - i))
              .address("10.0.0.1")
              .address("10.0.0.2")
              .u32(i % 4)
              .u32(100)
              .u32(1 + i % 7)
              .u32(64 + i)
              .u32(90_000)
              .u32(99_000)
              .u16(443)
              .u16(10_000 + i)
              .u32(4_134)
              .u32(4_837)
              .u8(6)
              .u8(0x18)
              .u8(0)
              .u8(0)
              .u8(0x40)
              .u16(1)
              .u8(16)
              .u8(16)
              .u8(1)
              .u8(4);
    }
    return new Pair(
        netflow9(2).template(TEMPLATE_ID, fields).build(),
        netflow9(2).data(TEMPLATE_ID, records).build());
  }

  /** Integers of unusual lengths (RFC 7011 section 6.2): 3, 5, 6 and 7 octets. */
  public static Pair reducedSizes() {
    FieldSpecifier[] fields = {
      field(27, 16), field(28, 16), field(1, 5), field(2, 3), field(10, 3), field(14, 3),
      field(7, 2), field(11, 2), field(4, 1), field(16, 3), field(17, 3), field(152, 8),
      field(153, 8)
    };
    RecordBuilder[] records = new RecordBuilder[REDUCED_RECORDS];
    for (int i = 0; i < records.length; i++) {
      records[i] =
          record()
              .address("2409::" + (i + 1))
              .address("2408::1")
              .unsigned(64 + i, 5)
              .unsigned(1 + i, 3)
              .unsigned(i, 3)
              .unsigned(100, 3)
              .u16(443)
              .u16(10_000 + i)
              .u8(6)
              .unsigned(56_040, 3)
              .unsigned(4_837, 3)
              .u64(TestCollector.NOW_MILLIS - 60_000)
              .u64(TestCollector.NOW_MILLIS - 1_000);
    }
    return new Pair(
        ipfix(3).template(TEMPLATE_ID, fields).build(),
        ipfix(3).data(TEMPLATE_ID, records).build());
  }

  /** With an application name (IE 96) of variable length in the middle. */
  public static Pair variableLength() {
    FieldSpecifier[] fields = {
      field(8, 4), field(12, 4), field(7, 2), field(11, 2), field(4, 1), field(96, 65_535),
      field(1, 8), field(2, 8), field(10, 4), field(14, 4), field(152, 8), field(153, 8)
    };
    RecordBuilder[] records = new RecordBuilder[VARIABLE_RECORDS];
    for (int i = 0; i < records.length; i++) {
      records[i] =
          record()
              .address("36.1.2." + i)
              .address("42.3.4.5")
              .u16(443)
              .u16(10_000 + i)
              .u8(17)
              .string("x".repeat(i))
              .u64(64 + i)
              .u64(1)
              .u32(i)
              .u32(100)
              .u64(TestCollector.NOW_MILLIS - 60_000)
              .u64(TestCollector.NOW_MILLIS - 1_000);
    }
    return new Pair(
        ipfix(4).template(TEMPLATE_ID, fields).build(),
        ipfix(4).data(TEMPLATE_ID, records).build());
  }

  /** Sampled frames and their sizes (IE 315, 312): SRv6 in Ethernet with a VLAN tag. */
  public static Pair frames() {
    RecordBuilder[] records = new RecordBuilder[FRAMES];
    for (int i = 0; i < records.length; i++) {
      records[i] = record().u32(i).u16(118).variable(ExporterStyles.srv6Frame());
    }
    return new Pair(
        ipfix(7).template(TEMPLATE_ID, field(10, 4), field(312, 2), field(315, 65_535)).build(),
        ipfix(7).data(TEMPLATE_ID, records).build());
  }

  /** A sampling interval for each interface, the same each time. */
  public static Pair options() {
    RecordBuilder[] records = new RecordBuilder[OPTIONS_RECORDS];
    for (int i = 0; i < records.length; i++) {
      records[i] = record().u32(i + 1).u8(2).u32(1_000);
    }
    return new Pair(
        ipfix(5).optionsTemplate(TEMPLATE_ID, 1, field(10, 4), field(35, 1), field(34, 4)).build(),
        ipfix(5).data(TEMPLATE_ID, records).build());
  }

  /** As many sets as a datagram can hold, each with one small record. */
  public static Pair manySets() {
    var data = ipfix(6);
    for (int i = 0; i < SETS; i++) {
      data.data(TEMPLATE_ID, record().u64(100).u32(1));
    }
    return new Pair(ipfix(6).template(TEMPLATE_ID, field(1, 8), field(2, 4)).build(), data.build());
  }
}
