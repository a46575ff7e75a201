package org.ipv6flow.console.alerts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.clickhouse.ClickHouseClient;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.QueryLimits;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alerts for the API: runs the evaluation beside requests, and lets people answer. */
public final class AlertService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AlertService.class);
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long ROUND_SECONDS = 15;

  /** Rules of weeks take their time; they come one at a time, beside what users ask. */
  private static final QueryLimits LIMITS =
      new QueryLimits(Duration.ofMinutes(2), 100_000, 4L << 30, 2);

  private final AlertBook book = new AlertBook();
  private final AlertStore store;
  private final AlertEvaluator evaluator;
  private final List<AlertListener> listeners = new ArrayList<>();
  private final ScheduledExecutorService scheduler;
  private final Clock clock;

  /**
   * @throws IOException if the webhook's secret cannot be read
   */
  public AlertService(ClickHouseAccount account, AlertSettings settings, Clock clock)
      throws IOException {
    this.clock = clock;
    ClickHouseClient clickHouse = new ClickHouseClient(account, LIMITS);
    store = new AlertStore(clickHouse);
    AlertSettings.Kafka kafka = settings.kafka();
    if (kafka != null) {
      listeners.add(new KafkaListener(kafka));
    }
    AlertSettings.Webhook webhook = settings.webhook();
    if (webhook != null) {
      listeners.add(
          new WebhookListener(webhook.url(), secret(webhook.secret()), clock, FIRST_PAUSE_MILLIS));
    }
    evaluator =
        new AlertEvaluator(AlertRules.all(), settings, clickHouse, store, book, listeners, clock);
    scheduler =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "alerts");
              thread.setDaemon(true);
              return thread;
            });
  }

  private static byte @Nullable [] secret(@Nullable Path file) throws IOException {
    return file == null ? null : Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
  }

  /** Begins to evaluate. */
  public void start() {
    var unused =
        scheduler.scheduleWithFixedDelay(this::evaluateNow, 1, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  /** One round, now. */
  void evaluateNow() {
    try {
      evaluator.evaluate();
    } catch (RuntimeException e) {
      // A task that throws is never run again.
      LOG.error("alerts cannot be evaluated", e);
    }
  }

  /**
   * Alerts of a time, newest first: those that are open as they are now, others as they were kept.
   *
   * @param state firing, acknowledged, silenced or resolved; null for all
   * @param rule null for all
   */
  public List<Alert> list(
      @Nullable String state, @Nullable String rule, Instant from, Instant until)
      throws ClickHouseException {
    Map<String, Alert> byId = new LinkedHashMap<>();
    store.between(from, until).forEach(alert -> byId.put(alert.id(), alert));
    for (Alert alert : book.open()) {
      if (byId.containsKey(alert.id())) {
        byId.put(alert.id(), alert);
      }
    }
    return byId.values().stream()
        .filter(alert -> rule == null || rule.equals(alert.rule()))
        .filter(alert -> state == null || state.equals(alert.shownState()))
        .toList();
  }

  /** How many fire and nobody has answered. */
  public int firing() {
    return (int) book.open().stream().filter(alert -> alert.shownState().equals("firing")).count();
  }

  public @Nullable Alert find(String id) throws ClickHouseException {
    for (Alert alert : book.open()) {
      if (alert.id().equals(id)) {
        return alert;
      }
    }
    return store.find(id);
  }

  /** Null if there is no such open alert. */
  public @Nullable Alert acknowledge(String id, String user, @Nullable String note)
      throws ClickHouseException {
    Alert acknowledged = book.acknowledge(id, user, note, clock.instant());
    if (acknowledged != null) {
      store.add(List.of(acknowledged));
    }
    return acknowledged;
  }

  public List<Silence> silences() {
    return book.silences(clock.instant());
  }

  public Silence silence(
      @Nullable String rule, Map<String, String> subject, Instant until, String reason, String user)
      throws ClickHouseException {
    Instant now = clock.instant();
    Silence silence =
        new Silence(UUID.randomUUID().toString(), rule, subject, until, reason, user, now);
    store.add(silence, now);
    book.silence(silence, now);
    return silence;
  }

  /** Tells whether there was one. */
  public boolean unsilence(String id) throws ClickHouseException {
    Instant now = clock.instant();
    Silence ended = book.unsilence(id, now);
    if (ended == null) {
      return false;
    }
    store.add(ended, now);
    return true;
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
    listeners.forEach(AlertListener::close);
  }
}
