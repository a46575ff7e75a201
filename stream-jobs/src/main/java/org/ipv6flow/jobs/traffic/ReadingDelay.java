package org.ipv6flow.jobs.traffic;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the job is behind what the collectors receive: the age of the newest batch it has read.
 * Says so in the log while that is much, and when it has caught up. Written by the task's thread,
 * read by any.
 */
final class ReadingDelay {

  private static final Logger LOG = LoggerFactory.getLogger(ReadingDelay.class);

  /** A restart of anything takes less. */
  private static final long BEHIND_MILLIS = Duration.ofSeconds(60).toMillis();

  private static final long CAUGHT_UP_MILLIS = Duration.ofSeconds(10).toMillis();
  private static final long REPORT_MILLIS = Duration.ofSeconds(30).toMillis();

  private final String subtask;
  private volatile long newestMillis;
  private boolean isBehind;
  private long reportedMillis;

  ReadingDelay(String subtask) {
    this.subtask = subtask;
  }

  /**
   * Takes note of a batch.
   *
   * @param receivedMillis when a collector began it
   */
  void read(long receivedMillis, long nowMillis) {
    if (receivedMillis > newestMillis) {
      newestMillis = receivedMillis;
    }
    long behindMillis = nowMillis - receivedMillis;
    if (behindMillis >= BEHIND_MILLIS) {
      if (!isBehind || nowMillis - reportedMillis >= REPORT_MILLIS) {
        isBehind = true;
        reportedMillis = nowMillis;
        LOG.info(
            "{} is {} s behind what is received, and catches up", subtask, behindMillis / 1000);
      }
    } else if (isBehind && behindMillis < CAUGHT_UP_MILLIS) {
      isBehind = false;
      LOG.info("{} has caught up with what is received", subtask);
    }
  }

  boolean isBehind() {
    return isBehind;
  }

  /** Age of the newest batch; grows as well while nothing is received. 0 before the first batch. */
  long newestBatchAgeMillis(long nowMillis) {
    long newest = newestMillis;
    return newest == 0 ? 0 : Math.max(0, nowMillis - newest);
  }
}
