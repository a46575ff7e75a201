package org.ipv6flow.collector.kafka;

import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ipv6flow.collector.config.PublisherConfig;

/** A publisher without a Kafka behind it, for tests that only need its counters. */
public final class UnconnectedPublisher {

  private UnconnectedPublisher() {}

  public static FlowPublisher create() {
    return new FlowPublisher(
        new PublisherConfig("unused", "none", 1 << 22, 1, 512, 50, 1, Map.of()),
        null,
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()),
        1);
  }
}
