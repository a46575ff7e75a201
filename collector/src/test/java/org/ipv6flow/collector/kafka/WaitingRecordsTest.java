package org.ipv6flow.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ipv6flow.collector.kafka.WaitingRecords.Outcome;
import org.junit.jupiter.api.Test;

class WaitingRecordsTest {

  private static final int MAX_BYTES = 10;

  private final WaitingRecords waiting = new WaitingRecords(MAX_BYTES);

  @Test
  void keepsTheOrderAndWhatWasInTheArrayThen() {
    byte[] reused = {1};
    assertThat(offer(reused)).isEqualTo(Outcome.WAITS);
    reused[0] = 2;
    assertThat(offer(reused)).isEqualTo(Outcome.WAITS);

    assertThat(next()).containsExactly(1);
    assertThat(next()).containsExactly(2);
  }

  @Test
  void isFullBeyondItsLimitAndHasRoomAgain() {
    assertThat(offer(new byte[MAX_BYTES])).isEqualTo(Outcome.WAITS);
    assertThat(offer(new byte[1])).isEqualTo(Outcome.FULL);
    next();
    assertThat(offer(new byte[1])).isEqualTo(Outcome.WAITS);
  }

  /** What comes while the queue is emptied must not overtake what is in it. */
  @Test
  void opensOnlyWhenNothingWaits() {
    offer(new byte[1]);
    next();
    assertThat(offer(new byte[1])).isEqualTo(Outcome.WAITS);
    next();
    assertThat(waiting.pollOrOpen()).isNull();

    assertThat(offer(new byte[1])).isEqualTo(Outcome.OPEN);
  }

  private Outcome offer(byte[] value) {
    return waiting.offer(
        Outgoing.batch(0, 0, new byte[0], value, List.of()), (metadata, failure) -> {});
  }

  private byte[] next() {
    WaitingRecords.Waiting next = waiting.pollOrOpen();
    assertThat(next).isNotNull();
    return next.record().value();
  }
}
