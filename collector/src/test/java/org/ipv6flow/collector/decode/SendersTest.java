package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.ipv6flow.collector.testing.TestCollector.NOW_MILLIS;

import java.time.Duration;
import java.util.List;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.message.DropReason.Level;
import org.ipv6flow.collector.sampling.SamplingOverrides;
import org.ipv6flow.collector.sender.AddressPrefix;
import org.ipv6flow.collector.sender.SenderPolicy;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecodeCounters;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.session.ExporterInterval;
import org.ipv6flow.collector.testing.TestCollector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may send, how much, and what becomes of those that send what cannot be read. */
class SendersTest {

  private static final byte[] GOOD = ipfix(1).template(256, field(1, 8)).build();
  private static final byte[] MALFORMED =
      ipfix(1).raw((byte) 1, (byte) 0, (byte) 0, (byte) 1).build();

  @Test
  void onlyAllowedSendersAreDecodedAndTheOthersAreCountedBySource_rfc7011Section11() {
    // The test's exporters are 192.0.2.1 and following.
    TestCollector collector = collector(List.of(AddressPrefix.parse("192.0.2.0/30")), 0, 0);
    for (int exporter = 0; exporter < 6; exporter++) {
      for (int i = 0; i <= exporter; i++) {
        collector.receiveFromExporter(exporter, GOOD);
      }
    }

    assertThat(collector.count(Counter.DATAGRAMS_DECODED)).isEqualTo(1 + 2);
    assertThat(collector.dropped(DropReason.SENDER_NOT_ALLOWED)).isEqualTo(3 + 4 + 5 + 6);
    assertThat(refused(collector, DropReason.SENDER_NOT_ALLOWED)).containsExactly(3L, 4L, 5L, 6L);
    assertAccountedFor(collector);
  }

  @Test
  void aFloodOfForgedSendersTakesNoMemoryAndIsCountedTogether() {
    TestCollector collector = collector(List.of(AddressPrefix.parse("10.0.0.0/8")), 0, 0);
    for (int exporter = 0; exporter < 5_000; exporter++) {
      collector.receiveFromExporter(exporter, GOOD);
    }

    assertThat(collector.decoder().senders()).hasSize(1_024);
    assertThat(collector.decoder().sessions()).isEmpty();
    assertThat(collector.dropped(DropReason.SENDER_NOT_ALLOWED)).isEqualTo(5_000);
    assertAccountedFor(collector);
  }

  @Test
  void exporterMaySendItsRateAndABurstOfOneSecond() {
    TestCollector collector = collector(null, 100, 0);
    for (int i = 0; i < 150; i++) {
      collector.receive(GOOD);
    }
    assertThat(collector.dropped(DropReason.RATE_LIMITED)).isEqualTo(50);

    collector.at(NOW_MILLIS + 500);
    for (int i = 0; i < 100; i++) {
      collector.receive(GOOD);
    }
    assertThat(collector.dropped(DropReason.RATE_LIMITED)).isEqualTo(50 + 50);
    assertThat(refused(collector, DropReason.RATE_LIMITED)).containsExactly(100L);
    assertAccountedFor(collector);
  }

  @Test
  void eventLoopsShareTheRateOfAnExporter() {
    TestCollector collector = collector(null, 100, 0);
    TestCollector other = new TestCollector(collector.state(), 4_096);
    for (int i = 0; i < 100; i++) {
      (i % 2 == 0 ? collector : other).receive(GOOD);
      (i % 2 == 0 ? other : collector).receiveFromExporter(7, GOOD);
    }
    collector.receive(GOOD);
    other.receive(GOOD);

    assertThat(collector.dropped(DropReason.RATE_LIMITED)).isEqualTo(1);
    assertThat(other.dropped(DropReason.RATE_LIMITED)).isEqualTo(1);
  }

  @Test
  void exporterThatSendsMoreMalformedThanGoodIsInQuarantineForAWhile() {
    TestCollector collector = collector(null, 0, 10);
    for (int i = 0; i < 20; i++) {
      collector.receive(MALFORMED);
    }
    collector.receiveFromExporter(7, GOOD);
    assertThat(collector.dropped(DropReason.SET_LENGTH_INVALID)).isEqualTo(11);
    assertThat(collector.dropped(DropReason.QUARANTINED)).isEqualTo(9);
    assertThat(collector.count(Counter.DATAGRAMS_DECODED)).isEqualTo(11 + 1);

    collector.at(NOW_MILLIS + 30_000).receive(GOOD);
    assertThat(collector.dropped(DropReason.QUARANTINED)).isEqualTo(10);
    collector.at(NOW_MILLIS + 60_000).receive(GOOD);
    assertThat(collector.dropped(DropReason.QUARANTINED)).isEqualTo(10);
    assertAccountedFor(collector);
  }

  @Test
  void datagramsThatAreNoExportMessagesAreMalformedToo() {
    TestCollector collector = collector(null, 0, 10);
    for (int i = 0; i < 20; i++) {
      collector.receive(new byte[] {0, 77, 1, 2, 3});
    }

    assertThat(collector.dropped(DropReason.QUARANTINED)).isEqualTo(9);
  }

  @Test
  void someMalformedMessagesAmongGoodOnesAreNoReason() {
    TestCollector collector = collector(null, 0, 10);
    for (int i = 0; i < 100; i++) {
      collector.receive(GOOD).receive(GOOD).receive(MALFORMED);
    }

    assertThat(collector.dropped(DropReason.QUARANTINED)).isZero();
  }

  @Test
  void aFewMalformedMessagesAMinuteAreNoReason() {
    TestCollector collector = collector(null, 0, 10);
    for (int minute = 0; minute < 20; minute++) {
      collector.at(NOW_MILLIS + minute * 60_000L);
      for (int i = 0; i < 10; i++) {
        collector.receive(MALFORMED);
      }
    }

    assertThat(collector.dropped(DropReason.QUARANTINED)).isZero();
  }

  @Test
  void unknownTemplatesAndLimitsAreNotMalformed() {
    TestCollector collector = collector(null, 0, 10);
    for (int i = 0; i < 100; i++) {
      collector.receive(ipfix(1).data(300, record().u64(1)));
    }

    assertThat(collector.dropped(DropReason.QUARANTINED)).isZero();
  }

  /** Drops for a reason, by sender. */
  private static List<Long> refused(TestCollector collector, DropReason reason) {
    return new ExporterReports(List.of(collector.decoder()))
        .take().stream()
            .filter(interval -> interval.protocolVersion() == 0 && interval.exporterLow() != 0)
            .map((ExporterInterval interval) -> interval.dropped(reason))
            .toList();
  }

  private static void assertAccountedFor(TestCollector collector) {
    DecodeCounters totals = collector.decoder().totals();
    assertThat(totals.value(Counter.DATAGRAMS))
        .isEqualTo(totals.value(Counter.DATAGRAMS_DECODED) + totals.dropped(Level.DATAGRAM));
  }

  private static TestCollector collector(
      @Nullable List<AddressPrefix> allowed, int perSecond, int malformedPerMinute) {
    return new TestCollector(
        new DecoderState(
            DecoderLimits.defaults(),
            SamplingOverrides.NONE,
            new SenderPolicy(allowed, perSecond, malformedPerMinute, Duration.ofMinutes(1))),
        4_096);
  }
}
