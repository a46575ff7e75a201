package org.ipv6flow.jobs.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ipv6flow.jobs.clickhouse.ClickHouseEndpoint;

/**
 * An HTTP endpoint that answers inserts as it is told: for what the sink does on the wire and when
 * it is refused. What ClickHouse does with the rows is tested with ClickHouse.
 */
public final class InsertEndpoint implements AutoCloseable {

  /** A request as it came. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Received(Map<String, String> parameters, String user, String key, byte[] body) {

    public String token() {
      return Objects.requireNonNull(parameters.get("insert_deduplication_token"));
    }

    /** The table of the INSERT statement. */
    public String table() {
      return Objects.requireNonNull(parameters.get("query")).split(" ", 4)[2];
    }
  }

  private record Answer(int status, String exceptionCode, String body) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  public InsertEndpoint() throws IOException {
    this(0);
  }

  public InsertEndpoint(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Every request so far, whatever it was answered. */
  public List<Received> received() {
    return received;
  }

  /** What the next request gets instead of success. */
  public InsertEndpoint refuseNext(int status, String exceptionCode, String body) {
    answers.add(new Answer(status, exceptionCode, body));
    return this;
  }

  public ClickHouseEndpoint endpoint() {
    return endpoint(port());
  }

  public static ClickHouseEndpoint endpoint(int port) {
    return new ClickHouseEndpoint(
        URI.create("http://127.0.0.1:" + port), "ipv6flow", "writer", "se cret");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    received.add(
        new Received(
            parameters(exchange.getRequestURI().getRawQuery()),
            exchange.getRequestHeaders().getFirst("X-ClickHouse-User"),
            exchange.getRequestHeaders().getFirst("X-ClickHouse-Key"),
            body));
    Answer answer = answers.poll();
    if (answer != null) {
      exchange.getResponseHeaders().add("X-ClickHouse-Exception-Code", answer.exceptionCode());
    }
    byte[] text = (answer == null ? "" : answer.body()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer == null ? 200 : answer.status(), text.length + 1);
    exchange.getResponseBody().write(text);
    exchange.getResponseBody().write('\n');
    exchange.close();
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      parameters.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }
}
