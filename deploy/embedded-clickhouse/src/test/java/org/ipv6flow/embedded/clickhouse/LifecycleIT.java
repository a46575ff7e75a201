package org.ipv6flow.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Starting, stopping, dying and coming back. */
class LifecycleIT {

  @BeforeAll
  static void assumeEngine() {
    EngineForTests.assumeEngine();
  }

  @Test
  void keepsWhatItAcknowledgedWhenItIsKilled() throws Exception {
    Path directory = EngineForTests.newDataDirectory();
    List<Integer> acknowledged = new ArrayList<>();
    int attempted;
    try (EmbeddedClickHouse engine = start(directory)) {
      new HttpRequests(engine)
          .run(
              "CREATE TABLE kept (batch UInt32, n UInt32) ENGINE = MergeTree ORDER BY (batch, n)"
                  + " SETTINGS non_replicated_deduplication_window = 1000");
      CompletableFuture<Integer> writer =
          CompletableFuture.supplyAsync(() -> insertUntilItFails(engine, acknowledged));
      Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> size(acknowledged) >= 50);

      ProcessHandle.of(engine.pid()).orElseThrow().destroyForcibly();

      attempted = writer.get(20, TimeUnit.SECONDS);
      assertThat(engine.onExit().get(20, TimeUnit.SECONDS)).isEqualTo(128 + 9);
    }
    try (EmbeddedClickHouse engine = start(directory)) {
      HttpRequests http = new HttpRequests(engine);
      String batches = http.run("SELECT batch FROM kept GROUP BY batch HAVING count() = 500");
      assertThat(batches.lines().map(Integer::valueOf)).containsAll(acknowledged);

      // What was under way is sent again: it counts once, whether it had been committed or not.
      assertThat(insert(http, attempted)).isTrue();
      assertThat(http.run("SELECT count(), uniqExact(batch) FROM kept"))
          .isEqualTo("%d\t%d".formatted((attempted + 1) * 500, attempted + 1));
    }
  }

  private static int size(List<Integer> list) {
    synchronized (list) {
      return list.size();
    }
  }

  private static int insertUntilItFails(EmbeddedClickHouse engine, List<Integer> acknowledged) {
    HttpRequests http = new HttpRequests(engine);
    for (int batch = 0; ; batch++) {
      if (!insert(http, batch)) {
        return batch;
      }
      synchronized (acknowledged) {
        acknowledged.add(batch);
      }
    }
  }

  private static boolean insert(HttpRequests http, int batch) {
    StringBuilder rows = new StringBuilder("INSERT INTO kept FORMAT CSV\n");
    for (int n = 0; n < 500; n++) {
      rows.append(batch).append(',').append(n).append('\n');
    }
    try {
      HttpResponse<String> response =
          http.post("/?insert_deduplication_token=batch-" + batch, rows.toString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void endsWithItsParent() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ParentOfEngine.class.getName(),
                EngineForTests.newDataDirectory().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();

      parent.destroyForcibly();

      assertThat(child.onExit()).succeedsWithin(15, TimeUnit.SECONDS);
    }
  }

  @Test
  void endsItsStatementsWhenItIsTerminated() throws Exception {
    try (EmbeddedClickHouse engine = start(EngineForTests.newDataDirectory())) {
      HttpRequests http = new HttpRequests(engine);
      CompletableFuture<Void> slow =
          CompletableFuture.runAsync(
              () -> {
                try {
                  http.run("SELECT count() FROM numbers(5e12) WHERE sqrt(number) < 0");
                } catch (IOException | InterruptedException e) {
                  // Either is right: an error, or no answer.
                }
              });
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(
              () -> http.run("SELECT count() FROM system.processes WHERE query LIKE '%5e1%'"),
              "2"::equals);

      ProcessHandle.of(engine.pid()).orElseThrow().destroy();

      assertThat(engine.onExit().get(15, TimeUnit.SECONDS)).isZero();
      assertThat(slow).succeedsWithin(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void leavesTheSignalsOfATerminalToItsParent() throws Exception {
    try (EmbeddedClickHouse engine = start(EngineForTests.newDataDirectory())) {
      for (String signal : List.of("INT", "HUP")) {
        new ProcessBuilder("kill", "-" + signal, Long.toString(engine.pid())).start().waitFor();
      }

      assertThat(new HttpRequests(engine).run("SELECT 1")).isEqualTo("1");
      assertThat(engine.isAlive()).isTrue();
    }
  }

  @Test
  void asksForItsPassword() throws Exception {
    try (EmbeddedClickHouse engine =
        EmbeddedClickHouse.builder()
            .dataDir(EngineForTests.newDataDirectory())
            .password("s:cret")
            .start()) {
      assertThat(new HttpRequests(engine).post("/", "SELECT 1").statusCode()).isEqualTo(403);
      assertThat(new HttpRequests(engine).post("/?password=s:cre", "SELECT 1").statusCode())
          .isEqualTo(403);
      try (Connection connection =
          DriverManager.getConnection(engine.jdbcUrl(), "default", "s:cret")) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }
  }

  @Test
  void refusesADirectoryInUseAndLeavesItsUserAlone() throws Exception {
    Path directory = EngineForTests.newDataDirectory();
    try (EmbeddedClickHouse first = start(directory)) {
      assertThatThrownBy(() -> start(directory))
          .isInstanceOf(ClickHouseStartException.class)
          .hasMessageStartingWith("ClickHouse did not start: ")
          .hasMessageContaining(directory.toString())
          .hasMessageNotContaining("\n");

      assertThat(new HttpRequests(first).run("SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void refusesAPortInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () ->
                  EmbeddedClickHouse.builder()
                      .dataDir(EngineForTests.newDataDirectory())
                      .port(port)
                      .start())
          .isInstanceOf(ClickHouseStartException.class)
          .hasMessageStartingWith("ClickHouse did not start: cannot listen on 127.0.0.1:" + port)
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void refusesADirectoryWithAConfigurationOfAnotherServer() throws Exception {
    Path directory = EngineForTests.newDataDirectory();
    Files.writeString(directory.resolve("config.xml"), "<clickhouse/>");

    assertThatThrownBy(() -> start(directory))
        .isInstanceOf(ClickHouseStartException.class)
        .hasMessageContaining("config.xml would change its settings");
  }

  private static EmbeddedClickHouse start(Path directory) throws ClickHouseStartException {
    return EmbeddedClickHouse.builder().dataDir(directory).start();
  }
}
