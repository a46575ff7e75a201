package org.ipv6flow.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImpairedSinkTest {

  private static final int MESSAGES = 10_000;

  private final List<Integer> arrived = new ArrayList<>();
  private final ImpairmentCounters counters = new ImpairmentCounters();

  @Test
  void countsEveryMessageLost() {
    sendAll(new Impairments(0.1, 0, 0));

    assertThat(counters.lostMessages).isCloseTo(1_000L, within(150L));
    assertThat(counters.lostRecords).isEqualTo(3 * counters.lostMessages);
    assertThat(counters.lostScaledOctets).isEqualTo(100 * counters.lostMessages);
    assertThat(arrived).hasSize((int) (MESSAGES - counters.lostMessages)).isSorted();
  }

  @Test
  void duplicatesArriveTwice() {
    sendAll(new Impairments(0, 0.2, 0));

    assertThat(counters.duplicatedMessages).isCloseTo(2_000L, within(200L));
    assertThat(arrived).hasSize((int) (MESSAGES + counters.duplicatedMessages));
    assertThat(arrived.stream().distinct()).hasSize(MESSAGES);
  }

  @Test
  void reorderedMessagesArriveOneLater() {
    sendAll(new Impairments(0, 0, 0.2));

    long late =
        IntStream.range(1, arrived.size())
            .filter(i -> arrived.get(i) == arrived.get(i - 1) - 1)
            .count();
    assertThat(counters.reorderedMessages).isGreaterThan(1_000);
    assertThat(late).isBetween(counters.reorderedMessages - 1, counters.reorderedMessages);
    assertThat(arrived).hasSize(MESSAGES).doesNotHaveDuplicates();
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThatThrownBy(() -> new Impairments(1.5, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("loss 1.5 (expected: 0 to 1)");
  }

  private void sendAll(Impairments impairments) {
    ImpairedSink sink =
        new ImpairedSink(
            (message, length, records, octets) -> arrived.add(message[0] << 8 | message[1] & 0xff),
            impairments,
            new SplittableRandom(9),
            counters);
    byte[] reused = new byte[2];
    for (int i = 0; i < MESSAGES; i++) {
      reused[0] = (byte) (i >> 8);
      reused[1] = (byte) i;
      sink.send(reused, 2, 3, 100);
    }
    sink.flush();
  }
}
