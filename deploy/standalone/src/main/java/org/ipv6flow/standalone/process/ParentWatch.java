package org.ipv6flow.standalone.process;

import java.io.IOException;

/**
 * Ends a child when its parent is gone: the parent holds the other end of the child's standard
 * input, and the kernel closes it however the parent dies.
 */
public final class ParentWatch {

  private ParentWatch() {}

  /** Starts watching; the JVM exits, running its shutdown hooks, when standard input ends. */
  public static void start() {
    Thread watch = new Thread(ParentWatch::waitForEnd, "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void waitForEnd() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said on it.
      }
    } catch (IOException e) {
      // As good as its end.
    }
    System.exit(0);
  }
}
