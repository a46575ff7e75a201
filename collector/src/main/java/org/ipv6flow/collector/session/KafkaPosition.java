package org.ipv6flow.collector.session;

/**
 * A place in a topic as one number: behind a record of a partition, or before all records of a run
 * of the collector.
 */
public final class KafkaPosition {

  private static final int PARTITION_SHIFT = 48;
  private static final long OFFSET = (1L << PARTITION_SHIFT) - 1;

  private KafkaPosition() {}

  /** Behind a record. */
  public static long after(int partition, long offset) {
    return (long) partition << PARTITION_SHIFT | offset + 1 & OFFSET;
  }

  /** Before everything that a run published. */
  static long beforeRun(long run) {
    return -run;
  }

  static boolean isBeforeRun(long position) {
    return position <= 0;
  }

  static long run(long position) {
    return -position;
  }

  static int partition(long position) {
    return (int) (position >>> PARTITION_SHIFT);
  }

  /** Of the first record behind the position. */
  static long offset(long position) {
    return position & OFFSET;
  }

  /** Whether a record that a run published is behind the position. */
  static boolean isBehind(long position, int partition, long offset, long run) {
    return isBeforeRun(position)
        ? run >= run(position)
        : partition == partition(position) && offset >= offset(position);
  }
}
