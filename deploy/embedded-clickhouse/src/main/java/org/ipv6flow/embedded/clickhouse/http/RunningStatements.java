package org.ipv6flow.embedded.clickhouse.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbConnection;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbEngine;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements the engine is working on, and the way to end them.
 *
 * <p>The engine knows a statement by its {@code log_comment}, which carries the query ID.
 */
final class RunningStatements implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningStatements.class);

  private static final int QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING = 216;

  /** A statement may be abandoned before the engine lists it, so one attempt is not enough. */
  private static final Duration KILL_INTERVAL = Duration.ofMillis(250);

  private final ChdbEngine engine;
  private final Map<String, Exchange> byQueryId = new ConcurrentHashMap<>();
  private final ScheduledExecutorService killer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "clickhouse-killer");
            thread.setDaemon(true);
            return thread;
          });

  RunningStatements(ChdbEngine engine) {
    this.engine = engine;
  }

  void begin(String queryId, Exchange exchange) throws ChdbException {
    if (byQueryId.putIfAbsent(queryId, exchange) != null) {
      throw ChdbException.of(
          QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING,
          "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING",
          "Query with id = " + queryId + " is already running");
    }
    exchange.setRunningQueryId(queryId);
    if (exchange.isAbandoned()) {
      kill(exchange);
    }
  }

  void end(String queryId, Exchange exchange) {
    exchange.setRunningQueryId(null);
    byQueryId.remove(queryId, exchange);
  }

  int count() {
    return byQueryId.size();
  }

  /** Ends the statement of {@code exchange}, trying until it has ended. */
  void kill(Exchange exchange) {
    String queryId = exchange.runningQueryId();
    if (queryId != null && !killer.isShutdown()) {
      killer.execute(() -> attempt(exchange, queryId));
    }
  }

  private void attempt(Exchange exchange, String queryId) {
    if (!queryId.equals(exchange.runningQueryId())) {
      return;
    }
    String literal = queryId.replace("\\", "\\\\").replace("'", "\\'");
    run("KILL QUERY WHERE Settings['log_comment'] = '" + literal + "' ASYNC");
    killer.schedule(
        () -> attempt(exchange, queryId), KILL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run(String sql) {
    try (ChdbConnection connection = engine.connect(Map.of())) {
      connection.query(sql, "Null").close();
    } catch (ChdbException e) {
      LOG.warn("a statement could not be killed: {}", e.text());
    }
  }

  /** Abandons all statements and waits until they have ended, but not longer than {@code limit}. */
  void drain(Duration limit) throws InterruptedException {
    for (Exchange exchange : byQueryId.values()) {
      exchange.abandon("the server is stopping");
      kill(exchange);
    }
    long deadline = System.nanoTime() + limit.toNanos();
    while (count() > 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @Override
  public void close() {
    killer.shutdownNow();
  }
}
