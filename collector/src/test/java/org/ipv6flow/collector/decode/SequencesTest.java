package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.ipv6flow.collector.testing.TestCollector.NOW_MILLIS;

import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.junit.jupiter.api.Test;

/** What is lost between an exporter and the collector, however the exporter counts. */
class SequencesTest {

  private static final int ID = 256;
  private static final int OPTIONS = 300;

  private final TestCollector collector = new TestCollector();
  private long nowMillis = NOW_MILLIS;

  @Test
  void ipfixCountsDataRecordsAndOptionsRecordsButNoTemplates_rfc7011Section3_1() {
    receive(ipfix(1).sequence(100).template(ID, field(1, 8)));
    receive(ipfix(1).sequence(100).data(ID, records(3)));
    receive(
        ipfix(1)
            .sequence(103)
            .optionsTemplate(OPTIONS, 1, field(144, 4), field(34, 4))
            .data(OPTIONS, record().u32(0).u32(100)));
    receive(ipfix(1).sequence(104).data(ID, records(2)));
    receive(ipfix(1).sequence(110).data(ID, records(2)));
    settle();

    assertThat(collector.count(Counter.LOST_RECORDS)).isEqualTo(4);
    assertThat(collector.count(Counter.LOST_MESSAGES)).isZero();
  }

  @Test
  void netflow9CountsMessages_rfc3954Section5_1() {
    receive(netflow9(1).sequence(7).template(ID, field(1, 8)));
    receive(netflow9(1).sequence(8).data(ID, records(5)));
    receive(netflow9(1).sequence(11).data(ID, records(5)));
    settle();

    assertThat(collector.count(Counter.LOST_MESSAGES)).isEqualTo(2);
    assertThat(collector.count(Counter.LOST_RECORDS)).isZero();
  }

  @Test
  void exporterThatCountsTemplatesTooLosesNothing_nProbeCento() {
    long sequence = 0;
    for (int round = 0; round < 20; round++) {
      receive(ipfix(1).sequence(sequence).template(ID, field(1, 8)).data(ID, records(3)));
      sequence += 4;
      for (int i = 0; i < 5; i++) {
        receive(ipfix(1).sequence(sequence).data(ID, records(3)));
        sequence += 3;
      }
    }
    settle();
    assertThat(collector.count(Counter.LOST_RECORDS)).isZero();
    assertThat(collector.count(Counter.SEQUENCE_MODE_CHANGES)).isEqualTo(1);

    receive(ipfix(1).sequence(sequence + 6).template(ID, field(1, 8)));
    receive(ipfix(1).sequence(sequence + 7).data(ID, records(1)));
    settle();
    assertThat(collector.count(Counter.LOST_RECORDS)).isEqualTo(6);
  }

  @Test
  void ipfixExporterThatCountsMessagesLosesMessages() {
    receive(ipfix(1).sequence(0).template(ID, field(1, 8)));
    for (int i = 1; i < 50; i++) {
      if (i != 30 && i != 31) {
        receive(ipfix(1).sequence(i).data(ID, records(1 + i % 5)));
      }
    }
    settle();

    assertThat(collector.count(Counter.LOST_RECORDS)).isZero();
    assertThat(collector.count(Counter.LOST_MESSAGES)).isEqualTo(2);
    assertThat(collector.count(Counter.DUPLICATE_MESSAGES)).isZero();
  }

  @Test
  void netflow9ExporterThatCountsRecordsLosesRecords() {
    long sequence = 0;
    receive(netflow9(1).sequence(sequence).template(ID, field(1, 8)));
    for (int i = 0; i < 50; i++) {
      int records = 2 + i % 3;
      if (i != 30) {
        receive(netflow9(1).sequence(sequence).data(ID, records(records)));
      }
      sequence += records;
    }
    settle();

    assertThat(collector.count(Counter.LOST_MESSAGES)).isZero();
    assertThat(collector.count(Counter.LOST_RECORDS)).isEqualTo(2);
  }

  @Test
  void exporterThatAlwaysSendsZeroLosesNothingAndRepeatsNothing() {
    receive(ipfix(1).template(ID, field(1, 8)));
    for (int i = 0; i < 50; i++) {
      receive(ipfix(1).sequence(0).data(ID, records(20)));
    }
    settle();

    assertThat(collector.count(Counter.LOST_RECORDS)).isZero();
    assertThat(collector.count(Counter.DUPLICATE_MESSAGES)).isZero();
    assertThat(collector.count(Counter.RESTARTS)).isZero();
  }

  @Test
  void heavyLossIsNotTakenForAnotherWayToCount() {
    receive(ipfix(1).sequence(0).template(ID, field(1, 8)));
    long sequence = 0;
    long lost = 0;
    for (int i = 0; i < 300; i++) {
      int records = 1 + i % 7;
      if (i % 3 == 1 && i < 298) {
        lost += records;
      } else {
        receive(ipfix(1).sequence(sequence).data(ID, records(records)));
      }
      sequence += records;
    }
    settle();

    assertThat(collector.count(Counter.SEQUENCE_MODE_CHANGES)).isZero();
    assertThat(collector.count(Counter.LOST_RECORDS)).isEqualTo(lost);
  }

  @Test
  void eachPortOfADomainCountsForItself_junosMx() {
    byte[] template = ipfix(1).sequence(0).template(ID, field(1, 8)).build();
    collector.receiveFromPort(1, template);
    for (int i = 0; i < 20; i++) {
      collector.receiveFromPort(1, ipfix(1).sequence(i).data(ID, records(1)).build());
      collector.receiveFromPort(2, ipfix(1).sequence(9_000 + i).data(ID, records(1)).build());
    }
    settle();

    assertThat(collector.count(Counter.LOST_RECORDS)).isZero();
    assertThat(collector.count(Counter.DUPLICATE_MESSAGES)).isZero();
    assertThat(collector.count(Counter.RESTARTS)).isZero();
  }

  @Test
  void eventLoopsThatShareAnExporterLoseNothing() {
    TestCollector other = new TestCollector(collector.state(), 4_096);
    collector.receive(ipfix(1).sequence(0).template(ID, field(1, 8)));
    for (int i = 0; i < 100; i++) {
      (i % 2 == 0 ? collector : other).receive(ipfix(1).sequence(i * 2L).data(ID, records(2)));
    }
    collector.decoder().close();
    other.decoder().close();

    assertThat(collector.count(Counter.LOST_RECORDS) + other.count(Counter.LOST_RECORDS)).isZero();
  }

  private void receive(MessageBuilder message) {
    nowMillis += 10;
    collector.at(nowMillis).receive(message);
  }

  /** Late messages come no more. */
  private void settle() {
    nowMillis += 10_000;
    collector.at(nowMillis).tick();
  }

  private static RecordBuilder[] records(int count) {
    RecordBuilder[] records = new RecordBuilder[count];
    for (int i = 0; i < count; i++) {
      records[i] = record().u64(100);
    }
    return records;
  }
}
