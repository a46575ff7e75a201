package org.ipv6flow.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Datagrams that the kernel dropped at the UDP sockets of a port, as {@code /proc/net} says. */
final class SocketDrops {

  private static final int HEXADECIMAL = 16;
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

  private SocketDrops() {}

  /** Drops at the port's sockets that are open now. */
  static long at(int port) throws IOException {
    long drops = 0;
    for (Path table : TABLES) {
      for (String line : Files.readAllLines(table)) {
        String[] columns = line.strip().split("\\s+");
        String local = columns[1];
        int colon = local.indexOf(':');
        if (colon > 0 && Integer.parseInt(local.substring(colon + 1), HEXADECIMAL) == port) {
          drops += Long.parseLong(columns[columns.length - 1]);
        }
      }
    }
    return drops;
  }
}
