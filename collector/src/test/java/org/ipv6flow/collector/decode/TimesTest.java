package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.ipv6flow.collector.testing.TestCollector.NOW_MILLIS;

import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When packets were switched, from every encoding of time; all flows here end 5 s ago. */
class TimesTest {

  private static final FieldSpecifier OCTETS = field(1, 8);
  private static final long FIRST = NOW_MILLIS - 65_000;
  private static final long LAST = NOW_MILLIS - 5_000;
  private static final long NOW_SECONDS = NOW_MILLIS / 1_000;
  private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

  private final TestCollector collector = new TestCollector();

  @Test
  void readsSysUpTimeAgainstTheHeader_rfc3954() {
    collector.receive(
        netflow9(1)
            .sysUpTimeMillis(1_000_000)
            .template(256, OCTETS, field(22, 4), field(21, 4))
            .data(256, record().u64(1).u32(935_000).u32(995_000)));

    assertTimes(FIRST, LAST);
  }

  @Test
  void readsSysUpTimeThatWrappedAfter49Days() {
    collector.receive(
        netflow9(1)
            .sysUpTimeMillis(2_000)
            .template(256, OCTETS, field(22, 4), field(21, 4))
            .data(256, record().u64(1).u32(0x1_0000_0000L - 63_000).u32(0x1_0000_0000L - 3_000)));

    assertTimes(FIRST, LAST);
  }

  @Test
  void readsSysUpTimeOfEightOctets_nxOs() {
    collector.receive(
        netflow9(1)
            .sysUpTimeMillis(1_000_000)
            .template(256, OCTETS, field(22, 8), field(21, 8))
            .data(256, record().u64(1).u64(935_000).u64(995_000)));

    assertTimes(FIRST, LAST);
  }

  @Test
  void readsSysUpTimeAgainstSystemInitTimeOfTheRecord_huawei() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(22, 4), field(21, 4), field(160, 8))
            .data(256, record().u64(1).u32(935_000).u32(995_000).u64(NOW_MILLIS - 1_000_000)));

    assertTimes(FIRST, LAST);
  }

  @Test
  void readsSysUpTimeAgainstSystemInitTimeOfOptions_iosXr() {
    collector.receive(
        ipfix(1)
            .optionsTemplate(300, 1, field(144, 4), field(160, 8))
            .data(300, record().u32(0).u64(NOW_MILLIS - 1_000_000)));
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(22, 4), field(21, 4))
            .data(256, record().u64(1).u32(935_000).u32(995_000)));

    assertTimes(FIRST, LAST);
  }

  @Test
  void readsSysUpTimeOfIpfixBeyondOneWrap() {
    long initMillis = NOW_MILLIS - 0x1_0000_0000L - 1_000_000;
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(22, 4), field(21, 4), field(160, 8))
            .data(256, record().u64(1).u32(935_000).u32(995_000).u64(initMillis)));

    assertTimes(FIRST, LAST);
  }

  @Test
  void keepsDurationWhereTheBaseOfSysUpTimeIsUnknown() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(22, 4), field(21, 4))
            .data(256, record().u64(1).u32(935_000).u32(995_000)));

    assertTimes(NOW_MILLIS - 60_000, NOW_MILLIS);
    assertThat(collector.flows().flags[0]).isZero();
  }

  @Test
  void readsSeconds_ie150() {
    receiveTimes(150, 151, 4, FIRST / 1_000, LAST / 1_000);

    assertTimes(FIRST, LAST);
  }

  @Test
  void readsMilliseconds_ie152() {
    receiveTimes(152, 153, 8, FIRST, LAST);

    assertTimes(FIRST, LAST);
  }

  @Test
  void readsMicrosecondsAsNtpTime_rfc7011Section6_1_9() {
    long half = 0x8000_0000L;
    receiveTimes(154, 155, 8, ntp(FIRST / 1_000) | half, ntp(LAST / 1_000));

    assertTimes(FIRST + 500, LAST);
  }

  @Test
  void readsNanosecondsAsNtpTime_rfc7011Section6_1_10() {
    receiveTimes(156, 157, 8, ntp(FIRST / 1_000), ntp(LAST / 1_000));

    assertTimes(FIRST, LAST);
  }

  @Test
  void readsNtpTimeOfTheEraAfter2036() {
    long after2036 = 2_200_000_000L;
    collector.at(after2036 * 1_000);

    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(154, 8), field(155, 8))
            .data(256, record().u64(1).u64(ntp(after2036)).u64(ntp(after2036))));

    assertTimes(after2036 * 1_000, after2036 * 1_000);
  }

  @Test
  void readsDeltaMicrosecondsBeforeExport_ie158() {
    receiveTimes(158, 159, 4, 65_000_000, 5_000_000);

    assertTimes(FIRST, LAST);
  }

  @Test
  void addsDurationToTheStart_ie161() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(152, 8), field(161, 4))
            .data(256, record().u64(1).u64(FIRST).u32(60_000)));

    assertTimes(FIRST, LAST);
  }

  @Test
  void subtractsDurationFromTheEnd_ie162() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(153, 8), field(162, 4))
            .data(256, record().u64(1).u64(LAST).u32(60_000_000)));

    assertTimes(FIRST, LAST);
  }

  @Test
  void readsMillisecondsInNetflow9Too_ciscoIsr() {
    collector.receive(
        netflow9(1)
            .template(256, OCTETS, field(152, 8), field(153, 8))
            .data(256, record().u64(1).u64(FIRST).u64(LAST)));

    assertTimes(FIRST, LAST);
  }

  /** Eight octets hold an up time with leading zeros, or milliseconds since 1970. */
  @ParameterizedTest
  @ValueSource(ints = {9, 10})
  void readsAbsoluteTimesInEightOctetsOfUpTime_nxOs(int version) {
    MessageBuilder message = version == 9 ? netflow9(1) : ipfix(1);
    collector.receive(
        message
            .template(256, OCTETS, field(22, 8), field(21, 8))
            .data(256, record().u64(1).u64(FIRST).u64(LAST)));

    assertTimes(FIRST, LAST);
  }

  @Test
  void acceptsUpTimesLaterThanTheHeaders_rfc3954() {
    collector.receive(
        netflow9(1)
            .sysUpTimeMillis(1_000_000)
            .template(256, OCTETS, field(22, 4), field(21, 4))
            .data(256, record().u64(1).u32(1_000_500).u32(1_002_000)));

    assertTimes(NOW_MILLIS + 500, NOW_MILLIS + 2_000);
  }

  /** A packet report has one time, and no flow to start or end (RFC 5477 section 8.4). */
  @ParameterizedTest
  @CsvSource({"322, 4", "323, 8", "324, 8", "325, 8"})
  void readsObservationTimesOfPackets_ie322To325(int element, int length) {
    long seconds = NOW_SECONDS - 5;
    long value = element == 322 ? seconds : element == 323 ? seconds * 1_000 : ntp(seconds);
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(element, length))
            .data(256, record().u64(1).unsigned(value, length)));

    assertTimes(seconds * 1_000, seconds * 1_000);
  }

  @Test
  void timesOfTheFlowComeBeforeThoseOfAPacket() {
    collector.receive(
        ipfix(1)
            .template(256, field(323, 8), OCTETS, field(152, 8), field(153, 8))
            .data(256, record().u64(NOW_MILLIS).u64(1).u64(FIRST).u64(LAST)));

    assertTimes(FIRST, LAST);
  }

  /** The low 11 bits of microseconds must be ignored; those of nanoseconds must not. */
  @Test
  void ignoresTheLowBitsOfMicroseconds_rfc7011Section6_1_9() {
    long millisecond = (1L << 32) / 1_000;
    long justBelow = ntp(LAST / 1_000) + (millisecond & ~0x7FFL);
    receiveTimes(154, 155, 8, justBelow, justBelow | 0x7FF);

    assertTimes(LAST, LAST);

    TestCollector nanoseconds = new TestCollector();
    nanoseconds.receive(
        ipfix(1)
            .template(256, OCTETS, field(157, 8))
            .data(256, record().u64(1).u64(justBelow | 0x7FF)));
    assertThat(nanoseconds.flows().lastSwitchedMillis[0]).isEqualTo(LAST + 1);
  }

  @Test
  void systemInitTimeOfZeroInTheRecordIsNone() {
    collector.receive(
        ipfix(1)
            .template(256, OCTETS, field(22, 4), field(21, 4), field(160, 8))
            .data(
                256,
                record().u64(1).u32(935_000).u32(995_000).u64(0),
                record().u64(1).u32(935_000).u32(995_000).u64(NOW_MILLIS - 1_000_000)));

    assertThat(collector.flows().lastSwitchedMillis).startsWith(NOW_MILLIS, LAST);
    assertThat(collector.flows().firstSwitchedMillis).startsWith(NOW_MILLIS - 60_000, FIRST);
  }

  /** softflowd once sent its up time where the header has the seconds since 1970. */
  @Test
  void doesNotBelieveUpTimeInTheHeadersSeconds_softflowd() {
    collector.receive(
        netflow9(1)
            .exportTimeSeconds(1_000)
            .sysUpTimeMillis(1_000_000)
            .template(256, OCTETS, field(22, 4), field(21, 4))
            .data(256, record().u64(1).u32(935_000).u32(995_000)));

    assertTimes(NOW_MILLIS - 60_000, NOW_MILLIS);
    assertThat(collector.flows().flags[0]).isEqualTo(FlowFlags.CLOCK_SUSPECT);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1, -1})
  void takesReceiveTimeForTimesThatCannotBe(long time) {
    receiveTimes(152, 153, 8, time, time);

    assertTimes(NOW_MILLIS, NOW_MILLIS);
  }

  @Test
  void flowsOfMoreThanADayAreAWrongClock() {
    receiveTimes(152, 153, 8, NOW_MILLIS - 25 * 3_600_000L, NOW_MILLIS);

    assertTimes(NOW_MILLIS, NOW_MILLIS);
    assertThat(collector.flows().flags[0]).isEqualTo(FlowFlags.CLOCK_SUSPECT);
  }

  @Test
  void takesReceiveTimeWhereThereIsNone() {
    collector.receive(ipfix(1).template(256, OCTETS).data(256, record().u64(1)));

    assertTimes(NOW_MILLIS, NOW_MILLIS);
    assertThat(collector.flows().flags[0]).isZero();
  }

  @Test
  void doesNotBelieveClocksTenMinutesOffAndKeepsTheDuration() {
    long off = 11 * 60_000;
    receiveTimes(152, 153, 8, FIRST - off, LAST - off);

    assertTimes(NOW_MILLIS - 60_000, NOW_MILLIS);
    assertThat(collector.flows().flags[0]).isEqualTo(FlowFlags.CLOCK_SUSPECT);
    assertThat(collector.count(Counter.CLOCK_SUSPECT_RECORDS)).isEqualTo(1);
  }

  @Test
  void endsBeforeItsStartIsNoDuration() {
    receiveTimes(152, 153, 8, LAST, FIRST);

    assertTimes(FIRST, FIRST);
  }

  private void receiveTimes(int start, int end, int length, long first, long last) {
    RecordBuilder record = record().u64(1).unsigned(first, length).unsigned(last, length);
    collector.receive(
        ipfix(1)
            .exportTimeSeconds(NOW_SECONDS)
            .template(256, OCTETS, field(start, length), field(end, length))
            .data(256, record));
  }

  private static long ntp(long epochSeconds) {
    return (epochSeconds + NTP_EPOCH_SECONDS) << 32;
  }

  private void assertTimes(long first, long last) {
    assertThat(collector.flows().recordCount).isEqualTo(1);
    assertThat(collector.flows().firstSwitchedMillis[0]).as("first switched").isEqualTo(first);
    assertThat(collector.flows().lastSwitchedMillis[0]).as("last switched").isEqualTo(last);
  }
}
