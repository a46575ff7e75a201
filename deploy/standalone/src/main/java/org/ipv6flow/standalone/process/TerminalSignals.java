package org.ipv6flow.standalone.process;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Leaves Ctrl-C and a closed terminal to the parent: the terminal sends them to all processes at
 * once, and engines must stop in order, or rows that are under way must wait for the next start.
 */
public final class TerminalSignals {

  private TerminalSignals() {}

  public static void leaveToParent() {
    Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
    Signal.handle(new Signal("HUP"), SignalHandler.SIG_IGN);
  }
}
