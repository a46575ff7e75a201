package org.ipv6flow.collector.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminServerTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
  private final AdminServer server =
      new AdminServer(
          new InetSocketAddress(LOOPBACK, 0), "1.2.3", () -> "series 7\n", trouble::get);

  @BeforeEach
  void setUp() throws StartupException {
    server.start();
  }

  @AfterEach
  void tearDown() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics, series 7, text/plain; version=0.0.4; charset=utf-8",
    "/healthz, ok, text/plain; charset=utf-8",
    "/readyz, ready, text/plain; charset=utf-8",
    "/version, 1.2.3, text/plain; charset=utf-8"
  })
  void answersItsPages(String path, String body, String contentType) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body + "\n");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(contentType);
  }

  @Test
  void isHealthyButNotReadyWhileTheWorkIsNotDone() throws Exception {
    trouble.set("Kafka at k:9092 does not answer within 10 s");

    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body())
        .isEqualTo("not ready: Kafka at k:9092 does not answer within 10 s\n");
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsWhichPagesThereAre() throws Exception {
    HttpResponse<String> answer = get("/nothing");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo("no such page (there are: /healthz /metrics /readyz /version)\n");
  }

  @Test
  void onlyReads() throws Exception {
    HttpResponse<String> answer =
        send(request("/metrics").POST(HttpRequest.BodyPublishers.ofString("x")).build());

    assertThat(answer.statusCode()).isEqualTo(405);
  }

  @Test
  void saysThatItsPortIsInUse() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK);
        AdminServer second =
            new AdminServer(
                new InetSocketAddress(LOOPBACK, other.getLocalPort()), "1", () -> "", () -> null)) {
      assertThatThrownBy(second::start)
          .isInstanceOf(StartupException.class)
          .hasMessage(
              "admin server: TCP port %d on %s is in use"
                  .formatted(other.getLocalPort(), LOOPBACK.getHostName()));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://%s:%d%s".formatted(LOOPBACK.getHostAddress(), server.port(), path)));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
