package org.ipv6flow.console;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ipv6flow.console.access.PasswordHash;
import org.ipv6flow.console.access.Principal;
import org.ipv6flow.console.access.Role;
import org.ipv6flow.console.access.Users;
import org.ipv6flow.console.alerts.AlertSettings;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.clickhouse.QueryLimits;
import org.ipv6flow.console.config.ConsoleConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What every answer has, who gets in, and Explore by hand. */
@ExtendWith(TestConsole.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServerIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestConsole console;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Instant start = Instant.now().truncatedTo(HOURS).minus(3, HOURS);
  private final Instant end = start.plus(20, MINUTES);

  ServerIT(TestConsole console) {
    this.console = console;
  }

  /**
   * L1 a_to_b, four buckets of five minutes, octets of IPv6: 300, 600, 0, 900 thousand; of IPv4:
   * 150 thousand in each. L2 a_to_b: 75 thousand of IPv4 in the first.
   */
  @BeforeAll
  void fill() throws Exception {
    console.recreate(TinyNation.inventory());
    long[] octets = {300_000, 600_000, 0, 900_000};
    for (int i = 0; i < 4; i++) {
      Instant bucket = start.plus(5L * i, MINUTES);
      if (octets[i] > 0) {
        console.traffic(bucket, "L1", "a_to_b", "v6_native", octets[i], 0);
      }
      console.traffic(bucket, "L1", "a_to_b", "v4_native", 150_000, 0);
    }
    console.traffic(start, "L2", "a_to_b", "v4_native", 75_000, 0);
    console.reports(TinyNation.R1, start, 30);
    // So that what is stored goes on beyond the period.
    console.traffic(start.plus(1, HOURS), "L1", "a_to_b", "v4_native", 1_000, 0);
  }

  @Test
  void exploreDividesByTheLengthOfABucket() throws Exception {
    JsonNode answer = explore("/query/timeseries?dimensions=ip_version&step=5m");

    assertThat(answer.path("t")).hasSize(4);
    JsonNode v6 = answer.at("/series/0");
    assertThat(v6.at("/key/ip_version").asText()).isEqualTo("6");
    // 300,000 octets in 300 s: 8 kbit/s.
    assertThat(numbers(v6.at("/values/value"))).containsExactly(8_000.0, 16_000.0, 0.0, 24_000.0);
    assertThat(v6.at("/stats/value/max").asDouble()).isEqualTo(24_000);
    assertThat(v6.at("/stats/value/maxAt").asText()).isEqualTo(start.plus(15, MINUTES).toString());
    assertThat(v6.at("/stats/value/mean").asDouble()).isEqualTo(12_000);
    // Of four values none is left out.
    assertThat(v6.at("/stats/value/p95").asDouble()).isEqualTo(24_000);
    assertThat(v6.at("/stats/value/total").asDouble()).isEqualTo(1_800_000);
    // (150,000 + 75,000) · 8 / 300.
    assertThat(answer.at("/series/1/values/value/0").asDouble()).isEqualTo(6_000);
  }

  @Test
  void exploreKeepsTheRestAsOther() throws Exception {
    JsonNode answer = explore("/query/top?dimensions=link&top=1&step=5m&measure=octets");

    assertThat(answer.at("/data/link/0").asText()).isEqualTo("L1");
    assertThat(answer.at("/data/total/0").asDouble()).isEqualTo(2_400_000);
    assertThat(answer.at("/data/is_other/1").asBoolean()).isTrue();
    assertThat(answer.at("/data/total/1").asDouble()).isEqualTo(75_000);
  }

  @Test
  void exploreChoosesTheLargestByWhatIsAskedFor() throws Exception {
    for (String order : List.of("mean", "max", "p95", "last")) {
      JsonNode answer =
          explore(
              "/query/top?dimensions=link&top=1&step=5m&filter=ip_version%20%3D%204&order_by="
                  + order);
      assertThat(answer.at("/data/link/0").asText()).as(order).isEqualTo("L1");
    }
  }

  @Test
  void aFilterIsCheckedWithItsPosition() throws Exception {
    HttpResponse<byte[]> response =
        console.get("noc", "/api/v1/query/timeseries?filter=linc%20%3D%201");

    JsonNode problem = JSON.readTree(response.body());
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(problem.path("type").asText()).isEqualTo("/problems/bad-filter");
    assertThat(problem.at("/errors/0/suggestions/0").asText()).isEqualTo("link");
  }

  @Test
  void everyAnswerHasItsHeaders() throws Exception {
    for (String path : List.of("/api/v1/meta", "/api/v1/nothing", "/healthz", "/metrics")) {
      HttpResponse<byte[]> response = console.get("noc", path);
      assertThat(response.headers().firstValue("X-Content-Type-Options"))
          .as(path)
          .hasValue("nosniff");
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'self'")
          .doesNotContain("http:", "https:", "*");
      assertThat(response.headers().firstValue("Server")).isEmpty();
    }
    assertThat(text(console.get("noc", "/metrics"))).contains("console_requests_seconds_count");
    assertThat(console.get("noc", "/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void whatDidNotChangeIsNotSentAgain() throws Exception {
    String path = "/api/v1/links";
    String tag = console.get("noc", path).headers().firstValue("ETag").orElse("");
    HttpResponse<byte[]> again =
        http.send(
            console.request("noc", path).header("If-None-Match", tag).GET().build(),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void aWriteNeedsTheToken() throws Exception {
    String draft = "{\"name\":\"a\",\"page\":\"/explore\",\"query\":\"from=now-1h\"}";
    assertThat(post("noc", "/api/v1/views", draft, "", "").statusCode()).isEqualTo(403);
    HttpResponse<byte[]> session = console.get("noc", "/api/v1/session");
    String cookie = session.headers().firstValue("Set-Cookie").orElse("").split(";")[0];
    String token = JSON.readTree(session.body()).path("csrfToken").asText();
    assertThat(session.headers().firstValue("Set-Cookie").orElse(""))
        .contains("HttpOnly", "SameSite=Strict");

    HttpResponse<byte[]> created = post("noc", "/api/v1/views", draft, cookie, token);

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(console.json("noc", "/api/v1/views").at("/views/0/name").asText()).isEqualTo("a");
    assertThat(post("noc", "/api/v1/views", draft, cookie, "wrong").statusCode()).isEqualTo(403);
  }

  @Test
  void onlyALoginOpensAServerWithUsers(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("audit.jsonl");
    try (ConsoleServer server = new ConsoleServer(config(log, console.account()), "test")) {
      server.start();
      String url = "http://127.0.0.1:%d/api/v1".formatted(server.port());
      HttpRequest links =
          HttpRequest.newBuilder(URI.create(url + "/links"))
              .header("X-Ipv6flow-User", "mallory")
              .header("X-Ipv6flow-Role", "admin")
              .build();
      assertThat(http.send(links, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
      assertThat(logIn(url, "wrong password").statusCode()).isEqualTo(401);

      HttpResponse<String> login = logIn(url, "correct horse battery");
      String cookie = login.headers().firstValue("Set-Cookie").orElse("").split(";")[0];

      assertThat(JSON.readTree(login.body()).path("role").asText()).isEqualTo("regulator");
      assertThat(as(cookie, url + "/links")).isEqualTo(403);
      assertThat(as(cookie, url + "/matrix")).isEqualTo(200);
      for (int i = 0; i < 10; i++) {
        logIn(url, "wrong password");
      }
      HttpResponse<String> locked = logIn(url, "correct horse battery");
      assertThat(locked.statusCode()).isEqualTo(429);
      assertThat(locked.headers().firstValue("Retry-After")).isPresent();
    }
    String entries = Files.readString(log);
    assertThat(entries).contains("\"path\":\"/api/v1/matrix\"", "\"user\":\"lin\"");
    assertThat(entries).contains("\"kind\":\"login\"").doesNotContain("horse");
  }

  @Test
  void withoutClickHouseItSaysSo() throws Exception {
    ClickHouseAccount nowhere = ClickHouseAccount.of("http://127.0.0.1:1", "ipv6flow");
    try (ConsoleServer server =
        new ConsoleServer(ConsoleConfig.demo(0, nowhere, null, Map.of()), "test")) {
      server.start();
      String url = "http://127.0.0.1:%d".formatted(server.port());
      HttpResponse<String> matrix =
          http.send(
              HttpRequest.newBuilder(URI.create(url + "/api/v1/matrix")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(matrix.statusCode()).isEqualTo(503);
      assertThat(matrix.body()).contains("ClickHouse does not answer");
      assertThat(as("", url + "/healthz")).isEqualTo(200);
      assertThat(as("", url + "/readyz")).isEqualTo(503);
    }
  }

  @Test
  void demoModeStaysOnThisMachine() {
    ConsoleConfig demo = ConsoleConfig.demo(0, console.account(), null, Map.of());
    ConsoleConfig everywhere =
        new ConsoleConfig(
            new InetSocketAddress("0.0.0.0", 0),
            demo.clickHouse(),
            demo.limits(),
            demo.bucketZone(),
            null,
            null,
            true,
            true,
            Set.of(),
            demo.users(),
            100,
            100,
            Map.of(),
            AlertSettings.DEFAULT);

    assertThatThrownBy(() -> new ConsoleServer(everywhere, "test"))
        .isInstanceOf(ConsoleStartException.class)
        .hasMessageContaining("loopback");
  }

  private static ConsoleConfig config(Path log, ClickHouseAccount account) {
    PasswordHash hash = PasswordHash.of("correct horse battery".toCharArray());
    return new ConsoleConfig(
        new InetSocketAddress("127.0.0.1", 0),
        account,
        QueryLimits.DEFAULT,
        ZoneId.of("Asia/Shanghai"),
        null,
        log,
        false,
        false,
        Set.of(),
        new Users(Map.of("lin", new Users.User(new Principal("lin", Role.REGULATOR, null), hash))),
        600,
        1_000,
        Map.of(),
        AlertSettings.DEFAULT);
  }

  private HttpResponse<String> logIn(String url, String password) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + "/session"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"user\":\"lin\",\"password\":\"%s\"}".formatted(password)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private int as(String cookie, String url) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(url)).header("Cookie", cookie + ";").build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private HttpResponse<byte[]> post(
      String role, String path, String body, String cookie, String token) throws Exception {
    return http.send(
        console
            .request(role, path)
            .header("Content-Type", "application/json")
            .header("Cookie", cookie + ";")
            .header("X-CSRF-Token", token.isEmpty() ? "none" : token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private JsonNode explore(String path) throws Exception {
    return console.json("noc", "/api/v1%s&from=%s&to=%s".formatted(path, start, end));
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new java.util.ArrayList<>();
    array.forEach(value -> numbers.add(value.asDouble()));
    return numbers;
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
