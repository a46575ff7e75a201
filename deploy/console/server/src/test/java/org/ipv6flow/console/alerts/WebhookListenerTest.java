package org.ipv6flow.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change arrives, signed and in order, although the other side fails at first. */
class WebhookListenerTest {

  private static final byte[] SECRET = "key".getBytes(StandardCharsets.UTF_8);

  private final BlockingQueue<List<String>> received = new LinkedBlockingQueue<>();
  private HttpServer server;
  private final AtomicInteger failures = new AtomicInteger();

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean fails = failures.getAndDecrement() > 0;
          exchange.sendResponseHeaders(fails ? 503 : 204, -1);
          exchange.close();
          if (!fails) {
            received.add(
                List.of(
                    body,
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Ipv6flow-Signature"))));
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void repeatsUntilItIsTakenAndSigns() throws Exception {
    failures.set(2);
    try (WebhookListener listener = listener(SECRET)) {
      listener.changed(alert("first"));
      listener.changed(alert("second"));

      List<String> first = received.poll(10, TimeUnit.SECONDS);
      List<String> second = received.poll(10, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(first.get(0)).contains("\"id\":\"first\"").contains("\"state\":\"firing\"");
      String[] signature = first.get(1).split(",v1=", 2);
      long seconds = Long.parseLong(signature[0].substring("t=".length()));
      assertThat(signature[1]).isEqualTo(WebhookListener.sign(SECRET, seconds, first.get(0)));
      assertThat(second).isNotNull();
      assertThat(second.get(0)).contains("\"id\":\"second\"");
    }
  }

  @Test
  void givesUpAndCounts() throws Exception {
    failures.set(Integer.MAX_VALUE);
    try (WebhookListener listener = listener(null)) {
      listener.changed(alert("lost"));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (listener.dropped() == 0 && System.nanoTime() < end) {
        Thread.sleep(20);
      }

      assertThat(listener.dropped()).isEqualTo(1);
      assertThat(received).isEmpty();
    }
  }

  /** openssl dgst -sha256 -hmac key, of "1.{}". */
  @Test
  void signatureIsHmacOfSecondsAndBody() {
    assertThat(WebhookListener.sign(SECRET, 1, "{}"))
        .isEqualTo("1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224");
  }

  private WebhookListener listener(byte @Nullable [] secret) {
    return new WebhookListener(
        "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()),
        secret,
        Clock.systemUTC(),
        5);
  }

  private static Alert alert(String id) {
    Instant at = Instant.parse("2026-11-01T00:00:00Z");
    return new Alert(
        id,
        "link_saturation",
        "critical",
        AlertState.FIRING,
        Map.of("link", "L1"),
        "summary",
        "摘要",
        at,
        at,
        at,
        null,
        0.95,
        0.9,
        0.001,
        1.0,
        "fraction",
        JsonNodeFactory.instance.objectNode(),
        null,
        null,
        null,
        null);
  }
}
