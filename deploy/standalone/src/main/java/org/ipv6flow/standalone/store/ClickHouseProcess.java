package org.ipv6flow.standalone.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.ipv6flow.embedded.clickhouse.EmbeddedClickHouse;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.Service;

/** The embedded ClickHouse as a supervised service. */
public final class ClickHouseProcess implements Service {

  private static final long MAX_MEMORY_BYTES = 4L << 30;
  private static final int PERCENT_STEP = 10;

  private final EmbeddedClickHouse engine;

  private ClickHouseProcess(EmbeddedClickHouse engine) {
    this.engine = engine;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param progress hears about the installation of the engine, if it comes to that
   */
  public static ClickHouseProcess start(
      Path dataDirectory, int port, String password, Consumer<String> progress)
      throws ChildFailedException {
    try {
      return new ClickHouseProcess(
          EmbeddedClickHouse.builder()
              .dataDir(dataDirectory)
              .port(port)
              .password(password)
              .maxServerMemoryBytes(MAX_MEMORY_BYTES)
              .progress((message, percent) -> report(progress, message, percent))
              .start());
    } catch (IOException e) {
      throw new ChildFailedException("clickhouse: " + e.getMessage());
    }
  }

  @Override
  public long pid() {
    return engine.pid();
  }

  @Override
  public boolean isAlive() {
    return engine.isAlive();
  }

  @Override
  public CompletableFuture<Integer> onExit() {
    return engine.onExit();
  }

  @Override
  public void stop() {
    engine.close();
  }

  private static void report(Consumer<String> progress, String message, int percent) {
    progress.accept(
        percent > 0 && percent % PERCENT_STEP == 0 ? message + " " + percent + " %" : message);
  }
}
