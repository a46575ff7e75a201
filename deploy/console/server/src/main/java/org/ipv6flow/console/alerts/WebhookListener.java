package org.ipv6flow.console.alerts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts changes as JSON, in their order, each until the other side says 2xx: up to six times within
 * a minute. With a secret, {@code X-Ipv6flow-Signature} is {@code t=SECONDS,v1=HEX}: HMAC-SHA256 of
 * the seconds, a dot and the body, so that what was posted once cannot be posted again later.
 */
final class WebhookListener implements AlertListener {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookListener.class);
  private static final int MAX_WAITING = 1_000;
  private static final int ATTEMPTS = 6;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long STOP_MILLIS = 3_000;

  private final URI url;
  private final byte @Nullable [] secret;
  private final Clock clock;
  private final long firstPauseMillis;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final Thread sender;
  private volatile boolean isClosed;

  /**
   * @param firstPauseMillis before the second attempt; it doubles each time
   */
  WebhookListener(String url, byte @Nullable [] secret, Clock clock, long firstPauseMillis) {
    this.url = URI.create(url);
    this.secret = secret;
    this.clock = clock;
    this.firstPauseMillis = firstPauseMillis;
    sender = new Thread(this::run, "alert-webhook");
    sender.setDaemon(true);
    sender.start();
  }

  @Override
  public void changed(Alert alert) {
    if (!waiting.offer(alert.json().toString())) {
      dropped.incrementAndGet();
      LOG.warn("webhook {}: {} changes wait already, one is dropped", url, MAX_WAITING);
    }
  }

  /** Changes that were given up. */
  long dropped() {
    return dropped.get();
  }

  private void run() {
    try {
      while (!isClosed || !waiting.isEmpty()) {
        String body = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (body != null) {
          deliver(body);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(String body) throws InterruptedException {
    String reason = "";
    long pause = firstPauseMillis;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        int status = http.send(request(body), HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status / 100 == 2) {
          return;
        }
        reason = "status " + status;
      } catch (IOException e) {
        reason = String.valueOf(e.getMessage());
      }
      if (attempt < ATTEMPTS) {
        Thread.sleep(pause);
        pause *= 2;
      }
    }
    dropped.incrementAndGet();
    LOG.warn("webhook {}: given up after {} attempts: {}", url, ATTEMPTS, reason);
  }

  private HttpRequest request(String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (secret != null) {
      long seconds = clock.instant().getEpochSecond();
      request.header("X-Ipv6flow-Signature", "t=" + seconds + ",v1=" + sign(secret, seconds, body));
    }
    return request.build();
  }

  static String sign(byte[] secret, long seconds, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return HexFormat.of()
          .formatHex(mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      sender.join(STOP_MILLIS);
      sender.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
