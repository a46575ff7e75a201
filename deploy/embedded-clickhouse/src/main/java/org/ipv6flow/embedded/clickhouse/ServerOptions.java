package org.ipv6flow.embedded.clickhouse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of {@link ChdbServerMain}.
 *
 * @param port a port of the loopback address, or 0 for any free one
 * @param maxServerMemoryBytes what the engine may use in all; beyond it statements fail
 */
record ServerOptions(Path library, Path dataDir, int port, long maxServerMemoryBytes) {

  static final long DEFAULT_MAX_SERVER_MEMORY_BYTES = 2L << 30;

  private static final int MAX_PORT = 65_535;

  ServerOptions {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "--port: %d (expected: 0 to %d)".formatted(port, MAX_PORT));
    }
    if (maxServerMemoryBytes <= 0) {
      throw new IllegalArgumentException(
          "--max-server-memory-bytes: %d (expected: > 0)".formatted(maxServerMemoryBytes));
    }
  }

  /** Reads {@code --name value} pairs. */
  static ServerOptions parse(List<String> arguments) {
    Path library = null;
    Path dataDir = null;
    int port = 0;
    long maxServerMemoryBytes = DEFAULT_MAX_SERVER_MEMORY_BYTES;
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + ": no value");
      }
      String value = arguments.get(i + 1);
      switch (name) {
        case "--library" -> library = Path.of(value);
        case "--data-dir" -> dataDir = Path.of(value);
        case "--port" -> port = Math.toIntExact(number(name, value));
        case "--max-server-memory-bytes" -> maxServerMemoryBytes = number(name, value);
        default ->
            throw new IllegalArgumentException(
                name
                    + ": unknown (expected: --library, --data-dir, --port,"
                    + " --max-server-memory-bytes)");
      }
    }
    if (library == null || dataDir == null) {
      throw new IllegalArgumentException("--library and --data-dir are needed");
    }
    return new ServerOptions(library, dataDir, port, maxServerMemoryBytes);
  }

  List<String> toArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--library", library.toString()));
    arguments.addAll(List.of("--data-dir", dataDir.toString()));
    arguments.addAll(List.of("--port", Integer.toString(port)));
    arguments.addAll(List.of("--max-server-memory-bytes", Long.toString(maxServerMemoryBytes)));
    return arguments;
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s: %s (expected: a number)".formatted(name, value), e);
    }
  }
}
