package org.ipv6flow.embedded.clickhouse.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbConnection;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbEngine;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that statements run on, one per exchange. */
final class Workers implements Dispatcher, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private static final int MAX_THREADS = 100;

  /** The engine's parser recurses, and gives up by the stack it finds. */
  private static final long STACK_BYTES = 16L << 20;

  private final ChdbEngine engine;
  private final RunningStatements running;
  private final Sessions sessions;
  private final FrontMetrics metrics = new FrontMetrics();
  private final QueryHandler queries;
  private final AtomicInteger threadCount = new AtomicInteger();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);

  private volatile boolean draining;

  Workers(ChdbEngine engine, Credentials credentials) {
    this.engine = engine;
    this.running = new RunningStatements(engine);
    this.sessions = new Sessions(engine);
    this.queries = new QueryHandler(engine, credentials, running, sessions, metrics);
  }

  private Thread thread(Runnable task) {
    String name = "clickhouse-worker-" + threadCount.incrementAndGet();
    Thread thread = new Thread(null, task, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void dispatch(Exchange exchange, Runnable whenDone) {
    try {
      threads.execute(() -> work(exchange, whenDone));
    } catch (RejectedExecutionException e) {
      metrics.rejected.increment();
      reply(
          exchange.response(),
          HttpResponseStatus.SERVICE_UNAVAILABLE,
          "Code: 202. DB::Exception: Too many simultaneous queries. Maximum: %d."
                  .formatted(MAX_THREADS)
              + " (TOO_MANY_SIMULTANEOUS_QUERIES)\n");
      exchange.body().discard();
      whenDone.run();
    }
  }

  @Override
  public void abandoned(Exchange exchange) {
    running.kill(exchange);
  }

  private void work(Exchange exchange, Runnable whenDone) {
    ResponseStream response = exchange.response();
    try {
      route(exchange);
      response.finish();
    } catch (ClientGoneException e) {
      LOG.debug("no answer: {}", e.getMessage());
      response.abort();
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("a request failed in the front", e);
      response.abort();
    } finally {
      exchange.body().discard();
      whenDone.run();
    }
  }

  private void route(Exchange exchange) throws IOException {
    String path = new QueryStringDecoder(exchange.request().uri()).path();
    switch (path) {
      case "/ping", "/healthz" -> reply(exchange.response(), HttpResponseStatus.OK, "Ok.\n");
      case "/readyz" -> replyReadiness(exchange.response());
      case "/metrics" -> reply(exchange.response(), HttpResponseStatus.OK, metrics.scrape());
      case "/" -> {
        if (isGreeting(exchange)) {
          reply(exchange.response(), HttpResponseStatus.OK, "Ok.\n");
        } else {
          queries.handle(exchange);
        }
      }
      default ->
          reply(
              exchange.response(),
              HttpResponseStatus.NOT_FOUND,
              "There is no handle " + path + " (expected: /, /ping, /readyz or /metrics)\n");
    }
  }

  /** A request without a statement, such as a browser's or a load balancer's. */
  private static boolean isGreeting(Exchange exchange) {
    return !exchange.request().method().equals(HttpMethod.POST)
        && !new QueryStringDecoder(exchange.request().uri()).parameters().containsKey("query");
  }

  private void replyReadiness(ResponseStream response) {
    String reason = draining ? "stopping" : engineFailure();
    if (reason.isEmpty()) {
      reply(response, HttpResponseStatus.OK, "Ok.\n");
    } else {
      reply(response, HttpResponseStatus.SERVICE_UNAVAILABLE, reason + "\n");
    }
  }

  private String engineFailure() {
    try (ChdbConnection connection = engine.connect(Map.of())) {
      connection.query("SELECT 1", "Null").close();
      return "";
    } catch (ChdbException e) {
      return e.text();
    }
  }

  private static void reply(ResponseStream response, HttpResponseStatus status, String text) {
    try {
      response.setStatus(status);
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8");
      response.write(text.getBytes(StandardCharsets.UTF_8));
      response.finish();
    } catch (IOException e) {
      response.abort();
    }
  }

  void drain(Duration limit) {
    draining = true;
    try {
      running.drain(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    running.close();
    // A statement that did not end in time still uses its connection.
    if (running.count() == 0) {
      sessions.close();
    }
  }
}
