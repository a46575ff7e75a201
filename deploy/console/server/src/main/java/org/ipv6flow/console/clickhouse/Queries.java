package org.ipv6flow.console.clickhouse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs statements side by side, and each only once: who asks the same while it runs waits for it,
 * and who asks it shortly after gets the same result. A hundred browsers on one page cost as much
 * as one.
 */
public final class Queries implements AutoCloseable {

  private static final Duration KEPT = Duration.ofSeconds(20);
  private static final int MOST_RESULTS = 200;
  private static final int MOST_CELLS = 4_000_000;
  private static final int THREADS = 32;

  private record Kept(CompletableFuture<QueryResult> result, Instant at) {

    int cells() {
      if (!result.isDone() || result.isCompletedExceptionally()) {
        return 0;
      }
      QueryResult done = result.join();
      return done.rows() * done.columns().size();
    }
  }

  private final ClickHouseClient client;
  private final Clock clock;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "query");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<Statement, Kept> known = new LinkedHashMap<>();

  public Queries(ClickHouseClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  public ClickHouseClient client() {
    return client;
  }

  /** Begins a statement; {@link #await} waits for it. */
  public CompletableFuture<QueryResult> begin(Statement statement) {
    synchronized (known) {
      forgetOld();
      Kept kept = known.get(statement);
      if (kept != null) {
        return kept.result();
      }
      CompletableFuture<QueryResult> result =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return client.query(statement);
                } catch (ClickHouseException e) {
                  throw new CompletionException(e);
                }
              },
              threads);
      known.put(statement, new Kept(result, clock.instant()));
      return result;
    }
  }

  /** Waits for a statement that was begun. */
  public static QueryResult await(CompletableFuture<QueryResult> begun) throws ClickHouseException {
    try {
      return begun.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ClickHouseException failure) {
        throw failure;
      }
      throw e;
    }
  }

  public QueryResult query(Statement statement) throws ClickHouseException {
    return await(begin(statement));
  }

  private void forgetOld() {
    Instant old = clock.instant().minus(KEPT);
    known
        .values()
        .removeIf(
            kept ->
                kept.result().isCompletedExceptionally()
                    || (kept.result().isDone() && kept.at().isBefore(old)));
    long cells = known.values().stream().mapToLong(Kept::cells).sum();
    var oldest = known.values().iterator();
    while (oldest.hasNext() && (known.size() > MOST_RESULTS || cells > MOST_CELLS)) {
      Kept kept = oldest.next();
      if (kept.result().isDone()) {
        cells -= kept.cells();
        oldest.remove();
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
