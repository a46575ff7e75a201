package org.ipv6flow.collector.kafka;

/** Why decoded flow records did not reach Kafka. Labels appear in metrics and status. */
public enum PublishDrop {
  /** Kafka did not keep up and the memory for waiting batches was full. */
  PUBLISH_MEMORY_FULL("publish_memory_full"),
  /** Kafka refused the batch, or did not answer in time. */
  PUBLISH_FAILED("publish_failed"),
  /** The collector ended, mostly by being killed, before Kafka had them; an earlier run of it. */
  COLLECTOR_KILLED("collector_killed");

  private final String label;

  PublishDrop(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
