package org.ipv6flow.schema.topic;

/**
 * Names of the Kafka topics. A name carries the version of its schema: an incompatible change takes
 * a new topic, so that an old reader never misreads a new record.
 */
public final class Topics {

  /** {@code FlowBatch} records, keyed by shard, time-stamped by the receiver's clock. */
  public static final String FLOWS = "ipv6flow.flows.v1";

  /** {@code ExporterStatus} records, keyed by exporter address and observation domain. */
  public static final String EXPORTER_STATUS = "ipv6flow.exporter-status.v1";

  /** Records the stream job could not read, as received; the header {@code reason} says why. */
  public static final String DEAD_LETTERS = "ipv6flow.dead-letters.v1";

  /**
   * Versions of the inventory ({@code PublishedInventory}), compacted, keyed by when they take
   * effect; one partition.
   */
  public static final String INVENTORY = "ipv6flow.inventory.v1";

  private Topics() {}
}
