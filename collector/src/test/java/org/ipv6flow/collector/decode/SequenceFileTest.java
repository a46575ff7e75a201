package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.ipv6flow.collector.testing.TestCollector.NOW_MILLIS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.session.DeliveryLedger;
import org.ipv6flow.collector.session.KafkaPosition;
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
  void lossThatWasNotToldBeforeTheEndIsOwedAfterIt() throws IOException {
    before.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, record().u64(1)));
    before.receive(ipfix(1).sequence(11).data(ID, record().u64(1)));
    stored(before, 2, 2);

    TestCollector after = afterKill();

    assertThat(ledger(after).isSettled()).isFalse();
    assertThat(settle(after).lostRecords()).isEqualTo(10);
    assertThat(ledger(afterKill()).isSettled()).isFalse();
  }

  @Test
  void lossThatWasToldIsNotOwed() throws IOException {
    before.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, record().u64(1)));
    before.receive(ipfix(1).sequence(11).data(ID, record().u64(1)));
    stored(before, 2, 2);
    before.at(NOW_MILLIS + 5_000).tick();
    ledger(before).told(0, TestCollector.EXPORTER_LOW, 1, 10, 0, 0, 0, AT);
    TestCollector after = afterKill();

    assertThat(ledger(after).isSettled()).isTrue();
    after.receive(ipfix(1).sequence(15).template(ID, field(1, 8)));
    after.decoder().close();
    assertThat(after.count(Counter.LOST_RECORDS)).isEqualTo(3);
  }

  /** Kafka had a status, and the collector was killed before it knew. */
  @Test
  void lossThatIsFoundToHaveBeenToldIsNotOwed() throws IOException {
    before.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, record().u64(1)));
    before.receive(ipfix(1).sequence(11).data(ID, record().u64(1)));
    stored(before, 2, 2);
    TestCollector after = afterKill();

    ledger(after)
        .foundStatus(0, 5, ledger(before).run(), 0, TestCollector.EXPORTER_LOW, 1, 10, 0, 0, 0);

    assertThat(ledger(after).settle()).isEmpty();
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
  void whatWasDecodedAndIsNotInKafkaIsLost() throws IOException {
    before.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, records(5)));
    before.receive(ipfix(1).sequence(5).data(ID, records(7)));
    before.receive(ipfix(1).sequence(12).data(ID, records(3)));
    stored(before, 5, 1);
    TestCollector after = afterKill();

    // Of the second message Kafka has a part, but that was not known.
    found(after, AFTER, 4, 1);
    DeliveryLedger.Owed owed = settle(after);
    after.receive(ipfix(1).sequence(20).template(ID, field(1, 8)).data(ID, records(1)));
    after.decoder().close();

    assertThat(owed.killedRecords()).isEqualTo(3 + 3);
    assertThat(owed.lostRecords()).isEqualTo(3 + 3);
    assertThat(after.count(Counter.LOST_RECORDS)).isEqualTo(5);
  }

  /** RFC 3954: sequence numbers count messages, and so does the loss. */
  @Test
  void messagesThatWereDecodedAndAreNotInKafkaAreLost_netflow9() throws IOException {
    before.receive(netflow9(1).sequence(0).template(ID, field(1, 8)).data(ID, records(5)));
    before.receive(netflow9(1).sequence(1).data(ID, records(4)));
    before.receive(netflow9(1).sequence(2).data(ID, records(3)));
    stored(before, 5, 1);

    DeliveryLedger.Owed owed = settle(afterKill());

    assertThat(owed.lostMessages()).isEqualTo(2);
    assertThat(owed.lostRecords()).isZero();
    assertThat(owed.killedRecords()).isEqualTo(7);
  }

  @Test
  void whatKafkaHasIsNotLost() throws IOException {
    before.receive(
        ipfix(1)
            .sequence(0)
            .template(ID, field(1, 8))
            .optionsTemplate(300, 1, field(144, 4), field(34, 4)));
    before.receive(ipfix(1).sequence(0).data(ID, records(5)).data(300, record().u32(0).u32(100)));
    before.receive(ipfix(1).sequence(6).data(300, record().u32(0).u32(100)));
    TestCollector after = afterKill();

    found(after, AFTER, 5, 1);

    assertThat(ledger(after).settle()).isEmpty();
  }

  /** What was known to be stored is not counted again when it is seen again. */
  @Test
  void whatWasKnownToBeStoredIsNotFoundAgain() throws IOException {
    before.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, records(5)));
    before.receive(ipfix(1).sequence(5).data(ID, records(7)));
    stored(before, 5, 1);
    TestCollector after = afterKill();

    found(after, STORED_OFFSET, 5, 1);

    assertThat(settle(after).killedRecords()).isEqualTo(7);
  }

  /** A message was published in part, and the collector killed before it had decoded the rest. */
  @Test
  void onlyTheRestOfAMessageIsLostThatWasPublishedInPart() throws IOException {
    TestCollector small = collector(file, 4);
    small.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, record().u64(1)));
    stored(small, 1, 1);
    List<TestCollector> killed = new ArrayList<>();
    small.onFlush(() -> killed.add(afterKillUnchecked()));
    small.receive(ipfix(1).sequence(1).data(ID, records(7)));

    // The message got a batch of its own, which four fitted into; it was flushed when the kill
    // came.
    TestCollector after = killed.get(1);
    found(after, AFTER, 4, 1);
    assertThat(ledger(after).settle()).isEmpty();
    after.receive(ipfix(1).sequence(8).template(ID, field(1, 8)));
    after.decoder().close();
    assertThat(after.count(Counter.LOST_RECORDS)).isEqualTo(3);
  }

  @Test
  void whatWasDroppedIsNoLongerUnderWayAndOwed() throws IOException {
    before.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, records(5)));
    ledger(before).dropped(0, TestCollector.EXPORTER_LOW, 1, 5, 1);

    DeliveryLedger.Owed owed = settle(afterKill());

    assertThat(owed.killedRecords()).isZero();
    assertThat(owed.lostRecords()).isZero();
    assertThat(owed.droppedRecords()).isEqualTo(5);
  }

  /** Kafka was down, so that the second run was killed before it had settled the first. */
  @Test
  void twoRunsCanBeSettledTogether() throws IOException {
    before.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, records(5)));
    TestCollector second = afterKill();
    second.receive(ipfix(1).sequence(5).template(ID, field(1, 8)).data(ID, records(7)));
    // This run's batches are known to be stored, but the first run's are not looked for yet.
    stored(second, 3, 1);

    TestCollector third = collector(SequenceFile.open(copyOf("copy")));
    found(third, STORED_OFFSET - 1, 5, 1);
    ledger(third)
        .foundFlows(0, STORED_OFFSET, ledger(second).run(), 0, TestCollector.EXPORTER_LOW, 1, 3, 1);

    assertThat(settle(third).killedRecords()).isEqualTo(4);
  }

  @Test
  void whatIsDecodedWhileEarlierRunsAreSettledIsNotTheirs() throws IOException {
    before.receive(ipfix(1).sequence(0).template(ID, field(1, 8)).data(ID, records(5)));
    TestCollector after = afterKill();
    after.receive(ipfix(1).sequence(5).template(ID, field(1, 8)).data(ID, records(7)));
    stored(after, 7, 1);

    assertThat(settle(after).killedRecords()).isEqualTo(5);
    ledger(after).told(0, TestCollector.EXPORTER_LOW, 1, 5, 0, 0, 5, AT);
    assertThat(ledger(collector(SequenceFile.open(copyOf("copy")))).isSettled()).isTrue();
  }

  private static final int STORED_OFFSET = 10;
  private static final int AFTER = STORED_OFFSET + 1;
  private static final long AT = KafkaPosition.after(0, STORED_OFFSET);

  private static DeliveryLedger ledger(TestCollector collector) {
    return Objects.requireNonNull(collector.state().sessions().ledger());
  }

  private static void stored(TestCollector collector, int records, int messages) {
    ledger(collector).stored(0, TestCollector.EXPORTER_LOW, 1, records, messages, AT);
  }

  private void found(TestCollector collector, long offset, int records, int messages) {
    ledger(collector)
        .foundFlows(
            0, offset, ledger(before).run(), 0, TestCollector.EXPORTER_LOW, 1, records, messages);
  }

  private static DeliveryLedger.Owed settle(TestCollector collector) {
    List<DeliveryLedger.Owed> owed = ledger(collector).settle();
    assertThat(owed).hasSize(1);
    return owed.get(0);
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

  private TestCollector afterKillUnchecked() {
    try {
      return afterKill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path copy() throws IOException {
    return copyOf("sequences");
  }

  private Path copyOf(String name) throws IOException {
    Path copy = directory.resolve(name.equals("sequences") ? "copy" : name + "-of");
    return Files.copy(directory.resolve(name), copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private static TestCollector collector(SequenceFile file) {
    return collector(file, 4_096);
  }

  private static TestCollector collector(SequenceFile file, int batchCapacity) {
    DecoderState state = new DecoderState(DecoderLimits.defaults());
    state.keepSequences(file, NOW_MILLIS);
    return new TestCollector(state, batchCapacity);
  }
}
