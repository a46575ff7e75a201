package org.ipv6flow.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.launcher.CommandRun;
import org.ipv6flow.standalone.process.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Engines that are not there, or do not answer: one line, exit status 1. How long Kafka is waited
 * for is tested where the wait is.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnreachableEnginesTest {

  private static final Path DEMO_NATION = SimulatedCapture.DEMO_NATION.toAbsolutePath().normalize();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "schema apply --clickhouse, schema apply, ClickHouse",
    "schema status --clickhouse, schema status, ClickHouse",
    "jobs submit --config JOBS --flink, jobs submit, Flink"
  })
  void aPortThatNobodyListensOnIsSaidAtOnce(String arguments, String command, String engine)
      throws IOException {
    String url = "http://127.0.0.1:" + FreePorts.next();

    CommandRun run = run(arguments + " " + url);

    assertFails(
        run,
        "ipv6flow %s: %s at %s cannot be reached: Connection refused"
            .formatted(command, engine, url));
  }

  @ParameterizedTest
  @CsvSource({
    "schema apply --clickhouse, schema apply, ClickHouse",
    "jobs submit --config JOBS --flink, jobs submit, Flink"
  })
  void aServerThatNeverAnswersIsGivenUp(String arguments, String command, String engine)
      throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
      String url = "http://127.0.0.1:" + silent.getLocalPort();

      CommandRun run = run(arguments + " " + url);

      assertFails(
          run, "ipv6flow %s: %s at %s does not answer within 5 s".formatted(command, engine, url));
    }
  }

  @Test
  void aWebServerThatIsNoClickHouseIsSaid() throws IOException {
    HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    other.start();
    try {
      String url = "http://127.0.0.1:" + other.getAddress().getPort();

      CommandRun run = run("schema status --clickhouse " + url);

      assertFails(
          run,
          "ipv6flow schema status: ClickHouse at %s: HTTP status 404 from /ping (expected: 200)"
              .formatted(url));
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aHostThatIsNotKnownIsSaid() throws IOException {
    assertFails(
        run("schema status --clickhouse http://clickhouse.invalid:8123"),
        "ipv6flow schema status: ClickHouse at http://clickhouse.invalid:8123: the host is not"
            + " known");
  }

  @Test
  void theInventoryIsReadBeforeClickHouseIsAsked() throws IOException {
    assertFails(
        run("schema apply --clickhouse http://127.0.0.1:9 --inventory nowhere"),
        "nowhere: no such file");
  }

  @Test
  void theJobIsNotStartedWithoutKafka() throws IOException {
    Path settings = jobs();

    CommandRun run = run("jobs local --rest-port 0 --metrics-port 0 --config " + settings);

    assertThat(run.err())
        .startsWith("ipv6flow jobs local: Kafka at 127.0.0.1:")
        .endsWith(" does not answer within 10 s%n".formatted())
        .hasLineCount(1);
    assertThat(run.status()).isEqualTo(1);
    assertThat(directory.resolve("logs")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"--rest-port", "--metrics-port"})
  void theJobIsNotStartedOnAPortThatIsInUse(String option) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = other.getLocalPort();

      assertFails(
          run(
              "jobs local --rest-port 0 --metrics-port 0 --config JOBS"
                  .replace(option + " 0", option + " " + port)),
          "ipv6flow jobs local: %s %d: the port is in use".formatted(option, port));
    }
  }

  @Test
  void aLocalJobKeepsItsStateInALocalDirectory() throws IOException {
    Path settings = jobs();
    Files.writeString(
        settings, Files.readString(settings).replace("directory: state", "directory: s3://b/c"));

    assertFails(
        run("jobs local --config " + settings),
        "ipv6flow jobs local: jobs.checkpoint.directory: s3://b/c"
            + " (expected: a local path, for a local Flink)");
  }

  private CommandRun run(String arguments) throws IOException {
    return CommandRun.ofLine(arguments.replace("JOBS", jobs().toString()));
  }

  private static void assertFails(CommandRun run, String message) {
    assertThat(run.err()).isEqualTo(message + "%n".formatted());
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  private Path jobs() throws IOException {
    Path file = directory.resolve("jobs.yaml");
    return Files.exists(file)
        ? file
        : Files.writeString(
            file,
            """
            jobs:
              kafka: {bootstrap-servers: "127.0.0.1:%d"}
              clickhouse: {url: "http://127.0.0.1:9"}
              inventory: "%s"
              checkpoint:
                directory: state
            """
                .formatted(FreePorts.next(), DEMO_NATION));
  }
}
