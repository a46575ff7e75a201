package org.ipv6flow.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * What a command line did, run within this process.
 *
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int status, String out, String err) {

  public static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = commandLine.execute(arguments);
    return new CommandRun(status, out.toString(), err.toString());
  }

  /** Splits at blanks. */
  public static CommandRun ofLine(String arguments) {
    return of(arguments.isBlank() ? new String[0] : arguments.trim().split(" +"));
  }

  public List<String> outLines() {
    return out.lines().toList();
  }
}
