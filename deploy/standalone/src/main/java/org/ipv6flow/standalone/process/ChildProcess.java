package org.ipv6flow.standalone.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A child JVM that said it is ready. */
public final class ChildProcess {

  /** A child's last words on standard error, for the message when it does not start. */
  private static final int MAX_LAST_WORDS = 300;

  private final String name;
  private final Process process;
  private final Map<String, Integer> ports;

  private ChildProcess(String name, Process process, Map<String, Integer> ports) {
    this.name = name;
    this.process = process;
    this.ports = ports;
  }

  /**
   * Starts a child and waits for its ready line.
   *
   * @param logDirectory takes {@code NAME.log} (its log) and {@code NAME.err} (its standard error)
   * @throws ChildFailedException with the child's own last words
   */
  public static ChildProcess start(ChildCommand command, Path logDirectory, Duration timeout)
      throws ChildFailedException, InterruptedException {
    Path errors = logDirectory.resolve(command.name() + ".err");
    Process process = spawn(command, logDirectory.resolve(command.name() + ".log"), errors);
    CompletableFuture<Map<String, Integer>> ready = new CompletableFuture<>();
    Thread reader = new Thread(() -> readOutput(process, ready), command.name() + "-output");
    reader.setDaemon(true);
    reader.start();
    try {
      return new ChildProcess(
          command.name(), process, ready.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      process.waitFor(1, TimeUnit.SECONDS);
      throw new ChildFailedException(
          "%s did not start: %s".formatted(command.name(), lastWords(errors)));
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new ChildFailedException(
          "%s was not ready after %d s (see %s)"
              .formatted(command.name(), timeout.toSeconds(), errors));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  /** A port it named in its ready line. */
  public int port(String port) {
    Integer number = ports.get(port);
    if (number == null) {
      throw new IllegalArgumentException("%s has no port '%s'".formatted(name, port));
    }
    return number;
  }

  public Map<String, Integer> ports() {
    return ports;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Asks it to end (SIGTERM), and ends it (SIGKILL) when it takes longer. */
  public void stop(Duration timeout) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  private static Process spawn(ChildCommand command, Path log, Path errors)
      throws ChildFailedException {
    try {
      Files.createDirectories(errors.toAbsolutePath().getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command.commandLine(log))
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectError(ProcessBuilder.Redirect.to(errors.toFile()));
      builder.environment().putAll(command.environment());
      builder.environment().put("TZ", "UTC");
      return builder.start();
    } catch (IOException e) {
      throw new ChildFailedException(
          "%s cannot be started: %s".formatted(command.name(), e.getMessage()));
    }
  }

  private static void readOutput(Process process, CompletableFuture<Map<String, Integer>> ready) {
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String line;
      while ((line = output.readLine()) != null) {
        if (ReadyLine.isReady(line)) {
          ready.complete(ReadyLine.parse(line));
        }
      }
    } catch (IOException e) {
      // Its end is seen below.
    }
    ready.completeExceptionally(new IOException("ended before it was ready"));
  }

  private static String lastWords(Path errors) {
    try {
      List<String> lines =
          Files.readAllLines(errors).stream()
              .filter(line -> !line.isBlank() && !line.startsWith("WARNING:"))
              .toList();
      String words = lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1).strip();
      return words.length() <= MAX_LAST_WORDS ? words : words.substring(0, MAX_LAST_WORDS) + "…";
    } catch (IOException e) {
      return "see " + errors;
    }
  }
}
