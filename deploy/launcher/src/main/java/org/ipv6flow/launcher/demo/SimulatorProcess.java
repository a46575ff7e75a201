package org.ipv6flow.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.simulator.SimulatorMain;
import org.ipv6flow.standalone.process.ProcessCpu;

/** The simulator in a process of its own, which ends when its traffic does. */
public final class SimulatorProcess {

  private static final long STOP_SECONDS = 30;

  /** What the shell's convention makes of SIGINT, which a terminal sends, and of SIGTERM. */
  private static final Set<Integer> STOPPED_STATUS = Set.of(128 + 2, 128 + 15);

  private final Process process;
  private final Path truth;
  private final Path errors;
  private double cpuSeconds;

  private SimulatorProcess(Process process, Path truth, Path errors) {
    this.process = process;
    this.truth = truth;
    this.errors = errors;
  }

  /**
   * Starts it.
   *
   * @param data takes its truth and its log
   * @param more arguments, beside those that the options give
   */
  public static SimulatorProcess start(DemoOptions options, int udpPort, Path data, String... more)
      throws IOException {
    Path truth = Files.createDirectories(data.resolve("truth"));
    Files.deleteIfExists(summary(truth)); // of an earlier run in the same directory
    Path errors = data.resolve("logs").resolve("simulator.err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.timezone=UTC",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName(),
                "--inventory",
                options.inventory().toString(),
                "--target",
                "127.0.0.1:" + udpPort,
                "--rate",
                Long.toString(options.recordsPerSecond()),
                "--duration",
                options.duration().toMillis() + "ms",
                "--seed",
                Long.toString(options.seed()),
                "--truth",
                truth.toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(data.resolve("logs").resolve("simulator.log").toFile())
            .redirectError(errors.toFile())
            .start();
    return new SimulatorProcess(process, truth, errors);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the traffic now; what is open is exported and the truth is written. */
  public void stop() {
    process.destroy();
  }

  /** Waits for the end. */
  public void await() throws InterruptedException {
    while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
      sampleCpu();
    }
  }

  /** Ends it at once, if it has not ended by itself soon. */
  public void kill() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  public void sampleCpu() {
    cpuSeconds = Math.max(cpuSeconds, ProcessCpu.seconds(process.pid()));
  }

  /** Of the whole process, as last seen. */
  public double cpuSeconds() {
    return cpuSeconds;
  }

  /** Where it says every second how much it has sent. */
  public Path errors() {
    return errors;
  }

  public Path truth() {
    return truth;
  }

  /** Whether it has written the truth of its traffic, of all of it or until it was stopped. */
  public boolean succeeded() {
    int status = process.exitValue();
    return (status == 0 || STOPPED_STATUS.contains(status)) && Files.exists(summary(truth));
  }

  private static Path summary(Path truth) {
    return truth.resolve("summary.json");
  }

  /** Its last words, for a message. */
  public String lastWords() {
    try {
      List<String> lines = Files.readAllLines(errors);
      return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      return "see " + errors;
    }
  }
}
