package org.ipv6flow.collector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.kafka.FlowPublisher;
import org.ipv6flow.collector.kafka.UnconnectedPublisher;
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.collector.transport.StreamCounters;
import org.junit.jupiter.api.Test;

class CollectorMetricsTest {

  /** The registry refers weakly to what it measures: a counter that stands still looks healthy. */
  @Test
  void goesOnAfterAGarbageCollection() {
    AtomicLong drops = new AtomicLong(1);
    FlowPublisher publisher =
        new FlowPublisher(new PublisherConfig("unused", "none", 1, 1, 1, 1, 1, Map.of()), null);
    try (CollectorMetrics metrics =
        new CollectorMetrics(
            List.of(),
            publisher,
            new StreamCounters(),
            List.of(
                new CollectorMetrics.SocketDrops(4739, 0, drops::get),
                new CollectorMetrics.SocketDrops(4739, 1, () -> 0)),
            () -> 4_096)) {
      assertThat(metrics.scrape())
          .contains("collector_socket_dropped_total{port=\"4739\",socket=\"0\"} 1.0\n");

      collectGarbage();
      drops.set(2);

      assertThat(metrics.scrape())
          .contains("collector_socket_dropped_total{port=\"4739\",socket=\"0\"} 2.0\n")
          .contains("collector_socket_dropped_total{port=\"4739\",socket=\"1\"} 0.0\n")
          .contains("collector_socket_receive_buffer_bytes 4096.0\n");
    }
  }

  /** What an alert on silent exporters compares with the time. */
  @Test
  void tellsWhenEachExporterWasLastHeard() {
    TestCollector collector = new TestCollector();
    try (CollectorMetrics metrics =
        new CollectorMetrics(
            List.of(collector.decoder()),
            UnconnectedPublisher.create(),
            new StreamCounters(),
            List.of(),
            () -> 0)) {
      String name = "collector_exporter_last_datagram_timestamp_seconds";
      assertThat(metrics.scrape()).doesNotContain(name);

      collector.receive(MessageBuilder.ipfix(1));
      collector.at(TestCollector.NOW_MILLIS + 2_000).receive(MessageBuilder.ipfix(2).sequence(0));

      assertThat(metrics.scrape()).contains(name + "{exporter=\"192.0.2.1\"} 1.700000002E9\n");
    }
  }

  private static void collectGarbage() {
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    while (garbage.get() != null) {
      System.gc();
    }
  }
}
