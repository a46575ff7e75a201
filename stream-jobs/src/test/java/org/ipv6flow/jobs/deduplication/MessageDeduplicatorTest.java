package org.ipv6flow.jobs.deduplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.ipv6flow.schema.flow.FlowColumns;
import org.junit.jupiter.api.Test;

/** Two collectors that receive the same export messages, RFC 7011 §3.1 and RFC 3954 §5.1. */
class MessageDeduplicatorTest {

  private static final long EXPORTED = 1_790_000_000_000L;

  private final MessageDeduplicator deduplicator = new MessageDeduplicator(1_000);

  @Test
  void aMessageOfAnotherCollectorIsRepeated() {
    assertThat(isRepeated(message(1, 100, 3, 0))).isFalse();
    assertThat(isRepeated(message(2, 100, 3, 0))).isTrue();
    assertThat(isRepeated(message(3, 100, 3, 0))).isTrue();
  }

  @Test
  void messagesThatDifferInAnythingThatIdentifiesThemAreNot() {
    FlowColumns first = message(1, 100, 3, 0);
    FlowColumns otherSequence = message(2, 101, 3, 0);
    FlowColumns otherDomain = message(2, 100, 3, 0);
    otherDomain.sourceDomain[0]++;
    FlowColumns otherExporter = message(2, 100, 3, 0);
    otherExporter.sourceExporterLow[0]++;
    FlowColumns afterARestart = message(2, 100, 3, 0);
    afterARestart.messageExportTimeMillis[0] += 1_000;

    assertThat(isRepeated(first)).isFalse();
    assertThat(isRepeated(otherSequence)).isFalse();
    assertThat(isRepeated(otherDomain)).isFalse();
    assertThat(isRepeated(otherExporter)).isFalse();
    assertThat(isRepeated(afterARestart)).isFalse();
  }

  /** The other collector may split it elsewhere: no part of it counts. */
  @Test
  void theSecondPartOfAMessageThatWasSplitOverTwoBatchesCounts() {
    assertThat(isRepeated(message(1, 100, 3, 0))).isFalse();
    assertThat(isRepeated(message(1, 100, 2, 3))).isFalse();
    assertThat(isRepeated(message(2, 100, 4, 0))).isTrue();
    assertThat(isRepeated(message(2, 100, 1, 4))).isTrue();
  }

  /** Such as two sets of which the second waited for its template. */
  @Test
  void aPartThatANetworkDeliversTwiceCountsOnce() {
    assertThat(isRepeated(message(1, 100, 3, 0))).isFalse();
    assertThat(isRepeated(message(1, 100, 2, 3))).isFalse();
    assertThat(isRepeated(message(1, 100, 3, 0))).isTrue();
    assertThat(isRepeated(message(1, 100, 2, 3))).isTrue();
    assertThat(isRepeated(message(1, 100, 2, 5))).isFalse();
    assertThat(isRepeated(message(1, 100, 2, 5))).isTrue();
  }

  @Test
  void aMessageThatANetworkDeliversTwiceToOneCollectorIsRepeated() {
    assertThat(isRepeated(message(1, 100, 3, 0))).isFalse();
    assertThat(isRepeated(message(1, 100, 3, 0))).isTrue();
  }

  /** Some exporters always send 0: what differs is then no repetition, whoever received it. */
  @Test
  void exportersThatDoNotCountLoseNothing() {
    for (int i = 0; i < 50; i++) {
      assertThat(isRepeated(message(1, 0, 3, 10 * i))).as("message %d", i).isFalse();
    }
    assertThat(isRepeated(message(2, 0, 3, 0))).isTrue();
  }

  /** A sequence number that stands still, at another number. */
  @Test
  void differentMessagesOfOneCollectorUnderOneNumberAllCount() {
    for (int i = 0; i < 50; i++) {
      assertThat(isRepeated(message(1, 7, 3, 10 * i))).as("message %d", i).isFalse();
    }
  }

  @Test
  void memoryIsBoundedAndReachesBackAsFarAsAskedFor() {
    MessageDeduplicator small = new MessageDeduplicator(100);
    for (int sequence = 1; sequence <= 10_000; sequence++) {
      assertThat(small.isRepeated(message(1, sequence, 1, 0), 0, 0, 1)).isFalse();
      assertThat(small.size()).isLessThanOrEqualTo(200);
      int old = sequence - 99;
      if (old > 0) {
        assertThat(small.isRepeated(message(2, old, 1, 0), 0, 0, 1)).isTrue();
      }
    }
  }

  @Test
  void whatWasRememberedIsRestoredByAnyNumberOfInstances() throws IOException {
    isRepeated(message(1, 100, 3, 0));
    isRepeated(message(1, 101, 3, 0));
    byte[] state = deduplicator.state();

    MessageDeduplicator restored = new MessageDeduplicator(1_000);
    restored.restore(state);
    restored.restore(state);

    assertThat(restored.size()).isEqualTo(2);
    assertThat(restored.isRepeated(message(2, 101, 3, 0), 0, 0, 3)).isTrue();
    assertThat(restored.isRepeated(message(1, 101, 2, 3), 0, 0, 2)).isFalse();
    assertThat(restored.isRepeated(message(2, 102, 3, 0), 0, 0, 3)).isFalse();
  }

  /** Octets as version 1 wrote them: a restored job must read what an older one left. */
  @Test
  void stateOfVersion1IsRead() throws IOException {
    byte[] state = new byte[5 + 16];
    state[0] = 1;
    state[4] = 1;
    state[12] = 42;
    state[20] = 9;

    MessageDeduplicator restored = new MessageDeduplicator(10);
    restored.restore(state);

    assertThat(restored.size()).isEqualTo(1);
    assertThat(restored.state()).isEqualTo(state);
  }

  @Test
  void stateOfALaterVersionIsRefused() {
    assertThatThrownBy(() -> deduplicator.restore(new byte[] {2, 0, 0, 0, 0}))
        .isInstanceOf(IOException.class)
        .hasMessage("remembered messages of version 2 (expected: 1)");
  }

  private boolean isRepeated(FlowColumns batch) {
    return deduplicator.isRepeated(batch, 0, 0, batch.recordCount);
  }

  /** One message whose records are told apart by a number. */
  private static FlowColumns message(long collector, int sequence, int records, int firstRecord) {
    FlowColumns batch = new FlowColumns(16);
    batch.collector = collector;
    batch.recordCount = records;
    for (int i = 0; i < records; i++) {
      batch.sourceAddressLow[i] = 1_000_003L * (firstRecord + i);
      batch.octets[i] = 100 + firstRecord + i;
    }
    batch.addMessage(
        batch.sourceIndex(0, 0xFFFF_7F12_0002L, 7), records, sequence, EXPORTED + 5, EXPORTED);
    return batch;
  }
}
