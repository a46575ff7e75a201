package org.ipv6flow.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The HTTP interface as curl or a browser would use it, and as a broken client does. */
@ExtendWith(EngineForTests.class)
class HttpIT {

  private final EmbeddedClickHouse engine;
  private final HttpRequests http;

  HttpIT(EmbeddedClickHouse engine) {
    this.engine = engine;
    this.http = new HttpRequests(engine);
  }

  @BeforeEach
  void create() throws Exception {
    http.run("CREATE DATABASE IF NOT EXISTS http");
    http.run("CREATE TABLE http.t (n UInt32) ENGINE = MergeTree ORDER BY n");
  }

  @AfterEach
  void drop() throws Exception {
    http.run("DROP DATABASE http");
  }

  @Test
  void saysThatItLives() throws Exception {
    assertThat(http.get("/ping").body()).isEqualTo("Ok.\n");
    assertThat(http.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(http.get("/readyz").statusCode()).isEqualTo(200);
    assertThat(http.get("/").body()).isEqualTo("Ok.\n");
    assertThat(http.get("/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void countsStatements() throws Exception {
    long before = sample("ipv6flow_clickhouse_written_rows_total");

    http.run("INSERT INTO http.t SELECT number FROM numbers(7)");

    assertThat(sample("ipv6flow_clickhouse_written_rows_total") - before).isEqualTo(7);
    assertThat(http.get("/metrics").body())
        .containsPattern("\nprocess_cpu_seconds_total \\d+\\.\\d{3}\n");
  }

  private long sample(String name) throws Exception {
    return http.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .sum();
  }

  @Test
  void takesAStatementFromTheUrlAndItsDataFromTheBody() throws Exception {
    String insert = HttpRequests.encode("INSERT INTO http.t FORMAT CSV");

    HttpResponse<String> response = http.post("/?query=" + insert, "1\n2\n3\n");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("X-ClickHouse-Summary").orElse(""))
        .contains("\"written_rows\":\"3\"");
    assertThat(http.run("SELECT sum(n) FROM http.t")).isEqualTo("6");
  }

  @Test
  void takesStatementAndDataFromTheBody() throws Exception {
    http.run("INSERT INTO http.t (n) FORMAT JSONEachRow\n{\"n\": 4}\n\n{\"n\": 5}");
    http.run("INSERT INTO http.t VALUES (6), (7);");
    http.run("INSERT INTO http.t SELECT 8");

    assertThat(http.run("SELECT groupArray(n) FROM (SELECT n FROM http.t ORDER BY n)"))
        .isEqualTo("[4,5,6,7,8]");
  }

  @Test
  void appliesSettingsAndParameters() throws Exception {
    assertThat(http.post("/?max_block_size=1234", "SELECT getSetting('max_block_size')").body())
        .isEqualTo("1234\n");
    assertThat(http.post("/?param_a=it%27s&param_b=41", "SELECT {a:String}, {b:UInt8} + 1").body())
        .isEqualTo("it\\'s\t42\n");
    assertThat(http.post("/?database=system&default_format=CSV", "SELECT currentDatabase()").body())
        .isEqualTo("\"system\"\n");
  }

  @Test
  void refusesAnUnknownSettingInsteadOfIgnoringIt() throws Exception {
    HttpResponse<String> response = http.post("/?max_threds=1", "SELECT 1");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code")).hasValue("115");
    assertThat(response.body()).contains("max_threds");
  }

  @Test
  void refusesAMalformedSetting() throws Exception {
    HttpResponse<String> response = http.post("/?max_threads=many", "SELECT 1");

    assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(response.body()).contains("DB::Exception").contains("many");
  }

  @Test
  void refusesTwoStatementsInOne() throws Exception {
    HttpResponse<String> response = http.post("/", "SELECT 1; INSERT INTO http.t SELECT 1");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Multi-statements are not allowed");
    assertThat(http.run("SELECT count() FROM http.t")).isEqualTo("0");
  }

  @Test
  void refusesToWriteOnGet() throws Exception {
    HttpResponse<String> response =
        http.get("/?query=" + HttpRequests.encode("INSERT INTO http.t SELECT 1"));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("READONLY");
    assertThat(http.run("SELECT count() FROM http.t")).isEqualTo("0");
  }

  @Test
  void refusesOtherUsers() throws Exception {
    HttpResponse<String> response = http.post("/?user=admin", "SELECT 1");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code")).hasValue("516");
  }

  @Test
  void refusesPagesOfOtherSites() throws Exception {
    HttpResponse<byte[]> response =
        http.postOctets(
            "/", "SELECT 1".getBytes(StandardCharsets.UTF_8), "Sec-Fetch-Site", "cross-site");

    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void keepsASession() throws Exception {
    http.post("/?session_id=s1", "CREATE TEMPORARY TABLE mine (n Int8)");
    http.post("/?session_id=s1", "INSERT INTO mine VALUES (5)");

    assertThat(http.post("/?session_id=s1", "SELECT n FROM mine").body()).isEqualTo("5\n");
    assertThat(http.post("/?session_id=s2", "SELECT n FROM mine").statusCode()).isEqualTo(404);
  }

  @Test
  void compressesWithGzip() throws Exception {
    HttpResponse<byte[]> response =
        http.postOctets(
            "/?enable_http_compression=1",
            "SELECT number FROM numbers(50000)".getBytes(StandardCharsets.UTF_8),
            "Accept-Encoding",
            "gzip");

    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    assertThat(new String(plain, StandardCharsets.UTF_8).lines()).hasSize(50_000);
  }

  @Test
  void refusesABodyThatIsNotCompressedAsItSays() throws Exception {
    HttpResponse<byte[]> response =
        http.postOctets(
            "/?decompress=1&query=" + HttpRequests.encode("INSERT INTO http.t FORMAT RowBinary"),
            new byte[100]);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code")).hasValue("271");
    assertThat(http.run("SELECT count() FROM http.t")).isEqualTo("0");
  }

  @Test
  void commitsNothingOfABodyThatBreaksOff() throws Exception {
    try (Socket socket = connect()) {
      send(
          socket,
          "POST /?query=INSERT+INTO+http.t+FORMAT+CSV HTTP/1.1\r\nHost: x\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n4\r\n1\n2\n\r\n");
      awaitRunning("INSERT INTO http.t", 1);
    }
    awaitRunning("INSERT INTO http.t", 0);

    assertThat(http.run("SELECT count() FROM http.t")).isEqualTo("0");
  }

  @Test
  void endsTheStatementOfAClientThatIsGone() throws Exception {
    try (Socket socket = connect()) {
      String sql = "SELECT count() FROM numbers(3e12) WHERE sqrt(number) < 0";
      send(
          socket,
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(sql.length(), sql));
      awaitRunning("3e12", 1);
    }

    awaitRunning("3e12", 0);
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    try (Socket socket = connect()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 1; i <= 3; i++) {
        String sql = "SELECT %d".formatted(i * 111);
        requests.append(
            "POST / HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(i == 3 ? "Connection: close\r\n" : "", sql.length(), sql));
      }
      send(socket, requests.toString());

      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertThat(answers).containsSubsequence("\r\n\r\n111\n", "\r\n\r\n222\n", "\r\n\r\n333\n");
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), engine.port());
  }

  private static void send(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private void awaitRunning(String mark, int count) {
    String sql =
        "SELECT count() FROM system.processes WHERE position(query, '%s') > 0".formatted(mark)
            + " AND position(query, 'processes') = 0";
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> http.run(sql).equals(Integer.toString(count)));
  }
}
