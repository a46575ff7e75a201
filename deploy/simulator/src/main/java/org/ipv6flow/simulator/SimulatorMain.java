package org.ipv6flow.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.simulator.packets.PacketsMain;

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
  public static int run(String[] args, PrintStream out, PrintStream err) {
    if (args.length > 0 && args[0].equals("packets")) {
      return PacketsMain.run(List.of(args).subList(1, args.length), out, err);
    }
    try {
      SimulatorArguments arguments = SimulatorArguments.parse(args);
      if (arguments.help()) {
        out.println(SimulatorArguments.USAGE);
        out.println(PacketsMain.USAGE);
        return 0;
      }
      simulate(new Simulator(arguments.config()), out, err);
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("simulate: " + e.getMessage());
      return USAGE_STATUS;
    } catch (InvalidConfigException | IOException e) {
      err.println("simulate: " + e.getMessage());
      return 1;
    }
  }

  /** Runs to the end; a signal stops the traffic and waits until the truth is written and told. */
  private static void simulate(Simulator simulator, PrintStream out, PrintStream err)
      throws IOException {
    CountDownLatch told = new CountDownLatch(1);
    // Not a join: a thread that ends in System.exit does not end before its hooks do.
    Thread onSignal =
        new Thread(
            () -> {
              simulator.stop();
              try {
                told.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "simulator-stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      simulator.onProgress(progress -> print(progress, err));
      print(simulator.run(), out);
    } finally {
      told.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(onSignal);
      } catch (IllegalStateException e) {
        // The signal came: the virtual machine ends when the hook does.
      }
    }
  }

  private static void print(SimulatorProgress progress, PrintStream err) {
    err.printf(
        Locale.ROOT,
        "%d/%d s, %,d records, %,d messages%n",
        progress.elapsedMillis() / 1_000,
        progress.durationMillis() / 1_000,
        progress.recordsSent(),
        progress.messagesSent());
  }

  private static void print(SimulatorSummary summary, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%,d records in %,d messages, %.3e octets carried, IPv6 share %.2f %%, %.2f s CPU%n",
        summary.recordsSent(),
        summary.messagesSent(),
        (double) summary.octetsTruth(),
        100.0 * summary.octetsTruthV6() / summary.octetsTruth(),
        summary.cpuSeconds());
    out.flush();
  }
}
