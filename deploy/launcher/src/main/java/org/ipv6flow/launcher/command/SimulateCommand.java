package org.ipv6flow.launcher.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ipv6flow.simulator.SimulatorMain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ipv6flow simulate}: passes its arguments on to the simulator. */
@Command(
    name = "simulate",
    description = "Plays the exporters of an inventory, and writes the truth of their traffic.")
public final class SimulateCommand implements Callable<Integer> {

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    return SimulatorMain.run(arguments.toArray(String[]::new), System.out, System.err);
  }
}
