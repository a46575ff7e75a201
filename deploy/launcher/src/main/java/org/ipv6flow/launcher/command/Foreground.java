package org.ipv6flow.launcher.command;

import java.util.concurrent.CountDownLatch;

/** Runs until SIGTERM or Ctrl-C, and then stops in good order. */
public final class Foreground {

  /** How to stop. */
  @FunctionalInterface
  public interface Stop {
    void stop() throws Exception;
  }

  private Foreground() {}

  /** Waits for a signal, runs {@code stop}, and lets the JVM end when it has returned. */
  public static void runUntilSignal(Stop stop) throws InterruptedException {
    CountDownLatch signalled = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  signalled.countDown();
                  try {
                    stopped.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "signal"));
    signalled.await();
    try {
      stop.stop();
    } catch (Exception e) {
      System.err.println("while stopping: " + e.getMessage());
    } finally {
      stopped.countDown();
    }
  }
}
