package org.ipv6flow.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.PublisherConfig;
import org.junit.jupiter.api.Test;

/** How long a Kafka that does not answer is waited for, by a clock that runs out at once. */
class KafkaTopicsTest {

  /** Nobody listens on the discard port. */
  private static final String NOWHERE = "127.0.0.1:9";

  private static final PublisherConfig CONFIG =
      new PublisherConfig(NOWHERE, "none", 1 << 20, 1, 512, 50, 1, Map.of());

  @Test
  void givesUpAKafkaThatDoesNotAnswerAndSaysHowLongItWaited() {
    List<Duration> waits = new ArrayList<>();
    KafkaTopics.Wait runsOut =
        new KafkaTopics.Wait() {
          @Override
          public <T> T result(Future<T> answer, Duration atMost) throws TimeoutException {
            assertThat(answer).isNotDone();
            waits.add(atMost);
            throw new TimeoutException();
          }
        };

    assertThatThrownBy(() -> KafkaTopics.ensure(CONFIG, runsOut))
        .isInstanceOf(StartupException.class)
        .hasMessage("Kafka at 127.0.0.1:9 does not answer within 10 s");
    assertThat(waits).containsExactly(Duration.ofSeconds(10));
  }
}
