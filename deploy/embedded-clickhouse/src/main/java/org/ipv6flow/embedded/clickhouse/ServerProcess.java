package org.ipv6flow.embedded.clickhouse;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The child JVM with the engine, from its command line to its exit status. */
final class ServerProcess {

  /** Messages of the engine; in the data directory, where the engine does not mind. */
  static final String LOG_FILE = "server.log";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final long MAX_LOG_BYTES = 16 << 20;
  private static final Pattern ENGINE_ERROR =
      Pattern.compile("Code: \\d+\\. DB::\\w*Exception: [^\\n]*");

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param password empty if none is asked for
   */
  static ServerProcess start(ServerOptions options, String password)
      throws ClickHouseStartException {
    Path directory = options.dataDir();
    try {
      Files.createDirectories(directory);
      refuseStrayConfiguration(directory);
      Path log = directory.resolve(LOG_FILE);
      if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
        Files.delete(log);
      }
      long logOffset = Files.exists(log) ? Files.size(log) : 0;
      Process process = launch(options, password, log);
      return new ServerProcess(process, awaitReady(process, log, logOffset));
    } catch (ClickHouseStartException e) {
      throw e;
    } catch (IOException e) {
      throw new ClickHouseStartException("ClickHouse did not start: " + e, e);
    }
  }

  /** The engine would read a config.xml of its directory, and with it another data path, say. */
  private static void refuseStrayConfiguration(Path directory) throws ClickHouseStartException {
    for (String name : List.of("config.xml", "config.yaml", "config.yml")) {
      if (Files.exists(directory.resolve(name))) {
        throw new ClickHouseStartException(
            "ClickHouse did not start: %s would change its settings (expected: a directory of its own)"
                .formatted(directory.resolve(name)));
      }
    }
  }

  private static Process launch(ServerOptions options, String password, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(options))
            .directory(options.dataDir().toFile())
            .redirectError(Redirect.appendTo(log.toFile()));
    // The engine takes its time zone from here, and would read a configuration below HOME.
    builder.environment().put("TZ", "UTC");
    builder.environment().put("HOME", options.dataDir().toString());
    builder.environment().put(ChdbServerMain.PASSWORD_VARIABLE, password);
    return builder.start();
  }

  private static List<String> command(ServerOptions options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-Duser.timezone=UTC"));
    // Without a log4j2.xml on the class path, failed statements are told nevertheless.
    command.add("-Dorg.apache.logging.log4j.level=WARN");
    int release = Runtime.version().feature();
    if (release >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    if (release >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", absoluteClassPath(), ChdbServerMain.class.getName()));
    command.addAll(options.toArguments());
    return command;
  }

  /** The child has another working directory. */
  private static String absoluteClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .reduce((left, right) -> left + File.pathSeparator + right)
        .orElse("");
  }

  private static int awaitReady(Process process, Path log, long logOffset) throws IOException {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread reader = new Thread(() -> readOutput(process, answer, log), "clickhouse-output");
    reader.setDaemon(true);
    reader.start();
    String line;
    try {
      line = answer.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new ClickHouseStartException("interrupted while ClickHouse was starting", e);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new ClickHouseStartException(
          "ClickHouse did not start within %d s, see %s".formatted(START_LIMIT.toSeconds(), log),
          e);
    }
    if (line.startsWith(ChdbServerMain.READY)) {
      return Integer.parseInt(line.substring(ChdbServerMain.READY.length()));
    }
    process.destroyForcibly();
    throw new ClickHouseStartException("ClickHouse did not start: " + reason(line, log, logOffset));
  }

  /** Completes {@code answer} with the line that is one, and sends all others to the log. */
  private static void readOutput(Process process, CompletableFuture<String> answer, Path log) {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        BufferedWriter others =
            Files.newBufferedWriter(log, StandardOpenOption.APPEND, StandardOpenOption.CREATE)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(ChdbServerMain.READY) || line.startsWith(ChdbServerMain.FAILED)) {
          answer.complete(line);
        } else {
          others.write(line);
          others.newLine();
          others.flush();
        }
      }
    } catch (IOException e) {
      // The child is gone; without an answer so far, the line below says so.
    }
    answer.complete("");
  }

  /** The engine tells the cause of a failed start to its log only. */
  private static String reason(String line, Path log, long logOffset) throws IOException {
    String said = line.startsWith(ChdbServerMain.FAILED) ? line.substring(7) : "its process ended";
    byte[] octets = Files.readAllBytes(log);
    int from = (int) Math.min(logOffset, octets.length);
    String written = new String(octets, from, octets.length - from, StandardCharsets.UTF_8);
    Matcher error = ENGINE_ERROR.matcher(written);
    if (error.find() && !said.contains(error.group())) {
      return said + ": " + error.group();
    }
    String last = written.strip();
    String hint = last.substring(last.lastIndexOf('\n') + 1);
    return line.isEmpty() && !hint.isEmpty() ? said + ": " + hint : said;
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Ends the child's input, which asks it to stop, and insists after a while. */
  void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
