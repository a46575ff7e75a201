package org.ipv6flow.simulator;

import java.io.IOException;
import java.io.PrintStream;
import org.ipv6flow.schema.config.InvalidConfigException;

/** The simulator from the command line. */
public final class SimulatorMain {

  private static final int USAGE_STATUS = 2;

  private SimulatorMain() {}

  public static void main(String[] args) {
    int status = run(args, System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Returns the exit status: 0 if the simulation ran to its end or was stopped. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    try {
      SimulatorArguments arguments = SimulatorArguments.parse(args);
      if (arguments.help()) {
        out.println(SimulatorArguments.USAGE);
        return 0;
      }
      Simulator simulator = new Simulator(arguments.config());
      simulator.onProgress(
          progress ->
              err.printf(
                  "%d/%d s, %,d records, %,d messages%n",
                  progress.elapsedMillis() / 1_000,
                  progress.durationMillis() / 1_000,
                  progress.recordsSent(),
                  progress.messagesSent()));
      SimulatorSummary summary = runUntilSignal(simulator);
      out.printf(
          "%,d records in %,d messages, %.3e octets carried, IPv6 share %.2f %%, %.2f s CPU%n",
          summary.recordsSent(),
          summary.messagesSent(),
          (double) summary.octetsTruth(),
          100.0 * summary.octetsTruthV6() / summary.octetsTruth(),
          summary.cpuSeconds());
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("simulate: " + e.getMessage());
      return USAGE_STATUS;
    } catch (InvalidConfigException | IOException e) {
      err.println("simulate: " + e.getMessage());
      return 1;
    }
  }

  /** Runs the simulation; a signal stops the traffic and waits until the truth is written. */
  private static SimulatorSummary runUntilSignal(Simulator simulator) throws IOException {
    Thread simulating = Thread.currentThread();
    Thread onSignal =
        new Thread(
            () -> {
              simulator.stop();
              try {
                simulating.join();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "simulator-stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    SimulatorSummary summary = simulator.run();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      // The signal came: the virtual machine ends when this thread does.
    }
    return summary;
  }
}
