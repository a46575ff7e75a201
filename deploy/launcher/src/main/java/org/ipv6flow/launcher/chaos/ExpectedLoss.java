package org.ipv6flow.launcher.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What collectors must count as lost, from what was sent and is not in Kafka.
 *
 * <p>A sequence number also counts messages without flow records (v9) or options records (IPFIX),
 * which leave no trace in Kafka. Where they fell into an outage the collectors count them too;
 * where they came just before or after it, they do not. So the count has a bound on either side,
 * and they are equal where no such message is next to what is missing.
 */
final class ExpectedLoss {

  private static final int NETFLOW_9 = 9;

  /** More than this between two messages is another count. */
  private static final long MAX_BETWEEN = 1 << 20;

  private static final long SEQUENCE_MASK = 0xFFFF_FFFFL;

  private record Domain(String exporter, long domain) {}

  private record Numbered(long sequence, SentMessages.Message message, int missing) {
    boolean isV9() {
      return message.protocolVersion() == NETFLOW_9;
    }

    long units() {
      return isV9() ? 1 : message.records();
    }
  }

  private long ipfixRecords;
  private long ipfixRecordsBetween;
  private long v9Messages;
  private long v9MessagesBetween;

  private ExpectedLoss() {}

  static ExpectedLoss of(SentMessages sent, PublishedFlows published) {
    Map<Domain, List<Numbered>> domains = new HashMap<>();
    sent.messages()
        .forEach(
            (key, message) -> {
              PublishedFlows.Arrived arrived = published.messages().get(key);
              int missing =
                  Math.max(message.records() - (arrived == null ? 0 : arrived.records), 0);
              domains
                  .computeIfAbsent(
                      new Domain(key.exporter(), key.domain()), domain -> new ArrayList<>())
                  .add(new Numbered(key.sequence(), message, missing));
            });
    ExpectedLoss loss = new ExpectedLoss();
    for (List<Numbered> messages : domains.values()) {
      messages.sort(Comparator.comparingLong(Numbered::sequence));
      loss.add(messages);
    }
    return loss;
  }

  private void add(List<Numbered> messages) {
    Numbered before = null;
    for (Numbered message : messages) {
      if (message.isV9()) {
        v9Messages += message.missing() == message.message().records() ? 1 : 0;
      } else {
        ipfixRecords += message.missing();
      }
      if (before != null && (before.missing() > 0 || message.missing() > 0)) {
        long between = message.sequence() - before.sequence() - before.units() & SEQUENCE_MASK;
        if (between < MAX_BETWEEN) {
          ipfixRecordsBetween += message.isV9() ? 0 : between;
          v9MessagesBetween += message.isV9() ? between : 0;
        }
      }
      before = message;
    }
  }

  /** Flow records of IPFIX exporters that are not in Kafka. */
  long ipfixRecords() {
    return ipfixRecords;
  }

  /** Options records next to these. */
  long ipfixRecordsBetween() {
    return ipfixRecordsBetween;
  }

  /** NetFlow v9 messages of which Kafka has no flow record. */
  long v9Messages() {
    return v9Messages;
  }

  /** Messages without flow records next to these. */
  long v9MessagesBetween() {
    return v9MessagesBetween;
  }
}
