package org.ipv6flow.embedded.clickhouse;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A running ClickHouse of one's own: a child process that ends with {@link #close} or with this
 * process, whichever is first.
 *
 * <p>Nothing but the URLs tells it from a server: {@code clickhouse-jdbc} and {@code client-v2}
 * work unchanged. It has one user, {@code default}.
 */
public final class EmbeddedClickHouse implements AutoCloseable {

  private final ServerProcess process;

  private EmbeddedClickHouse(ServerProcess process) {
    this.process = process;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Such as {@code http://127.0.0.1:8123}. */
  public String httpUrl() {
    return "http://127.0.0.1:" + port();
  }

  /** For the official driver; the database is {@code default}. */
  public String jdbcUrl() {
    return "jdbc:clickhouse://127.0.0.1:" + port();
  }

  public int port() {
    return process.port();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit status when the child process ends, for whatever reason. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit();
  }

  /** Lets the engine end its statements and stops it; the data directory stays. */
  @Override
  public void close() {
    process.stop();
  }

  /** Settings of an embedded ClickHouse; {@code dataDir} is the only one without a default. */
  public static final class Builder {

    private @Nullable Path dataDir;
    private int port;
    private long maxServerMemoryBytes = ServerOptions.DEFAULT_MAX_SERVER_MEMORY_BYTES;
    private String password = "";
    private ProgressListener progress = ProgressListener.SILENT;

    private Builder() {}

    /** Where the data is kept; made if it does not exist. One engine per directory. */
    public Builder dataDir(Path directory) {
      this.dataDir = directory;
      return this;
    }

    /** A port of the loopback address; 0, the default, takes any free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** What the engine may use in all; statements beyond it fail with code 241. */
    public Builder maxServerMemoryBytes(long bytes) {
      this.maxServerMemoryBytes = bytes;
      return this;
    }

    /**
     * The password of the user {@code default}; without one, every user of this machine can run
     * statements, and read through them the files that this process can read.
     */
    public Builder password(String password) {
      this.password = password;
      return this;
    }

    /** Hears about the installation of the library, if it comes to that. */
    public Builder progress(ProgressListener listener) {
      this.progress = listener;
      return this;
    }

    /** Starts the engine and waits until it answers, typically for less than two seconds. */
    public EmbeddedClickHouse start() throws ClickHouseStartException {
      if (dataDir == null) {
        throw new IllegalStateException("dataDir is needed");
      }
      Path library = ChdbLibrary.locateOrInstall(progress);
      ServerOptions options =
          new ServerOptions(library, dataDir.toAbsolutePath(), port, maxServerMemoryBytes);
      return new EmbeddedClickHouse(ServerProcess.start(options, password));
    }
  }
}
