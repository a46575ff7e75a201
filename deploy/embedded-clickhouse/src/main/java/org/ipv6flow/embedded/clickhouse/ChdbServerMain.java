package org.ipv6flow.embedded.clickhouse;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbEngine;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbException;
import org.ipv6flow.embedded.clickhouse.chdb.LibC;
import org.ipv6flow.embedded.clickhouse.http.HttpFront;

/**
 * The process that holds the engine.
 *
 * <p>Says {@code ready PORT} or {@code failed REASON} on its standard output, and ends when its
 * standard input ends: whoever started it is gone then. It must run with {@code TZ=UTC} and in the
 * data directory, because the engine takes its time zone from the one and a stray {@code
 * config.xml} from the other.
 */
public final class ChdbServerMain {

  static final String READY = "ready ";
  static final String FAILED = "failed ";

  /** Not an option, because everyone can read the command lines of a machine. */
  static final String PASSWORD_VARIABLE = "IPV6FLOW_CLICKHOUSE_PASSWORD";

  private final ChdbEngine engine;
  private final HttpFront front;

  private ChdbServerMain(ChdbEngine engine, HttpFront front) {
    this.engine = engine;
    this.front = front;
  }

  /** Takes the options of {@link ServerOptions}. */
  public static void main(String[] args) {
    try {
      ServerOptions options = ServerOptions.parse(List.of(args));
      LibC.ignoreTerminalSignals();
      ChdbServerMain server = start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "clickhouse-stop"));
      System.out.println(READY + server.front.port());
      System.out.flush();
    } catch (IllegalArgumentException | IOException | ChdbException | UnsatisfiedLinkError e) {
      System.out.println(FAILED + String.valueOf(e.getMessage()).replace('\n', ' '));
      System.out.flush();
      LibC.exitNow(1);
    }
    awaitEndOfInput();
    // The hook ends the process.
    System.exit(0);
  }

  private static ChdbServerMain start(ServerOptions options) throws IOException, ChdbException {
    Files.createDirectories(options.dataDir());
    ChdbEngine engine =
        ChdbEngine.open(
            options.library(),
            options.dataDir().toAbsolutePath(),
            Map.of("max_server_memory_usage", Long.toString(options.maxServerMemoryBytes())));
    return new ChdbServerMain(
        engine,
        HttpFront.start(
            engine, options.port(), System.getenv().getOrDefault(PASSWORD_VARIABLE, "")));
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said to this process; only the end counts.
      }
    } catch (IOException e) {
      System.err.println("standard input failed, stopping: " + e.getMessage());
    }
  }

  /**
   * Ends the statements before the process: leaving while the engine works crashes it, and so does
   * the library's own shutdown.
   */
  private void stop() {
    front.close();
    engine.close();
    LibC.exitNow(0);
  }
}
