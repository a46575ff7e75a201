package org.ipv6flow.standalone.process;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The one line a child prints on its standard output when it can be used: its ports. */
public final class ReadyLine {

  private static final String PREFIX = "ready";

  private ReadyLine() {}

  /** Prints the line, such as {@code ready port=9092}. */
  public static void print(PrintStream out, Map<String, Integer> ports) {
    out.println(
        PREFIX
            + ports.entrySet().stream()
                .map(port -> " " + port.getKey() + "=" + port.getValue())
                .collect(Collectors.joining()));
    out.flush();
  }

  static boolean isReady(String line) {
    return line.equals(PREFIX) || line.startsWith(PREFIX + " ");
  }

  static Map<String, Integer> parse(String line) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String word : line.substring(PREFIX.length()).strip().split(" ")) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        ports.put(word.substring(0, equals), Integer.parseInt(word.substring(equals + 1)));
      }
    }
    return ports;
  }
}
