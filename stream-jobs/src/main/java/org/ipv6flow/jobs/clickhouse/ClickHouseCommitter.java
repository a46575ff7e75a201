package org.ipv6flow.jobs.clickhouse;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the inserts of completed checkpoints, until ClickHouse has taken each.
 *
 * <p>It waits inside {@link #commit} rather than asking Flink to retry: Flink gives up after
 * sink.committer.retries attempts and without a pause between them (FLINK-36455), and a job that
 * fails over and over does not help a database that is down. While it waits, the job reads no
 * further and Kafka keeps the records. Errors that a person must mend (a missing table, a wrong
 * password) are treated alike: rows are never given up. Cancelling the job interrupts the wait.
 */
final class ClickHouseCommitter implements Committer<InsertCommittable> {

  private static final Logger LOG = LoggerFactory.getLogger(ClickHouseCommitter.class);
  private static final long MIN_PAUSE_MILLIS = 200;
  private static final long MAX_PAUSE_MILLIS = 10_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long REMINDER_NANOS = Duration.ofMinutes(1).toNanos();

  private final ClickHouseEndpoint endpoint;
  private final InsertClient client;
  private final Counter rowsInserted;
  private final Counter inserts;
  private final Counter failedAttempts;
  private final Counter insertMillis;

  /** The kind of failure the log last named; null when ClickHouse takes rows. */
  private @Nullable String reportedFailure;

  private volatile long outageStartNanos;
  private volatile boolean outage;
  private volatile long waitingRows;
  private long lastReportNanos;

  ClickHouseCommitter(ClickHouseEndpoint endpoint, MetricGroup metrics) {
    this.endpoint = endpoint;
    client = new InsertClient(endpoint);
    rowsInserted = metrics.counter("rowsInserted");
    inserts = metrics.counter("inserts");
    failedAttempts = metrics.counter("failedInsertAttempts");
    insertMillis = metrics.counter("insertMillis");
    metrics.<Long, Gauge<Long>>gauge("waitingRows", () -> waitingRows);
    metrics.<Long, Gauge<Long>>gauge("outageSeconds", this::outageSeconds);
  }

  @Override
  public void commit(Collection<CommitRequest<InsertCommittable>> requests)
      throws InterruptedException {
    long rows = 0;
    for (CommitRequest<InsertCommittable> request : requests) {
      rows += request.getCommittable().rows();
    }
    try {
      for (CommitRequest<InsertCommittable> request : requests) {
        waitingRows = rows;
        insertUntilTaken(request.getCommittable());
        rows -= request.getCommittable().rows();
      }
    } finally {
      waitingRows = 0;
    }
  }

  /** How long ClickHouse has not taken rows; 0 when it does. */
  private long outageSeconds() {
    return outage ? Duration.ofNanos(System.nanoTime() - outageStartNanos).toSeconds() : 0;
  }

  @Override
  public void close() {}

  private void insertUntilTaken(InsertCommittable insert) throws InterruptedException {
    long pauseMillis = MIN_PAUSE_MILLIS;
    while (!tryInsert(insert)) {
      Thread.sleep(pauseMillis);
      pauseMillis = Math.min(MAX_PAUSE_MILLIS, 2 * pauseMillis);
    }
  }

  private boolean tryInsert(InsertCommittable insert) throws InterruptedException {
    long startNanos = System.nanoTime();
    try {
      client.insert(insert);
    } catch (IOException e) {
      failedAttempts.inc();
      reportFailure(insert, e);
      return false;
    }
    inserts.inc();
    rowsInserted.inc(insert.rows());
    insertMillis.inc((System.nanoTime() - startNanos) / NANOS_PER_MILLI);
    reportRecovery();
    return true;
  }

  private void reportFailure(InsertCommittable insert, IOException failure) {
    String message = describe(failure);
    String kind = failure instanceof InsertFailedException refused ? refused.kind() : message;
    long now = System.nanoTime();
    if (reportedFailure == null) {
      outageStartNanos = now;
      outage = true;
    }
    if (kind.equals(reportedFailure)) {
      if (now - lastReportNanos >= REMINDER_NANOS) {
        lastReportNanos = now;
        LOG.warn(
            "ClickHouse at {} has not taken rows for {} s ({}); {} rows wait, and Kafka keeps what"
                + " came since.",
            endpoint,
            outageSeconds(),
            message,
            waitingRows);
      }
    } else {
      lastReportNanos = now;
      LOG.warn(
          "ClickHouse at {} does not take rows of {}: {}. Trying until it does; Kafka keeps what"
              + " comes meanwhile.",
          endpoint,
          insert.table().tableName(),
          message);
      reportedFailure = kind;
    }
  }

  private void reportRecovery() {
    if (reportedFailure != null) {
      LOG.info(
          "ClickHouse at {} takes rows again after {} s.",
          endpoint,
          Duration.ofNanos(System.nanoTime() - outageStartNanos).toSeconds());
      reportedFailure = null;
      outage = false;
    }
  }

  private static String describe(IOException failure) {
    if (failure instanceof ConnectException) {
      return "connection refused";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
