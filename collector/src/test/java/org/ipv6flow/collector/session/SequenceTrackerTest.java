package org.ipv6flow.collector.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loss, reordering, duplicates and restarts, from sequence numbers alone. */
class SequenceTrackerTest {

  private final SequenceTracker tracker = new SequenceTracker();

  @Test
  void consecutiveMessagesLoseNothing() {
    tracker.message(100, 30, 0);
    tracker.message(130, 0, 0);
    tracker.message(130, 12, 0);
    tracker.message(142, 1, 0);

    assertLost(0);
    assertThat(tracker.takeDuplicates()).isZero();
  }

  @Test
  void gapIsTheNumberOfLostRecords_rfc7011Section3_1() {
    tracker.message(100, 30, 0);
    tracker.message(150, 10, 0);

    assertLost(20);
  }

  @Test
  void gapIsTheNumberOfLostMessages_rfc3954Section5_1() {
    tracker.message(1, 1, 0);
    tracker.message(5, 1, 0);

    assertLost(3);
  }

  @Test
  void countsAcrossTheWrapAt32Bits() {
    tracker.message(-10, 10, 0);
    tracker.message(5, 10, 0);

    assertLost(5);
  }

  @Test
  void lateMessageFillsItsGap() {
    tracker.message(0, 10, 0);
    tracker.message(30, 10, 0);
    tracker.message(10, 10, 0);

    assertLost(10);
    assertThat(tracker.takeReordered()).isEqualTo(1);
    assertThat(tracker.takeDuplicates()).isZero();
  }

  @Test
  void repeatedMessageIsADuplicate() {
    tracker.message(0, 10, 0);
    tracker.message(10, 10, 0);
    tracker.message(10, 10, 0);

    assertLost(0);
    assertThat(tracker.takeDuplicates()).isEqualTo(1);
  }

  @Test
  void gapIsNotLossWhileItMayStillBeFilled() {
    tracker.message(0, 10, 1_000);
    tracker.message(20, 10, 1_000);
    tracker.closeOldGaps(2_000);

    assertThat(tracker.takeLostUnits()).isZero();
    tracker.closeOldGaps(4_000);
    assertThat(tracker.takeLostUnits()).isEqualTo(10);
  }

  @Test
  void unknownTemplateResyncsWithoutLoss() {
    tracker.message(0, 10, 0);
    tracker.message(10, SequenceTracker.UNKNOWN_UNITS, 0);
    tracker.message(17, 5, 0);
    tracker.message(24, 5, 0);

    assertLost(2);
  }

  @Test
  void hugeJumpIsARestartAndNoLoss() {
    tracker.message(500_000_000, 10, 0);
    tracker.message(0, 10, 0);
    tracker.message(10, 10, 0);

    assertLost(0);
    assertThat(tracker.takeRestarts()).isEqualTo(1);
  }

  @Test
  void smallFallThatContinuesIsARestartAndNoDuplicates() {
    tracker.message(5_000, 10, 0);
    for (int i = 0; i < 10; i++) {
      tracker.message(i * 10, 10, 0);
    }

    assertLost(0);
    assertThat(tracker.takeRestarts()).isEqualTo(1);
    assertThat(tracker.takeDuplicates()).isZero();
  }

  @Test
  void lossAfterARestartIsCountedFromTheNewCount() {
    tracker.message(5_000, 10, 0);
    tracker.message(0, 10, 0);
    tracker.message(10, 10, 0);
    tracker.message(25, 10, 0);
    tracker.message(35, 10, 0);
    tracker.message(45, 10, 0);

    assertLost(5);
    assertThat(tracker.takeRestarts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {900_000, 500_000_000, -500_000_000})
  void forgedNumberDoesNotMoveTheCount_rfc7011Section11_6(int forged) {
    tracker.message(0, 10, 0);
    tracker.message(forged, 10, 0);
    tracker.message(10, 10, 0);
    tracker.message(20, 10, 0);
    tracker.message(forged, 10, 0);
    tracker.message(30, 10, 0);

    assertLost(0);
    assertThat(tracker.takeRestarts()).isZero();
  }

  @Test
  void longOutageLosesMoreThanAJumpWould() {
    tracker.restore(1_000, true, 0);
    tracker.message(6_001_000, 10, 10_000);
    tracker.message(6_001_010, 10, 10_000);

    assertLost(6_000_000);
    assertThat(tracker.takeRestarts()).isZero();
  }

  @Test
  void copiesOfAMessageWithoutRecordsAreNoRestart() {
    tracker.message(0, 10, 0);
    for (int i = 0; i < 10; i++) {
      tracker.message(0, 0, 0);
    }
    tracker.message(10, 10, 0);

    assertLost(0);
    assertThat(tracker.takeRestarts()).isZero();
    assertThat(tracker.takeDuplicates()).isEqualTo(10);
  }

  /** Whatever order a few neighbours come in, the loss is exactly what never came. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void lossIsExactUnderReordering(long seed) {
    Random random = new Random(seed);
    List<int[]> messages = new ArrayList<>();
    int sequence = random.nextInt();
    int lost = 0;
    for (int i = 0; i < 1_000; i++) {
      int units = 1 + random.nextInt(40);
      if (i > 0 && i < 999 && random.nextInt(20) == 0) {
        lost += units;
      } else {
        messages.add(new int[] {sequence, units});
      }
      sequence += units;
    }
    for (int i = 1; i + 3 < messages.size(); i += 3) {
      Collections.shuffle(messages.subList(i, i + 2), random);
    }

    messages.forEach(message -> tracker.message(message[0], message[1], 0));

    assertLost(lost);
    assertThat(tracker.takeDuplicates()).isZero();
  }

  private void assertLost(long units) {
    tracker.closeGaps(Long.MAX_VALUE);
    assertThat(tracker.takeLostUnits()).isEqualTo(units);
  }
}
