package org.ipv6flow.collector.admin;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /metrics}, {@code /healthz}, {@code /readyz} and {@code /version}.
 *
 * <p>Healthy means that the process answers at all; ready, that it does its work.
 */
public final class AdminServer implements AutoCloseable {

  private static final int MAX_THREADS = 6;
  private static final int MIN_THREADS = 1;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private record Answer(int status, String contentType, String body) {}

  private final InetSocketAddress address;
  private final Map<String, Supplier<Answer>> pages;
  private final Server server;
  private final ServerConnector connector;

  /**
   * @param address where to listen; port 0 takes any free one
   * @param metrics the metrics page, in Prometheus's text format
   * @param trouble why the process does not do its work; null if it does
   */
  public AdminServer(
      InetSocketAddress address,
      String version,
      Supplier<String> metrics,
      Supplier<@Nullable String> trouble) {
    this.address = address;
    pages =
        Map.of(
            "/metrics", () -> new Answer(HttpStatus.OK_200, PROMETHEUS_TEXT, metrics.get()),
            "/healthz", () -> new Answer(HttpStatus.OK_200, TEXT, "ok\n"),
            "/readyz", () -> readiness(trouble.get()),
            "/version", () -> new Answer(HttpStatus.OK_200, TEXT, version + "\n"));
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("admin");
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1);
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    server.addConnector(connector);
    server.setHandler(new Pages());
  }

  /** Starts to listen. */
  public void start() throws StartupException {
    try {
      server.start();
    } catch (Exception e) {
      boolean inUse = e instanceof BindException || e.getCause() instanceof BindException;
      throw new StartupException(
          "admin server: TCP port %d on %s %s"
              .formatted(
                  address.getPort(),
                  address.getHostString(),
                  inUse ? "is in use" : "cannot be bound (" + e.getMessage() + ")"));
    }
  }

  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("admin server does not stop", e);
    }
  }

  private static Answer readiness(@Nullable String trouble) {
    return trouble == null
        ? new Answer(HttpStatus.OK_200, TEXT, "ready\n")
        : new Answer(HttpStatus.SERVICE_UNAVAILABLE_503, TEXT, "not ready: " + trouble + "\n");
  }

  private final class Pages extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Supplier<Answer> page = pages.get(Request.getPathInContext(request));
      boolean readable =
          HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
      Answer answer;
      if (page == null) {
        answer =
            new Answer(
                HttpStatus.NOT_FOUND_404,
                TEXT,
                "no such page (there are: %s)\n"
                    .formatted(String.join(" ", pages.keySet().stream().sorted().toList())));
      } else if (!readable) {
        answer = new Answer(HttpStatus.METHOD_NOT_ALLOWED_405, TEXT, "only GET\n");
      } else {
        answer = page.get();
      }
      response.setStatus(answer.status());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
      response.write(
          true, ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)), callback);
      return true;
    }
  }
}
