package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.ipv6flow.collector.testing.TestCollector.NOW_MILLIS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.session.SequenceFile;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequence numbers over a restart of the collector, in good order or not. */
class SequenceFileTest {

  private static final int ID = 256;

  @TempDir private Path directory;
  private TestCollector before = new TestCollector();
  private SequenceFile file;

  @BeforeEach
  void start() throws IOException {
    file = SequenceFile.open(directory.resolve("sequences"));
    before = collector(file);
  }

  @Test
  void lossWhileTheCollectorWasDownIsTheGapToTheRecord() throws IOException {
    before.receive(ipfix(1).sequence(500).template(ID, field(1, 8)).data(ID, record().u64(1)));
    before.receive(netflow9(2).sequence(70).template(ID, field(1, 8)));
    TestCollector after = afterKill();

    after.receive(ipfix(1).sequence(531).template(ID, field(1, 8)).data(ID, record().u64(1)));
    after.receive(netflow9(2).sequence(75).template(ID, field(1, 8)));
    after.decoder().close();

    assertThat(after.count(Counter.LOST_RECORDS)).isEqualTo(30);
    assertThat(after.count(Counter.LOST_MESSAGES)).isEqualTo(4);
    assertThat(after.count(Counter.RESTARTS)).isZero();
  }

  @Test
  void lossThatWasNotReportedBeforeTheEndIsReportedAfterIt() throws IOException {
    before.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, record().u64(1)));
    before.receive(ipfix(1).sequence(11).data(ID, record().u64(1)));
    TestCollector after = afterKill();

    after.receive(ipfix(1).sequence(12).data(ID, record().u64(1)));
    after.decoder().close();

    assertThat(after.count(Counter.LOST_RECORDS)).isEqualTo(10);
  }

  @Test
  void lossThatWasReportedIsNotReportedAgain() throws IOException {
    before.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, record().u64(1)));
    before.receive(ipfix(1).sequence(11).data(ID, record().u64(1)));
    before.at(NOW_MILLIS + 5_000).tick();
    assertThat(new ExporterReports(List.of(before.decoder())).take())
        .anySatisfy(interval -> assertThat(interval.count(Counter.LOST_RECORDS)).isEqualTo(10));
    TestCollector after = afterKill();

    after.receive(ipfix(1).sequence(15).template(ID, field(1, 8)));
    after.decoder().close();

    assertThat(after.count(Counter.LOST_RECORDS)).isEqualTo(3);
  }

  @Test
  void exporterThatCountsWronglyIsStillKnownAfterARestart() throws IOException {
    before.receive(ipfix(1).template(ID, field(1, 8)));
    for (int i = 0; i < 20; i++) {
      before.receive(ipfix(1).sequence(0).data(ID, record().u64(1), record().u64(2)));
    }
    TestCollector after = afterKill();

    after.receive(ipfix(1).template(ID, field(1, 8)));
    for (int i = 0; i < 3; i++) {
      after.receive(ipfix(1).sequence(0).data(ID, record().u64(1), record().u64(2)));
    }
    after.decoder().close();

    assertThat(after.count(Counter.LOST_RECORDS)).isZero();
    assertThat(after.count(Counter.DUPLICATE_MESSAGES)).isZero();
    assertThat(after.count(Counter.SEQUENCE_MODE_CHANGES)).isZero();
  }

  @Test
  void exporterThatRestartedMeanwhileIsNoLoss() throws IOException {
    before.receive(
        netflow9(1).sequence(9_000).sysUpTimeMillis(5_000_000).exportTimeSeconds(1_700_000_000));
    TestCollector after = afterKill();

    after.receive(netflow9(1).sequence(3).sysUpTimeMillis(20_000).exportTimeSeconds(1_700_000_100));
    after.decoder().close();

    assertThat(after.count(Counter.LOST_MESSAGES)).isZero();
    assertThat(after.count(Counter.RESTARTS)).isEqualTo(1);
  }

  @Test
  void whatWasReceivedAndNotPublishedIsLostToo() throws IOException {
    before.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, records(5)));
    before.receive(ipfix(1).sequence(5).data(ID, records(7)));
    before.receive(ipfix(1).sequence(12).data(ID, records(3)));
    before.receive(ipfix(1).sequence(15).template(ID, field(1, 8)));
    TestCollector after = afterKill();

    // Kafka has the first message whole, and of the second the first part.
    after.state().sessions().beginPublished();
    after.state().sessions().published(0, TestCollector.EXPORTER_LOW, 1, 0, 5);
    after.state().sessions().published(0, TestCollector.EXPORTER_LOW, 1, 5, 4);
    after.state().sessions().endPublished();
    after.receive(ipfix(1).sequence(20).template(ID, field(1, 8)).data(ID, records(1)));
    after.decoder().close();

    assertThat(after.count(Counter.LOST_RECORDS)).isEqualTo(3 + 3 + 5);
  }

  @Test
  void allThatWasReceivedAndPublishedIsNotLost() throws IOException {
    before.receive(
        ipfix(1)
            .sequence(0)
            .template(ID, field(1, 8))
            .optionsTemplate(300, 1, field(144, 4), field(34, 4)));
    before.receive(ipfix(1).sequence(0).data(ID, records(5)).data(300, record().u32(0).u32(100)));
    before.receive(ipfix(1).sequence(6).data(300, record().u32(0).u32(100)));
    TestCollector after = afterKill();

    after.state().sessions().beginPublished();
    after.state().sessions().published(0, TestCollector.EXPORTER_LOW, 1, 0, 5);
    after.state().sessions().endPublished();
    after.receive(ipfix(1).sequence(9).template(ID, field(1, 8)));
    after.decoder().close();

    assertThat(after.count(Counter.LOST_RECORDS)).isEqualTo(2);
  }

  @Test
  void messagesReceivedAndNotPublishedAreLost_netflow9() throws IOException {
    before.receive(netflow9(1).sequence(0).template(ID, field(1, 8)).data(ID, records(5)));
    before.receive(netflow9(1).sequence(1).data(ID, records(5)));
    before.receive(netflow9(1).sequence(2).data(ID, records(5)));
    TestCollector after = afterKill();

    after.state().sessions().beginPublished();
    after.state().sessions().published(0, TestCollector.EXPORTER_LOW, 1, 0, 5);
    after.state().sessions().endPublished();
    after.receive(netflow9(1).sequence(4).template(ID, field(1, 8)));
    after.decoder().close();

    assertThat(after.count(Counter.LOST_MESSAGES)).isEqualTo(3);
  }

  private static RecordBuilder[] records(int count) {
    RecordBuilder[] records = new RecordBuilder[count];
    Arrays.fill(records, record().u64(100));
    return records;
  }

  @Test
  void outlivesAnOrderlyEndToo() throws IOException {
    before.receive(netflow9(1).sequence(3));
    before.decoder().close();
    file.close();
    TestCollector after = collector(SequenceFile.open(directory.resolve("sequences")));

    after.receive(netflow9(1).sequence(6));
    after.decoder().close();

    assertThat(after.count(Counter.LOST_MESSAGES)).isEqualTo(2);
  }

  @Test
  void isNotBelievedAfterTheMachineFailed() throws IOException {
    before.receive(netflow9(1).sequence(3));
    Path copy = copy();
    byte[] content = Files.readAllBytes(copy);
    content[8] ^= 1; // Of the boot ID.
    Files.write(copy, content);

    SequenceFile opened = SequenceFile.open(copy);
    TestCollector after = collector(opened);
    after.receive(netflow9(1).sequence(6));
    after.decoder().close();

    assertThat(opened.isTrusted()).isFalse();
    assertThat(after.count(Counter.LOST_MESSAGES)).isZero();
  }

  @Test
  void anyOtherFileIsBegunAnew() throws IOException {
    Path other = Files.write(directory.resolve("other"), new byte[] {1, 2, 3});

    assertThat(SequenceFile.open(other).isTrusted()).isFalse();
  }

  @Test
  void twoCollectorsDoNotShareAFile() {
    assertThatThrownBy(() -> SequenceFile.open(directory.resolve("sequences")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another collector uses it");
  }

  /** What a collector finds that is started after this one was killed at this moment. */
  private TestCollector afterKill() throws IOException {
    return collector(SequenceFile.open(copy()));
  }

  private Path copy() throws IOException {
    Path copy = directory.resolve("copy");
    Files.copy(directory.resolve("sequences"), copy);
    return copy;
  }

  private static TestCollector collector(SequenceFile file) {
    DecoderState state = new DecoderState(DecoderLimits.defaults());
    state.keepSequences(file, NOW_MILLIS);
    return new TestCollector(state, 4_096);
  }
}
