package org.ipv6flow.simulator.packets;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** {@code simulate packets}: a capture of packets from the command line. */
public final class PacketsMain {

  public static final String USAGE =
      """
      simulate packets FILE.pcap
        packets themselves, for real exporters to read; tells how many there are
        --flows N               (1000)
        --seed N                the same seed gives the same packets (1)\
      """;

  private static final int USAGE_STATUS = 2;

  private PacketsMain() {}

  /** Returns the exit status. */
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    try {
      write(new ArrayDeque<>(args), out);
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("simulate packets: " + e.getMessage());
      return USAGE_STATUS;
    } catch (IOException e) {
      err.println("simulate packets: " + e.getMessage());
      return 1;
    }
  }

  private static void write(Deque<String> left, PrintStream out) throws IOException {
    Path file = null;
    int flows = 1_000;
    long seed = 1;
    while (!left.isEmpty()) {
      String argument = left.remove();
      switch (argument) {
        case "--help" -> {
          out.println(USAGE);
          return;
        }
        case "--flows" -> flows = Math.toIntExact(number(argument, left));
        case "--seed" -> seed = number(argument, left);
        default -> {
          if (argument.startsWith("-") || file != null) {
            throw new IllegalArgumentException("unknown option " + argument + " (see --help)");
          }
          file = Path.of(argument);
        }
      }
    }
    if (file == null) {
      throw new IllegalArgumentException("no file (expected: FILE.pcap)");
    }
    PacketCapture.Truth truth = PacketCapture.write(file, flows, seed, System.currentTimeMillis());
    out.printf(Locale.ROOT, "%,d flows, %,d fragments%n", truth.flows(), truth.fragments());
    print("IPv4", truth.ipv4(), out);
    print("IPv6", truth.ipv6(), out);
  }

  private static long number(String name, Deque<String> left) {
    String text = left.isEmpty() ? "" : left.remove();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " " + text + " (expected: a number)", e);
    }
  }

  private static void print(String name, PacketTotals totals, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s %,d packets, %,d octets from the IP header on, %,d of frames%n",
        name,
        totals.packets(),
        totals.ipOctets(),
        totals.frameOctets());
  }
}
