package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.ipv6flow.collector.testing.TestCollector.NOW_MILLIS;

import java.util.List;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.session.ExporterInterval;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.junit.jupiter.api.Test;

/** What grew since the last report, over all event loops. */
class ExporterReportsTest {

  private final DecoderState state = new DecoderState(DecoderLimits.defaults());
  private final TestCollector first = new TestCollector(state, FlowColumns.DEFAULT_CAPACITY);
  private final TestCollector second = new TestCollector(state, FlowColumns.DEFAULT_CAPACITY);
  private final ExporterReports reports =
      new ExporterReports(List.of(first.decoder(), second.decoder()));

  @Test
  void addsUpEventLoopsAndReportsGrowthOnly() {
    first.receive(ipfix(9).template(256, field(1, 8)).data(256, record().u64(10)));
    second.receive(ipfix(9).sequence(1).data(256, record().u64(20)));

    ExporterInterval whole = only(reports.take());
    second.receive(ipfix(9).sequence(5).data(256, record().u64(5)));
    first.at(NOW_MILLIS + 5_000).tick();
    ExporterInterval growth = only(reports.take());

    assertThat(whole.observationDomainId()).isEqualTo(9);
    assertThat(whole.protocolVersion()).isEqualTo(10);
    assertThat(whole.count(Counter.OCTETS)).isEqualTo(30);
    assertThat(whole.count(Counter.LOST_RECORDS)).isZero();
    assertThat(whole.templates()).isEqualTo(1);
    assertThat(whole.lastReceivedMillis()).isEqualTo(NOW_MILLIS);
    assertThat(growth.count(Counter.OCTETS)).isEqualTo(5);
    assertThat(growth.count(Counter.LOST_RECORDS)).isEqualTo(3);
    assertThat(reports.take()).isEmpty();
  }

  @Test
  void tellsTheMedianOfTheClockOffsets() {
    for (int offset : new int[] {2, 2, 3, 900, 3}) {
      first.receive(ipfix(9).exportTimeSeconds(NOW_MILLIS / 1_000 + offset));
    }

    assertThat(only(reports.take()).clockOffsetMillis()).isEqualTo(3_000);
  }

  @Test
  void reportsDatagramsOfNoDomainApart() {
    first.receive(new byte[] {0, 7, 0, 0});

    ExporterInterval rest = only(reports.take());

    assertThat(rest.protocolVersion()).isZero();
    assertThat(rest.dropped(DropReason.UNSUPPORTED_VERSION)).isEqualTo(1);
  }

  private static ExporterInterval only(List<ExporterInterval> intervals) {
    assertThat(intervals).hasSize(1);
    return intervals.get(0);
  }
}
